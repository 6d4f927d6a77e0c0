"""The front before a bot with a webhook, as there is one wherever a bot is reached from outside.

Without it every kill would cost seconds of Telegram's own back-off, and a run of hundreds an hour of waiting.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

AGAIN = 0.02  # real seconds until the bot is tried again
AWAY = 503


class Gate:
    """Keeps a request until the bot takes it; one that was cut off in the middle is Telegram's to repeat."""

    def __init__(self, behind: str) -> None:
        self._behind = behind
        self._session: aiohttp.ClientSession | None = None

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[str]:
        """The address to give to Telegram."""
        site = web.Application()
        site.router.add_post("/hook", self._pass_on)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.02)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        try:
            async with aiohttp.ClientSession(connector=connector) as self._session:
                yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        finally:
            await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        assert self._session is not None
        while True:
            try:
                async with self._session.post(self._behind, data=body, headers=headers) as answer:
                    if answer.status != AWAY:
                        return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientConnectorError:
                pass  # nobody is there yet
            except aiohttp.ClientError:
                return web.Response(status=502)
            await asyncio.sleep(AGAIN)
