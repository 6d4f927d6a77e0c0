"""The HTTP door: webhook, health, readiness, figures and, for a moved clock, the hands of the clock."""

import hmac
import logging
from dataclasses import dataclass, field
from datetime import datetime

import orjson
from aiohttp import web

from bot.clock import Clock
from bot.health import Health
from bot.intake import Intake, Verdict
from bot.metrics import Metrics
from bot.ticker import Ticker

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BIGGEST = 1024 * 1024  # bytes; Telegram drops updates above 64 kB itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """What Telegram must say when it knocks, and who takes what it brings."""

    secret: str
    intake: Intake


@dataclass(kw_only=True)
class Door:
    """Serves until closed. `hook` is None when polling; it may be put in later, until then Telegram is told to wait."""

    health: Health
    metrics: Metrics
    figures_here: bool = True  # /metrics on this address, and not on one of its own
    hook_path: str | None = None
    hook: Hook | None = None
    hands: "Hands | None" = None
    _runners: list[web.AppRunner] = field(default_factory=list)
    _open: bool = True

    async def serve(self, host: str, port: int) -> int:
        """Listen; gives the port (port 0 = any free one). Raises OSError when the address is taken."""
        return await self._listen(self._application(), host, port)

    async def serve_figures(self, host: str, port: int) -> int:
        """Listen with nothing but /metrics."""
        application = web.Application()
        application.router.add_get("/metrics", self._figures)
        return await self._listen(application, host, port)

    def shut(self) -> None:
        """Take no more updates: Telegram is told to come again."""
        self._open = False

    async def close(self) -> None:
        """Stop listening; requests under way have been waited for by their handlers."""
        for runner in self._runners:
            await runner.cleanup()

    async def _listen(self, application: web.Application, host: str, port: int) -> int:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, host, port).start()
        return int(runner.addresses[0][1])

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=BIGGEST)
        routes = [web.get("/healthz", self._alive), web.get("/readyz", self._readiness)]
        if self.figures_here:
            routes.append(web.get("/metrics", self._figures))
        if self.hook_path is not None:
            routes.append(web.post(self.hook_path, self._update))
        if self.hands is not None:
            routes += [web.get("/clock", self.hands.show), web.post("/clock", self.hands.turn)]
        application.add_routes(routes)
        return application

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readiness(self, _request: web.Request) -> web.Response:
        reasons = self.health.reasons()
        return _json({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)

    async def _figures(self, _request: web.Request) -> web.Response:
        body = self.metrics.text(ready=not self.health.reasons())
        return web.Response(body=body, headers={"Content-Type": METRICS_TYPE})

    async def _update(self, request: web.Request) -> web.Response:
        """200 only after the commit; 401 before a byte of the body is read."""
        if self.hook is None or not self._open:
            return web.Response(status=503, headers={"Retry-After": "1"})
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self.hook.secret.encode()):
            log.warning("a knock without the secret", extra={"action": "hook.stranger"})
            return web.Response(status=401)
        try:
            raw = orjson.loads(await request.read())
        except orjson.JSONDecodeError:
            return web.Response(status=400)
        verdict = await self.hook.intake.take(raw)
        return web.Response(status=500 if verdict is Verdict.AGAIN else 200)


class Hands:
    """The hands of a moved clock: look, and turn forward. Exists only for drills and tests, hence open to any page."""

    def __init__(self, clock: Clock, ticker: Ticker) -> None:
        self._clock, self._ticker = clock, ticker

    async def show(self, _request: web.Request) -> web.Response:
        """`{"now": …, "next_due": …}`"""
        return await self._shown()

    async def turn(self, request: web.Request) -> web.Response:
        """`?to=ISO` or `?to=next`: everything that falls due on the way is done at its own time, in order."""
        to = await self._wanted(request.query.get("to", ""))
        if to is None:
            return _json({"error": "to=ISO 8601 with zone, later than now, or to=next"}, status=400, open_to_all=True)
        await self._ticker.walk(to)
        return await self._shown()

    async def _wanted(self, word: str) -> datetime | None:
        if word == "next":
            return await self._ticker.next_due()
        try:
            to = datetime.fromisoformat(word.replace(" ", "+"))  # "+08:00" arrives as a space when it was not escaped
        except ValueError:
            return None
        return to if to.tzinfo is not None and to >= self._clock.now() else None

    async def _shown(self) -> web.Response:
        due = await self._ticker.next_due()
        body = {"now": self._clock.now().isoformat(), "next_due": due.isoformat() if due else None}
        return _json(body, open_to_all=True)


def _json(body: object, *, status: int = 200, open_to_all: bool = False) -> web.Response:
    headers = {"Access-Control-Allow-Origin": "*"} if open_to_all else None
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json", headers=headers)
