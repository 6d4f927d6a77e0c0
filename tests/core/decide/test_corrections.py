"""What was told is set right by staff (life.md rows 8, 39-41)."""

from dataclasses import replace

from core.case import Status
from tests.core import demo
from tests.core.decide.quarrels import FAMILY, NOISE, dispute
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST1, ST2, Village

SLIGHT = "宏济新居3栋楼道堆满杂物"


def held() -> tuple[Village, int]:
    """ST2 has accepted a slight matter; gives its member too."""
    village = Village()
    return village, village.accepted(SLIGHT)


def menu(village: Village, user: int, label: str, chat: int = ST2) -> str:
    """更正, then one of its buttons; gives the answer."""
    village.presses("btn.correct", chat=chat, user=user)
    return village.presses(label, chat=chat, user=user).kind


def test_row_39_anyone_who_has_it_may_raise_the_severity_and_the_limits_run_from_the_first_message():
    village, user = held()
    before = village.case.close_due
    village.jumps(minutes=30)
    menu(village, user, "btn.fix_severity")
    assert village.presses("btn.severity", chat=ST2, user=user, severity=2).kind == "ans.ok"
    case = village.case
    assert case.severity == 2
    assert case.close_due is not None
    assert before is not None
    assert case.close_due < before
    assert (case.close_due - case.opened_at).total_seconds() == 24 * 3600
    assert village.events("regraded")[0].row == 39


def test_row_39_only_the_grid_head_lowers_it_and_says_why():
    village, user = held()
    menu(village, user, "btn.fix_severity")
    assert village.presses("btn.severity", chat=ST2, user=user, severity=4).kind == "ans.head_only"
    head = village.grid_head()
    village.presses("btn.severity", chat=ST2, user=head, severity=4)
    assert village.presses("btn.reason", chat=ST2, user=head, reason="seen").kind == "ans.ok"
    assert village.case.severity == 4
    assert village.events("regraded")[0].data["reason"] == "seen"


def test_row_39_a_date_promised_for_the_lesser_matter_does_not_keep_the_graver_one_waiting():
    village = Village(now=demo.at("2026-11-16 09:00"))
    village.says(SLIGHT)
    village.passes(hours=2, minutes=1)
    head = village.grid_head()
    village.presses("btn.known", chat=head, user=head)
    until = demo.at("2026-11-18 08:30")
    village.presses("btn.plan_until", chat=head, user=head, until=until.isoformat())
    assert village.case.due_at == until
    menu(village, head, "btn.fix_severity", chat=head)
    village.presses("btn.severity", chat=head, user=head, severity=2)
    assert village.case.known is None
    mark = len(village.events("escalated"))
    village.passes(hours=1)
    assert len(village.events("escalated")) > mark


def test_row_39_raised_to_one_it_alerts_the_grid_head_and_the_centre():
    village, user = held()
    menu(village, user, "btn.fix_severity")
    village.presses("btn.severity", chat=ST2, user=user, severity=1)
    assert village.heard(CTR, "card")
    assert village.heard(village.grid_head(), "card")


def test_row_40_the_kind_is_set_right():
    village, user = held()
    menu(village, user, "btn.fix_category")
    village.presses("btn.group", chat=ST2, user=user, group="水电气与设施设备")
    village.presses("btn.category", chat=ST2, user=user, category="SB06")
    assert village.case.category == "SB06"
    assert village.events("set_right")[0].row == 40
    assert village.events("corrected")[-1].data["category"] == "SB06"


def test_row_40_a_place_in_another_grid_goes_to_the_post_there_with_a_note():
    village = Village()
    village.says(SLIGHT)
    head = village.grid_head()
    village.passes(hours=2, minutes=1)
    menu(village, head, "btn.fix_place", chat=head)
    village.replies("锦畔苑3栋", kind="fix.need_place", chat=head, user=head)
    case = village.case
    assert case.place is not None
    assert case.place.grid != "G05"
    assert case.status is Status.DISP
    assert case.team != "ST2" or village.heard(ST1)
    told = village.events("corrected")[-1].data
    assert (told["grid"], told["place"], told["compound"]) == (case.place.grid, "锦畔苑3栋", case.place.compound)
    assert "spot" in told, "else the figures would keep it at the old spot"
    assert [it for it in village.sent if it.notice.kind == "duty.corrected"]


def test_row_40_a_place_that_nobody_knows_is_asked_for_again():
    village, user = held()
    menu(village, user, "btn.fix_place")
    village.replies("那边", kind="fix.need_place", chat=ST2, user=user)
    assert village.case.place is not None
    assert village.case.place.grid == "G05"
    assert len(village.heard(ST2, "fix.need_place")) == 2


def test_row_41_two_matters_are_linked_and_both_cards_say_so():
    village, user = held()
    village.says("宏济新居5栋的路灯坏了", user=NEIGHBOUR)
    first, second = village.cases
    said = village.posts[ST2, village.slots[ST2, f"card:{first}"]]
    press = next(key.press for row in said.notice.keys for key in row if key.label == "btn.correct")
    village.sends_press((said, press), chat=ST2, user=user)
    village.presses("btn.link", chat=ST2, user=user)
    village.replies(second.lower(), kind="fix.need_link", chat=ST2, user=user)
    assert village.cases[first].linked == (second,)
    assert village.cases[second].linked == (first,)
    assert {event.row for no in (first, second) for event in village.events("linked", no)} == {41}


def test_row_41_a_case_that_is_done_is_linked_from_its_own_card_and_stays_done():
    village, user = held()
    first = village.case.no
    village.replies("到了", chat=ST2, user=user, photo="there")
    village.presses("btn.done", chat=ST2, user=user)
    village.replies("已经清走了", kind="duty.done_need", chat=ST2, user=user, photo="after")
    assert village.cases[first].status is Status.DONE
    village.says("宏济新居5栋的路灯坏了", user=NEIGHBOUR)
    second = next(no for no in village.cases if no != first)
    said = village.posts[ST2, village.slots[ST2, f"card:{first}"]]
    assert village.labels(said.notice) == ["btn.link"], "nothing else of it can be set right"
    assert village.presses("btn.link", chat=ST2, user=user).kind == "ans.reply_number"
    village.replies(second, kind="fix.need_link", chat=ST2, user=user)
    assert (village.cases[first].linked, village.cases[second].linked) == ((second,), (first,))
    assert village.cases[first].status is Status.DONE


def test_row_8_staff_turn_away_what_is_not_theirs_and_the_likeliest_body_comes_first():
    village = Village()
    village.says(SLIGHT)
    case = village.case
    village.cases[case.no] = replace(case, words=(*case.words, "老板拖欠工资"))
    head = village.grid_head()
    village.passes(hours=2, minutes=1)
    menu(village, head, "btn.reject", chat=head)
    bodies = [key.params["body"] for row in village.card(head).keys for key in row if key.label == "btn.body"]
    assert bodies[0] == "labour"
    village.presses("btn.body", chat=head, user=head, body="labour")
    assert village.case.status is Status.REJECTED
    assert village.newest(RESIDENT, "case.rejected").notice.params["where"] == "labour"
    assert village.events("rejected")[0].row == 8


def test_row_8_a_patrol_cannot_turn_anybody_away():
    village, user = held()
    village.presses("btn.correct", chat=ST2, user=user)
    assert not village.has_button("btn.reject", ST2)


def linked_with_a_dispute(words: str, user: int | None = None) -> tuple[Village, str]:
    """A case in the hands of ST2, and the number of a dispute that somebody of it answers with."""
    village, holder = held()
    village.says(words, user=NEIGHBOUR)
    number = dispute(village).id
    menu(village, user or holder, "btn.link")
    village.replies(number, kind="fix.need_link", chat=ST2, user=user or holder)
    return village, number


def test_row_41_a_case_and_a_dispute_live_on_and_name_each_other():
    village, number = linked_with_a_dispute(NOISE)
    assert village.case.linked == (number,)
    assert dispute(village).linked == (village.case.no,)
    assert village.case.status is Status.ACK
    assert dispute(village).open
    assert village.card(ST2).params["linked"] == number
    assert village.events("med_linked", "")[-1].data["to_case"] == village.case.no


def test_row_41_linked_twice_it_is_said_once():
    village, number = linked_with_a_dispute(NOISE)
    user = village.on("ST2")
    menu(village, user, "btn.link")
    village.replies(number, kind="fix.need_link", chat=ST2, user=user)
    assert village.case.linked == (number,)
    assert len(village.events("med_linked", "")) == 1


def test_row_41_a_dispute_for_named_people_answers_nobody_else():
    village, number = linked_with_a_dispute(FAMILY)
    assert dispute(village).named
    assert (village.case.linked, dispute(village).linked) == ((), ())
    assert number not in str(village.card(ST2).params)
    assert len(village.heard(ST2, "fix.need_link")) == 2, "the answer to a wrong number"
