"""Residents tell in pieces and in any order; what belongs together is one case, and only what is missing is asked."""

import pytest

from bot.demo.house import House
from core.case import Status
from tests.stories.scene import (
    CENTRE,
    COMPOUND,
    ST2,
    Cast,
    all_cases,
    body_text,
    both_databases,
    only_case,
    sent_to,
    told,
)


async def test_first_the_place_then_the_picture_then_the_words(house: House, who: Cast) -> None:
    who.resident.sends_place(*COMPOUND)
    await who.resident.sees("一句话")
    await house.jump_by(seconds=40)
    who.resident.says("", photo="sample:corridor_ebike")
    await house.jump_by(seconds=40)
    who.resident.says("楼道里有人给电瓶车充电")
    await who.first.sees("电动车", "照片 1 张")
    case = await only_case(house)
    assert (len(case.photos), case.place and case.place.precision) == (1, "pin")


@both_databases
async def test_an_album_of_three_pictures_is_one_case_with_three_pictures(house: House, who: Cast) -> None:
    for number in range(3):
        words = "宏济新居3栋楼道堆满杂物" if number == 0 else ""
        who.resident.says(words, photo="sample:rubbish", media_group_id="album")
    await who.first.sees("宏济新居3栋")
    case = await only_case(house)
    assert len(case.photos) == 3 or len(set(case.photos)) == len(case.photos)
    assert len(told(who.resident, "收到了,编号")) == 1


async def test_words_without_a_place_are_asked_for_one_and_a_typed_address_is_enough(house: House, who: Cast) -> None:
    who.resident.says("楼道里有人给电瓶车充电")
    await who.resident.sees("还差一个地点")
    assert not told(who.seat, "A2611-0001"), "a draft is nobody's yet"
    who.resident.says("宏济新居3栋2单元")
    card = await who.first.sees("电动车", "宏济新居3栋")
    assert "2单元" not in body_text(card).split("💬")[0], "the group reads the building and no more"
    assert len(await all_cases(house)) == 1


async def test_a_venue_is_a_place_with_its_own_name(house: House, who: Cast) -> None:
    who.resident.says("有人在楼道给电瓶车充电")
    await who.resident.sees("还差一个地点")
    lat, lng = COMPOUND
    who.resident.says("", venue={"latitude": lat, "longitude": lng, "title": "宏济便利店", "address": "宏济新路8号"})
    await who.first.sees("电动车", "宏济便利店")


async def test_a_pin_after_the_question_for_a_place_sends_it(house: House, who: Cast) -> None:
    who.resident.says("路灯坏了,好黑")
    await who.resident.sees("还差一个地点")
    who.resident.sends_place(*COMPOUND)
    await who.first.sees("路灯", "宏济新居附近")
    await house.settled()
    assert [call for call in sent_to(house, ST2) if call["method"] == "sendLocation"], "the post sees the pin"


async def test_unsure_words_are_answered_with_three_kinds_and_a_tap_decides(house: House, who: Cast) -> None:
    who.resident.says("宏济新居门口车乱停,垃圾也没人收")
    asked = await who.resident.sees("哪一类情况")
    labels = [key["text"] for row in asked["reply_markup"]["inline_keyboard"] for key in row]
    assert 2 <= len(labels) <= 4
    assert labels[-1] == "都不是"
    assert await who.resident.presses(labels[0], on=asked)
    await who.first.sees(labels[0])
    assert (await only_case(house)).status is Status.DISP


async def test_words_nobody_taught_the_bot_are_kept_when_they_name_a_place(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋,嗡啵啦")
    await who.resident.sees("一句话")
    await house.jump_by(minutes=11)
    await who.first.sees("A2611-0001", "嗡啵啦")
    assert (await only_case(house)).status is Status.DISP


async def test_two_compounds_of_like_names_are_asked_for_and_never_guessed(house: House, who: Cast) -> None:
    who.resident.says("望江2栋楼道堆满杂物")
    await who.resident.sees("哪一个")
    assert {"望江苑", "望江园"} <= set(who.resident.buttons())
    await who.resident.presses("望江园")
    await who.backup.sees("望江园")
    case = await only_case(house)
    assert case.place is not None
    assert case.place.grid == "G03"


async def test_a_voice_alone_reaches_a_person_at_the_centre_at_once(house: House, who: Cast) -> None:
    who.resident.says("", voice=True)
    await who.resident.sees("收到您的语音")
    await who.seat.sees("A2611-0001")
    await house.settled()
    assert [call for call in sent_to(house, CENTRE) if call["method"] == "sendVoice"]
    who.resident.says("宏济新居3栋,路灯不亮")
    await who.first.sees("宏济新居3栋")
    assert len(await all_cases(house)) == 1


async def test_a_forwarded_report_is_a_report(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物", forward_from=who.neighbour.user)
    await who.first.sees("宏济新居3栋")
    assert (await only_case(house)).reporter == who.resident.user


async def test_a_reply_to_the_bots_message_belongs_to_its_case(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    received = await who.resident.sees("收到了,编号")
    await house.jump_by(minutes=20)
    who.resident.replies(received, "门口路灯也不亮")
    await who.first.sees("居民补充", "路灯也不亮")
    await who.resident.sees("已经补充进去")
    assert len(await all_cases(house)) == 1


async def test_what_is_said_within_ninety_seconds_belongs_together(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了,编号")
    await house.jump_by(seconds=60)
    who.resident.says("堆了好几天了,老人过不去")
    await who.resident.sees("已经补充进去")
    assert len(await all_cases(house)) == 1


async def test_a_matter_of_another_kind_is_a_second_case(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了,编号 A2611-0001")
    await house.jump_by(minutes=10)
    who.resident.says("宏济新居5栋门口水管爆了,水往外喷")
    await who.resident.sees("收到了,编号 A2611-0002")
    assert len(await all_cases(house)) == 2


@both_databases
async def test_an_addition_that_was_a_matter_of_its_own_becomes_a_case_by_one_tap(house: House, who: Cast) -> None:
    who.resident.says("宏济新居3栋楼道堆满杂物")
    await who.resident.sees("收到了,编号 A2611-0001")
    await house.jump_by(seconds=30)
    who.resident.says("宏济新居5栋楼道也堆满杂物")
    await who.resident.sees("已经补充进去")
    await who.resident.presses("➕ 另报一件")
    await who.resident.sees("收到了,编号 A2611-0002")
    assert len(await all_cases(house)) == 2


async def test_a_picture_nobody_explains_reaches_the_centre_after_ten_minutes(house: House, who: Cast) -> None:
    who.resident.says("", photo="sample:manhole")
    await who.resident.sees("收到照片")
    await house.jump_by(minutes=11)
    await who.seat.sees("A2611-0001")
    await house.settled()
    assert [call for call in sent_to(house, CENTRE) if call["method"] == "sendPhoto"], "somebody must see what it is"


@pytest.mark.parametrize("words", ["谢谢", "你好", "哈哈哈", "在吗"])
async def test_small_talk_is_answered_once_and_opens_no_case(house: House, who: Cast, words: str) -> None:
    who.resident.says(words)
    await who.resident.sees("")
    assert await all_cases(house) == []
    assert not told(who.first, words)


async def test_a_pin_in_another_grid_than_before_moves_the_case_to_the_other_post(house: House, who: Cast) -> None:
    who.resident.says("锦畔苑2栋楼道堆满杂物")
    await who.backup.sees("锦畔苑2栋")
    await house.jump_by(seconds=30)
    who.resident.sends_place(*COMPOUND)
    await who.first.sees("A2611-0001")
    case = await only_case(house)
    assert case.team == "ST2"


async def test_a_pin_and_words_that_are_two_places_are_asked_about_and_one_tap_sends_it_out(
    house: House, who: Cast
) -> None:
    who.resident.sends_place(30.639175, 104.090055)  # 九眼新村
    await who.resident.sees("一句话")
    who.resident.says("宏济新居3栋楼道里有人给电瓶车充电")
    await who.resident.sees("以哪个为准", "九眼新村", "宏济新居3栋")
    await who.resident.presses("宏济新居3栋")
    await who.first.sees("电动车", "宏济新居3栋")
    assert (await only_case(house)).conflict is None
