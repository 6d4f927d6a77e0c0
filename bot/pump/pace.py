"""The whole bot's pace: which message may leave when, so that no second sees more than Telegram takes.

Two rules stand side by side. Turns are even, 29 a second, and planned: a late timer does not make the next one late.
And whatever leaves, also early or late, needs one of 30 places, which it keeps for a second from when the server had it
at the latest. A request that was let go may be kept by a busy loop or a new connection: until it has left its place is
taken. On the way it may be late as well: by no more than its answer came later than the quickest answers of late.
Sources: 30 a second overall (Telegram's bots FAQ). Measured: 29 a second earns no refusal, a bucket of 30 does.
"""

from collections import deque
from dataclasses import dataclass
from itertools import count
from math import inf

from core.messages import Lane

LIMIT = 30  # messages that Telegram takes in a second
SPAN = 1.0 + 0.005  # the second, and a little for what is too small to be seen in answers
GAP = 1 / 29  # seconds between turns
LATE = 0.75  # turns that a late timer may be behind and is made up for; a whole one would let pairs go after a rest
AHEAD = 2  # turns that an urgent message may take before they are due; what comes after it gives them back
KEPT = 0.05  # seconds for which turns are kept for an alarm that was heard and is being decided
SELDOM = 1.0  # seconds between two such pauses: who cries for help again and again holds up nobody for long
LOST = 3.0  # seconds after which what was let go and has not left counts no more: it must not hold up an alarm
LINGER = 0.25  # seconds that a message is thought to be late on its way at most; Telegram may answer late on purpose
ANSWERS = 64  # of which the quickest shows how long the way is
SPREAD = 3  # chats refused within SUSPICION seconds: then it is the whole bot that is too fast
SUSPICION = 5.0
RAMP = 10.0  # seconds at half the pace after the whole bot was held


@dataclass(slots=True, kw_only=True)
class Place:
    """Of one call: when it was let go, has left this machine and was answered."""

    cost: int
    let_go: float
    left: float | None = None
    over: float | None = None


class Pace:
    """Turns given and places taken. All times are real monotonic seconds, passed in."""

    def __init__(self) -> None:
        self._due = 0.0  # when the next even turn comes
        self._expected, self._kept_until = -inf, -inf
        self._places: dict[int, Place] = {}
        self._tickets = count(1)
        self._ways: deque[float] = deque(maxlen=ANSWERS)
        self._way = inf  # seconds of the quickest of them
        self._held_until = self._slow_until = 0.0
        self._refused: tuple[tuple[float, int], ...] = ()

    def ready(self, lane: Lane, now: float) -> float:
        """The moment from which the next message of this lane may leave; in the past when it may now."""
        even = self._due - AHEAD * GAP if lane is Lane.URGENT else max(self._due, self._kept_until)
        return max(even, self._held_until, self._fits(now))

    def expect(self, now: float) -> None:
        """An alarm was heard: until what it leads to is there, it is not overtaken by what can wait."""
        if now >= self._expected + SELDOM:
            self._expected, self._kept_until = now, now + KEPT

    def take(self, lane: Lane, now: float, cost: int = 1) -> int:
        """Let a call with `cost` messages go; gives its ticket. An album leaves as one and is paid for after it."""
        if lane is Lane.URGENT:
            self._kept_until = now
        gap = GAP * (2 if now < self._slow_until else 1)
        self._due = max(self._due, now - LATE * GAP) + cost * gap
        self._places = {number: it for number, it in self._places.items() if self._free(it, now) > now}
        ticket = next(self._tickets)
        self._places[ticket] = Place(cost=cost, let_go=now)
        return ticket

    def left(self, ticket: int, now: float) -> None:
        """Its request has left this machine."""
        place = self._places.get(ticket)
        if place is not None and place.left is None:
            place.left = now

    def over(self, ticket: int, now: float) -> None:
        """It was answered, or never will be: only the first word about it counts."""
        place = self._places.get(ticket)
        if place is None or place.over is not None:
            return
        if place.left is not None:
            self._ways.append(now - place.left)
            self._way = min(self._ways)
        place.left = now if place.left is None else place.left
        place.over = now

    def halt(self, now: float, seconds: float) -> None:
        """The bot is refused as a whole: whatever was to be sent would be refused as well."""
        self._held_until = max(self._held_until, now + seconds)
        self._due = max(self._due, self._held_until)

    def refused(self, chat: int, now: float, seconds: float) -> None:
        """A chat was told to wait. A refusal carries no scope: several chats at once mean the whole bot."""
        recent = (*((at, who) for at, who in self._refused if at > now - SUSPICION and who != chat), (now, chat))
        self._refused = recent if len(recent) < SPREAD else ()
        if not self._refused:
            self.halt(now, seconds)
            self._slow_until = self._held_until + RAMP

    def _fits(self, now: float) -> float:
        """The moment from which a place is free, as far as can be told now."""
        taken = sorted(((self._free(it, now), it.cost) for it in self._places.values()), reverse=True)
        room = LIMIT
        for moment, cost in taken:
            room -= cost
            if room <= 0:
                return moment
        return -inf

    def _free(self, place: Place, now: float) -> float:
        """When its place is free again."""
        if place.left is None:
            return place.let_go + LOST
        answered = now if place.over is None else place.over
        return place.left + SPAN + min(LINGER, max(0.0, answered - place.left - self._way))


class Unhurried(Pace):
    """No limits: for plays on a moved clock and for measuring, against a server without flood limits."""

    def take(self, lane: Lane, now: float, cost: int = 1) -> int:
        """Nothing is used up."""
        del lane, now, cost
        return 0

    def expect(self, now: float) -> None:
        """There is room for everybody."""
