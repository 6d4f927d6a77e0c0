"""Somebody of the women's federation, of civil affairs or of the police is brought into a sealed case by name."""

from dataclasses import replace

import pytest

from core import trail
from core.case import Status
from core.decide import decide, helpers
from core.messages import Press, Spoke
from tests.core.decide.test_who_sees_what import SEALED, officer, reports, seen
from tests.core.decide.village import CTR, RESIDENT, ST1, ST2, ST3, ST4, Village, sender

WOMEN, CIVIL, POLICE = "P073", "P074", "P065"


def taken(code: str = "RS04") -> tuple[Village, int]:
    village = Village()
    village.says(SEALED[code], photo="face.jpg")
    village.says(voice="voice.ogg")
    who = officer(village)
    village.presses("btn.accept", chat=who, user=who)
    return village, who


def with_helper(name: str = WOMEN, code: str = "RS04") -> tuple[Village, int, int]:
    village, who = taken(code)
    village.presses("btn.bring_in", chat=who, user=who)
    village.presses("btn.helper", chat=who, user=who, person=name)
    assert village.presses("btn.helper_sure", chat=who, user=who).kind == "ans.helper_in"
    return village, who, village.account(name)


def test_the_officer_chooses_among_the_people_of_the_kinds_departments_and_the_police():
    village, who = taken()
    village.presses("btn.bring_in", chat=who, user=who)

    offered = [key.params for row in village.card(who).keys for key in row if key.label == "btn.helper"]
    assert [it["person"] for it in offered] == [WOMEN, POLICE, "P067", "P068"]
    assert offered[0]["team"] == "D_WOMEN"


def test_one_tap_alone_brings_in_nobody():
    village, who = taken()
    village.presses("btn.bring_in", chat=who, user=who)
    assert village.presses("btn.helper", chat=who, user=who, person=WOMEN).kind == "ans.helper_sure"

    assert village.case.helpers == ()
    assert village.kinds(village.account(WOMEN)) == []


@pytest.mark.parametrize("name", [WOMEN, POLICE])
def test_whoever_is_brought_in_hears_number_and_kind_without_a_sound_and_nothing_else(name: str) -> None:
    village, _, account = with_helper(name)

    (told,) = village.heard(account)
    assert told.notice.kind == "sealed.helper"
    assert told.notice.params == {"no": village.case.no, "category": "RS04", "person": village.case.handler}
    assert told.notice.silent
    assert seen(village, account) == {"number"}


def test_a_tap_shows_the_building_and_a_summary_without_name_number_flat_or_pictures():
    village, _, account = with_helper()
    village.presses("btn.summary", chat=account, user=account)

    assert seen(village, account) == {"number", "place", "text"}
    assert village.newest(account, "sealed.summary").notice.silent
    assert [it.data["what"] for it in village.events("looked_up")] == ["summary"]
    assert village.events("looked_up")[0].actor == WOMEN


def test_nobody_else_learns_that_somebody_was_brought_in():
    village, who, account = with_helper()
    village.presses("btn.summary", chat=account, user=account)
    before = village.mark()
    village.replies("我今晚过去陪她", kind="sealed.helper", chat=account, user=account)
    reports(village)

    assert village.newest(who, "sealed.helper_says").notice.params["text"] == "我今晚过去陪她"
    assert "sealed.helper_says" in village.kinds(who, before)
    told = {it.chat for it in village.sent if "sealed.h" in it.notice.kind}
    assert told == {who, account}
    for chat in (RESIDENT, ST1, ST2, ST3, ST4, CTR, village.grid_head()):
        assert WOMEN not in str([it.notice.params for it in village.sent if it.chat == chat])


def test_what_the_officer_answers_reaches_the_helper_without_number_and_flat():
    village, who, account = with_helper()
    village.replies("她现在安全吗", kind="sealed.helper", chat=account, user=account)
    village.replies("在2栋1单元1203,电话13812345678", kind="sealed.helper_says", chat=who, user=who)

    text = str(village.newest(account, "sealed.officer_says").notice.params["text"])
    assert "13812345678" not in text
    assert "1203" not in text
    assert len(village.cases) == 1, "no word between them becomes a report"


@pytest.mark.parametrize("how", ["taken out", "over"])
def test_whoever_was_taken_out_sees_nothing_more_and_their_words_become_no_report(how: str) -> None:
    village, who, account = with_helper()
    if how == "taken out":
        village.presses("btn.bring_in", chat=who, user=who)
        assert village.presses("btn.helper_out", chat=who, user=who).kind == "ans.helper_out"
    else:
        village.presses("btn.done", chat=who, user=who)
        village.replies("已处理", kind="duty.done_need", chat=who, user=who, photo="after.jpg")
        village.presses("btn.solved")
        assert village.case.status is Status.CLOSED

    assert village.case.helpers == ()
    assert village.newest(account).notice.kind == "sealed.helper_out"
    assert village.presses("btn.summary", chat=account, user=account).kind == "ans.not_yours"
    village.replies("她在我家楼下有人打架", kind="sealed.helper", chat=account, user=account)
    assert village.newest(account).notice.kind == "sealed.helper_out"
    assert len(village.cases) == 1
    assert seen(village, account) == {"number"}


def test_each_step_stands_in_the_case_and_in_the_audit_log():
    village, who, account = with_helper()
    village.presses("btn.summary", chat=account, user=account)
    village.presses("btn.bring_in", chat=who, user=who)
    village.presses("btn.helper_out", chat=who, user=who)

    steps = ("helper_in", "looked_up", "helper_out")
    assert [len(village.events(it)) for it in steps] == [1, 1, 1]
    assert {"helper_in", "helper_out", "looked_up"} <= set(trail.KEPT)


def test_somebody_whom_the_words_name_is_never_offered_the_case():
    village = Village()
    village.says("我在宏济花园2栋,我老公又打我,他是叶春梅的弟弟")
    case = replace(village.case, category="RS04")

    names = {it.id for it in helpers.candidates(case, village.world(Spoke(
        at=village.now, sender=sender(RESIDENT), chat=RESIDENT, message=1)))}  # fmt: skip
    assert WOMEN not in names
    assert POLICE in names


def test_whoever_told_of_it_is_never_offered_the_case():
    village, _ = taken()
    world = village.world(Spoke(at=village.now, sender=sender(RESIDENT), chat=RESIDENT, message=1))
    case = replace(village.case, reporter=village.account(WOMEN))

    assert WOMEN not in {it.id for it in helpers.candidates(case, world)}


@pytest.mark.parametrize("who_else", ["P074", "P066", "P051"])
def test_the_summary_is_for_whoever_was_named_alone_whatever_they_press(who_else: str) -> None:
    village, _, _ = with_helper()
    user = village.account(who_else)
    press = Press(action="hv", case=village.case.no, round=village.case.round)

    assert village.sends_press((None, press), chat=user, user=user).kind == "ans.not_yours"
    assert village.events("looked_up") == []


def test_a_case_that_is_not_sealed_brings_in_nobody():
    village = Village()
    who = village.accepted()
    press = Press(action="hp", case=village.case.no, round=village.case.round, arg=f"{WOMEN}/yes")

    assert village.sends_press((None, press), chat=ST2, user=who).kind == "ans.not_now"
    assert village.case.helpers == ()


def test_a_picture_between_them_is_not_passed_on():
    village, who, account = with_helper()
    before = village.mark()
    village.replies(kind="sealed.helper", chat=account, user=account, photo="x.jpg")

    assert village.kinds(who, before) == []
    assert village.newest(account).notice.kind == "sealed.words_only"


def test_a_reply_that_comes_before_it_is_known_which_message_it_answers_is_no_report_either():
    village, who, account = with_helper()
    for user in (account, village.account(CIVIL)):
        spoke = Spoke(at=village.now, sender=sender(user), chat=user, message=1, text="我到了", about=village.case.no)
        decision = decide(spoke, replace(village.world(spoke), case=village.case))
        assert decision.case is None or decision.case.no == village.case.no
        assert who not in {it.to for it in decision.notices} or user == account
        assert {it.kind for it in decision.notices} & {"sealed.helper_says", "sealed.helper_out"}


def test_an_end_by_the_calendar_tells_whoever_was_brought_in_as_well():
    village, who, account = with_helper()
    village.presses("btn.done", chat=who, user=who)
    village.replies("已上门", kind="duty.done_need", chat=who, user=who, photo="after.jpg")
    village.passes(days=9)

    assert village.case.status is Status.CLOSED
    assert village.newest(account).notice.kind == "sealed.helper_out"
    assert village.case.helpers == ()
