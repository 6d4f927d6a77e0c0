"""What time it is for the bot: the real time, or a moved one for drills and tests.

Moved time = start + speed x (real - origin) + jump. The origin and the jumps are kept in the database, so that a
restart goes on and never back. Leases, timeouts and rate limits never ask this clock: they run on real time.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self

import orjson

Real = Callable[[], datetime]


def real_now() -> datetime:
    """The machine's time, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a moved clock runs; `origin` is the real moment at which it showed `start`."""

    start: datetime
    origin: datetime
    speed: float = 1.0
    jump: timedelta = timedelta()

    def at(self, real: datetime) -> datetime:
        """What the moved clock shows at a real moment."""
        return self.start + self.speed * (real - self.origin) + self.jump

    def to_text(self) -> str:
        """As kept in the database."""
        return orjson.dumps(asdict(self) | {"jump": self.jump.total_seconds()}).decode()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Back from the database."""
        kept = orjson.loads(text)
        return cls(
            start=datetime.fromisoformat(kept["start"]),
            origin=datetime.fromisoformat(kept["origin"]),
            speed=kept["speed"],
            jump=timedelta(seconds=kept["jump"]),
        )


def resume(kept: Course | None, start: datetime | None, speed: float | None, real: datetime) -> Course:
    """The course after a start: the kept one goes on. Other settings than before begin anew, but never earlier.

    `start` None means from now on; `speed` None means as fast as real time.
    """
    pace = speed or 1.0
    real = real.replace(microsecond=0)  # Telegram's dates are whole seconds: none may come out before the start
    if kept is None:
        return Course(start=start or real, origin=real, speed=pace)
    if kept.speed == pace and (start is None or start == kept.start):
        return kept
    shown = kept.at(real)
    return Course(start=max(start, shown) if start else shown, origin=real, speed=pace)


class Clock:
    """The one clock that is passed down. Without a course it is the real time and cannot jump."""

    def __init__(self, course: Course | None = None, real: Real = real_now) -> None:
        self.course = course
        self._real = real
        self._turned: datetime | None = None

    def now(self) -> datetime:
        """The bot's time, aware, UTC."""
        return self.moved(self._real())

    def real(self) -> datetime:
        """The machine's time: Telegram counts by it, however our own is moved."""
        return self._real()

    def moved(self, real: datetime) -> datetime:
        """The bot's time at a real moment: Telegram's dates are real and pass through here."""
        return self.course.at(real) if self.course else real

    def real_seconds_until(self, moment: datetime) -> float:
        """Real seconds until the clock shows `moment`; 0 when it has come."""
        left = (moment - self.now()).total_seconds()
        return max(0.0, left / (self.course.speed if self.course else 1.0))

    def real_later(self, seconds: float) -> datetime:
        """The bot's time that will be shown in so many real seconds: a wait for Telegram is a real one."""
        return self.now() + timedelta(seconds=seconds * (self.course.speed if self.course else 1.0))

    def shown_ago(self, seconds: float) -> datetime | None:
        """What it showed so many real seconds ago; None when it was turned since: what looks old may be young then."""
        if self._turned is not None and (self._real() - self._turned).total_seconds() < seconds:
            return None
        return self.real_later(-seconds)

    def jump_to(self, moment: datetime) -> Course:
        """Go forward to `moment` at once (never back) and give the course to be kept. Raises ValueError when real."""
        if self.course is None:
            raise ValueError("the real clock cannot jump")
        ahead = max(timedelta(), moment - self.now())
        self.course = replace(self.course, jump=self.course.jump + ahead)
        self._turned = self._real()
        return self.course
