"""The patrol's buttons and replies (life.md rows 10-16, 24) and who may press them (DESIGN §6)."""

import pytest

from core.case import Status
from core.messages import Press, Spot
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, RESIDENT, ST1, ST2, ST3, ST4, STRANGER, Village


def test_row_10_the_first_to_accept_wins_and_the_second_is_told_who_has_it():
    village = Village()
    village.says("宏济花园2栋楼道着火了")
    second = village.button("btn.accept", ST1)
    winner = village.on("ST2")
    assert village.presses("btn.accept", chat=ST2, user=winner).kind == "ans.accepted"
    answer = village.sends_press(second, chat=ST1, user=village.on("ST1"))
    assert answer.kind == "ans.taken"
    assert answer.params["person"] == village.case.handler
    assert len(village.events("accepted")) == 1
    assert village.kinds(RESIDENT)[-1] == "case.accepted"
    assert not village.labels(village.card(ST1))


def test_a_colleague_of_the_same_post_who_presses_second_is_told_who_has_it():
    village = Village()
    village.says(CLEAR)
    found = village.button("btn.accept", ST2)
    village.sends_press(found, chat=ST2, user=village.on("ST2", 0))
    assert village.sends_press(found, chat=ST2, user=village.on("ST2", 1)).kind == "ans.taken"
    assert len(village.events("accepted")) == 1


def test_strangers_residents_others_and_people_off_duty_cannot_accept():
    village = Village()
    village.says(CLEAR)
    for user, kind in (
        (STRANGER, "ans.not_yours"),
        (RESIDENT, "ans.not_yours"),
        (village.on("ST1"), "ans.not_yours"),
        (village.off("ST2"), "ans.not_on_duty"),
    ):
        assert village.presses("btn.accept", chat=ST2, user=user).kind == kind
    assert village.case.status is Status.DISP


def test_the_head_of_the_post_may_accept_off_duty():
    village = Village()
    village.says(CLEAR)
    assert village.presses("btn.accept", chat=ST2, user=village.account("P010")).kind == "ans.accepted"


def test_received_as_a_reply_accepts_and_talk_does_not():
    village = Village()
    village.says(CLEAR)
    village.replies("什么情况?", chat=ST2, user=village.on("ST2"))
    assert village.case.status is Status.DISP
    village.replies("收到", chat=ST2, user=STRANGER)
    assert village.case.status is Status.DISP
    village.replies("收到", chat=ST2, user=village.on("ST2"))
    assert village.case.status is Status.ACK


@pytest.mark.parametrize(
    "press",
    [
        None,
        Press(action="zz", case="A2611-0001"),
        Press(action="ac", case="A9999-9999"),
        Press(action="ac", case="A2611-0001", round=7),
        Press(action="tr", case="A2611-0001", round=0, arg="NOBODY"),
        Press(action="no", case="A2611-0001", round=0, arg="area/NOBODY"),
        Press(action="no", case="A2611-0001", round=0, arg="whim"),
        Press(action="dn", case="A2611-0001", round=0, arg="removed"),
        Press(action="rt", case="A2611-0001", round=0, arg="superb"),
        Press(action="ct", case="A2611-0001", round=0, arg="ZZ99"),
        Press(action="pl", case="A2611-0001", round=0, arg="XQ01"),
        Press(action="lg", arg="tlh"),
        Press(action="mi"),
        Press(action="nc", case="A2611-0001"),
        Press(action="rd", arg="G05@261120"),
    ],
)
def test_forged_buttons_get_an_answer_and_change_nothing(press):
    village = Village()
    village.says(CLEAR)
    before = village.case
    for user, chat in ((village.on("ST2"), ST2), (STRANGER, STRANGER), (NEIGHBOUR, NEIGHBOUR)):
        village.sends_press((None, press), chat=chat, user=user)
    assert list(village.cases.values()) == [before]


def transfer_asked() -> tuple[Village, int]:
    village = Village()
    who = village.accepted()
    assert village.presses("btn.transfer", chat=ST2, user=who).kind == "ans.choose_target"
    assert village.presses("btn.target", chat=ST2, user=who, team="ST1").kind == "ans.asked"
    return village, who


def test_row_13_a_transfer_waits_for_its_target_and_then_has_a_clock_of_its_own():
    village, who = transfer_asked()
    close_due = village.case.close_due
    assert village.case.status is Status.ACK
    assert village.case.team == "ST2"
    village.passes(minutes=3)
    old = village.button("btn.done", ST2)
    assert village.presses("btn.accept_transfer", chat=ST1, user=village.on("ST1")).kind == "ans.accepted"
    assert village.case.status is Status.ACK
    assert village.case.team == "ST1"
    assert village.case.close_due == close_due
    assert village.case.offers[-1].due is not None
    assert village.kinds(RESIDENT)[-2:] == ["case.transferred", "case.accepted"]
    assert village.sends_press(old, chat=ST2, user=who).kind in {"ans.stale", "ans.taken"}
    assert village.case.transfers == 1


def test_a_yes_to_a_transfer_may_be_a_reply():
    village, _ = transfer_asked()
    village.replies("收到", chat=ST1, user=village.on("ST1"))
    assert village.case.team == "ST1"
    assert village.case.transfers == 1
    assert village.case.handover is None


def test_a_refused_transfer_stays_where_it_was():
    village, _ = transfer_asked()
    assert village.presses("btn.refuse_transfer", chat=ST1, user=village.on("ST1")).kind == "ans.ok"
    assert village.case.team == "ST2"
    assert village.case.handover is None
    assert village.kinds(ST2)[-1] == "duty.transfer_refused"
    assert village.has_button("btn.done", ST2)


def test_an_unanswered_transfer_comes_back_after_ten_minutes():
    village, _ = transfer_asked()
    village.passes(minutes=10)
    assert village.case.handover is None
    assert village.case.team == "ST2"
    assert village.kinds(ST2)[-1] == "duty.transfer_refused"


def test_after_two_refusals_the_grid_head_is_shown_the_case_and_assigns_it():
    village, who = transfer_asked()
    village.presses("btn.refuse_transfer", chat=ST1, user=village.on("ST1"))
    village.presses("btn.transfer", chat=ST2, user=who)
    village.presses("btn.target", chat=ST2, user=who, team="ST4")
    village.presses("btn.refuse_transfer", chat=ST4, user=village.on("ST4"))
    head = village.grid_head()
    assert village.kinds(head) == ["card"]
    village.presses("btn.transfer", chat=head, user=head)
    assert village.presses("btn.target", chat=head, user=head, team="ST1").kind == "ans.asked"
    assert village.case.status is Status.DISP
    assert village.case.team == "ST1"
    assert village.has_button("btn.accept", ST1)
    assert not village.has_button("btn.refuse_transfer", ST1)
    assert village.kinds(RESIDENT)[-1] == "case.received"


def test_the_third_transfer_is_the_grid_heads():
    village, _ = transfer_asked()
    village.presses("btn.accept_transfer", chat=ST1, user=village.on("ST1"))
    village.presses("btn.transfer", chat=ST1, user=village.on("ST1"))
    village.presses("btn.target", chat=ST1, user=village.on("ST1"), team="ST4")
    village.presses("btn.accept_transfer", chat=ST4, user=village.on("ST4"))
    village.presses("btn.transfer", chat=ST4, user=village.on("ST4"))
    village.presses("btn.target", chat=ST4, user=village.on("ST4"), team="ST2")
    assert village.case.team == "ST4"
    assert village.case.handover is None
    assert village.kinds(village.grid_head()) == ["card"]


def test_the_centre_sends_a_fire_to_another_post_from_its_own_card():
    village = Village()
    village.says("宏济新居3栋着火了,冒黑烟")
    seat = village.on("CTR")
    assert village.presses("btn.transfer", chat=CTR, user=seat).kind == "ans.choose_target"
    assert village.presses("btn.target", chat=CTR, user=seat, team="ST3").kind == "ans.asked"
    assert (village.case.team, village.case.status) == ("ST3", Status.DISP)
    assert village.presses("btn.accept", chat=ST3, user=village.on("ST3")).kind == "ans.accepted"


def test_row_12_not_ours_needs_a_reason_and_a_target_and_is_logged_as_declined():
    village = Village()
    village.says(CLEAR)
    who = village.on("ST2")
    assert village.presses("btn.not_ours", chat=ST2, user=who).kind == "ans.choose_reason"
    assert village.presses("btn.reason", chat=ST2, user=who, reason="area").kind == "ans.choose_target"
    assert village.presses("btn.target", chat=ST2, user=who, team="ST1").kind == "ans.asked"
    assert village.events("declined")[0].data["reason"] == "area"
    assert village.newest(ST1, "duty.transfer_asked").notice.params["reason"] == "area"
    assert village.case.status is Status.DISP
    assert village.case.team == "ST2"


def test_the_first_holder_may_still_accept_while_the_target_thinks():
    village = Village()
    village.says(CLEAR)
    who = village.on("ST2")
    village.presses("btn.transfer", chat=ST2, user=who)
    village.presses("btn.target", chat=ST2, user=who, team="ST1")
    village.replies("收到", chat=ST2, user=who)
    assert village.case.team == "ST2"
    assert village.case.handover is None
    assert not village.has_button("btn.accept_transfer", ST1)


def test_the_choice_can_be_left():
    village = Village()
    who = village.accepted()
    village.presses("btn.transfer", chat=ST2, user=who)
    village.presses("btn.back", chat=ST2, user=who)
    assert "btn.done" in village.labels(village.card(ST2))


def test_arrival_takes_the_heads_word():
    village = Village()
    village.accepted()
    assert village.presses("btn.arrive", chat=ST2, user=village.account("P010")).kind == "ans.arrived"
    assert village.case.status is Status.SITE
    assert village.kinds(RESIDENT)[-1] == "case.onsite"


def test_arrival_of_others_needs_proof_and_a_photo_reply_is_one():
    village = Village()
    who = village.accepted()
    assert village.presses("btn.arrive", chat=ST2, user=who).kind == "ans.need_proof"
    assert village.case.status is Status.ACK
    village.replies(kind="duty.arrive_need", chat=ST2, user=who, photo="here")
    assert village.case.status is Status.SITE
    assert village.events("arrived")[0].data["proof"] == "photo"


def test_row_15_arrival_by_position_counts_within_150_metres_and_not_beyond():
    village = Village()
    who = village.accepted()
    village.orders("start", f"at_{village.case.no}", user=who)
    village.says(user=who, spot=Spot(lat=30.6420, lng=104.096597))
    assert village.case.status is Status.ACK
    assert village.newest(who, "duty.arrive_far").notice.params["metres"] in range(290, 315)
    village.says(user=who, spot="宏济新居")
    assert village.case.status is Status.SITE
    assert village.kinds(who)[-1] == "duty.arrived"


def test_row_24_done_with_photo_and_line_asks_the_resident():
    village = Village()
    village.finished()
    assert village.case.status is Status.DONE
    question = village.newest(RESIDENT, "case.done_confirm").notice
    assert question.photos == ("after",)
    assert question.params["result"] == "已经清走了电瓶车"
    assert village.labels(question) == ["btn.solved", "btn.not_solved"]


def test_done_with_a_photo_alone_is_finished_by_a_disposition():
    village = Village()
    who = village.accepted()
    village.presses("btn.done", chat=ST2, user=who)
    village.replies(kind="duty.done_need", chat=ST2, user=who, photo="after")
    assert village.case.status is Status.ACK
    assert village.presses("btn.disposition", chat=ST2, user=who, disposition="removed").kind == "ans.done"
    assert village.case.status is Status.DONE
    assert village.events("done")[0].data["disposition"] == "removed"


def test_done_without_a_photo_needs_a_reason_that_is_one():
    village = Village()
    who = village.accepted()
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("没", kind="duty.done_need", chat=ST2, user=who)
    assert village.presses("btn.no_photo", chat=ST2, user=who).kind == "ans.reply_photo"
    village.replies("现场已恢复,住户不让拍照", kind="duty.done_no_photo", chat=ST2, user=who)
    assert village.presses("btn.no_photo", chat=ST2, user=who).kind == "ans.done"
    assert village.case.status is Status.DONE
    assert village.events("done")[0].data["photo"] is False


def test_done_needs_somebody_of_the_team_that_has_it():
    village = Village()
    village.accepted()
    for user in (STRANGER, RESIDENT, village.on("ST1"), village.off("ST2")):
        village.presses("btn.done", chat=ST2, user=user)
    village.replies("好了", chat=ST2, user=STRANGER, photo="x")
    assert village.case.closing is None
    assert village.case.status is Status.ACK


def test_row_16_support_from_the_site_calls_two_posts_and_the_centre():
    village = Village()
    village.accepted()
    village.presses("btn.arrive", chat=ST2, user=village.account("P010"))
    assert village.presses("btn.backup", chat=ST2, user=village.on("ST2")).kind == "ans.backup"
    asked = [said.chat for said in village.sent if said.notice.kind == "backup.asked"]
    assert len(asked) == 3
    assert CTR in asked
    assert ST2 not in asked


def test_a_press_in_another_chat_is_nobodys():
    village = Village()
    village.says(CLEAR)
    found = village.button("btn.accept", ST2)
    assert village.sends_press(found, chat=ST1, user=village.on("ST1")).kind == "ans.not_yours"
    assert village.sends_press(found, chat=NEIGHBOUR, user=NEIGHBOUR).kind == "ans.not_yours"


@pytest.mark.parametrize(("words", "offered"), [("宏济新居5栋门口水管爆了,水往外喷", True), (CLEAR, False)])
def test_on_the_way_to_what_is_urgent_help_can_be_called_for_with_a_tap(words: str, offered: bool):
    village = Village()
    village.accepted(words)
    assert village.case.status is Status.ACK
    assert village.has_button("btn.backup", ST2) is offered
