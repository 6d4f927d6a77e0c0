"""Telegram's limits as measurements enforce them: 30 a second in all, 1 a second and person, 20 a minute and group."""

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Flood:
    """Refuses what comes too early; what is refused uses nothing up. Times are monotonic seconds.

    A person may get `burst` at once after a rest: the real server's exact number is not published.
    """

    overall: int = 30
    per_group: int = 20
    burst: int = 3
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _full_at: dict[int, float] = field(default_factory=dict)

    def wait(self, chat: int, now: float) -> float:
        """Seconds until this message would pass; 0 when it passes, and then it is counted."""
        own = self._group_wait(chat, now) if chat < 0 else self._full_at.get(chat, now) - (self.burst - 1) - now
        wait = max(0.0, own, _over(self._all, now, 1.0, self.overall))
        if wait <= 0:
            self._count(chat, now)
        return wait

    def _group_wait(self, chat: int, now: float) -> float:
        return _over(self._groups.setdefault(chat, deque()), now, 60.0, self.per_group)

    def _count(self, chat: int, now: float) -> None:
        self._all.append(now)
        if chat < 0:
            self._groups[chat].append(now)
        else:
            self._full_at[chat] = max(self._full_at.get(chat, now), now) + 1.0


def _over(times: deque[float], now: float, span: float, limit: int) -> float:
    """Seconds until one more fits into a sliding window."""
    while times and times[0] <= now - span:
        times.popleft()
    return times[0] + span - now if len(times) >= limit else 0.0
