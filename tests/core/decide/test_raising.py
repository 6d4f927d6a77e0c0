"""A question that the centre finds to be a hazard becomes a case, once, of whoever wrote it."""

from core.messages import Press
from core.records import Raised
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, Village

QUESTION = "请问楼顶掉东西归哪里管?"


def asked() -> tuple[Village, int]:
    village = Village()
    village.orders("human", rest=QUESTION)
    assert village.cases == {}
    return village, village.on("CTR")


def test_it_is_a_case_of_the_writer_who_is_asked_what_is_missing():
    village, seat = asked()
    assert village.presses("btn.raise", chat=CTR, user=seat).kind == "ans.raised"

    assert village.case.reporter == RESIDENT
    assert village.case.words == (QUESTION,)
    assert village.case.anonymous
    assert village.kinds(RESIDENT)[-2] == "case.raised"
    assert village.kinds(RESIDENT)[-1] in {"case.need_kind", "case.need_words", "case.need_place"}
    assert [it.actor for it in village.events("raised")] == [village.town.district.person(seat).id]
    assert seat not in village.contacts


def test_what_the_writer_says_next_goes_into_it_and_sends_it():
    village, seat = asked()
    village.presses("btn.raise", chat=CTR, user=seat)
    village.says("宏济新居3栋,外墙的瓷砖松了往下掉")

    assert len(village.cases) == 1
    assert "card" in village.kinds(ST2)


def test_two_presses_are_one_case():
    village, seat = asked()
    village.presses("btn.raise", chat=CTR, user=seat)
    assert village.presses("btn.raise", chat=CTR, user=seat).kind == "ans.already"

    assert len(village.cases) == 1
    (record,) = [it for it in village.records.values() if isinstance(it, Raised)]
    assert record.no == village.case.no


def test_nobody_else_can_nor_of_any_other_message():
    village, seat = asked()
    found = village.button("btn.raise", CTR)
    for user in (village.on("ST2"), NEIGHBOUR):
        assert village.sends_press(found, chat=CTR, user=user).kind == "ans.not_yours"
    assert village.sends_press((None, Press(action="qh")), chat=CTR, user=seat).kind == "ans.stale"
    assert village.cases == {}


def test_a_complaint_is_never_made_a_case():
    village = Village()
    village.says("你们巡逻队的人态度太差,我要投诉")
    assert not village.has_button("btn.raise", village.on("CTR"))
