"""Every answer of Telegram in the middle of a case: each row of bot.answers is provoked and its reaction seen."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot import telegram
from bot.answers import ANSWERS, Kind, Row
from bot.demo.house import House
from bot.pump import aftermath
from bot.sandbox.faults import Fault
from core.case import Status
from tests.stories.scene import CENTRE, ST2, Cast, body_text, only_case, sent_to, told

REPORT = "宏济新居3栋楼道堆满杂物"
URGENT = "宏济新居5栋门口水管爆了,水往外喷"
PHOTO = "sample:corridor_ebike"
SOON = 0.05


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same waits, shorter: nobody in a test has three seconds."""
    monkeypatch.setattr(telegram, "SOON", SOON)
    monkeypatch.setattr(aftermath, "HALT", SOON)
    monkeypatch.setattr(aftermath, "AGAIN_AFTER", (SOON,) * 5)


async def answers(house: House, row: Row, method: str, times: int = 1, *, html: bool = False) -> None:
    """Telegram answers so to the next calls of a method to the post's group."""
    await house.settled()
    words = row.words[0] if row.words else "something that nobody has heard before"
    fault = Fault(
        kind="answer",
        code=row.code,
        description=words,
        method=method,
        chat_id=ST2,
        times=times,
        retry_after=1,
        html=html,
    )
    house.sandbox.world.faults.add(fault)


async def edited(house: House, who: Cast, row: Row) -> None:
    """A card is to be changed."""
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")
    await answers(house, row, "editMessageText")
    who.resident.says("还有一只沙发")


async def done(house: House, who: Cast, row: Row) -> None:
    await edited(house, who, row)
    await house.settled()
    assert len(told(who.first, "宏济新居3栋")) == 1, "counted as changed, neither sent anew nor repeated"
    assert not house.sandbox.world.faults.waiting


async def anew(house: House, who: Cast, row: Row) -> None:
    await edited(house, who, row)
    await who.first.sees("宏济新居3栋", "还有一只沙发")
    await who.first.presses("✋ 签收")
    await who.resident.sees("已签收")


async def sent_after_all(house: House, who: Cast, row: Row) -> None:
    await answers(house, row, "sendMessage")
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了,编号")
    await house.settled()
    assert len(told(who.first, "宏济新居3栋")) == 1


async def refused_as_a_whole(house: House, who: Cast, row: Row) -> None:
    await answers(house, row, "sendMessage", times=10)
    who.resident.says(REPORT)
    async with asyncio.timeout(house.stage.patience):
        while "sending" not in house.app.health.reasons():  # noqa: ASYNC110  # readiness rings no bell
            await asyncio.sleep(0.01)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了,编号")


async def moves_on(house: House, who: Cast, row: Row) -> None:
    await answers(house, row, "sendMessage")
    who.resident.says(REPORT)
    await who.seat.sees("发不到宏济新路平安驿站")
    await who.backup.sees("宏济新居3栋")
    await who.resident.sees("收到了", "工农院街平安驿站")
    assert not told(who.first, "宏济新居3栋")
    assert (await only_case(house)).team == "ST1"


async def lost(house: House, who: Cast, row: Row) -> None:
    await moves_on(house, who, row)
    await house.stage.phone(who.captain.user).sees("请把机器人重新拉进群")


async def removed(house: House, who: Cast, row: Row) -> None:
    del row
    await house.settled()
    house.sandbox.world.faults.add(Fault(kind="removed", method="sendMessage", chat_id=ST2))
    who.resident.says(REPORT)
    await who.seat.sees("发不到宏济新路平安驿站")
    await who.backup.sees("宏济新居3栋")
    calls = house.sandbox.world.calls.find("sendMessage", ST2)
    assert len([call for call in calls if "宏济新居3栋" in str(call.params)]) == 1, "it was sent: not once more"


async def not_pinned(house: House, who: Cast, row: Row) -> None:
    """Nothing of a case hangs on it: the message stays, and the chat hears what is missing."""
    await house.settled()
    words = row.words[0]
    fault = Fault(kind="answer", code=row.code, description=words, method="pinChatMessage", chat_id=CENTRE)
    house.sandbox.world.faults.add(fault)
    who.seat.says("/duty")
    await who.seat.sees("没能置顶")
    assert who.seat.has("勤务一屏")


async def without_picture(house: House, who: Cast, row: Row) -> None:
    await answers(house, row, "sendPhoto")
    who.resident.says(URGENT, photo=PHOTO)
    await who.first.sees("宏济新居5栋")
    await who.first.sees("图片、语音或位置发不出来了")


async def one_by_one(house: House, who: Cast, row: Row) -> None:
    await answers(house, row, "sendMediaGroup")
    who.resident.says("", photo="sample:burst_pipe", media_group_id="7")
    who.resident.says(URGENT, photo=PHOTO, media_group_id="7")
    await who.first.sees("宏济新居5栋")
    await house.settled()
    pictures = [call for call in sent_to(house, ST2) if call["method"] == "sendPhoto"]
    assert len(pictures) == 2


async def without_buttons(house: House, who: Cast, row: Row) -> None:
    await answers(house, row, "sendMessage")
    who.resident.says(REPORT)
    card = await who.first.sees("宏济新居3栋")
    assert "reply_markup" not in card
    who.first.replies(card, "收到")
    await who.resident.sees("已签收")


async def moved(house: House, who: Cast, row: Row) -> None:
    house.sandbox.expect_refusal(row.words[0])
    house.sandbox.world.chats[ST2].type = "group"
    new = house.sandbox.world.migrate(ST2)
    who.resident.says(REPORT)
    await house.stage.phone(who.first.user, new).presses("✋ 签收")
    await who.resident.sees("已签收")


Play = Callable[[House, Cast, Row], Awaitable[None]]
PLAYS: dict[Kind, Play] = {
    Kind.DONE: done,
    Kind.LATER: sent_after_all,
    Kind.FLOOD: sent_after_all,
    Kind.TOKEN: refused_as_a_whole,
    Kind.GONE: lost,
    Kind.MOVED: moved,
    Kind.ANEW: anew,
    Kind.REMOVED: removed,
    Kind.PLAIN: sent_after_all,
    Kind.SHORT: sent_after_all,
    Kind.WORDS: without_picture,
    Kind.SINGLY: one_by_one,
    Kind.LOOSE: lost,  # a card goes into no topic and replies to nothing: there is nothing to leave out
    Kind.KEYLESS: without_buttons,
    Kind.REFUSED: moves_on,
    Kind.NO_RIGHT: not_pinned,
    Kind.UNKNOWN: sent_after_all,
}


@pytest.mark.parametrize("row", ANSWERS, ids=[f"{row.code} {row.words[0] if row.words else 'any'}" for row in ANSWERS])
async def test_each_answer_of_telegram_has_its_reaction(house: House, who: Cast, row: Row) -> None:
    await PLAYS[row.kind](house, who, row)


@pytest.mark.parametrize("code", [502, 503, 504])
async def test_a_front_that_answers_in_html_is_understood(house: House, who: Cast, code: int) -> None:
    row = next(row for row in ANSWERS if row.code == code)
    await answers(house, row, "sendMessage", html=True)
    who.resident.says(REPORT)
    await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了,编号")


async def test_an_outcome_that_stays_unknown_is_repeated_so_often_and_then_the_next_post_is_asked(
    house: House, who: Cast
) -> None:
    await house.settled()
    house.sandbox.world.faults.add(Fault(kind="cut_after", method="sendMessage", chat_id=ST2, times=99))
    who.resident.says(REPORT)
    await who.backup.sees("宏济新居3栋")
    await who.seat.sees("发不到宏济新路平安驿站")
    house.sandbox.world.faults.clear()
    cards = [text for text in told(who.first, "宏济新居3栋") if "签收" in text]
    assert len(cards) == 1 + len(aftermath.AGAIN_AFTER)
    figures = house.app.pump._metrics.text(ready=True).decode()
    assert 'bot_doubts_total{lane="INTERACTIVE",then="repeated"} 5.0' in figures


async def test_a_picture_whose_file_is_gone_is_told_of_in_words(house: House, who: Cast) -> None:
    house.sandbox.expect_refusal("file identifier")
    who.resident.says(URGENT, photo=PHOTO)
    house.sandbox.world.files._by_id.clear()
    await who.first.sees("图片、语音或位置发不出来了")
    card = await who.first.sees("宏济新居5栋")
    assert body_text(card)


async def test_a_group_that_forbids_pictures_still_gets_the_words(house: House, who: Cast) -> None:
    house.sandbox.expect_refusal("not enough rights to send photos")
    house.sandbox.world.chats[ST2].bot.status = "member"
    house.sandbox.world.chats[ST2].permissions["can_send_photos"] = False
    who.resident.says(URGENT, photo=PHOTO)
    await who.first.sees("图片、语音或位置发不出来了")
    assert (await only_case(house)).status is Status.DISP
