"""Telegram's flood limits, and the count of what was sent."""

from bisect import bisect_left
from collections import deque
from math import inf

from bot.sandbox.settings import Settings

MINUTE = 60.0
KEPT = 200_000
UPLOAD_PATIENCE = 5.0


class Flood:
    """Budgets per private chat (1 a second, small burst), per group (20 a minute) and overall (30 a second).

    Telegram's exact limits are not published; these are the numbers its FAQ names. Edits count in groups.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._private: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = {}
        self._overall: deque[float] = deque()
        self._uploads: dict[int, float] = {}
        self._sent: deque[tuple[float, int]] = deque(maxlen=KEPT)

    def wait_for(self, chat_id: int, now: float, *, edit: bool = False, count: int = 1) -> float:
        """Return how many seconds this call has to wait, 0 when it may go; nothing is spent yet."""
        if self._settings.flood == "off":
            return 0.0
        own = self._group_wait(chat_id, now, count) if chat_id < 0 else self._private_wait(chat_id, now, edit=edit)
        return max(own, 0.0 if edit else self._overall_wait(now))

    def spend(self, chat_id: int, now: float, *, edit: bool = False, count: int = 1) -> None:
        """Take the call out of the budgets and count it."""
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque()).extend([now] * count)
        elif not edit:
            tokens, _ = self._tokens(chat_id, now)
            self._private[chat_id] = (tokens - 1, now)
        if not edit:
            self._overall.extend([now] * count)
            self._sent.extend([(now, chat_id)] * count)

    def upload_delay(self, size: int, now: float) -> float:
        """Return how long an upload of `size` bytes is held back, infinity when it is too far behind to wait.

        Uploads of one and the same size above 100 kB go one after the other (Client.cpp, on_cmd): a bot that sends
        the same picture by upload instead of file_id is slowed down.
        """
        if size <= 100_000 or self._settings.flood == "off":
            return 0.0
        last = self._uploads.get(size, 0.0)
        if last > now + UPLOAD_PATIENCE:
            return inf
        at = max(last + min(max(size * 1e-7, 0.2), 0.9), now - 1.0)
        self._uploads[size] = at
        return max(0.0, at - now)

    def sent_within(self, seconds: float, now: float, chat_id: int | None = None) -> int:
        """Return how many messages were sent in the last `seconds`, to one chat or to all."""
        return sum(1 for at, chat in self._sent if at > now - seconds and chat_id in {None, chat})

    def peak(self, seconds: float, chat_id: int | None = None) -> int:
        """Return the largest number of messages sent in any window of `seconds`, to one chat or to all."""
        times = [at for at, chat in self._sent if chat_id in {None, chat}]
        return max((index + 1 - bisect_left(times, at - seconds + 1e-9) for index, at in enumerate(times)), default=0)

    def _tokens(self, chat_id: int, now: float) -> tuple[float, float]:
        burst = float(self._settings.private_burst)
        tokens, at = self._private.get(chat_id, (burst, now))
        return min(burst, tokens + (now - at)), now

    def _private_wait(self, chat_id: int, now: float, *, edit: bool) -> float:
        return 0.0 if edit else max(0.0, 1.0 - self._tokens(chat_id, now)[0])

    def _group_wait(self, chat_id: int, now: float, count: int) -> float:
        return _window_wait(self._groups.get(chat_id), now, MINUTE, self._settings.group_per_minute, count)

    def _overall_wait(self, now: float) -> float:
        return _window_wait(self._overall, now, 1.0, self._settings.overall_per_second, 1)


def _window_wait(times: deque[float] | None, now: float, span: float, limit: int, count: int) -> float:
    """Return how long until `count` more fit into a sliding window of `span` seconds with room for `limit`."""
    if not times:
        return 0.0
    while times and times[0] <= now - span:
        times.popleft()
    over = len(times) + min(count, limit) - limit
    return 0.0 if over <= 0 else times[over - 1] + span - now
