"""The ladder: what happens when nobody answers, exactly when, once to each (life.md, ladder)."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.case import Status
from core.decide import overdue
from core.decide.levels import GRAVITY
from core.messages import Tick, Undelivered
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, RESIDENT, ST1, ST2, Village

FIRE, DOGS, HOLE, LAMP = (
    "宏济花园2栋楼道着火了",
    "宏济花园有流浪狗咬人",
    "宏济新居3栋路面有个坑",
    "宏济新居路灯坏了",
)
NAMES = {"reminded": "remind", "overdue": "overdue", "arrive_late": "arrive_late", "close_late": "close_late"}


def lists(village: Village) -> Village:
    """With the record that brings the lists of 08:30 and 16:30, as every day's beginning puts it down."""
    world = village.world(Tick(at=village.now, case=""))
    (record,) = overdue.of_day(world)
    village.records["overdue", record.id] = replace(record, version=1)
    return village


def climbed(village: Village, until: timedelta) -> dict[str, datetime]:
    """What the history says of the ladder, with the first moment of each."""
    village.passes(seconds=until.total_seconds())
    found: dict[str, datetime] = {}
    for event in village.events():
        if event.kind in {"escalated", "skipped"}:
            found.setdefault(str(event.data["level"]), event.at)
        elif event.kind in NAMES:
            found.setdefault(NAMES[event.kind], event.at)
    return found


MINUTES = [
    (FIRE, {"remind": 2, "overdue": 3, "head": 3, "community": 6, "street": 10, "arrive_late": 10, "district": 15}),
    (DOGS, {"remind": 7, "overdue": 10, "head": 20, "arrive_late": 30, "community": 60, "street": 240}),
    (HOLE, {"remind": 20, "overdue": 30, "head": 120}),
    (LAMP, {"remind": 180, "overdue": 240, "head": 480}),
]


@pytest.mark.parametrize(("text", "expected"), MINUTES)
def test_each_step_comes_at_its_minute(text, expected):
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.says(text)
    start = village.now
    found = climbed(village, timedelta(hours=9))
    assert {name: found[name] - start for name in expected} == {
        name: timedelta(minutes=minutes) for name, minutes in expected.items()
    }


def test_the_upper_levels_of_slight_matters_follow_their_working_days():
    village = Village(now=demo.at("2026-11-16 09:00"))
    village.says(HOLE)
    found = climbed(village, timedelta(days=12))
    assert found["community"] == demo.at("2026-11-17 17:00")
    due = village.case.close_due
    assert due is not None
    assert found["close_late"] == due
    assert found["street"].date() > due.date()
    assert found["district"] > found["street"]


def test_service_minutes_stop_at_night():
    village = Village(now=demo.at("2026-11-20 21:50"))
    village.says(HOLE)
    assert climbed(village, timedelta(hours=12))["remind"] == demo.at("2026-11-21 08:10")


@pytest.mark.parametrize("text", [FIRE, DOGS, HOLE, LAMP])
def test_nobody_gets_more_than_one_message_of_a_step(text):
    """Of any kind that makes a sound: the card that comes to a new level beside its message is quiet."""
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.says(text)
    for _ in range(40):
        mark = village.mark()
        if village.next_due() is None:
            break
        village.tick_to_next_due()
        sounded = (it for it in village.sent[mark:] if it.loud and not it.notice.silent)
        heard = [(it.chat, it.notice.kind) for it in sounded if it.chat > 0]
        told = Counter(chat for chat, _ in heard)
        assert not [it for it in heard if told[it[0]] > 1], village.now


def test_two_steps_of_one_minute_are_one_message_to_each_person():
    """Half an hour after a report that was accepted at once: nobody there, and no word from whoever has it."""
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.accepted(DOGS)
    village.passes(minutes=29)
    mark = village.mark()
    village.passes(minutes=1)
    assert village.kinds(village.grid_head(), since=mark) == ["ladder.arrive_late"], "the graver of the two"
    assert {"silent", "arrive_late"} <= {it.kind for it in village.events()}, "both are on record"


def test_after_a_long_outage_each_level_hears_of_a_case_once():
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.says(DOGS)
    mark = village.mark()
    village.jumps(hours=30)
    village.tick()
    heard = [(it.chat, it.notice.kind) for it in village.sent[mark:] if it.loud and it.notice.kind in GRAVITY]
    assert len({chat for chat, _ in heard}) == len(heard)
    assert (village.grid_head(), "ladder.close_late") in heard


@pytest.mark.parametrize("text", [FIRE, DOGS, HOLE, LAMP])
def test_a_tick_that_is_late_by_days_does_each_step_once_and_says_nothing_untrue(text):
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.says(text)
    village.jumps(days=9)
    village.tick()
    assert "duty.remind" not in village.kinds(ST2)
    assert "ladder.close_warn" not in village.kinds(ST2)
    steps = village.case.steps
    mark = village.mark()
    village.tick()
    assert village.case.steps == steps
    assert village.mark() == mark


def test_row_11_overdue_calls_the_next_post_and_shows_the_case_to_the_grid_head():
    village = Village()
    village.says(CLEAR)
    village.passes(minutes=30)
    assert "card" in village.kinds(ST1)
    assert village.kinds(village.grid_head()) == ["card"]
    said = village.newest(ST2, "duty.overdue").notice.params
    assert said["team"] == "ST1"
    assert village.presses("btn.accept", chat=ST1, user=village.on("ST1")).kind == "ans.accepted"
    assert village.case.team == "ST1"
    assert [e.data["reason"] for e in village.events("assigned")] == [None, "backup"]


def test_severity_one_rings_again_at_all_posts_and_the_centre():
    village = Village()
    village.says(FIRE)
    village.passes(minutes=3)
    for chat in (ST1, ST2, CTR):
        assert village.kinds(chat).count("card") == 2


def test_an_acceptance_stops_the_ladder_of_acceptance():
    village = Village()
    village.accepted()
    village.passes(hours=6)
    assert not village.events("reminded")
    assert not village.events("overdue")


def test_the_limit_to_close_is_warned_of_and_missed_and_supervised_once():
    village = lists(Village(now=demo.at("2026-11-16 09:00")))
    village.accepted(HOLE)
    village.presses("btn.arrive", chat=ST2, user=village.account("P010"))
    village.passes(days=9)
    assert village.kinds(ST2).count("ladder.close_warn") == 1
    assert len(village.events("close_late")) == len(village.events("supervised")) == 1
    assert village.kinds(CTR).count("ladder.list") >= 1


def test_after_the_last_rung_an_open_case_is_brought_up_each_working_morning_for_ever():
    village = lists(Village(now=demo.at("2026-11-16 09:00")))
    village.accepted(HOLE)
    village.presses("btn.arrive", chat=ST2, user=village.account("P010"))
    village.passes(days=60)
    mornings = [e.at for e in village.events("brought_up")]
    assert len(mornings) > 30
    assert {(m.hour, m.minute) for m in mornings} == {(8, 30)}
    assert not {m.weekday() for m in mornings} & {5, 6}
    assert village.next_due() is not None
    village.jumps(days=14)
    mark = village.mark()
    village.tick()
    assert village.kinds(ST2, mark) == ["ladder.list"]


def test_only_grave_matters_sound_at_night():
    village = lists(Village(now=demo.at("2026-11-20 09:00")))
    village.accepted(HOLE)
    village.passes(days=9)
    night = [it.notice for it in village.sent if it.notice.kind.startswith("ladder.") and it.notice.silent]
    day = [it.notice for it in village.sent if it.notice.kind.startswith("ladder.") and not it.notice.silent]
    assert {it.kind for it in night} | {it.kind for it in day} >= {"ladder.close_warn", "ladder.list"}
    fire = Village(now=demo.at("2026-11-20 23:30"))
    fire.says(FIRE)
    fire.passes(minutes=20)
    assert not [it for it in fire.sent if it.notice.silent and it.notice.kind.startswith(("ladder.", "duty."))]


def test_row_14_the_shift_ends_before_arrival_and_the_next_shift_has_the_case():
    village = Village(now=demo.at("2026-11-20 13:30"))
    village.says("锦畔苑路面有个坑")
    assert village.case.team == "ST1"
    village.presses("btn.accept", chat=ST1, user=village.on("ST1"))
    village.passes(minutes=30)
    assert village.case.status is Status.DISP
    assert village.case.team == "ST1"
    assert village.kinds(ST1)[-1] == "duty.handover_case"
    assert village.presses("btn.accept", chat=ST1, user=village.on("ST1")).kind == "ans.accepted"


@pytest.mark.parametrize(("text", "team"), [("锦畔苑路面有个坑", "ST1"), ("锦畔苑有流浪狗咬人", "ST2")])
def test_a_next_shift_that_has_not_signed_in_is_waited_for_only_when_the_matter_is_slight(text, team):
    village = Village(now=demo.at("2026-11-20 13:30"))
    village.says(text)
    village.presses("btn.accept", chat=ST1, user=village.on("ST1"))
    village.absent = frozenset({"ST1"})
    village.passes(minutes=30)
    assert village.case.status is Status.DISP
    assert village.case.team == team


def test_a_post_that_cannot_be_reached_is_told_to_the_centre_and_the_next_post_has_it():
    village = Village(unreachable=frozenset({ST2}))
    village.says(CLEAR)
    assert village.kinds(CTR) == ["centre.unreachable"]
    assert village.case.team == "ST1"
    assert village.has_button("btn.accept", ST1)
    assert village.newest(RESIDENT).notice.params["station"] == "ST1"


def test_when_no_post_can_be_reached_the_centre_has_it():
    village = Village(unreachable=frozenset({ST1, ST2, -1009000000003, -1009000000004}))
    village.says(CLEAR)
    assert village.case.team == "CTR"
    assert village.has_button("btn.accept", CTR)


def test_whoever_has_accepted_keeps_the_case_when_their_group_is_lost():
    village = Village()
    village.accepted()
    village.does(Undelivered(at=village.now, case=village.case.no, chat=ST2, kind="card", why="kicked"))
    assert village.case.status is Status.ACK
    assert village.case.team == "ST2"
    assert village.kinds(CTR) == ["centre.unreachable"]


def test_a_resident_who_blocked_the_bot_stops_nothing():
    village = Village(unreachable=frozenset({RESIDENT}))
    village.finished()
    assert village.events("unreachable")
    village.passes(days=6)
    assert village.case.status is Status.CLOSED
