"""What "/" offers: to residents, colleagues and those who answer for others, each in the language they chose."""

from typing import Any

import pytest

from bot.menu import ADMIN, COLUMN, GROUP, OF_PART, PRIVATE, READER, STAFF, own
from bot.pump.offering import offered
from bot.telegram import Gone, Reply, Sent
from core.access import ANYBODY, WORDS, Part
from core.decide.orders import IN_GROUPS, INTO_PRIVATE, ORDERS
from core.messages import Notice
from handlers.group import CALLS


class Server:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, params: dict[str, Any]) -> Reply:
        self.calls.append((method, params))
        return Sent()


@pytest.mark.parametrize("part", OF_PART)
def test_every_command_that_is_offered_is_one_that_is_carried_out(part: str) -> None:
    assert [row[0] for row in OF_PART[part] if row[0] not in ORDERS] == []


@pytest.mark.parametrize(
    ("listed", "parts"),
    [
        (PRIVATE, {Part.RESIDENT}),
        (READER, {Part.STATISTICS, Part.ADMINISTRATOR}),
        (STAFF, ANYBODY - {Part.RESIDENT, Part.STATISTICS, Part.ADMINISTRATOR}),
        (ADMIN, {Part.ADMINISTRATOR}),
    ],
)
def test_nobody_is_offered_what_the_door_would_refuse(listed: tuple[tuple[str, ...], ...], parts: set[Part]) -> None:
    refused = {row[0] for row in listed if not parts <= WORDS[row[0]].always | WORDS[row[0]].theirs}
    assert refused == set()


def test_whoever_is_head_and_administrator_sees_both() -> None:
    assert {*OF_PART["head+admin"]} == {*OF_PART["head"], *ADMIN}


def test_in_groups_only_what_is_heard_there_is_offered() -> None:
    assert {row[0] for row in GROUP} <= IN_GROUPS | INTO_PRIVATE | CALLS


@pytest.mark.parametrize("language", COLUMN)
@pytest.mark.parametrize("part", OF_PART)
def test_a_list_of_ones_own_is_for_that_chat_and_fits_telegrams_limits(part: str, language: str) -> None:
    call = own(7, part, language)
    assert call["scope"] == {"type": "chat", "chat_id": 7}
    assert 0 < len(call["commands"]) <= 100
    assert all(1 <= len(it["description"]) <= 256 for it in call["commands"])


async def test_a_greeting_brings_the_list_of_its_reader() -> None:
    server = Server()
    hello = Notice(to=7, kind="start.hello", key="k", commands="head", language="zh-Hant")
    await offered(hello, Sent(message=1), server)  # type: ignore[arg-type]  # it only calls
    ((method, params),) = server.calls
    assert method == "setMyCommands"
    assert {"command": "gaps", "description": "缺崗"} in params["commands"]


@pytest.mark.parametrize(
    ("notice", "reply"),
    [
        (Notice(to=7, kind="card", key="k"), Sent()),
        (Notice(to=-7, kind="start.hello", key="k", commands="staff"), Sent()),
        (Notice(to=7, kind="start.hello", key="k", commands="staff"), Gone(why="blocked")),
    ],
)
async def test_nothing_else_changes_a_list(notice: Notice, reply: Reply) -> None:
    server = Server()
    await offered(notice, reply, server)  # type: ignore[arg-type]  # it only calls
    assert server.calls == []
