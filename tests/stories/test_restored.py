"""The database dies on a busy day and a copy of the morning is put back: nothing that was in it is lost, nothing that
was sent is sent again, and whoever has to tell or press something anew is told so."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.copying import restore
from bot.demo.house import House, colleagues_signed_in, open_house, open_sandbox, settings_for
from bot.sandbox.server import Sandbox
from core.case import Status
from storage import cases
from storage.copies.roads import make_copy
from tests.stories.scene import (
    CENTRE,
    NINE,
    POSTS,
    Cast,
    all_cases,
    at_the_end,
    body_text,
    cast_of,
    pressed_data,
    presses_data,
    read,
    sent_to,
    told,
    words_of,
)
from tests.stories.test_privacy import found

LOST = "数据出过故障"
DARK, RUBBISH, CABLE = "宏济新居3栋门口路灯不亮", "宏济新居5栋楼道堆满杂物", "宏济新居2栋有人私拉电线"


@contextlib.asynccontextmanager
async def _house(sandbox: Sandbox, url: str, folder: Path) -> AsyncIterator[tuple[House, Cast]]:
    async with open_house(
        start=NINE, flood="off", paced=False, sandbox=sandbox, database_url=url, backup_dir=folder
    ) as house:
        yield house, cast_of(house)


async def _morning(house: House, who: Cast) -> None:
    """One matter is accepted, one is closed, and a third is just being told when the copy is made."""
    who.resident.says(DARK)
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    await who.resident.sees("已签收")
    who.neighbour.says("宏济新居4栋门口水管爆了,水往外喷")
    await who.neighbour.sees("收到了,编号")
    await house.settled()


async def _copied_in_the_middle(house: House, who: Cast, url: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """The third has been decided and nothing of it was sent yet: in the copy it waits, a moment later it is sent."""
    with patch.context() as held:
        held.setattr(house.app.pump, "_leads", lambda: False)
        who.visitor.says(RUBBISH)
        while len(await read(house, cases.open_cases)) < 3:  # noqa: ASYNC110  # a database rings no bell
            await asyncio.sleep(0.02)
        now = datetime.fromtimestamp(house.sandbox.world.clock(), UTC)
        await asyncio.to_thread(make_copy, url, folder, now)
    house.app.engine.wake.set()


async def _rest_of_the_day(house: House, who: Cast) -> None:
    """What nobody will know of: an acceptance, a new matter, and somebody who asks to be forgotten."""
    await who.first.sees("宏济新居5栋")
    await who.first.presses("✋ 签收")
    who.captain.stage.phone(who.resident.user).says(CABLE)
    await who.resident.sees("A2611-0004")
    who.neighbour.says("/privacy")
    await who.neighbour.presses("🗑 删除我的信息")
    await who.neighbour.presses("确定删除")
    await house.settled()
    await house.app.scheduler.get_job("keep").func()


@pytest.mark.usefixtures("client_tools")
@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_nothing_of_the_copy_is_lost_and_nothing_that_was_sent_is_sent_again(
    database: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, folder = request.getfixturevalue(database), tmp_path / "copies"
    async with open_sandbox(flood="off") as sandbox:
        async with _house(sandbox, url, folder) as (house, who):
            await colleagues_signed_in(house)
            await _morning(house, who)
            await _copied_in_the_middle(house, who, url, folder, monkeypatch)
            await _rest_of_the_day(house, who)
            before = {chat: told_texts(house, chat) for chat in house.sandbox.world.chats}
        sandbox.world.advance(3 * 3600)
        settings = settings_for(sandbox.url, tmp_path, NINE, database_url=url, backup_dir=folder)
        await asyncio.to_thread(restore, settings, None)
        seen = sandbox.world.calls.last
        async with _house(sandbox, url, folder) as (house, who):
            await house.stage.until(lambda: told(who.first, LOST) or None, lambda: "the post was not told")
            await house.settled()
            await _as_it_was(house)
            _nothing_twice(house, before, seen)
            await _forgotten(house, who)
            await _goes_on(house, who)
            await at_the_end(house)


def told_texts(house: House, chat: int) -> set[str]:
    """What was said in a chat, word for word."""
    return {str(call.get("text", call.get("caption", ""))) for call in sent_to(house, chat)}


async def _as_it_was(house: House) -> None:
    """All three are there, as they stood when the copy was made; the fourth is not known."""
    accepted, forgotten, told_last = await all_cases(house)
    assert (accepted.status, forgotten.status, told_last.status) == (Status.ACK, Status.DISP, Status.DISP)
    assert forgotten.forget, "the wish to be forgotten came after the copy and still counts"


def _nothing_twice(house: House, before: dict[int, set[str]], seen: int) -> None:
    """Since the start: one word to every team, and the cards of what is open; nothing that was said before."""
    for team in house.district.teams:
        if team.chat_id is not None:
            assert sum(LOST in words_of(call) for call in sent_to(house, team.chat_id, seen)) == 1, team.id
    for chat, said in before.items():
        for call in sent_to(house, chat, seen):
            text = str(call.get("text", call.get("caption", "")))
            assert not text or text not in said or re.search("A2611-000[123]", text), f"said twice in {chat}: {text}"
            assert "收到了,编号" not in text
            assert "⏰" not in text


async def _forgotten(house: House, who: Cast) -> None:
    """Nothing of the neighbour but what the open matter still needs."""
    assert [it for it in await found(house, str(who.neighbour.user)) if "in contacts" in it] == []


async def _goes_on(house: House, who: Cast) -> None:
    """The card is pressed again, nobody is called late for it, and a new matter has a number nobody ever had."""
    card = await who.first.sees("宏济新居5栋")
    lost = next(m for m in who.first.messages() if "A2611-0004" in body_text(m))
    gone = await presses_data(who.first, lost["message_id"], pressed_data(lost, "✋ 签收"))
    assert "重新报一次" in gone["text"], (
        "whoever presses the card of a lost matter must not believe that it is on its way"
    )
    assert "已签收" in await who.first.presses("✋ 签收", on=card)
    who.visitor.says(CABLE)
    await who.visitor.sees("A2611-0601")
    await house.jump_by(minutes=16)
    await house.settled()
    for chat in (*POSTS, CENTRE):
        assert not [
            call for call in sent_to(house, chat) if "A2611-0003" in words_of(call) and "超时" in words_of(call)
        ]
