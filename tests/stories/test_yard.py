"""A compound's group, a printed code on a wall: other ways in, each to the same case."""

import base64

from bot.demo.house import USERNAME, House
from core.case import Status
from tests.bot.test_pictures import HERE, photograph
from tests.stories.scene import NINE, Cast, only_case, sent_to, told, words_of

YARD = -1009000000209


def yard(house: House, who: Cast) -> int:
    """The residents' group of 宏济新居, where the bot is an ordinary member."""
    compound = next(it for it in house.district.compounds if it.name_zh == "宏济新居")
    chat = compound.residents_chat or YARD
    members = [who.resident.user, who.neighbour.user, who.visitor.user]
    house.sandbox.world.add_chat(chat, "宏济新居业主群", members=members, bot="member")
    return chat


async def test_a_report_in_the_compounds_group_is_followed_in_private_and_the_group_hears_its_end(
    house: House, who: Cast
) -> None:
    chat = yard(house, who)
    group = house.stage.phone(who.resident.user, chat)
    group.says("谁家的狗又在叫")
    group.says(f"/report@{USERNAME} 楼道堆了很多纸箱,电话13812345678")
    await group.sees("已受理", "A2611-0001")
    await who.resident.sees("收到了", "宏济新居")
    await who.first.presses("✋ 签收")
    await who.first.presses("✅ 办结")
    who.first.replies(await who.first.sees("办结请附"), "已经清走", photo="sample:after_clean")
    await who.resident.presses("✅ 解决了")
    await group.sees("A2611-0001", "已解决")
    await house.settled()
    assert (await only_case(house)).status is Status.CLOSED
    said = [words_of(call) for call in sent_to(house, chat)]
    assert len(said) == 2
    assert not any(word in text for text in said for word in ("纸箱", "138", "宏济"))
    assert told(who.resident, "您刚才在群里写了电话")


async def test_colleagues_print_the_codes_of_their_places_and_a_scan_is_a_report_from_there(
    house: House, who: Cast
) -> None:
    who.head.says("/qr")
    sent = await who.head.sees("二维码")
    assert sent["document"]["file_name"] == "qr.pdf"
    place = next(it for it in house.district.key_places if it.grid == "G05" and it.token)
    who.visitor.says(f"/start {place.token}")
    await who.visitor.sees(place.name_zh if not place.name_en else place.name_en)
    who.visitor.says("路灯坏了")
    await who.first.sees(place.name_zh)
    assert (await only_case(house)).opened_at >= NINE


async def test_a_photograph_sent_as_a_file_brings_its_place_which_is_asked_about(house: House, who: Cast) -> None:
    taken = base64.b64encode(photograph(HERE)).decode()
    file = {"data": f"data:image/jpeg;base64,{taken}", "file_name": "IMG_1.jpg", "mime_type": "image/jpeg"}
    who.resident.says("楼道堆了很多纸箱", document=file)
    await who.resident.sees("宏济新居")
    assert who.first.has("楼道") is None  # it may have been taken anywhere: nobody is sent before the answer
    await who.resident.presses("✅ 就是这里")
    await who.resident.sees("收到了", "宏济新居")
    await who.first.sees("宏济新居")
