"""The world's clock: real Unix time plus an offset that only grows."""

import asyncio
import time


class Clock:
    """Callable clock in Unix seconds. `advance` moves every expiry, flood window and back-off at once."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._sleepers: set[asyncio.Future[None]] = set()

    def __call__(self) -> float:
        """Return the time in Unix seconds."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward and wake those who wait for a moment that has now come.

        Raises ValueError when `seconds` is negative: a moment that was promised can't be taken back.
        """
        if seconds < 0:
            raise ValueError("the clock moves forward only")
        self.offset += seconds
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    async def wait_until(self, moment: float) -> None:
        """Return when the clock shows `moment` (Unix seconds), whether by time or by `advance`."""
        while (left := moment - self()) > 0:
            sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._sleepers.add(sleeper)
            try:
                await asyncio.wait((sleeper,), timeout=left)
            finally:
                self._sleepers.discard(sleeper)
