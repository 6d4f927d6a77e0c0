"""Who is there: signing in and out by place, the boards, and what people ask of the bot besides reports."""

from datetime import timedelta

import pytest

from bot.demo.house import MORNING, House, colleagues_signed_in, open_house
from core.case import Status
from tests.stories.scene import (
    CENTRE,
    NINE,
    ST2,
    Cast,
    all_cases,
    at_the_end,
    cast_of,
    happened,
    only_case,
    sent_to,
    told,
)

POST = (30.6389, 104.0968)


async def test_signing_in_is_a_place_near_the_post_and_a_word_is_answered_by_the_button(sqlite_url: str) -> None:
    start = MORNING.replace(hour=7, minute=50)
    async with open_house(start=start, flood="off", paced=False, database_url=sqlite_url) as house:
        await house.jump(MORNING.replace(hour=7, minute=55))
        private = house.stage.phone(9000000011)
        private.says("到岗了")
        asked = await private.sees("签到要看位置", "📍 签到")
        keyboard = house.sandbox.world.view_chat(private.chat, private.user)["reply_keyboard"]
        assert any(key.get("request_location") for row in keyboard["keyboard"] for key in row), asked
        private.sends_place(30.6500, 104.0968)
        await private.sees("还不能签到", "米")
        private.says("📍 签到")
        await private.sees("位置")
        private.sends_place(*POST)
        await private.sees("廉景梅", "已签到", "距站 0 米")
        await house.stage.phone(private.user, ST2).sees("廉景梅", "已签到")
        await at_the_end(house)


async def test_who_is_not_rostered_hears_when_the_next_shift_is(house: House, who: Cast) -> None:
    private = house.stage.phone(who.resting.user)
    private.says("/signin")
    await private.sees("签到")
    private.sends_place(*POST)
    await private.sees("现在没有您的班", "下一班")


async def test_a_resident_who_types_the_staffs_words_is_told_so(house: House, who: Cast) -> None:
    who.resident.says("/signin")
    await who.resident.sees("只给在岗的工作人员用")


async def test_when_the_whole_post_has_signed_out_the_next_report_goes_to_the_next_nearest(
    house: House, who: Cast
) -> None:
    for phone in (who.first, who.second):
        private = house.stage.phone(phone.user)
        private.says("👋 签退")
        await private.sees("已签退")
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了")
    case = await only_case(house)
    assert case.team not in {"ST2", "CTR"}
    assert not told(who.first, "A2611-0001")


async def test_the_board_says_who_is_there_in_private_and_in_the_group_but_not_to_residents(
    house: House, who: Cast
) -> None:
    who.first.says("/duty")
    await who.first.sees("在岗情况", "宏济新路平安驿站")
    house.stage.phone(who.head.user).says("/duty")
    await who.head.sees("在岗情况")
    who.resident.says("/duty")
    await who.resident.sees("只给在岗的工作人员用")


async def test_open_cases_are_listed_for_the_post_and_all_of_them_for_the_centre(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了")
    who.neighbour.says("锦畔苑2栋门口水管爆了,水往外喷")
    await who.neighbour.sees("收到了")
    who.first.says("/cases")
    mine = await who.first.sees("未结事项", "A2611-0001")
    assert "A2611-0002" not in mine["text"]
    who.seat.says("/cases")
    await who.seat.sees("未结事项", "A2611-0001", "A2611-0002")
    private = house.stage.phone(who.first.user)
    private.says("📋 未结事项")
    shown = await private.sees("A2611-0001")
    await private.presses("A2611-0001", shown)
    opened = await private.sees("💬", "经过", "派给")
    assert opened["message_id"] == shown["message_id"]
    await private.presses("返回", opened)
    await private.sees("未结事项", "A2611-0001")


async def test_a_question_for_a_person_goes_both_ways_and_neither_sees_the_others_account(
    house: House, who: Cast
) -> None:
    who.resident.says("🙋 找工作人员")
    await who.resident.sees("请写下您想说的话")
    who.resident.says("请问物业费涨价找谁?")
    question = await who.seat.sees("🙋", "请问物业费涨价找谁?")
    assert "陈玉芳" not in question["text"]
    assert str(who.resident.user) not in question["text"]
    who.seat.replies(question, "找社区,周一到周五九点到五点")
    answer = await who.resident.sees("工作人员回话", "找社区")
    assert "唐" not in answer["text"]
    assert await all_cases(house) == []


async def test_a_picture_answers_a_question_too(house: House, who: Cast) -> None:
    who.resident.says("🙋 找工作人员")
    await who.resident.sees("请写下")
    who.resident.says("新的充电棚在哪里?")
    question = await who.seat.sees("充电棚")
    who.seat.replies(question, "在这里", photo="sample:after_clean")
    assert (await who.resident.sees("在这里"))["photo"]


async def test_my_cases_shows_each_with_its_story_and_what_can_be_done(house: House, who: Cast) -> None:
    who.resident.says("📋 我的事项")
    await who.resident.sees("还没有反映过")
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了")
    who.resident.says("📋 我的事项")
    await who.resident.sees("A2611-0001")
    await who.resident.presses("A2611-0001")
    await who.resident.sees("进度", "宏济新居3栋")
    assert {"⏰ 催办", "撤销"} <= set(who.resident.buttons())


async def test_urging_is_passed_on_once_in_two_hours(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    await who.first.presses("✋ 签收")
    who.resident.says("📋 我的事项")
    await who.resident.presses("A2611-0001")
    await who.resident.presses("⏰ 催办")
    await who.resident.sees("已经替您催办")
    for _ in range(2):
        await who.resident.presses("⏰ 催办")
        await who.resident.sees("A2611-0001", "现在已签收")
    await house.settled()
    assert len(told(who.first, "居民在催")) == 1
    who.resident.says("怎么样了?")
    await who.resident.sees("A2611-0001", "现在")
    await house.jump_by(hours=2, minutes=1)
    await who.resident.presses("⏰ 催办")
    await who.first.sees("居民在催")
    assert len(await happened(house, "urged")) == 2


async def test_a_withdrawn_case_leaves_no_button_behind(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.first.sees("宏济新居3栋")
    who.resident.says("📋 我的事项")
    await who.resident.presses("A2611-0001")
    await who.resident.presses("撤销")
    await who.resident.sees("已按您的要求撤销")
    await who.first.sees("A2611-0001", "已撤销")
    assert who.first.buttons() == ()
    assert (await only_case(house)).status is Status.CANCELLED


async def test_english_is_spoken_to_whoever_asked_for_it_and_chinese_to_the_post(house: House, who: Cast) -> None:
    who.resident.says("/language")
    await who.resident.sees("Please choose a language")
    await who.resident.presses("English")
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("Received, case A2611-0001")
    await who.first.sees("【一般】A2611-0001")
    who.resident.says("/help")
    await who.resident.sees("/mine")
    await house.settled()
    assert not told(who.resident, "收到了")


async def test_somebody_with_an_english_telephone_is_greeted_in_english(house: House, who: Cast) -> None:
    who.visitor.says("/start")
    await who.visitor.sees("Safety Post", "110 / 119 / 120")
    who.visitor.says("There is smoke coming from building 3 of 宏济新居")
    await who.visitor.sees("119")
    await who.first.sees("宏济新居3栋")


async def test_the_first_start_shows_the_words_about_privacy_once(house: House, who: Cast) -> None:
    for _ in range(2):
        who.resident.says("/start")
        await who.resident.sees("平安驿站")
    await house.settled()
    assert len(told(who.resident, "结案后")) == 1


async def test_a_slight_matter_at_half_past_eleven_at_night_waits_for_eight_and_is_sent_then(
    house: House, who: Cast
) -> None:
    night = house.now.replace(hour=23, minute=30, second=0)
    await house.jump(night)
    who.resident.says("宏济新居3栋门口垃圾堆了好几天没人收")
    await who.resident.sees("现在是夜间", "08:00")
    eight = night.replace(hour=8, minute=0) + timedelta(days=1)
    await house.jump(eight - timedelta(minutes=5))
    await colleagues_signed_in(house)
    assert not [call for call in sent_to(house, ST2) if "A2611-0001" in str(call)]
    await house.jump(eight + timedelta(seconds=5))
    await house.settled()
    case = await only_case(house)
    assert case.status is Status.DISP
    (sent,) = await happened(house, "dispatched")
    assert abs(sent.at - eight) < timedelta(seconds=2)
    assert case.team is not None


async def test_what_is_urgent_does_not_wait_for_the_morning_and_goes_to_the_nearest_that_is_open(
    house: House, who: Cast
) -> None:
    await house.jump(house.now.replace(hour=22, minute=10))
    await colleagues_signed_in(house)
    await house.jump(house.now.replace(hour=23, minute=30))
    await colleagues_signed_in(house)
    who.resident.says("钢花一村2栋门口水管爆了,水往外喷")
    await who.resident.sees("收到了,编号")
    case = await only_case(house)
    assert case.status is Status.DISP
    assert case.team in {"ST1", "ST2"}, "ST3 and ST4 are closed at night"


async def test_nobody_on_duty_anywhere_means_the_centre(sqlite_url: str) -> None:
    async with open_house(start=NINE, flood="off", paced=False, database_url=sqlite_url) as house:
        who = cast_of(house)
        who.resident.says("宏济新居3栋楼道堆满杂物")
        await who.seat.sees("A2611-0001", "宏济新居3栋")
        await who.resident.sees("综治中心")
        await who.seat.presses("✋ 签收")
        assert (await only_case(house)).team == "CTR"
        assert who.seat.chat == CENTRE
        await at_the_end(house)


@pytest.mark.parametrize("word", ["/privacy", "隐私", "/help", "/suggest", "🤝 要调解", "🔔 报隐患"])
async def test_every_word_of_the_menu_is_answered(house: House, who: Cast, word: str) -> None:
    who.resident.says(word)
    await who.resident.sees("")
    assert await all_cases(house) == []
