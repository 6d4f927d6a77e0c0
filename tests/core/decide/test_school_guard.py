"""护学岗 and 联勤: who is asked beside the post, and a guard that has not come by the bell (duty.md; F26, F29, F36)."""

from dataclasses import replace
from typing import Any

from core.case import Offer
from core.district import read_district
from core.grids import GridIndex
from core.messages import Press, RecordDue, Spot
from core.records import Muster
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, ST1, ST2, Village
from tests.core.decide.village import town as usual

GUARD, SCHOOL = -1009000000041, -1009000000042
AT_SCHOOL = "宏济幼儿园门口下水道没有井盖"
PATTERN = {
    "id": "P8", "name_zh": "护学", "name_en": "school guard", "cycle_days": 1, "anchor": "2026-11-16",
    "workdays_only": True, "cycle": ["早护"],
    "shifts": {"早护": {"hours": ["07:10", "08:20"], "kind": "高峰", "bell": "07:50"}},
}  # fmt: skip


AFTERNOON = {**PATTERN, "cycle": ["晚护"], "shifts": {"晚护": {"hours": ["16:00", "18:30"], "kind": "高峰"}}}
SCHOOL_IS_OUT = "2026-11-17 16:30"


def village(at: str, pattern: dict[str, Any] = PATTERN, **more: Any) -> Village:
    """The demo town with a guard at 宏济幼儿园 (KP06); `more`: entries of post ST2's team."""
    raw = demo.raw_district()
    spot = next(it for it in raw["key_places"] if it["id"] == "KP06")
    spot["contact_chat_id"] = SCHOOL
    raw["shift_patterns"].append(pattern)
    raw["teams"][1].update(more)
    raw["teams"].append(
        {
            "id": "GU", "kind": "school_guard", "name_zh": "宏济护学岗", "name_en": "Hongji school guard",
            "pattern": "P8", "chat_id": GUARD, "school": "KP06", "head": "P010", "lat": spot["lat"],
            "lng": spot["lng"], "covers": [], "groups": [{"group": "甲", "offset_days": 0, "members": ["P029"]}],
        }
    )  # fmt: skip
    district = read_district(raw)
    town = replace(usual(), district=district, grids=GridIndex(district))
    return Village(now=demo.at(at), town=town)


def test_the_guard_of_a_school_and_its_contact_hear_of_what_is_next_to_it_in_school_hours() -> None:
    there = village("2026-11-17 07:30", shift_kind="定点")
    there.says(AT_SCHOOL)
    asked = {it.team: it.why.rule for it in there.case.offers if it.why}
    assert asked["ST2"] == "fixed"
    assert asked["GU"] == "school"
    assert there.card(GUARD).params["no"] == there.case.no
    assert there.newest(SCHOOL, "school.near").notice.params == {
        "place": "宏济幼儿园", "category": there.case.category,
    }  # fmt: skip
    assert "near_key_place" in there.case.raised


def test_after_school_nobody_at_the_school_is_told() -> None:
    for at in ("2026-11-17 19:30", "2026-11-21 07:30"):
        there = village(at)
        there.says(AT_SCHOOL)
        assert "GU" not in {it.team for it in there.case.offers}
        assert not there.heard(SCHOOL)


def test_a_guard_that_has_not_come_ten_minutes_before_the_bell_is_told_to_head_centre_and_school() -> None:
    there = village("2026-11-17 06:00")
    there.real_sign_ins = True
    there.begins_day()
    call = next(it for it in there.records.values() if isinstance(it, Muster) and it.team == "GU")
    stages = [_due(there, call.id) for _ in range(3)]
    assert stages == ["06:40", "07:20", "07:40"]
    for chat in (there.account("P010"), CTR):
        assert there.newest(chat, "guard.missing").notice.params["people"] == ["P029"]
    assert "people" not in there.newest(SCHOOL, "guard.coming").notice.params
    assert "duty.absent" not in there.kinds(there.account("P010"))


def test_a_guard_who_comes_in_time_is_heard_of_by_nobody() -> None:
    there = village("2026-11-17 06:00")
    there.real_sign_ins = True
    there.begins_day()
    call = next(it for it in there.records.values() if isinstance(it, Muster) and it.team == "GU")
    _due(there, call.id)
    there.now = demo.at("2026-11-17 07:15")
    team = there.town.district.team("GU")
    assert team
    assert team.point
    there.orders("signin", user=there.account("P029"))
    there.says(user=there.account("P029"), spot=Spot(lat=team.point.lat, lng=team.point.lng))
    assert there.kinds(GUARD)[-1] == "duty.signin"
    assert _due(there, call.id) == "07:20"
    assert not there.records["muster", call.id].open
    assert not there.heard(SCHOOL)


def _due(there: Village, name: str) -> str:
    record = there.records["muster", name]
    assert record.due_at
    there.now = record.due_at
    there.does(RecordDue(at=there.now, kind="muster", id=name))
    return f"{there.now:%H:%M}"


def test_a_joint_patrol_takes_its_partner_along_on_one_card() -> None:
    there = village("2026-11-20 15:00", shift_kind="联勤", joint_with="ST1")
    there.says(CLEAR)
    assert {it.team: it.kind for it in there.case.offers} == {"ST2": "post", "ST1": "second"}
    assert there.case.offers[1].why
    assert there.case.offers[1].why.rule == "joint"
    there.presses("btn.accept", chat=ST2, user=there.on("ST2"))
    assert there.card(ST1).params["team"] == "ST2", "the partner sees who has it"


def test_a_partner_who_is_not_on_duty_is_not_asked() -> None:
    there = village("2026-11-20 15:00", shift_kind="联勤", joint_with="ST1")
    there.absent = frozenset({"ST1"})
    there.says(CLEAR)
    assert [it.team for it in there.case.offers] == ["ST2"]


def behind_the_school(said: str, at: str = SCHOOL_IS_OUT, absent: frozenset[str] = frozenset()) -> Village:
    """Something as far from the gate as post ST2 is, on the other side."""
    there = village(at, AFTERNOON)
    there.absent = absent
    gate, post = there.town.district.key_place("KP06"), there.town.district.station("ST2")
    assert gate
    assert post
    lat, lng = 2 * gate.point.lat - post.point.lat, 2 * gate.point.lng - post.point.lng
    there.says(said, spot=Spot(lat=lat, lng=lng))
    return there


def asked(there: Village) -> dict[str, Offer]:
    return {it.team: it for it in there.case.offers}


def test_a_guard_does_not_leave_the_gate_for_what_can_wait_and_the_card_says_so() -> None:
    there = behind_the_school("楼道堆了很多纸箱")
    offer = asked(there)["ST2"]
    assert (there.case.severity, [*asked(there)]) == (3, ["ST2"])
    assert offer.why
    assert offer.why.guarding == ("GU", 118)
    assert there.card(ST2).params["guarding"] == {"station": "GU", "metres": 118}
    (event,) = there.events("dispatched")
    assert event.data["team"] == "ST2"


def test_out_of_its_hours_nobody_is_passed_over_for_the_gate() -> None:
    there = behind_the_school("楼道堆了很多纸箱", "2026-11-17 15:30")
    assert [it.why.guarding for it in there.case.offers if it.why] == [None]


def test_no_rung_of_the_ladder_calls_the_guard_from_the_gate() -> None:
    there = behind_the_school("楼道堆了很多纸箱")
    there.passes(hours=1, minutes=55)
    assert len(asked(there)) > 1
    assert "GU" not in asked(there)


def test_what_is_urgent_calls_the_guard_when_nobody_is_nearer() -> None:
    there = behind_the_school("楼道里电瓶车在充电,冒烟了")
    assert there.case.severity <= 2
    assert asked(there)["GU"].metres == 118


def test_what_is_urgent_but_nearer_to_another_leaves_the_guard_at_the_gate() -> None:
    there = village(SCHOOL_IS_OUT, AFTERNOON)
    there.says("楼道着火了", spot=Spot(lat=30.643, lng=104.0965))
    there.passes(minutes=20)
    assert there.case.severity == 1
    assert len(asked(there)) > 1
    assert "GU" not in asked(there)


def test_a_guard_who_is_the_only_one_left_stays_and_the_centre_has_it() -> None:
    there = behind_the_school("楼道堆了很多纸箱", absent=frozenset({"ST1", "ST2", "ST3", "ST4"}))
    (offer,) = there.case.offers
    assert offer.kind == "centre"
    assert offer.why
    assert offer.why.guarding == ("GU", 118)


def test_what_is_given_back_goes_to_the_next_post_and_not_to_the_gate() -> None:
    there = behind_the_school("楼道堆了很多纸箱")
    who = there.on("ST2")
    there.presses("btn.accept", chat=ST2, user=who)
    said, _ = there.button("btn.arrive", ST2)
    press = Press(action="rl", case=there.case.no, round=there.case.round)
    assert there.sends_press((said, press), chat=ST2, user=who).kind == "ans.released"
    assert there.case.team in {"ST1", "ST3", "ST4"}
