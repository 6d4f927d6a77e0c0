"""Hours without anybody over several days: each hour told once, each button good while the gap is (duty.md; F24)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from core import roster
from core.district import read_district
from core.messages import RecordDue
from core.records import Hole, Look, Muster
from tests.core import demo
from tests.core.decide.village import Village

CAPTAIN = "P010"


def closing(now: str) -> Village:
    """Post ST2 has somebody on the plan's first day and then nobody for more than a week."""
    raw = demo.raw_district()
    pattern = next(it for it in raw["shift_patterns"] if it["id"] == "P2")
    pattern.update(cycle=["全", *["休"] * 11], cycle_days=12)
    village = Village(now=demo.at(now))
    village.town = replace(village.town, district=read_district(raw))
    return village


def walk(village: Village, to: datetime) -> None:
    """Looks and gaps do what falls due, with the database's clock, which is UTC."""
    while True:
        waiting = [it for it in village.records.values() if isinstance(it, Look | Hole) and it.open and it.due_at]
        due = min((it for it in waiting if it.due_at <= to), key=lambda it: it.due_at, default=None)
        if due is None:
            break
        village.now = max(due.due_at, village.now).astimezone(UTC) + timedelta(milliseconds=3)
        village.does(RecordDue(at=village.now, kind="hole" if isinstance(due, Hole) else "look", id=due.id))
    village.now = to


def test_a_gap_of_many_days_is_told_day_by_day_and_no_hour_twice() -> None:
    village = closing("2026-11-18 00:00")
    for day in range(19, 24):
        village.begins_day()
        walk(village, demo.at(f"2026-11-{day} 00:00"))
    told = [
        (datetime.fromisoformat(str(it.event.data["start"])), datetime.fromisoformat(str(it.event.data["end"])))
        for it in village.log
        if it.event.kind == "gap" and it.event.data["team"] == "ST2"
    ]
    assert told[0][0] == demo.at("2026-11-18 16:00"), "from the first look on"
    assert told[-1][1] == demo.at("2026-11-24 00:00")
    assert all(before[1] == after[0] for before, after in pairwise(told)), told
    hours = sum(float(str(it.event.data["hours"])) for it in village.log if it.event.kind == "uncovered")
    assert hours <= (told[-1][1] - told[0][0]) / timedelta(hours=1)


def test_a_gap_that_runs_is_opened_from_the_list_also_a_while_later() -> None:
    village = closing("2026-11-20 10:00")
    captain = village.account(CAPTAIN)
    village.orders("gaps", user=captain)
    village.now += timedelta(minutes=7)
    village.presses("btn.gap", chat=captain, user=captain)
    assert village.kinds(captain)[-1] == "gap.told"
    assert village.has_button("btn.ask_extra", captain)


def test_who_agrees_to_come_when_the_call_was_called_off_is_called_all_the_same() -> None:
    village = Village(now=demo.at("2026-11-18 00:00"), real_sign_ins=True)
    village.begins_day()
    captain, start = village.account("P001"), demo.at("2026-11-18 22:00")
    village.now = demo.at("2026-11-18 10:00")
    team = village.town.district.team("ST1")
    assert team
    for person in roster.rostered(team, start, village.town.district)[0].members:
        who = village.account(person)
        village.orders("leave", user=who)
        village.presses("btn.shift", chat=who, user=who, start_at=start.isoformat())
        village.presses("btn.approve", chat=captain, user=captain)
    _call(village, start, start - timedelta(minutes=30))
    village.now = start - timedelta(minutes=20)
    village.presses("btn.ask_extra", chat=captain, user=captain)
    village.presses("btn.person", chat=captain, user=captain)
    asked = next(it.notice for it in reversed(village.sent) if it.notice.kind == "gap.please")
    village.presses("btn.can_come", chat=asked.to, user=asked.to)
    _call(village, start, village.now)
    assert village.kinds(asked.to)[-1] == "duty.signin_remind"


def _call(village: Village, start: datetime, at: datetime) -> None:
    """The open call of post ST1 for a shift does what it is due to do."""
    calls = (it for it in village.records.values() if isinstance(it, Muster) and it.open and it.team == "ST1")
    (call,) = (it for it in calls if it.start == start)
    assert call.due_at == at
    village.now = at
    village.does(RecordDue(at=at, kind="muster", id=call.id))


def test_an_hour_for_the_look_that_is_put_later_on_the_same_day_is_one_more_look() -> None:
    village = Village(now=demo.at("2026-11-20 10:00"))
    village.begins_day()
    walk(village, demo.at("2026-11-20 17:00"))
    raw = demo.raw_district()
    raw["district"]["gaps_at"] = "18:00"
    village.town = replace(village.town, district=read_district(raw))
    village.begins_day()
    assert [it.open for it in village.records.values() if isinstance(it, Look)] == [False, True]


def test_a_gap_that_a_new_plan_has_filled_is_not_counted_and_nobody_is_asked_to_stand_in() -> None:
    village = closing("2026-11-16 10:00")
    village.begins_day()
    walk(village, demo.at("2026-11-16 17:00"))
    told = [it for it in village.records.values() if isinstance(it, Hole) and it.team == "ST2" and it.due_at]
    village.town = Village(now=village.now).town
    walk(village, demo.at("2026-11-17 12:00"))
    assert {village.records["hole", it.id].state for it in told} == {"filled"}  # type: ignore[attr-defined]  # holes
    assert not [it for it in village.log if it.event.kind == "uncovered" and it.event.data["team"] == "ST2"]
