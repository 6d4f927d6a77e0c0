"""The control interface: what people do, faults, the clock, and what the page and tests look at, as JSON over HTTP."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import orjson
from aiohttp import web

from bot.sandbox import photos
from bot.sandbox.faults import Fault
from bot.sandbox.world import SandboxError, World

Json = dict[str, Any]
Action = Callable[[Json], object]

STREAM: Final = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
PICTURE_AGE: Final = {"Cache-Control": "max-age=3600"}
LONGEST_WAIT: Final = 60.0


def answer(value: object, status: int = 200) -> web.Response:
    """Return a JSON answer."""
    return web.Response(body=orjson.dumps(value), status=status, content_type="application/json")


class Control:
    """The control interface of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, app: web.Application, page: Path) -> None:
        """Put the interface and the phones page into an application."""
        actions: dict[str, Action] = {
            "users": self._users,
            "chats": self._chats,
            "topics": self._topics,
            "say": self._say,
            "edit": self._edit,
            "press": self._press,
            "react": self._react,
            "member": self._member,
            "startgroup": self._start_group,
            "migrate": lambda given: {"new_chat_id": self._world.migrate(**given)},
            "inject": lambda given: {"update_id": self._world.inject(**given)},
            "faults": self._faults,
            "clock": self._clock,
            "page": self._set_page,
        }
        for name, action in actions.items():
            app.router.add_post(f"/sandbox/{name}", _posted(action))
        app.router.add_delete("/sandbox/faults", self._clear_faults)
        reads = {
            "chats/{id}/messages": self._messages,
            "answers/{id}": self._answers,
            "calls": self._calls,
            "events": self._events,
            "files/{id}": self._file,
            "page": self._get_page,
            "clock": self._get_clock,
            "photos/{name}": self._photo,
        }
        for path, read in reads.items():
            app.router.add_get(f"/sandbox/{path}", _read(read))
        app.router.add_get("/", _index_of(page))
        app.router.add_static("/sandbox/static", page)

    # -- actions ---------------------------------------------------------------------------------------------------

    def _users(self, given: Json) -> object:
        user = self._world.add_user(given.pop("id"), **given)
        return {"user": user.as_json()}

    def _chats(self, given: Json) -> object:
        chat = self._world.add_chat(given.pop("id"), **given)
        return {"chat": chat.as_json()}

    def _topics(self, given: Json) -> object:
        return {"message_thread_id": self._world.open_topic(**given)}

    def _say(self, given: Json) -> object:
        return {"message": self._world.say(**given)}

    def _edit(self, given: Json) -> object:
        return {"message": self._world.edit(**given)}

    def _press(self, given: Json) -> object:
        return {"callback_query_id": self._world.press(**given)}

    def _react(self, given: Json) -> object:
        self._world.react(**given)
        return {}

    def _member(self, given: Json) -> object:
        self._world.set_member(**given)
        return {}

    def _start_group(self, given: Json) -> object:
        self._world.start_group(**given)
        return {}

    def _faults(self, given: Json) -> object:
        self._world.faults.add(Fault(**given))
        return {"waiting": len(self._world.faults.waiting)}

    def _clock(self, given: Json) -> object:
        self._world.advance(given["advance"])
        return {"now": self._world.clock(), "offset": self._world.clock.offset}

    def _set_page(self, given: Json) -> object:
        self._world.page = given
        self._world.events.emit("page", page=given)
        return given

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self._world.faults.clear()
        return answer({"waiting": 0})

    # -- what can be seen ------------------------------------------------------------------------------------------

    async def _messages(self, request: web.Request) -> web.Response:
        viewer = request.query.get("viewer")
        return answer(self._world.view_chat(int(request.match_info["id"]), int(viewer) if viewer else None))

    async def _answers(self, request: web.Request) -> web.Response:
        wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
        try:
            told = await self._world.callbacks.wait(request.match_info["id"], wait)
        except KeyError:
            raise SandboxError(f"nobody pressed {request.match_info['id']}") from None
        return answer({"answered": told is not None, **(told or {})})

    async def _calls(self, request: web.Request) -> web.Response:
        query = request.query
        chat = query.get("chat_id")
        calls = self._world.calls
        found = calls.find(query.get("method"), int(chat) if chat else None, int(query.get("since", 0)))
        return answer({"calls": [call.as_json() for call in found], "last": calls.last})

    async def _get_page(self, _request: web.Request) -> web.Response:
        return answer(self._world.page)

    async def _get_clock(self, _request: web.Request) -> web.Response:
        return answer({"now": self._world.clock(), "offset": self._world.clock.offset})

    async def _file(self, request: web.Request) -> web.Response:
        kept = self._world.files.by_unique(request.match_info["id"])
        if kept is None:
            raise web.HTTPNotFound
        return web.Response(body=kept.data, content_type=kept.mime_type, headers=PICTURE_AGE)

    async def _photo(self, request: web.Request) -> web.Response:
        name = request.match_info["name"].removesuffix(".png")
        if name not in photos.NAMES:
            raise web.HTTPNotFound
        return web.Response(body=photos.read(name), content_type="image/png", headers=PICTURE_AGE)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Stream events; without Last-Event-ID (header or ?after=) from now on."""
        events = self._world.events
        seen = request.headers.get("Last-Event-ID") or request.query.get("after")
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        await response.write(b": hello\n\n")
        async for batch in events.follow(int(seen) if seen else events.last):
            await response.write(b"".join(event.encoded() for event in batch) or b": still here\n\n")
        return response


def _posted(action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return the handler of an action: a JSON object in, JSON out, a sentence with 400 when it can't be done."""

    async def handle(request: web.Request) -> web.Response:
        try:
            given = orjson.loads(await request.read())
            if not isinstance(given, dict):
                return answer({"error": "the body must be a JSON object"}, 400)
            return answer(action(given))
        except KeyError as missing:
            return answer({"error": f"{missing} is missing"}, 400)
        except (TypeError, ValueError) as refused:
            return answer({"error": str(refused)}, 400)

    return handle


def _read(
    read: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await read(request)
        except ConnectionResetError:
            return web.Response()
        except ValueError as refused:
            return answer({"error": str(refused)}, 400)

    return handle


def _index_of(page: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def index(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(page / "index.html")

    return index
