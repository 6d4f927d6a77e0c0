import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.app import running_app
from bot.opening import open_store
from bot.settings import Refused
from storage.migrate import migrate
from tests.bot.street import echo, opened, settings, until
from tests.databases import postgres_server

__all__ = ["postgres_server"]


@pytest.fixture
def database(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"edge_{abs(hash(request.node.name))}"
    with psycopg.connect(postgres_server.format("postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield postgres_server.format(name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def answers(sandbox: Any) -> int:
    return len(sandbox.world.calls.find(method="sendMessage", chat_id=7))


async def test_of_two_processes_one_leads_and_the_other_takes_over(database: str, tmp_path: Path) -> None:
    await asyncio.to_thread(migrate, database)
    async with opened() as sandbox:
        given = settings(tmp_path, sandbox.url, database_url=database)
        async with running_app(given, decide=echo) as first:
            follower = running_app(given, decide=echo)
            second = await follower.__aenter__()
            assert (first.leading(), second.leading()) == (True, False)
            sandbox.world.say(7, 7, text="one")
            await until(lambda: answers(sandbox) == 1)
            assert (first.health.reasons(), second.health.reasons()) == ({}, {})
        try:
            sandbox.world.say(7, 7, text="two")
            await until(lambda: answers(sandbox) == 2)
            assert second.leading()
        finally:
            await follower.__aexit__(None, None, None)
        assert not sandbox.world.calls.refusals


async def test_a_server_database_that_is_late_is_left_to_its_operator(database: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bot migrate"):
        open_store(settings(tmp_path, "http://x", database_url=database))
