"""Sealed matters: violence at home and despair reach one named person; groups read a number, and only the centre's."""

from bot.demo.house import House
from core.case import Status
from tests.stories.scene import CENTRE, POSTS, Cast, body_text, both_databases, happened, only_case, sent_to, told

VIOLENCE = "我在宏济新居3栋2单元,老公又打我,我不敢出声"


@both_databases
async def test_violence_at_home_is_silent_and_reaches_the_officer_alone(house: House, who: Cast) -> None:
    who.resident.says(VIOLENCE)
    await who.officer.sees("保密件", "宏济新居3栋")
    await who.resident.sees("我不会打电话", "12110")
    await house.settled()
    for chat in POSTS:
        assert not any("A2611-0001" in str(call) for call in sent_to(house, chat)), "no post reads of it"
    (number,) = told(who.seat, "A2611-0001")
    assert "🔒" in number
    assert not told(who.head, "A2611-0001")
    to_her = sent_to(house, who.resident.chat)
    assert all(call["disable_notification"] for call in to_her if call["method"] == "sendMessage"), "her phone is mute"


async def test_the_officer_accepts_helps_and_the_resident_is_asked_without_a_sound(house: House, who: Cast) -> None:
    who.resident.says(VIOLENCE)
    await who.officer.sees("保密件")
    await who.officer.presses("✋ 签收")
    await who.officer.presses("✅ 办结")
    who.officer.replies(
        await who.officer.sees("办结请附"), "已见到本人,人身安全,已告知保护令", photo="sample:after_clean"
    )
    await who.resident.sees("解决了吗")
    await who.resident.presses("✅ 解决了")
    await who.resident.sees("满意吗")
    assert (await only_case(house)).status is Status.CLOSED


async def test_the_silent_answers_one_two_three_reach_the_officer(house: House, who: Cast) -> None:
    who.resident.says(VIOLENCE)
    await who.officer.sees("保密件")
    for answer, words in (("1", "需要警察"), ("2", "已安全"), ("3", "看错了")):
        who.resident.says(answer)
        await who.officer.sees("当事人回复", words)
    assert (await only_case(house)).status is Status.DISP


async def test_words_of_despair_get_a_person_and_no_alarm_bell_in_any_group(house: House, who: Cast) -> None:
    who.resident.says("不想活了,我在宏济新居3栋楼顶")
    first = await who.resident.sees("12356")
    assert "您不是一个人" in body_text(first)
    await who.officer.sees("保密件")
    await house.settled()
    assert all("A2611-0001" not in str(call) for chat in POSTS for call in sent_to(house, chat))


@both_databases
async def test_the_officer_asks_the_womens_federation_by_name_and_they_write_through_the_bot(
    house: House, who: Cast
) -> None:
    women, story = house.stage.phone(9000000073), "电话13812345678,2单元1203,老公又打我"
    who.resident.says(f"我在宏济新居3栋2单元,{story}")
    await who.officer.sees("保密件")
    await who.officer.presses("✋ 签收")
    await who.officer.presses("🤝 请专人协助")
    await who.officer.presses("叶春梅 · 妇联")
    assert not told(women, "🔒")
    await who.officer.presses("✔️ 确认请叶春梅")
    asked = await women.sees("家庭暴力", "陶德山请您协助")
    await who.officer.sees("🤝 协助:叶春梅")
    await women.presses("👁 看概要")
    await women.sees("宏济新居3栋", "老公又打我")
    women.replies(asked, "我现在过去陪她")
    says = await who.officer.sees("叶春梅:我现在过去陪她")
    await house.settled()  # a reply to it is understood when it is known under which number it stands there
    who.officer.replies(says, "她电话13812345678,已安顿好")
    await women.sees("办理人", "已安顿好")
    await who.officer.presses("✅ 办结")
    who.officer.replies(await who.officer.sees("办结请附"), "已送到庇护点", photo="sample:after_clean")
    await who.resident.presses("✅ 解决了")
    await women.sees("不用您再协助了")
    to_her = sent_to(house, women.chat)
    assert all(call["disable_notification"] for call in to_her if call["method"] == "sendMessage")
    assert not any(secret in str(to_her) for secret in ("13812345678", "1203", "陈玉芳"))
    assert [it.actor for it in await happened(house, "looked_up")] == ["P073"]


async def test_an_officer_whom_telegram_cannot_reach_is_replaced_by_the_centre_by_number(
    house: House, who: Cast
) -> None:
    house.sandbox.expect_refusal("bot was blocked by the user")
    house.sandbox.world.set_member(who.officer.user, "kicked")
    await house.settled()
    who.resident.says(VIOLENCE)
    await who.seat.sees("A2611-0001", "🔒")
    await house.settled()
    await who.seat.presses("✋ 签收")
    private = house.stage.phone(who.seat.user)
    await private.sees("保密件", "宏济新居3栋")
    await private.presses("✅ 办结")
    private.replies(await private.sees("办结请附"), "已上门见到本人,送到庇护点", photo="sample:after_clean")
    await who.resident.sees("解决了吗")
    assert len(await happened(house, "accepted")) == 1


async def test_an_officer_who_does_not_answer_leaves_it_to_the_centre_by_number(house: House, who: Cast) -> None:
    who.resident.says(VIOLENCE)
    await who.officer.sees("保密件")
    await house.jump_by(minutes=4)
    await who.seat.sees("A2611-0001", "🔒")
    await who.seat.presses("✋ 签收")
    await house.stage.phone(who.seat.user).sees("保密件", "宏济新居3栋")
    assert (await only_case(house)).status is Status.ACK


async def test_more_words_pictures_and_places_of_a_sealed_case_stay_with_the_officer(house: House, who: Cast) -> None:
    who.resident.says(VIOLENCE)
    await who.officer.sees("保密件")
    who.resident.says("", photo="sample:corridor_ebike")
    await house.settled()
    who.resident.sends_place(30.6393, 104.0966)
    await house.settled()
    who.resident.says("他拿着刀")
    await who.officer.sees("他拿着刀")
    await house.settled()
    for chat in (*POSTS, CENTRE):
        assert not [c for c in sent_to(house, chat) if c["method"] in {"sendPhoto", "sendLocation", "sendMediaGroup"}]


async def test_a_sealed_case_is_on_no_list_in_a_group(house: House, who: Cast) -> None:
    who.resident.says(VIOLENCE)
    await who.officer.sees("保密件")
    who.first.says("/cases")
    await who.first.sees("没有找到")
    who.seat.says("/cases")
    await who.seat.sees("没有找到")
