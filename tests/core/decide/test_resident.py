"""The resident has the last word: solved or not, ratings, withdrawal, nudges (life.md rows 25-27, 33-35, 38)."""

from datetime import timedelta

import pytest

from core.case import Status
from tests.core.decide.village import CLEAR, RESIDENT, ST2, STRANGER, Village


def test_row_25_solved_closes_the_case_and_asks_once_for_a_rating():
    village = Village()
    village.finished()
    assert village.presses("btn.solved").kind == "ans.thanks"
    assert village.case.status is Status.CLOSED
    assert village.presses("btn.solved").kind == "ans.already"
    assert village.presses("btn.rate", rating="mostly").kind == "ans.thanks"
    assert village.presses("btn.rate", rating="satisfied").kind == "ans.already"
    assert village.case.rating == "mostly"
    assert village.kinds(ST2)[-1] == "duty.confirmed"
    assert len(village.events("closed")) == len(village.events("answered")) == len(village.events("rated")) == 1


def test_nobody_else_can_say_that_it_is_solved():
    village = Village()
    who = village.finished()
    for user in (STRANGER, who):
        found = village.button("btn.solved", RESIDENT)
        assert village.sends_press(found, chat=user, user=user).kind == "ans.not_yours"
    assert village.case.status is Status.DONE


def test_row_26_not_solved_goes_to_the_same_team_and_the_grid_head_with_an_apology():
    village = Village()
    village.finished()
    old = village.button("btn.solved", RESIDENT)
    village.passes(hours=1)
    assert village.presses("btn.not_solved").kind == "ans.thanks"
    case = village.case
    assert (case.status, case.team, case.reopened) == (Status.DISP, "ST2", 1)
    assert village.kinds(RESIDENT)[-1] == "case.reopened"
    assert village.kinds(village.grid_head())[-1] == "card"
    assert village.has_button("btn.accept", ST2)
    assert village.sends_press(old, chat=RESIDENT, user=RESIDENT).kind == "ans.stale"
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    assert village.case.status is Status.ACK


def test_a_reopened_case_is_not_late_at_once():
    village = Village()
    village.finished()
    village.passes(days=4, hours=1)
    village.presses("btn.not_solved")
    assert village.case.close_due is not None
    assert village.case.close_due > village.now
    mark = village.mark()
    village.tick()
    assert village.mark() == mark
    assert len(village.events("limits")) == 1


def test_row_27_without_a_word_it_closes_by_itself_a_day_after_a_warning_and_is_counted_apart():
    village = Village()
    village.finished()
    done = village.now
    assert village.tick_to_next_due() == done + timedelta(days=4)
    assert village.kinds(RESIDENT)[-1] == "case.autoclose_warn"
    assert village.case.status is Status.DONE
    assert village.tick_to_next_due() == done + timedelta(days=5)
    assert village.case.status is Status.CLOSED
    assert village.case.auto_closed
    assert village.events("closed")[0].data["auto"] is True
    assert village.case.rating is None


def test_a_closed_case_can_be_reopened_within_thirty_days_and_not_later():
    village = Village()
    village.finished()
    village.passes(days=6)
    assert village.case.status is Status.CLOSED
    village.passes(days=28)
    found = village.button("btn.not_solved", RESIDENT)
    later = Village(**{name: getattr(village, name) for name in ("now", "cases", "posts", "slots")})
    later.jumps(days=2)
    assert later.sends_press(found, chat=RESIDENT, user=RESIDENT).kind == "ans.too_late"
    assert village.sends_press(found, chat=RESIDENT, user=RESIDENT).kind == "ans.thanks"
    assert village.case.status is Status.DISP


def test_an_outage_over_the_last_days_still_gives_a_day_after_the_warning():
    village = Village()
    village.finished()
    village.jumps(days=9)
    village.tick()
    assert village.case.status is Status.DONE
    assert village.kinds(RESIDENT)[-1] == "case.autoclose_warn"
    assert str(village.newest(RESIDENT).notice.params["until"]) > village.now.isoformat()
    village.passes(hours=24)
    assert village.case.status is Status.CLOSED


def mine(village: Village) -> None:
    village.orders("mine")
    village.presses("btn.case")


def test_a_case_can_be_withdrawn_before_anybody_accepted():
    village = Village()
    village.says(CLEAR)
    mine(village)
    assert village.presses("btn.cancel").kind == "ans.cancelled"
    assert village.case.status is Status.CANCELLED
    assert village.labels(village.card(ST2)) == []
    assert village.presses("btn.cancel").kind == "ans.not_now"


def test_row_35_withdrawn_after_the_acceptance_it_is_told_to_the_team_and_closes_by_itself():
    village = Village()
    village.accepted()
    mine(village)
    assert village.presses("btn.cancel").kind == "ans.cancelled"
    assert village.case.status is Status.DONE
    assert village.events("withdrawn")[0].row == 35
    assert village.kinds(ST2)[-1] == "card"
    village.passes(days=6)
    assert village.case.status is Status.CLOSED


@pytest.mark.parametrize("text", ["宏济花园2栋楼道着火了", "宏济花园2栋有人吸毒"])
def test_row_34_grave_and_sealed_matters_stay_when_they_are_withdrawn_and_a_person_finds_out(text):
    village = Village()
    village.says(text)
    mine(village)
    before, since = village.case.status, village.mark()
    assert village.presses("btn.cancel").kind == "ans.cancel_noted"
    assert village.case.status is before
    assert [event.row for event in village.events("cancel_asked")] == [34]
    told = [said for said in village.sent[since:] if said.notice.kind == "duty.cancel_asked"]
    assert [said.chat for said in told] == [offer.chat for offer in village.case.offers]
    village.says("撤销")
    assert len(village.events("cancel_asked")) == 1, "told twice"


def test_row_38_a_nudge_is_passed_on_at_most_every_two_hours_and_the_third_to_the_grid_head():
    village = Village()
    village.accepted()
    mine(village)
    for _ in range(2):
        assert village.presses("btn.urge").kind == "ans.thanks"
    assert village.kinds(ST2).count("duty.urged") == 1
    village.passes(hours=2)
    village.presses("btn.urge")
    assert village.kinds(village.grid_head()).count("duty.urged") == 0
    village.passes(hours=2)
    village.says("怎么还没来人")
    assert village.kinds(ST2).count("duty.urged") == 3
    assert village.kinds(village.grid_head()).count("duty.urged") == 1


def test_my_cases_show_their_story():
    village = Village()
    assert village.orders("mine").notices[0].kind == "mine.none"
    village.finished()
    mine(village)
    said = village.newest(RESIDENT, "mine.one").notice
    assert [step["kind"] for step in said.params["steps"]] == ["opened", "accepted", "done"]
    found = village.button("btn.case", RESIDENT)
    assert village.sends_press(found, chat=STRANGER, user=STRANGER).kind == "ans.not_yours"


def test_how_is_it_going_is_answered_with_the_state():
    village = Village()
    village.accepted()
    village.says("我报的事怎么样了")
    assert village.newest(RESIDENT).notice.kind == "case.state"
    assert village.newest(RESIDENT).notice.params["status"] == "ACK"
