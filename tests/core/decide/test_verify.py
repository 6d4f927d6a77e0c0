"""核查 by a second person (life.md rows 28, 35, 42)."""

from core.case import Status
from core.decide import verify
from core.messages import StatusChanged
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, STRANGER, Village


def without_photo() -> Village:
    """Done with a reason instead of a photo, which is always looked at."""
    village = Village()
    user = village.accepted()
    village.presses("btn.done", chat=ST2, user=user)
    village.replies("车主当场推走,没来得及拍", kind="duty.done_need", chat=ST2, user=user)
    village.presses("btn.no_photo", chat=ST2, user=user)
    assert village.case.status is Status.DONE
    return village


def test_row_28_a_fifth_is_drawn_by_the_number_alone():
    numbers = [f"A2611-{n:04}" for n in range(2000)]
    drawn = [no for no in numbers if verify.sampled(no)]
    assert 0.17 < len(drawn) / len(numbers) < 0.23
    assert drawn == [no for no in numbers if verify.sampled(no)]


def test_row_28_who_is_looked_at():
    village = Village()
    village.says("宏济新居3栋楼道堆满杂物")
    case = village.case
    assert verify.why(case, photo=False) == "no_photo"
    assert verify.why(case, photo=True) == ("sample" if verify.sampled(case.no) else None)
    village.says("宏济花园2栋楼道着火了", user=NEIGHBOUR)
    assert verify.why(village.case, photo=True) == "severity"
    village.says("宏济花园2栋有人吸毒", user=STRANGER)
    assert verify.why(village.case, photo=False) is None


def test_row_28_what_does_not_pass_goes_back_to_the_team_and_the_resident_is_told():
    village = without_photo()
    head = village.grid_head()
    assert village.newest(head, "check.ask").notice.params["check"] == "no_photo"
    village.presses("btn.check_not", chat=head, user=head)
    assert village.presses("btn.reason", chat=head, user=head, reason="still_there").kind == "ans.ok"
    assert village.case.status is Status.SITE
    assert village.case.done_at is None
    assert village.newest(ST2, "check.failed").notice.params["reason"] == "still_there"
    assert village.newest(RESIDENT, "case.checked_again")
    assert village.events("check_failed")[0].row == 28
    assert village.events("checked")[0].data["passed"] is False


def test_row_28_what_passes_is_noted_and_the_resident_still_has_the_last_word():
    village = without_photo()
    head = village.grid_head()
    village.presses("btn.check_ok", chat=head, user=head)
    assert village.case.check is not None
    assert village.case.check.state == "passed"
    assert village.case.status is Status.DONE
    assert village.presses("btn.check_ok", chat=head, user=head).kind == "ans.already"


def test_row_28_whoever_closed_it_does_not_check_it():
    village = without_photo()
    head = village.grid_head()
    found = village.button("btn.check_ok", head)
    for user in (village.on("ST2"), STRANGER):
        assert village.sends_press(found, chat=ST2, user=user).kind == "ans.not_yours"


def test_row_28_nobody_looked_in_a_day_and_the_centre_is_asked_too():
    village = without_photo()
    village.passes(days=1, minutes=1)
    assert village.heard(CTR, "check.ask")
    assert len(village.events("check_late")) == 1


def test_row_27_without_a_photo_it_never_closes_by_itself_before_somebody_has_looked():
    village = without_photo()
    village.passes(days=9)
    assert village.case.status is Status.DONE
    asked = [it.at for it in village.events("check_late")]
    assert len(asked) == 6, "the day after, then each day from the fifth to the ninth"
    head = village.grid_head()
    village.presses("btn.check_ok", chat=head, user=head)
    village.passes(days=1, minutes=1)
    assert village.case.status is Status.CLOSED
    assert village.kinds(RESIDENT).count("case.autoclose_warn") == 1


def test_row_35_withdrawn_after_acceptance_it_is_looked_at_quickly():
    village = Village()
    village.accepted()
    village.says("撤销")
    assert village.case.status is Status.DONE
    assert village.events("withdrawn")[0].row == 35
    assert village.newest(village.grid_head(), "check.ask").notice.params["check"] == "withdrawn"


def test_row_42_a_resident_who_blocked_the_bot_is_marked_and_the_case_ends_by_photo_and_visit():
    village = Village()
    user = village.accepted()
    village.does(StatusChanged(at=village.now, chat=RESIDENT, group=False, present=False))
    assert village.case.unreachable
    assert village.card(ST2).params["unreachable"]
    assert village.events("reporter_lost")[0].row == 42
    village.presses("btn.done", chat=ST2, user=user)
    village.replies("已清走", kind="duty.done_need", chat=ST2, user=user, photo="after")
    head = village.grid_head()
    assert village.newest(head, "check.ask").notice.params["check"] == "unreachable"
    village.passes(days=9)
    assert village.case.status is Status.DONE, "somebody who could not object is not closed by the calendar"
    village.presses("btn.check_ok", chat=head, user=head)
    assert village.case.status is Status.CLOSED
    assert village.events("closed_visited")[0].row == 42


def test_row_42_a_resident_who_is_back_is_marked_no_longer():
    village = Village()
    village.accepted()
    for present in (False, True):
        village.does(StatusChanged(at=village.now, chat=RESIDENT, group=False, present=present))
    assert not village.case.unreachable
