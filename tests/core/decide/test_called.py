"""Called by name in a group: 已受理, later 已解决, everything else in private (mechanism F40, privacy.md)."""

import pytest

from core.case import Status
from core.messages import Sender, Spoke
from core.world import Decision
from tests.core import demo
from tests.core.decide.village import CTR, RESIDENT, ST2, Village

YARD = -1009000000777  # a residents' group that the file does not name


def compound_chat(village: Village, name: str) -> int:
    found = next(it for it in village.town.district.compounds if it.name_zh == name)
    assert found.residents_chat is not None
    return found.residents_chat


def calls(village: Village, text: str = "", *, chat: int = YARD, quoted: bool = False, **more: object) -> Decision:
    sender = Sender(user_id=RESIDENT, name="王小明", language="zh-hans")
    command = Spoke(
        at=village.now, sender=sender, chat=chat, message=village.next(), group=True, called=True,
        quoted=quoted, text=text, **more,
    )  # fmt: skip
    return village.does(command)


def said(village: Village, chat: int) -> str:
    return str([(it.notice.kind, it.notice.params) for it in village.heard(chat)])


def test_a_report_in_a_group_is_a_case_of_its_writer_and_the_group_hears_its_number_alone():
    village = Village()
    calls(village, "宏济新居3栋1单元1203门口路灯坏了,找王小明13812345678")

    assert village.case.status is Status.DISP
    assert village.case.reporter == RESIDENT
    assert village.kinds(YARD) == ["group.taken"]
    assert village.newest(YARD).notice.params == {"no": village.case.no}
    assert village.kinds(ST2) == ["card"]
    assert "case.received" in village.kinds(RESIDENT)


def test_phone_and_flat_in_the_group_are_pointed_out_to_the_writer_alone():
    village = Village()
    calls(village, "宏济新居3栋1单元1203门口路灯坏了,找王小明13812345678")

    assert "group.hint" in village.kinds(RESIDENT)
    for word in ("1203", "王小明", "138", "路灯", "宏济"):
        assert word not in said(village, YARD)


def test_the_group_hears_that_it_is_solved_and_nothing_between():
    village = Village()
    calls(village, "宏济新居3栋楼道堆了很多纸箱")
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("已经清走了", kind="duty.done_need", chat=ST2, user=who, photo="after")
    assert village.kinds(YARD) == ["group.taken"]
    village.presses("btn.solved")

    assert village.kinds(YARD) == ["group.taken", "group.solved"]


def test_in_a_compounds_own_group_nobody_needs_to_say_which_compound():
    village = Village()
    calls(village, "路灯坏了", chat=compound_chat(village, "宏济新居"))

    assert village.case.place is not None
    assert village.case.place.label == "宏济新居"
    assert village.case.status is Status.DISP


def test_what_is_missing_is_asked_in_private():
    village = Village()
    calls(village, "路灯坏了")

    assert village.case.status is Status.DRAFT
    assert village.kinds(YARD) == ["group.more"]
    assert village.kinds(RESIDENT) == ["case.need_place"]


@pytest.mark.parametrize(
    "words",
    ["宏济花园2栋有人吸毒", "楼上王小明天天吵,我要调解", "你们巡逻队的人态度太差,我要投诉", "我的事办得怎么样了"],
)
def test_what_no_group_should_read_is_moved_to_private_without_a_case_and_without_a_word_of_it(words: str):
    village = Village()
    calls(village, words)

    assert village.cases == {}
    assert village.kinds(YARD) == ["group.private"]
    assert village.newest(YARD).notice.params == {}
    assert village.kinds(CTR) == []


def test_danger_in_a_group_is_a_case_at_once_and_the_numbers_stand_in_the_group_too():
    village = Village()
    calls(village, "宏济花园2栋着火了")

    assert village.case.severity == 1
    assert village.case.status is Status.DISP
    assert village.kinds(YARD) == ["emg.top", "group.taken"]
    assert "119" in str(village.heard(YARD)[0].notice.params["number"])
    assert village.kinds(RESIDENT)[0] == "emg.top"


def test_violence_at_home_told_in_a_group_is_a_sealed_case_and_the_group_reads_neither_kind_nor_number():
    village = Village()
    calls(village, "宏济花园2栋,我老公又打我")

    assert village.case.sealed
    assert village.case.group is None
    assert village.kinds(YARD) == ["group.private"]
    assert village.case.no not in said(village, YARD)


def test_what_somebody_else_wrote_is_copied_masked_with_its_picture_and_without_its_writer():
    village = Village()
    calls(village, "宏济新居3栋1单元1203门口路灯坏了,电话13812345678", quoted=True, photo="lamp")

    assert village.case.reporter == RESIDENT
    assert "1203" not in str(village.case.words)
    assert "13812345678" not in str(village.case.words)
    assert village.case.photos == ("lamp",)
    assert "group.hint" not in village.kinds(RESIDENT)


def test_an_edit_in_private_does_not_reach_a_report_of_a_group_whose_message_has_the_same_id():
    village = Village()
    calls(village, "宏济新居3栋路灯坏了")
    number = -village.case.messages[0]
    village.says("宏济花园2栋路灯坏了", edits=number)

    assert village.case.words == ("宏济新居3栋路灯坏了",)


@pytest.mark.parametrize("words", ["", "你好", "谢谢"])
def test_a_call_that_says_nothing_is_told_how(words: str):
    village = Village()
    calls(village, words)

    assert village.cases == {}
    assert village.kinds(YARD) == ["group.how"]


def test_a_reply_to_our_words_in_the_group_is_led_into_private():
    village = Village()
    calls(village, "路灯坏了")
    village.replies("在3栋门口", kind="group.more", chat=YARD, user=RESIDENT)

    assert village.kinds(YARD) == ["group.more", "group.how"]


def test_a_report_by_night_in_a_group_waits_like_any_other():
    village = Village(now=demo.at("2026-11-20 23:30"))
    calls(village, "宏济新居3栋路面有个坑")

    assert village.case.status is Status.NEW
    assert village.kinds(YARD) == ["group.taken"]
