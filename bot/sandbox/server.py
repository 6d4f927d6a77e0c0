"""The sandbox as one object: start it, get an address, act in its world, look at what the bot did."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.sandbox import params
from bot.sandbox.api import Api
from bot.sandbox.calls import Call
from bot.sandbox.control import Control
from bot.sandbox.delivery.polling import Poller
from bot.sandbox.delivery.webhook import Webhook
from bot.sandbox.desk import Desk
from bot.sandbox.settings import FloodMode, Settings
from bot.sandbox.world import World

PAGE: Final = Path(__file__).with_name("page")


class Sandbox:
    """A Bot API server for one bot, in the running event loop.

    `token` is "<bot id>:<anything>". The Bot API is at {url}/bot{token}/METHOD, files at {url}/file/bot{token}/PATH,
    the control interface at {url}/sandbox/…, the phones page at {url}/.
    """

    def __init__(
        self,
        token: str = "1:sandbox",  # noqa: S107 - opens nothing but this sandbox
        *,
        settings: Settings | None = None,
        flood: FloodMode | None = None,
    ) -> None:
        self.token = token
        self.settings = settings or Settings()
        if flood is not None:
            self.settings = replace(self.settings, flood=flood)
        self.world = World(self.settings, int(token.partition(":")[0]))
        self._desk = Desk(self.world, Poller(self.world), Webhook(self.world))
        self._api = Api(self._desk, token)
        self._desk.webhook.on_reply = self._api.run_errand
        self._expected: list[str] = []
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Serve on host and port (0: a free one) and return the address, such as http://127.0.0.1:45123."""
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.02)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"
        return self.url

    async def stop(self) -> None:
        """Stop serving; waiting polls and event streams are cut."""
        await self._desk.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=params.LARGEST_BODY)
        self._api.add_routes(app)
        Control(self.world).add_routes(app, PAGE)
        return app

    def expect_refusal(self, substring: str) -> None:
        """Say that refusals whose description contains `substring` (any case) are meant to happen."""
        self._expected.append(substring.lower())

    def unexpected_refusals(self) -> list[Call]:
        """Return the calls Telegram would have refused (4xx) though no fault and no expectation asked for it."""
        return [call for call in self.world.calls.refusals if not self._is_expected(call)]

    def _is_expected(self, call: Call) -> bool:
        description = str((call.error or {}).get("description", "")).lower()
        return any(substring in description for substring in self._expected)
