"""A stop in steps within one budget: whatever a step does, fails to do or waits for, the next one begins in time."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.log import trace

log = logging.getLogger(__name__)


class Budget:
    """Real seconds for a whole stop. `clean` turns False when a step had to be left or failed."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.clean = True
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def left(self, spared: float = 0.0) -> float:
        """What is left, when so much has to be spared for later steps; never less than a moment."""
        return max(0.05, self._end - self._monotonic() - spared)

    async def step(self, name: str, work: Awaitable[object], most: float) -> None:
        """Do it, for `most` seconds."""
        try:
            async with asyncio.timeout(most):
                await work
        except TimeoutError:
            self._left(name, f"took longer than {most:.1f} s")
        except Exception as error:
            self._left(name, trace(error))

    def _left(self, name: str, why: str) -> None:
        self.clean = False
        log.warning("stopping: %s is left as it is: %s", name, why, extra={"action": "stop.left"})
