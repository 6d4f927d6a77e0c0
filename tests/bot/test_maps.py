"""Against a strict stand-in that speaks Nominatim's answers: right, none, elsewhere, late, refused, garbage."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from aiohttp import web

from bot import maps
from bot.engine import Engine
from bot.maps import Maps
from core.messages import Command, Mapped
from core.records import Lookup
from core.town import Town
from storage import records
from storage.store import Store
from tests.bot.engine_rig import NOW, StillClock
from tests.core.decide.village import town

INSIDE = {"lat": "30.6393", "lon": "104.0966", "display_name": "45, 龙舟路, 成都市", "place_id": 1}
ELSEWHERE = INSIDE | {"lat": "39.9", "lon": "116.4"}


@dataclass
class Held:
    """An answer that does not come before it is let go."""

    answer: Any
    until: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Server:
    """Nominatim's /search as its manual says; whatever is asked otherwise is refused with 400."""

    answers: list[Any]
    asked: list[dict[str, str]] = field(default_factory=list)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def search(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        self.asked.append(query)
        self.reached.set()
        named = "geopy" not in request.headers.get("User-Agent", "geopy")
        west, south, east, north = map(float, query.get("viewbox", "0,0,0,0").split(","))
        if (
            not named
            or query.get("format") != "json"
            or query.get("bounded") != "1"
            or not (west < east and south < north)
        ):
            return web.json_response({"error": "Bad Request"}, status=400)
        answer = self.answers.pop(0)
        if isinstance(answer, Held):
            await answer.until.wait()
            answer = answer.answer
        if isinstance(answer, int):
            return web.Response(status=answer, headers={"Retry-After": "30"} if answer == 429 else {})
        return web.Response(text=answer) if isinstance(answer, str) else web.json_response(answer)


@dataclass
class Heard:
    """In the engine's place: what it was told."""

    told: list[Mapped] = field(default_factory=list)

    async def execute(self, command: Command, key: str) -> None:
        assert isinstance(command, Mapped)
        assert key == f"map:{command.lookup}"
        self.told.append(command)


@contextlib.asynccontextmanager
async def served(*answers: Any) -> AsyncIterator[tuple[Server, str]]:
    server, app = Server(list(answers)), web.Application()
    app.router.add_get("/search", server.search)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield server, site.name if not runner.addresses else f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def asks(store: Store, serial: int, query: str = "龙舟路45号") -> None:
    lookup = Lookup(id=f"A2611-0001.{serial}", no="A2611-0001", query=query, at=NOW, due_at=NOW)
    store.submit(lambda conn: records.write_records(conn, (lookup,))).result()


def forgets(store: Store, serial: int) -> None:
    def job(conn: Any) -> None:
        found = records.record_of(conn, "lookup", f"A2611-0001.{serial}")
        assert isinstance(found, Lookup)
        records.write_records(
            conn, (Lookup(id=found.id, no=found.no, query="", at=NOW, open=False, version=found.version),)
        )

    store.submit(job).result()


def job_of(store: Store, url: str, heard: Heard, *, leads: bool = True) -> Maps:
    return Maps(
        url=url, kind="nominatim", agent="a town", store=store, engine=cast("Engine", heard),
        clock=cast("Any", StillClock()),        town=lambda: cast("Town", town()), leads=lambda: leads, apart=0.0,
    )  # fmt: skip


async def asked(store: Store, *answers: Any) -> tuple[Mapped, Server]:
    heard = Heard()
    asks(store, 0)
    async with served(*answers) as (server, url):
        await job_of(store, url, heard).beat()
    (told,) = heard.told
    return told, server


@pytest.fixture
def store(sqlite_url: str) -> Any:
    with Store.open(sqlite_url) as opened:
        yield opened


async def test_road_and_number_go_out_with_the_districts_borders_and_a_place_comes_back(store: Store) -> None:
    told, server = await asked(store, [INSIDE])
    assert (told.case, told.found, told.down) == ("A2611-0001", (30.6393, 104.0966), False)
    assert {name: server.asked[0][name] for name in ("q", "bounded")} == {"q": "龙舟路45号", "bounded": "1"}


@pytest.mark.parametrize("answer", [[], [ELSEWHERE]])
async def test_nothing_found_and_a_place_outside_are_no_answer(store: Store, answer: list[Any]) -> None:
    told, _ = await asked(store, answer)
    assert (told.found, told.down) == (None, False)


@pytest.mark.parametrize(
    "answer",
    [
        429,
        403,
        500,
        502,
        "<html>busy</html>",
        '{"error":"x"}',
        '[{"lat":"nowhere"}]',
        "[7]",
        "null",
        '[{"lat":"NaN","lon":"NaN"}]',
    ],
)
async def test_a_map_that_refuses_or_answers_with_garbage_is_down(store: Store, answer: Any) -> None:
    told, _ = await asked(store, answer)
    assert told.found is None
    assert told.down or answer in {"null", '[{"lat":"NaN","lon":"NaN"}]'}


async def test_after_trouble_the_map_rests_and_is_not_asked_again_at_once(store: Store) -> None:
    heard = Heard()
    async with served(500, [INSIDE]) as (server, url):
        job = job_of(store, url, heard)
        asks(store, 0)
        await job.beat()
        forgets(store, 0)
        asks(store, 1, "下东大街216号")
        await job.beat()
    assert [it.down for it in heard.told] == [True, True]
    assert len(server.asked) == 1


async def test_a_map_that_is_silent_or_away_is_down_and_nobody_waits_for_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "WAIT", 0.2)
    heard = Heard()
    asks(store, 0)
    await job_of(store, "http://127.0.0.1:9", heard).beat()
    assert heard.told[0].down


async def test_a_map_that_hangs_holds_up_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "WAIT", 60.0)
    heard, held = Heard(), Held([INSIDE])
    asks(store, 0)
    async with served(held) as (server, url):
        beat = asyncio.create_task(job_of(store, url, heard).beat())
        await server.reached.wait()
        await asyncio.wrap_future(store.submit(lambda conn: records.open_records(conn, {"lookup"})))
        assert not beat.done(), "the database served others meanwhile"
        held.until.set()
        await beat
    assert [it.found for it in heard.told] == [(30.6393, 104.0966)]


async def test_a_map_that_never_answers_is_down_when_its_time_is_over_and_not_asked_for_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "WAIT", 0.2)
    heard, held = Heard(), Held([INSIDE])
    asks(store, 0)
    asks(store, 1, "下东大街216号")
    async with served(held) as (server, url):
        await job_of(store, url, heard).beat()
        held.until.set()
    assert [(it.lookup, it.down) for it in heard.told] == [("A2611-0001.0", True), ("A2611-0001.1", True)]
    assert len(server.asked) <= 1


async def test_what_was_answered_once_is_not_asked_again_not_even_that_there_is_nothing(store: Store) -> None:
    heard = Heard()
    async with served([INSIDE], []) as (server, url):
        job = job_of(store, url, heard)
        for serial, query in enumerate(("龙舟路45号", "下东大街216号") * 2):
            asks(store, serial, query)
            await job.beat()
            forgets(store, serial)
    assert len(server.asked) == 2
    assert [it.found for it in heard.told] == [(30.6393, 104.0966), None] * 2


async def test_only_the_process_that_leads_asks(store: Store) -> None:
    heard = Heard()
    asks(store, 0)
    async with served() as (server, url):
        await job_of(store, url, heard, leads=False).beat()
    assert (server.asked, heard.told) == ([], [])
