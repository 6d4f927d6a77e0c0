"""The Bot API over HTTP: /bot{token}/METHOD and /file/bot{token}/PATH."""

import asyncio
import inspect
from math import isinf
from typing import Any, Final

import orjson
from aiohttp import web

from bot.sandbox import errors, params, spec
from bot.sandbox.calls import Call
from bot.sandbox.desk import Desk
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.delivery import RawJson
from bot.sandbox.methods.request import Request
from bot.sandbox.params import Params

JSON: Final = "application/json"
BAD_GATEWAY: Final = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n"
UPLOAD_PENALTY: Final = 60
FLOODED: Final = 429
REFUSING: Final = {"500": errors.RESTART, "401": errors.UNAUTHORIZED, "404": errors.PATH_NOT_FOUND}


class Api:
    """The door of one bot."""

    def __init__(self, desk: Desk, token: str) -> None:
        self._desk = desk
        self._token = token
        self._errands: set[asyncio.Task[None]] = set()

    def add_routes(self, app: web.Application) -> None:
        """Put the Bot API's addresses into an application."""
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.download)
        app.router.add_route("*", "/bot{rest:.*}", self.lost)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, with all that faults on demand make of it."""
        world = self._desk.world
        name = request.match_info["method"]
        method = spec.canonical(name) or name
        try:
            given, unread = await params.read(request), None
        except errors.ApiError as refused:
            given, unread = Params({}), refused
        call = world.calls.open(method, given.shown(), world.clock())
        fault = world.faults.strike(method, given.text("chat_id"))
        if fault is not None and (early := self._strike(request, call, fault)) is not None:
            return early
        asked = Request(self._desk, method, given, lambda: request.transport is not None)
        answer = await self._answer(asked, call, request.match_info["token"], unread)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "removed":
            return self._take_away(call)
        return cut(request) if fault is not None and fault.kind == "cut_after" else answer

    def _strike(self, request: web.Request, call: Call, fault: Fault) -> web.Response | None:
        """Return the answer of a fault that keeps the call from being done at all."""
        calls, kind = self._desk.world.calls, fault.kind
        if kind == "cut_before":
            calls.failed(call, {"error_code": 0, "description": "connection cut"}, injected=kind)
            return cut(request)
        if kind == "502_html":
            calls.failed(call, {"error_code": 502, "description": "Bad Gateway"}, injected=kind)
            return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
        if kind == "answer":
            wait = fault.retry_after if fault.code == FLOODED else None
            refused = errors.ApiError(errors.Refusal(fault.code, fault.description), retry_after=wait)
            calls.failed(call, refused.body(), injected=kind)
            page = web.Response(status=fault.code, text=BAD_GATEWAY, content_type="text/html")
            return page if fault.html else refusing(refused)
        if kind == "429" or kind in REFUSING:
            refusal = REFUSING.get(kind)
            refused = errors.ApiError(refusal) if refusal else errors.flooded(fault.retry_after)
            calls.failed(call, refused.body(), injected=kind)
            return refusing(refused)
        return None

    def _take_away(self, call: Call) -> web.Response:
        """Delete what was just sent, as a guard bot of a group does, and answer as Telegram does then."""
        world, refused = self._desk.world, errors.ApiError(errors.REMOVED)
        sent = call.result if isinstance(call.result, list) else [call.result]
        for message in (it for it in sent if isinstance(it, dict) and "chat" in it):
            world.chats[message["chat"]["id"]].messages.pop(message["message_id"], None)
        self._desk.world.calls.failed(call, refused.body(), injected="removed")
        return refusing(refused)

    async def _answer(
        self, asked: Request, call: Call, token: str, unread: errors.ApiError | None
    ) -> web.StreamResponse:
        calls = self._desk.world.calls
        try:
            if unread is not None:
                raise unread
            self._check_token(token)
            result = await self._patiently(asked)
        except errors.ApiError as refused:
            gone = "" if asked.is_alive() else "caller gone"
            strict = refused.text.startswith("SANDBOX")
            calls.failed(call, refused.body(), injected=gone, strict=strict)
            return refusing(refused)
        calls.succeeded(call, result)
        body = result if isinstance(result, RawJson) else orjson.dumps(result)
        return web.Response(body=b'{"ok":true,"result":' + body + b"}", content_type=JSON)

    def _check_token(self, token: str) -> None:
        if token != self._token:
            number, colon, _ = token.partition(":")
            known = bool(colon) and number.isdigit()
            raise errors.ApiError(errors.UNAUTHORIZED if known else errors.TOKEN_INVALID)
        if self._desk.closed:
            raise errors.ApiError(errors.LOGGED_OUT)

    async def _patiently(self, asked: Request) -> Any:
        """Run the method; where flood limits hold it back, wait as long as the settings say. Raises ApiError."""
        handler = self._checked(asked)
        await self._hold_upload(asked)
        settings = self._desk.world.settings
        patience = settings.absorb_cap if settings.flood == "absorb" else 0.0
        while True:
            try:
                result = handler(asked)
                return await result if inspect.isawaitable(result) else result
            except errors.Wait as wait:
                if wait.seconds > patience:
                    raise errors.flooded(wait.seconds) from None
                patience -= wait.seconds
                clock = self._desk.world.clock
                await clock.wait_until(clock() + wait.seconds)

    def _checked(self, asked: Request) -> Any:
        """Return the handler of a call whose parameters stand in the specification. Raises ApiError."""
        if asked.method not in spec.SPEC:
            raise errors.ApiError(errors.METHOD_NOT_FOUND)
        handler = METHODS.get(asked.method)
        if handler is None:
            raise errors.ApiError(errors.METHOD_NOT_BUILT, name=asked.method)
        attached = set(asked.params.files) - set(spec.SPEC[asked.method])
        spec.check_known(asked.method, (name for name in asked.params if name not in attached))
        spec.check_required(asked.method, asked.params.given())
        return handler

    async def _hold_upload(self, asked: Request) -> None:
        """Hold back uploads of one size that come thick. Raises ApiError 429 for those too far behind."""
        size = sum(len(file.data) for file in asked.params.files.values())
        world = self._desk.world
        delay = world.flood.upload_delay(size, world.clock())
        if isinf(delay):
            raise errors.flooded(UPLOAD_PENALTY)
        if delay > 0:
            await world.clock.wait_until(world.clock() + delay)

    def run_errand(self, method: str, values: dict[str, Any]) -> None:
        """Run a call that came in the answer of a webhook; nobody hears its outcome, but it is recorded."""
        name = spec.canonical(method) or method
        asked = Request(self._desk, name, Params(values))
        call = self._desk.world.calls.open(name, values, self._desk.world.clock())
        task = asyncio.get_running_loop().create_task(self._errand(asked, call))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _errand(self, asked: Request, call: Call) -> None:
        await self._answer(asked, call, self._token, None)

    async def lost(self, _request: web.Request) -> web.StreamResponse:
        """Answer an address that names no method as the Bot API does."""
        return refusing(errors.ApiError(errors.PATH_NOT_FOUND))

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Hand out the bytes of a file that getFile has named within the last hour."""
        kept = self._desk.world.files.at(request.match_info["path"])
        if request.match_info["token"] != self._token or kept is None:
            return refusing(errors.ApiError(errors.PATH_NOT_FOUND))
        return web.Response(body=kept.data, content_type=kept.mime_type)


def refusing(refused: errors.ApiError) -> web.Response:
    """Return the answer of a refusal: JSON, the HTTP status of its code, Retry-After beside a 429."""
    wait = refused.parameters.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait is not None else None
    return web.Response(body=orjson.dumps(refused.body()), status=refused.code, headers=headers, content_type=JSON)


def cut(request: web.Request) -> web.Response:
    """Break the connection off; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
