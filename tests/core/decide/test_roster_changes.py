"""The call of a shift, being away, swaps and gaps, decided (duty.md)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core import roster
from core.decide.duty.signin import weighed
from core.distance import Point
from core.district import read_district
from core.messages import Json, RecordDue, Spot
from core.records import Hole, Look, Muster, Swap
from core.roster import Change
from tests.core import demo
from tests.core.decide.village import CTR, ST1, ST2, Village

POST = Point(30.6389, 104.0968)
AT_POST = Spot(lat=30.6389, lng=104.0968)


def morning() -> Village:
    """Friday before eight; post ST2's next shift has not come."""
    return Village(now=demo.at("2026-11-20 07:00"), real_sign_ins=True)


def walk(village: Village, to: str, kinds: tuple[type, ...] = (Muster,)) -> None:
    """Time goes to a moment; records of these kinds do what falls due on the way."""
    end = demo.at(to)
    while True:
        waiting = [it for it in village.records.values() if isinstance(it, kinds) and it.open and it.due_at]
        due = min((it for it in waiting if it.due_at <= end), key=lambda it: it.due_at, default=None)
        if due is None:
            break
        village.now = max(due.due_at, village.now)
        kind = next(name for (name, key), it in village.records.items() if it is due)
        village.does(RecordDue(at=village.now, kind=kind, id=due.id))
    village.now = end


@pytest.mark.parametrize(
    ("spot", "verdict"),
    [
        (AT_POST, "there"),
        (replace(AT_POST, accuracy=100.0), "there"),
        (replace(AT_POST, accuracy=101.0), "vague"),
        (Spot(lat=30.6409, lng=104.0968), "far"),  # 222 m, and no map shifts it there
        (Spot(lat=30.6365, lng=104.0993), "shifted"),
    ],
)
def test_a_place_is_weighed_by_distance_accuracy_and_the_shift_of_chinese_maps(spot: Spot, verdict: str) -> None:
    found, off = weighed(spot, POST)
    assert found == verdict
    assert off <= 600


def test_a_vague_position_signs_nobody_in_and_says_what_to_do() -> None:
    village = morning()
    village.now = demo.at("2026-11-20 07:45")
    who = village.account(_members(village, "2026-11-20 08:00")[0])
    village.orders("signin", user=who)
    village.says(user=who, spot=replace(AT_POST, accuracy=400.0))
    assert village.kinds(who)[-1] == "duty.signin_vague"
    assert not village.sign_ins


def test_the_stages_of_a_shift_that_nobody_comes_to_are_told_once_each() -> None:
    village = morning()
    village.begins_day()
    calls = [it for it in village.records.values() if isinstance(it, Muster)]
    assert {it.team for it in calls if it.start == demo.at("2026-11-20 08:00")} >= {"ST2", "CTR"}
    walk(village, "2026-11-20 09:30")
    late = [it.notice.to for it in village.sent if it.notice.kind == "duty.signin_missing"]
    assert len(late) == len(set(late))
    heads = [it.notice for it in village.sent if it.notice.kind == "duty.absent"]
    assert {it.params["team"] for it in heads} >= {"ST2", "CTR"}
    assert len({(it.to, str(it.params["team"])) for it in heads}) == len(heads)
    events = [it.event for it in village.log]
    assert {it.kind for it in events} >= {"late", "absent", "covered"}
    assert "duty.empty" in village.kinds(ST2)
    village.begins_day()
    assert len([it for it in village.records.values() if isinstance(it, Muster) and it.start < village.now]) == len(
        [it for it in calls if it.start < village.now]
    )


def test_whoever_signs_in_before_the_shift_is_neither_reminded_again_nor_called_late() -> None:
    village = morning()
    village.begins_day()
    village.now = demo.at("2026-11-20 07:40")
    due = _members(village, "2026-11-20 08:00")
    for person in due:
        village.says(user=village.account(person), spot=AT_POST)
    walk(village, "2026-11-20 09:00")
    told = [village.account(person) for person in due]
    assert not [it for it in village.sent if it.notice.to in told and it.notice.kind == "duty.signin_missing"]


def _members(village: Village, at: str, name: str = "ST2") -> tuple[str, ...]:
    team = village.town.district.team(name)
    assert team
    (shift,) = roster.rostered(team, demo.at(at), village.town.district, changes=village.changes)
    return shift.members


def test_a_squad_without_police_is_told_it_is_incomplete_and_works_all_the_same() -> None:
    raw = demo.raw_district()
    raw["teams"][1]["template"] = "1+1+N"
    village = morning()
    village.town = replace(village.town, district=read_district(raw))
    village.now = demo.at("2026-11-20 07:45")
    person = _members(village, "2026-11-20 08:00")[0]
    village.says(user=village.account(person), spot=AT_POST)
    said = village.newest(ST2, "duty.incomplete").notice
    assert said.params["lacking"] == ["police", "grid"]
    assert village.sign_ins


def test_a_gap_is_looked_for_once_a_day_and_told_before_the_day() -> None:
    village = Village(now=demo.at("2026-11-20 10:00"))
    team = village.town.district.team("ST2")
    assert team
    members = _members(village, "2026-11-21 08:00")
    start = demo.at("2026-11-21 08:00")
    group = next(it.name for it in team.groups if it.members == members)
    village.changes += [
        Change(
            id=it,
            kind="leave",
            team="ST2",
            group=group,
            shift="全",
            start=start,
            end=start + timedelta(days=1),
            off=it,
        )
        for it in members
    ]
    village.begins_day()
    village.begins_day()
    assert len([it for it in village.records.values() if isinstance(it, Look)]) == 1
    walk(village, "2026-11-20 18:00", (Look,))
    (hole,) = (it for it in village.records.values() if isinstance(it, Hole))
    assert (hole.team, hole.taker, hole.start) == ("ST2", "ST1", start)
    captain = village.account("P010")
    assert village.kinds(captain).count("gap.told") == 1
    assert village.kinds(village.account("P045")).count("gap.told") == 1, "the grid head knows too"
    walk(village, "2026-11-21 08:00", (Hole,))
    assert village.kinds(ST1)[-1] == "duty.cover_asked"
    assert [it.event.data["hours"] for it in village.log if it.event.kind == "uncovered"] == [24.0]


def test_a_swap_is_checked_again_when_it_is_accepted_and_refused_with_the_reason() -> None:
    village = Village(now=demo.at("2026-11-16 09:00"))
    asker = village.account("P013")
    village.orders("swap", user=asker)
    village.presses("btn.shift", chat=asker, user=asker)
    village.presses("btn.exchange", chat=asker, user=asker)
    (swap,) = (it for it in village.records.values() if isinstance(it, Swap) and it.state == "asked")
    assert swap.partner
    start = swap.duty.start - timedelta(hours=4)
    village.changes.append(
        Change(
            id="meanwhile", kind="extra", team="ST1", group="加班", shift="加班", start=start,
            end=start + timedelta(hours=3), on=swap.partner.person,
        )
    )  # fmt: skip
    partner = village.account(swap.partner.person)
    village.presses("btn.agree", chat=partner, user=partner)
    said = village.newest(asker, "swap.rule").notice
    assert (said.params["rule"], said.params["who"]) == ("rest", swap.partner.person)
    assert not [it for it in village.changes if it.kind == "swap"]


def test_only_who_was_asked_may_agree_and_only_a_head_approve() -> None:
    village = Village(now=demo.at("2026-11-16 09:00"))
    asker = village.account("P013")
    village.orders("leave", user=asker)
    village.presses("btn.shift", chat=asker, user=asker)
    captain = village.account("P010")
    answer = village.presses("btn.approve", chat=captain, user=village.account("P014"))
    assert answer.kind == "ans.not_yours"
    assert not village.changes
    village.presses("btn.approve", chat=captain, user=captain)
    assert [(it.kind, it.off) for it in village.changes] == [("leave", "P013")]
    assert not village.has_button("btn.approve", captain), "what is decided cannot be decided again"


def test_evening_volunteers_who_do_not_come_are_told_to_the_centre_and_nobody_stands_in() -> None:
    village = Village(now=demo.at("2026-11-20 18:00"), real_sign_ins=True)
    village.begins_day()
    walk(village, "2026-11-20 19:00")
    absent = [it.notice for it in village.sent if it.notice.kind == "duty.absent" and it.notice.params["team"] == "NT"]
    assert [(it.to, it.params["cover"]) for it in absent] == [(CTR, None)]


def test_a_day_that_nobody_may_take_whole_is_offered_in_parts_until_it_is_filled() -> None:
    village = Village(now=demo.at("2026-11-16 09:00"))
    captain, start = village.account("P010"), demo.at("2026-11-18 08:00")
    for person in _members(village, "2026-11-18 08:00"):
        who = village.account(person)
        village.orders("leave", user=who)
        village.presses("btn.shift", chat=who, user=who, start_at=start.isoformat())
        village.presses("btn.approve", chat=captain, user=captain)
    village.presses("btn.ask_extra", chat=captain, user=captain)
    offered = village.newest(captain, "gap.parts").notice
    parts = [it for row in offered.keys for it in row if it.label == "btn.part"]
    assert len(parts) >= 2
    assert [it.params["until"] for it in parts[:-1]] == [it.params["start_at"] for it in parts[1:]]
    for part in parts:
        _filled(village, captain, part.params)
    whole = village.town.district.team("ST2")
    assert whole
    hours = (start + timedelta(minutes=30 * half) for half in range(48))
    plan = [roster.rostered(whole, at, village.town.district, changes=village.changes) for at in hours]
    assert all(any(it.members for it in on) for on in plan), "each half hour has somebody"
    village.orders("gaps", user=captain)
    assert not village.has_button("btn.gap", captain)
    assert {it.state for it in village.records.values() if isinstance(it, Hole)} == {"filled"}


def _filled(village: Village, captain: int, part: Mapping[str, Json]) -> None:
    """Somebody is asked for a part and comes."""
    village.presses("btn.part", chat=captain, user=captain, **part)
    village.presses("btn.person", chat=captain, user=captain)
    asked = next(it.notice for it in reversed(village.sent) if it.notice.kind == "gap.please")
    assert (asked.params["start_at"], asked.params["until"]) == (part["start_at"], part["until"])
    village.presses("btn.can_come", chat=asked.to, user=asked.to)


def test_a_gap_that_was_filled_and_is_empty_again_is_told_again() -> None:
    village = Village(now=demo.at("2026-11-16 09:00"))
    captain = village.account("P001")
    members = _members(village, "2026-11-18 22:00", "ST1")
    for person in members:
        _leaves(village, captain, person, "2026-11-18 22:00")
    village.presses("btn.ask_extra", chat=captain, user=captain)
    village.presses("btn.person", chat=captain, user=captain)
    asked = next(it.notice for it in reversed(village.sent) if it.notice.kind == "gap.please")
    village.presses("btn.can_come", chat=asked.to, user=asked.to)
    told = village.kinds(captain).count("gap.told")
    comes = village.town.district.person(asked.to)
    assert comes
    _leaves(village, captain, comes.id, "2026-11-18 22:00")
    assert village.kinds(captain).count("gap.told") == told + 1
    assert village.has_button("btn.ask_extra", captain)


def _leaves(village: Village, captain: int, person: str, start: str) -> None:
    who = village.account(person)
    village.orders("leave", user=who)
    village.presses("btn.shift", chat=who, user=who, start_at=demo.at(start).isoformat())
    village.presses("btn.approve", chat=captain, user=captain)
