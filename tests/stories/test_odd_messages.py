"""What real phones send: poison, floods of text, names full of signs, files too big, places in the ocean."""

import pytest

from bot.demo.house import House
from core.case import Status
from storage import letters
from tests.stories.scene import CENTRE, ST2, Cast, all_cases, body_text, both_databases, only_case, read, sent_to, told

LAMP = "宏济新居3栋门口路灯不亮"
POISON = (
    {"message": {"message_id": "x", "date": "never", "chat": 5}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 9100000001}}},
    {"callback_query": {"id": 7}},
    {"something_new": {"a": 1}},
    {"edited_message": None},
)


@pytest.mark.parametrize("poison", POISON)
async def test_a_poison_update_is_parked_or_passed_over_and_the_rest_goes_on(
    house: House, who: Cast, poison: dict[str, object]
) -> None:
    house.sandbox.world.inject(poison)
    who.resident.says(LAMP)
    await who.first.sees("宏济新居3栋")
    await house.settled()
    parked = await read(house, letters.parked)
    assert len(parked) == len(told(who.seat, "有一条消息没处理成")) <= 1
    assert len(await all_cases(house)) == 1


async def test_what_can_never_be_read_is_kept_and_the_centre_is_told(house: House, who: Cast) -> None:
    house.sandbox.world.inject({"message": {"message_id": 1, "date": "yesterday", "chat": {"id": 5}}})
    await who.seat.sees("有一条消息没处理成")
    (letter,) = await read(house, letters.parked)
    assert "yesterday" in letter.raw


@both_databases
async def test_four_thousand_characters_are_one_case_with_a_readable_card(house: House, who: Cast) -> None:
    long = (LAMP + "。" + "天黑看不见路," * 700)[:4096]
    assert len(long) == 4096
    who.resident.says(long)
    card = await who.first.sees("宏济新居3栋")
    assert len(body_text(card)) <= 1024
    await who.resident.sees("收到了")
    assert (await only_case(house)).words == (long,)


@both_databases
async def test_names_and_words_full_of_signs_are_shown_as_they_are(house: House, who: Cast) -> None:
    hostile = '<b>&"😀'
    house.sandbox.world.add_user(77, hostile, started=True)
    phone = house.stage.phone(77)
    phone.says('宏济新居3栋门口路灯不亮 <script>alert("&amp;")</script> </b> _*[`')
    card = await who.first.sees("宏济新居3栋", '<script>alert("&amp;")</script>')
    assert "&lt;" not in body_text(card)
    await phone.sees("收到了")
    phone.says("🙋 找工作人员")
    await phone.sees("请写下")
    phone.says("请问 1<2 & 什么时候修好 _*[`?")
    await who.seat.sees("请问 1<2 & 什么时候修好 _*[`?")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"document": {"file_name": "a.mp4", "file_size": 60 * 1024 * 1024}}, "文件太大"),
        ({"sticker": "😀"}, "没太看懂"),
        ({"contact": {"phone_number": "13800000000", "first_name": "王"}}, "没太看懂"),
    ],
)
async def test_what_cannot_be_used_is_said_so_with_a_way_on(
    house: House, who: Cast, what: dict[str, object], words: str
) -> None:
    who.resident.says("", **what)
    await who.resident.sees(words)
    assert "🙋 找工作人员" in who.resident.buttons() or words == "文件太大"
    assert await all_cases(house) == []


@pytest.mark.parametrize("what", [{"document": {"file_name": "a.pdf"}}, {"video": True}])
async def test_a_file_or_a_video_alone_is_looked_at_by_a_person_of_the_centre(
    house: House, who: Cast, what: dict[str, object]
) -> None:
    who.resident.says("", **what)
    await who.seat.sees("A2611-0001")
    await house.settled()
    assert not told(who.resident, "收到您的语音")
    assert [call for call in sent_to(house, CENTRE) if call["method"] in {"sendDocument", "sendVideo"}]
    assert (await only_case(house)).status is Status.DISP


@pytest.mark.parametrize(("lat", "lng"), [(0.0, 180.0), (-90.0, -180.0), (30.70, 104.20), (30.6393, -179.9999)])
async def test_a_pin_outside_the_district_names_whom_to_call_instead(
    house: House, who: Cast, lat: float, lng: float
) -> None:
    who.resident.says("路灯不亮")
    await who.resident.sees("地点")
    who.resident.sends_place(lat, lng)
    await who.resident.sees("不在我们辖区", "12345")
    assert (await only_case(house)).status is Status.REJECTED
    assert not told(who.first, "A2611")


async def test_an_unknown_command_is_answered_and_one_in_a_group_is_not(house: House, who: Cast) -> None:
    who.resident.says("/nonsense")
    await who.resident.sees("没有这个命令")
    before = len(sent_to(house, ST2))
    who.first.says("/nonsense@sandbox_bot")
    who.first.says("/help@another_bot")
    who.second.says("着火了!宏济新居3栋")
    await house.settled()
    assert len(sent_to(house, ST2)) == before, "a group is not watched for words"
    assert await all_cases(house) == []


async def test_a_live_location_in_private_is_a_place_and_its_moves_are_not_reports(house: House, who: Cast) -> None:
    who.resident.says("路灯不亮")
    await who.resident.sees("地点")
    here = {"latitude": 30.6393, "longitude": 104.0966, "live_period": 900}
    message = who.resident.says("", location=here)
    await who.first.sees("宏济新居")
    for step in range(3):
        moved = {"latitude": 30.6393 + step / 10_000, "longitude": 104.0966}
        house.sandbox.world.edit(who.resident.chat, message["message_id"], who.resident.user, location=moved)
    await house.settled()
    assert len(await all_cases(house)) == 1
    assert not told(who.first, "居民补充")


async def test_an_anonymous_administrator_who_replies_is_nobody_we_know(house: House, who: Cast) -> None:
    who.resident.says(LAMP)
    card = await who.first.sees("宏济新居3栋")
    who.captain.replies(card, "收到", anonymous_admin=True)
    await house.settled()
    assert (await only_case(house)).status is Status.DISP


async def test_who_blocked_the_bot_and_comes_back_can_report_again(house: House, who: Cast) -> None:
    house.sandbox.expect_refusal("bot was blocked by the user")
    who.resident.says(LAMP)
    await who.resident.sees("收到了")
    house.sandbox.world.set_member(who.resident.user, "kicked")
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "灯修好了", photo="sample:after_fixed")
    await who.first.sees("等居民确认")
    await house.settled()
    who.resident.says("/start")
    await who.resident.sees("平安驿站")
    who.resident.says("📋 我的事项")
    await who.resident.sees("A2611-0001")
    await who.resident.presses("A2611-0001")
    await who.resident.presses("✅ 解决了")
    assert (await only_case(house)).status is Status.CLOSED


async def test_a_message_that_is_edited_later_keeps_both_texts(house: House, who: Cast) -> None:
    message = who.resident.says(LAMP)
    await who.resident.sees("收到了")
    house.stage.acted()
    house.sandbox.world.edit(who.resident.chat, message["message_id"], who.resident.user, text=LAMP + ",有人摔倒了")
    await who.first.sees("有人摔倒了")
    assert (await only_case(house)).words == (LAMP, LAMP + ",有人摔倒了")
    house.sandbox.world.edit(who.resident.chat, message["message_id"], who.resident.user, text=LAMP)
    await house.settled()
    assert len(await all_cases(house)) == 1


async def test_spam_of_thirty_messages_in_a_row_is_one_case_and_the_bot_lives(house: House, who: Cast) -> None:
    for number in range(30):
        who.resident.says(f"{LAMP},第{number}次说")
    await who.first.sees("宏济新居3栋")
    await house.settled()
    assert len(await all_cases(house)) == 1
    assert told(who.first, "宏济新居3栋")
    assert CENTRE not in {call["chat_id"] for call in sent_to(house, ST2)}
