"""Whether the bot can do its work, and if not, why: what /readyz says."""

import time
from collections.abc import Callable


class Health:
    """Parts report themselves well or ill; a part that must beat and falls silent is ill by itself."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._ills: dict[str, str] = {"start": "not yet started"}
        self._beats: dict[str, tuple[float, float]] = {}

    def ill(self, part: str, why: str) -> None:
        """The part cannot work; `why` is a few words for an operator, without secrets."""
        self._ills[part] = why

    def well(self, part: str, *, within: float | None = None) -> None:
        """The part works. With `within` it promises to say so again in that many seconds."""
        self._ills.pop(part, None)
        self._beats.pop(part, None)
        if within is not None:
            self._beats[part] = (self._monotonic() + within, within)

    def reasons(self) -> dict[str, str]:
        """Why the bot is not ready, by part; empty when it is."""
        now = self._monotonic()
        silent = {
            part: f"silent for more than {within:.0f} s" for part, (until, within) in self._beats.items() if until < now
        }
        return silent | self._ills
