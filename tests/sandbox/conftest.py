"""A sandbox per test, python-telegram-bot as its client, and a raw caller for exact bodies."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import pytest
from telegram import Bot

from bot.sandbox.server import Sandbox
from bot.sandbox.settings import Settings

LI = 7
WANG = 8
STRANGER = 9
GROUP = -1001
BASIC = -55


@dataclass(frozen=True)
class Answer:
    """An answer as it came over the wire."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def description(self) -> str:
        return str(self.body["description"])


@dataclass(frozen=True)
class Raw:
    """Calls without a library in between; nested values travel as JSON text in a form."""

    session: aiohttp.ClientSession
    url: str
    token: str

    async def __call__(self, method: str, **values: Any) -> Answer:
        form = {
            name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in values.items()
        }
        return await self.send("POST", f"/bot{self.token}/{method}", data=form)

    async def send(self, verb: str, path: str, **request: Any) -> Answer:
        async with self.session.request(verb, self.url + path, **request) as reply:
            return Answer(reply.status, orjson.loads(await reply.read()), dict(reply.headers))


def town(sandbox: Sandbox) -> None:
    world = sandbox.world
    world.add_user(LI, "李", username="li_wei", started=True)
    world.add_user(WANG, "王", started=True)
    world.add_user(STRANGER, "陌生人")
    world.add_chat(GROUP, "巡逻一组", members=[LI, WANG], owner=LI, bot="administrator")
    world.add_chat(BASIC, "小组", type="group", members=[LI, WANG], bot="member")


Start = Callable[..., Awaitable[Sandbox]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start a sandbox with other settings; every refusal that was not expected fails the test."""
    started: list[Sandbox] = []

    async def make(**changes: Any) -> Sandbox:
        usual = {"flood": "off", "poll_repeat_guard": 0.0, "conflict_delay": 0.0}
        sandbox = Sandbox(settings=Settings(**{**usual, **changes}))
        town(sandbox)
        await sandbox.start()
        started.append(sandbox)
        return sandbox

    yield make
    for sandbox in started:
        await sandbox.stop()
    assert [str(call) for sandbox in started for call in sandbox.unexpected_refusals()] == []


@pytest.fixture
async def sandbox(start: Start) -> Sandbox:
    return await start()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def raw(sandbox: Sandbox, session: aiohttp.ClientSession) -> Raw:
    return raw_for(sandbox, session)


def raw_for(sandbox: Sandbox, session: aiohttp.ClientSession) -> Raw:
    return Raw(session, sandbox.url, sandbox.token)


@pytest.fixture
async def ptb(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")
    async with bot:
        yield bot
