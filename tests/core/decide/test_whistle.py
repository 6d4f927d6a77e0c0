"""A department is called in, answers or does not; more time is asked for (life.md rows 17-23)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.case import Status
from core.district import read_district
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, RESIDENT, ST2, Village

FIRE, ROOM = "D_FIRE", -1009000000300
MEMBER = 9_990_001


def on_site(words: str = CLEAR) -> Village:
    village = Village()
    village.accepted(words)
    village.replies("到了", chat=ST2, user=village.on("ST2"), photo="there")
    assert village.case.status is Status.SITE
    return village


def whistled(words: str = CLEAR) -> Village:
    """A whistle for the fire station that the grid head has signed where that is needed."""
    village = on_site(words)
    village.presses("btn.whistle", chat=ST2, user=village.on("ST2"))
    village.presses("btn.department", chat=ST2, user=village.on("ST2"), target=FIRE)
    if village.case.severity > 2:
        village.presses("btn.whistle_kind", chat=ST2, user=village.on("ST2"), whistle="daily")
    village.presses("btn.reason", chat=ST2, user=village.on("ST2"), reason="power")
    if village.case.severity > 2:
        head = village.grid_head()
        village.presses("btn.sign", chat=head, user=head)
    return village


SLIGHT = "宏济新居3栋楼道堆满杂物"


def test_row_17_a_slight_matter_is_whistled_for_after_the_grid_head_has_signed():
    village = on_site(SLIGHT)
    user = village.on("ST2")
    village.presses("btn.whistle", chat=ST2, user=user)
    village.presses("btn.department", chat=ST2, user=user, target=FIRE)
    village.presses("btn.whistle_kind", chat=ST2, user=user, whistle="daily")
    assert village.presses("btn.reason", chat=ST2, user=user, reason="power").kind == "ans.to_sign"
    assert village.case.status is Status.SITE
    assert not village.heard(ROOM)
    head = village.grid_head()
    assert village.presses("btn.sign", chat=head, user=head).kind == "ans.whistled"
    assert village.case.status is Status.REF
    assert village.kinds(ROOM)[0] == "dept.whistle"
    assert village.newest(RESIDENT).notice.kind == "case.referred"


def test_row_17_in_danger_nobody_signs_and_the_whistle_is_the_urgent_one():
    village = on_site("宏济花园2栋楼道着火了")
    user = village.on("ST2")
    village.presses("btn.whistle", chat=ST2, user=user)
    village.presses("btn.department", chat=ST2, user=user, target=FIRE)
    assert village.presses("btn.reason", chat=ST2, user=user, reason="tools").kind == "ans.whistled"
    assert village.case.whistles[0].due == village.now + timedelta(minutes=30)


def test_row_17_the_head_may_say_no_and_the_team_goes_on():
    village = on_site(SLIGHT)
    user = village.on("ST2")
    village.presses("btn.whistle", chat=ST2, user=user)
    village.presses("btn.department", chat=ST2, user=user, target=FIRE)
    village.presses("btn.whistle_kind", chat=ST2, user=user, whistle="hard")
    village.presses("btn.reason", chat=ST2, user=user, reason="other")
    assert village.presses("btn.sign", chat=village.grid_head(), user=user).kind == "ans.not_yours"
    village.presses("btn.sign_not", chat=village.grid_head(), user=village.grid_head())
    assert village.case.status is Status.SITE
    assert village.newest(ST2, "whistle.refused")


def test_row_17_an_unsigned_whistle_goes_to_the_centre():
    village = on_site(SLIGHT)
    user = village.on("ST2")
    for label, chosen in (
        ("btn.whistle", {}),
        ("btn.department", {"target": FIRE}),
        ("btn.whistle_kind", {"whistle": "daily"}),
        ("btn.reason", {"reason": "power"}),
    ):
        village.presses(label, chat=ST2, user=user, **chosen)
    village.passes(hours=2)
    assert village.newest(CTR, "whistle.sign")


def test_row_18_the_department_reports_in_and_team_and_head_hear_it():
    village = whistled()
    assert village.presses("btn.dept_in", chat=ROOM, user=MEMBER).kind == "ans.ok"
    assert village.case.status is Status.REF
    assert village.case.whistles[0].state == "in"
    assert village.newest(ST2, "whistle.in")
    assert village.newest(village.grid_head(), "whistle.in")
    assert village.events("reported_in")[0].data["in_time"] is True


def test_row_19_it_is_returned_only_with_a_ground_and_never_asked_again():
    village = whistled()
    village.presses("btn.dept_return", chat=ROOM, user=MEMBER)
    assert village.newest(ROOM, "dept.return_need")
    village.replies("不管", chat=ROOM, user=MEMBER, kind="dept.return_need")
    assert village.case.status is Status.REF
    village.replies("按三定方案第3条,不属消防职责", chat=ROOM, user=MEMBER, kind="dept.return_need")
    assert village.case.status is Status.ACK
    head = village.grid_head()
    said = village.newest(head, "whistle.returned")
    targets = {key.params["target"] for row in said.notice.keys for key in row}
    assert FIRE not in targets


def test_row_20_silence_at_the_limit_is_told_to_the_street_and_the_head_and_asked_again():
    village = whistled("宏济花园2栋楼道着火了")
    before = village.mark()
    village.passes(minutes=30)
    assert village.newest(CTR, "whistle.late")
    assert "whistle.late" in village.kinds(village.grid_head(), before)
    assert "dept.whistle" in village.kinds(ROOM, before)
    assert village.case.status is Status.REF
    assert village.events("whistle_late")


HEAD_OF_ROOM = 9_000_000_900


def silent_department(*, named: bool) -> tuple[Village, int]:
    """A grave whistle whose half hour is over; with somebody of the department in the file, or nobody."""
    village, raw = whistled("宏济花园2栋楼道着火了"), demo.raw_district()
    if named:
        raw["people"].append({"id": "P900", "name": "站长", "tg_user_id": HEAD_OF_ROOM, "role": "部门", "team": FIRE})
    village.town = replace(village.town, district=read_district(raw))
    before = village.mark()
    village.passes(minutes=30)
    return village, before


def test_row_20_the_contact_of_the_department_is_asked_in_private_and_the_street_knows_whom_we_asked():
    village, before = silent_department(named=True)
    assert village.kinds(HEAD_OF_ROOM, before) == ["dept.late"]
    asked = village.newest(HEAD_OF_ROOM, "dept.late").notice
    due = village.case.whistles[0].due
    assert due is not None
    assert (asked.params["no"], asked.params["until"]) == (village.case.no, due.isoformat())
    assert asked.params["category"] == village.case.category
    assert village.newest(CTR, "whistle.late").notice.params["person"] == "P900"
    assert village.events("whistle_late")[0].data["contact"] == "P900"


def test_row_20_where_the_file_names_nobody_of_the_department_the_street_is_told_to_ask_itself():
    village, before = silent_department(named=False)
    assert "dept.late" not in {it.notice.kind for it in village.sent[before:]}
    assert village.newest(CTR, "whistle.late").notice.params["person"] is None


def test_row_21_the_department_ends_it_with_a_photo_and_the_resident_is_asked():
    village = whistled()
    village.presses("btn.dept_in", chat=ROOM, user=MEMBER)
    village.presses("btn.done", chat=ROOM, user=MEMBER)
    village.replies("修好了", chat=ROOM, user=MEMBER, kind="dept.done_need")
    assert village.case.status is Status.REF
    village.replies("修好了", chat=ROOM, user=MEMBER, kind="dept.done_need", photo="after")
    assert village.case.status is Status.DONE
    assert village.newest(RESIDENT).notice.kind == "case.done_confirm"
    assert village.newest(RESIDENT).notice.photos == ("after",)
    assert village.events("done")


def test_another_chat_and_a_stale_button_change_nothing():
    village = whistled()
    found = village.button("btn.dept_in", ROOM)
    assert village.sends_press(found, chat=ST2, user=village.on("ST2")).kind == "ans.not_yours"
    village.presses("btn.done", chat=ROOM, user=MEMBER)
    village.replies("修好了", chat=ROOM, user=MEMBER, kind="dept.done_need", photo="after")
    assert village.sends_press(found, chat=ROOM, user=MEMBER).kind == "ans.stale"


@pytest.mark.parametrize("words", [CLEAR, SLIGHT])
def test_row_22_more_time_is_signed_and_the_clock_stands_still_until_then(words: str):
    village = on_site(words)
    user, head = village.on("ST2"), village.grid_head()
    village.presses("btn.hold", chat=ST2, user=user)
    village.presses("btn.hold_until", chat=ST2, user=user)
    assert village.presses("btn.reason", chat=ST2, user=user, reason="material").kind == "ans.to_sign"
    assert village.case.status is Status.SITE
    village.presses("btn.sign", chat=head, user=head)
    case = village.case
    assert case.status is Status.HOLD
    assert case.hold is not None
    assert case.due_at == case.hold.until
    assert village.newest(RESIDENT).notice.kind == "case.extended"
    assert not village.has_button("btn.hold", ST2), "once"


def test_row_23_at_the_date_the_team_has_it_again_and_sooner_by_a_tap():
    village = on_site(SLIGHT)
    user, head = village.on("ST2"), village.grid_head()
    village.presses("btn.hold", chat=ST2, user=user)
    village.presses("btn.hold_until", chat=ST2, user=user)
    village.presses("btn.reason", chat=ST2, user=user, reason="weather")
    village.presses("btn.sign", chat=head, user=head)
    village.presses("btn.resume", chat=ST2, user=user)
    assert village.case.status is Status.ACK
    assert village.events("resumed")[0].actor


def test_a_limit_that_has_passed_can_not_be_put_off():
    village = on_site()
    found = village.button("btn.hold", ST2)
    village.jumps(days=9)
    answer = village.sends_press(found, chat=ST2, user=village.account("P010"))
    assert answer.kind in {"ans.no_hold", "ans.stale", "ans.not_now"}
    assert village.case.hold is None
