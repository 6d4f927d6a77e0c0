"""The whole bot's pace: which message may leave when, so that no second sees more than Telegram takes.

Two rules stand side by side. Turns are even, 29 a second, and planned: a late timer does not make the next one late.
And whatever leaves, also early or late, must fit into the window: at most 30 in any second and the sway of the way,
counted from when a request really left. One that was let go and has not left yet counts as leaving at any moment,
however long a busy loop or a new connection keeps it. Sources: 30 a second overall (Telegram's bots FAQ). Measured:
29 a second earns no refusal, 30 does (PERFORMANCE: with late timers made up for and no window).
"""

from collections import deque
from itertools import count
from math import inf

from core.messages import Lane

LIMIT = 30  # messages that Telegram takes in a second
SWAY = 0.02  # seconds by which the way may bring two messages nearer to each other
SPAN = 1.0 + SWAY
GAP = 1 / 29  # seconds between turns
LATE = 0.75  # turns that a late timer may be behind and is made up for; a whole one would let pairs go after a rest
AHEAD = 2  # turns that an urgent message may take before they are due; what comes after it gives them back
KEPT = 0.05  # seconds for which turns are kept for an alarm that was heard and is being decided
SELDOM = 1.0  # seconds between two such pauses: who cries for help again and again holds up nobody for long
LOST = 3.0  # seconds after which what was let go and has not left counts no more: it must not hold up an alarm
SPREAD = 3  # chats refused within SUSPICION seconds: then it is the whole bot that is too fast
SUSPICION = 5.0
RAMP = 10.0  # seconds at half the pace after the whole bot was held


class Pace:
    """Turns given and messages gone. All times are real monotonic seconds, passed in."""

    def __init__(self) -> None:
        self._due = 0.0  # when the next even turn comes
        self._expected, self._kept_until = -inf, -inf
        self._gone: deque[tuple[float, int]] = deque()  # when messages left, and how many at once
        self._going: dict[int, tuple[float, int]] = {}  # let go and not known to have left
        self._tickets = count(1)
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
        """Let a call with `cost` messages go; gives a ticket for `left`. An album leaves as one, paid for after it."""
        if lane is Lane.URGENT:
            self._kept_until = now
        gap = GAP * (2 if now < self._slow_until else 1)
        self._due = max(self._due, now - LATE * GAP) + cost * gap
        ticket = next(self._tickets)
        self._going[ticket] = (now, cost)
        return ticket

    def left(self, ticket: int, now: float) -> None:
        """Its request has left this machine, or never will; only the first word about it counts."""
        let_go = self._going.pop(ticket, None)
        if let_go is not None:
            self._gone.append((now, let_go[1]))
        while self._gone and self._gone[0][0] <= now - SPAN:
            self._gone.popleft()

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
        """The moment from which one more stays within the window, as far as can be told now."""
        going = [(at, cost) for at, cost in self._going.values() if at > now - LOST]
        room = LIMIT - sum(cost for _, cost in going)
        if room <= 0:
            return min(at for at, _ in going) + LOST
        for at, cost in reversed(self._gone):
            room -= cost
            if room <= 0:
                return at + SPAN
        return -inf


class Unhurried(Pace):
    """No limits: for plays on a moved clock and for measuring, against a server without flood limits."""

    def take(self, lane: Lane, now: float, cost: int = 1) -> int:
        """Nothing is used up."""
        del lane, now, cost
        return 0

    def expect(self, now: float) -> None:
        """There is room for everybody."""
