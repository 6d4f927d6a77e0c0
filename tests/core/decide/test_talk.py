"""Handler and reporter talk through the bot; neither sees the other's account."""

import pytest

from core.case import Status
from tests.core import demo
from tests.core.decide.village import RESIDENT, ST2, Village

DOGS = "宏济花园有流浪狗咬人"


def asked(text: str = "是哪个单元门口?", photo: str | None = None, report: str = DOGS) -> tuple[Village, int]:
    village = Village(now=demo.at("2026-11-20 09:00"))
    who = village.accepted(report)
    village.presses("btn.ask_reporter", chat=ST2, user=who)
    village.replies(text, kind="duty.question_need", chat=ST2, user=who, photo=photo)
    return village, who


def test_a_question_reaches_the_reporter_without_a_name_or_a_number():
    village, who = asked("请打我电话13812345678,我是小王")
    said = village.newest(RESIDENT, "relay.question").notice
    assert "13812345678" not in str(said.params)
    assert str(who) not in str(said)
    assert village.case.question is not None


def test_a_reply_to_the_question_comes_back_as_an_answer():
    village, _ = asked()
    village.says("2单元,我电话13912345678", reply_to=village.newest(RESIDENT, "relay.question"))
    said = village.newest(ST2, "duty.answered").notice.params
    assert "2单元" in str(said["text"])
    assert "13912345678" not in str(said["text"])
    assert village.case.question is None
    assert len(village.cases) == 1


@pytest.mark.parametrize("what", [{"text": "就在二单元"}, {"voice": "v1"}, {"photo": "p1"}, {"text": "谢谢"}])
def test_the_answer_button_makes_the_next_message_the_answer_whatever_it_is(what):
    village, _ = asked()
    village.presses("btn.answer")
    village.passes(minutes=3)
    mark = village.mark()
    village.says(**what)
    kinds = village.kinds(ST2, mark)
    assert "duty.answered" in kinds or "evidence" in kinds
    assert len(village.cases) == 1
    assert village.contacts[RESIDENT].awaiting is None


def test_danger_in_an_answer_is_an_alarm():
    village, _ = asked()
    village.presses("btn.answer")
    village.says("现在着火了")
    assert village.case.severity == 1
    assert "emg.top" in village.kinds(RESIDENT)


def test_pictures_of_a_slight_matter_go_to_the_handler_and_not_to_the_group():
    village, who = asked(report="宏济新居3栋楼道堆了很多纸箱")
    mark = village.mark()
    village.says(photo="p9", reply_to=village.newest(RESIDENT, "relay.question"))
    assert "evidence" not in village.kinds(ST2, mark)
    assert village.newest(who, "evidence").notice.photos == ("p9",)


def test_a_question_can_be_a_picture():
    village, _ = asked("是这个吗?", photo="q1")
    assert village.newest(RESIDENT, "relay.question").notice.photos == ("q1",)


def test_without_an_answer_both_are_told_and_the_case_goes_on():
    village, _ = asked()
    village.passes(minutes=30)
    assert "duty.unanswered" in village.kinds(ST2)
    assert "relay.over" in village.kinds(RESIDENT)
    assert village.case.question is None
    assert village.case.status is Status.ACK
    village.says("补充:两只狗", reply_to=village.newest(RESIDENT, "relay.question"))
    assert village.newest(ST2, "duty.added")


def test_asking_again_is_a_reply_to_the_answer():
    village, who = asked()
    village.says("2单元", reply_to=village.newest(RESIDENT, "relay.question"))
    village.replies("几楼?", kind="duty.answered", chat=ST2, user=who)
    assert village.newest(RESIDENT, "relay.question").notice.params["text"] == "几楼?"


def test_a_sealed_matter_is_talked_about_in_private():
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.says("宏济花园2栋有人吸毒")
    officer = next(o.chat for o in village.case.offers if o.kind == "officer")
    village.presses("btn.accept", chat=officer, user=officer)
    village.presses("btn.ask_reporter", chat=officer, user=officer)
    village.replies("几楼?", kind="duty.question_need", chat=officer, user=officer)
    said = village.newest(RESIDENT, "relay.question").notice
    assert said.silent
    village.says("三楼", reply_to=village.newest(RESIDENT, "relay.question"))
    assert "三楼" in str(village.newest(officer, "duty.answered").notice.params["text"])
