"""The budgets of all chats as they stand; in memory only, since a wrong guess costs one refusal and a wait."""

from dataclasses import dataclass

from bot.pump import budgets
from bot.pump.pace import Pace, Unhurried
from core.messages import Lane

REMEMBERED = 10_000  # living messages whose looks are known
IN_ORDER = 3.0  # seconds for which a chat waits for the sake of its order; an alarm must not wait longer
SLOT_GAP = {True: 3.0, False: 1.0}  # seconds between edits of one message, in a group and in private
LONGEST_GAP = max(SLOT_GAP.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Skips:
    """Chats that cannot take anything now, or only what is urgent, and when the first of them can take more."""

    all: frozenset[int]
    unless_urgent: frozenset[int]
    until: float


class Books:
    """Who has had how much. All times are real monotonic seconds, passed in."""

    def __init__(self) -> None:
        self.pace = Pace()
        self._chats: dict[int, budgets.ChatUse] = {}
        self._edited: dict[tuple[int, str], float] = {}
        self._listed: dict[int, float] = {}
        self._looks: dict[tuple[int, int], str] = {}

    def ready(self, chat: int, lane: Lane, cost: int) -> float:
        """When the chat may have it, the whole bot's pace left aside."""
        return budgets.chat_ready(self._use(chat), chat, lane, cost)

    def spend(self, chat: int, cost: int, now: float) -> None:
        """Note messages that were answered now. Nobody knows when on its way the server counted them: counted from
        the answer the next can never be early, and nothing else goes to the chat before that."""
        self._chats[chat] = budgets.chat_spent(self._use(chat), chat, now, cost)

    def refused(self, chat: int, now: float, seconds: float) -> None:
        """Telegram asked to wait."""
        self._chats[chat] = budgets.chat_held(self._use(chat), now, seconds)
        self.pace.refused(chat, now, seconds)

    def hold(self, chat: int, now: float, seconds: float) -> None:
        """Something of this chat has to be tried again: what came later waits behind it, though not for long."""
        self._chats[chat] = budgets.chat_held(self._use(chat), now, min(seconds, IN_ORDER))

    def room(self, chat: int, now: float) -> int:
        """How many messages that are not urgent the chat's minute still takes."""
        return budgets.room(self._use(chat), chat, now)

    def may_list(self, chat: int, now: float) -> bool:
        """Whether it is a while since a group was told what waits: the list itself takes a turn."""
        return self._listed.get(chat, -1e9) + budgets.WINDOW <= now

    def listed(self, chat: int, now: float) -> None:
        """It was told just now."""
        self._listed[chat] = now

    def written(self, chat: int, slot: str, now: float) -> None:
        """A living message was sent or edited."""
        self._edited[chat, slot] = now

    def shown(self, chat: int, message: int, looks: str | None) -> None:
        """Note how a living message looks now; None when nobody can know, since it is being changed."""
        self._looks.pop((chat, message), None)
        if looks is not None:
            self._looks[chat, message] = looks
        if len(self._looks) > REMEMBERED:
            del self._looks[next(iter(self._looks))]

    def shows(self, chat: int, message: int, looks: str) -> bool:
        """Whether a living message looks like this already: to change it into itself is refused and wastes a turn."""
        return self._looks.get((chat, message)) == looks

    def slot_wait(self, chat: int, slot: str, now: float) -> float:
        """Seconds for which an edit of the slot should wait, so that several changes become one edit."""
        return max(0.0, self._edited.get((chat, slot), -1e9) + SLOT_GAP[budgets.is_group(chat)] - now)

    def skips(self, now: float) -> Skips:
        """What the next claim has to leave alone; chats at rest are forgotten on the way."""
        self._forget(now)
        waits = {chat: self.ready(chat, Lane.INTERACTIVE, 1) for chat in self._chats}
        closed = {chat: until for chat, until in waits.items() if until > now}
        shut = frozenset(chat for chat in closed if self.ready(chat, Lane.URGENT, 1) > now)
        soonest = [self.ready(chat, Lane.URGENT, 1) for chat in shut] + list(closed.values())
        return Skips(all=shut, unless_urgent=frozenset(closed) - shut, until=min(soonest, default=float("inf")))

    def _use(self, chat: int) -> budgets.ChatUse:
        return self._chats.get(chat, budgets.ChatUse())

    def _forget(self, now: float) -> None:
        self._chats = {chat: use for chat, use in self._chats.items() if not budgets.at_rest(use, now)}
        self._listed = {chat: at for chat, at in self._listed.items() if at + budgets.WINDOW > now}
        self._edited = {slot: at for slot, at in self._edited.items() if at + LONGEST_GAP > now}


class Unpaced(Books):
    """No limits at all: for plays on a moved clock and for measuring, against a sandbox without flood limits."""

    def __init__(self) -> None:
        super().__init__()
        self.pace = Unhurried()

    def spend(self, chat: int, cost: int, now: float) -> None:
        """Nothing is used up."""

    def room(self, chat: int, now: float) -> int:
        """As many as you like."""
        del chat, now
        return budgets.PER_WINDOW

    def slot_wait(self, chat: int, slot: str, now: float) -> float:
        """Every edit goes out at once."""
        del chat, slot, now
        return 0.0
