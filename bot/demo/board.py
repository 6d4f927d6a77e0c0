"""What the phones page is told, kept in step with the town's clock while the page is open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Course
from bot.demo import town
from bot.demo.house import NAME, House


@dataclass(slots=True)
class Board:
    """The page's configuration. It remembers when the clock jumped: what was said before keeps the time it was shown
    with, or a patrol member would seem to have answered hours late.
    """

    house: House
    page: Callable[..., dict[str, Any]] = town.page  # what the page is told of this town
    _shown: Course | None = field(init=False)
    _looked: float = field(init=False)
    _jumps: list[dict[str, float]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._shown = self.house.app.clock.course
        self._looked = self.house.sandbox.world.clock()
        if self._shown is not None and self._shown.jump:
            self._jumps = [{"at": self._shown.origin.timestamp(), "seconds": self._shown.jump.total_seconds()}]
        self._put()

    def look(self) -> None:
        """Tell the page when the clock has jumped since the last look; look a few times per second."""
        before, self._looked = self._looked, self.house.sandbox.world.clock()
        course = self.house.app.clock.course
        if course is None or course == self._shown:
            return
        gone = course.jump - self._shown.jump if self._shown else course.jump
        # The look before: what the bot said on arriving there must come after the jump.
        self._jumps.append({"at": before, "seconds": gone.total_seconds()})
        self._shown = course
        self._put()
        self.house.sandbox.world.events.emit("page", page=self.house.sandbox.world.page)

    def _put(self) -> None:
        url = f"http://127.0.0.1:{self.house.app.port}/clock"
        self.house.sandbox.world.page = self.page(
            self.house.district, url, self._clock(), now=self.house.now, bot_name=NAME
        )

    def _clock(self) -> dict[str, Any] | None:
        if self._shown is None:
            return None
        return {
            "start": self._shown.start.isoformat(),
            "speed": self._shown.speed,
            "origin": self._shown.origin.timestamp(),
            "jump": self._shown.jump.total_seconds(),
            "jumps": list(self._jumps),
            "timezone": str(self.house.district.zone),
        }
