from datetime import date

import pytest

from benchmarks.snapshot import entries_from_snapshot
from core import digest, roster
from core.digest import Digest, DutyLine, Mediation
from core.figures.log import Entry, Window
from core.figures.metrics import metrics
from tests.core import demo

LOG = demo.checks("metrics")
CALENDAR = demo.district().calendar()


def of_log(*, lines: int = 5) -> Digest:
    """The digest of the example log, with those planned for the next morning."""
    window = digest.day_window(date(2026, 11, 20), CALENDAR)
    found = metrics(entries_from_snapshot(LOG["log"], "G05"), window, "G05", CALENDAR)
    team = demo.district().team("ST2")
    assert team
    duty = roster.rostered(team, demo.at("2026-11-21 08:00"), demo.district())
    return digest.digest(found, CALENDAR, duty, Mediation(open=2, due_today=0), lines)


def test_the_sample_digest_is_told_by_the_example_log() -> None:
    found = of_log()
    assert (found.grid, found.day) == ("G05", date(2026, 11, 20))
    assert [(it.case, it.why) for it in found.attention] == [
        ("A08", "unacked"),
        ("A05", "overdue"),
        ("A13", "reopened"),
    ]
    figures = found.figures
    assert (len(figures.new), len(figures.by_source["resident"]), len(figures.by_source["patrol"])) == (6, 5, 1)
    assert (str(figures.ack_on_time), str(figures.close_on_time), str(figures.satisfied)) == ("5/7", "2/5", "4/5")
    assert (len(figures.closed), len(figures.reopened), figures.rated.n) == (7, 1, 5)
    assert found.duty == (DutyLine(team="ST2", station=None, group="乙", people=2),)
    assert (found.mediation.open, found.small, found.quiet, found.more) == (2, True, False, 0)


def test_a_list_too_long_for_the_screen_says_how_many_are_left_off() -> None:
    found = of_log(lines=2)
    assert ([it.case for it in found.attention], found.more) == (["A08", "A05"], 1)


def test_a_case_that_is_late_twice_is_listed_once() -> None:
    start = demo.at("2026-11-18 08:00")
    limits = {"close_due": demo.at("2026-11-18 09:00"), "arrive_due": None}
    log = [
        Entry(case="N1", at=start, kind="reported", data={"severity": 2, "grid": "G05"}),
        Entry(case="N1", at=start, kind="limits", data=limits),
        Entry(case="N1", at=start, kind="assigned", data={"assignment": 1, "ack_due": start}),
    ]
    window = digest.day_window(date(2026, 11, 18), CALENDAR)
    found = digest.digest(metrics(log, window, None, CALENDAR), CALENDAR, (), Mediation(open=0, due_today=0))
    assert [(it.case, it.why) for it in found.attention] == [("N1", "unacked")]


def test_a_day_on_which_nothing_happened_needs_no_reading() -> None:
    window = digest.day_window(date(2026, 11, 18), CALENDAR)
    found = digest.digest(metrics((), window, "G05", CALENDAR), CALENDAR, (), Mediation(open=0, due_today=0))
    assert (found.quiet, found.small) == (True, False)


def test_who_is_really_there_is_counted_by_presence() -> None:
    at = demo.at("2026-11-18 10:00")
    presence = roster.everybody_signed_in(demo.district(), at, frozenset({"ST1", "ST3", "ST4", "CTR", "INS"}))
    on = roster.on_duty_teams(demo.district(), at, presence)
    assert digest.duty_lines(on) == (DutyLine(team="ST2", station="ST2", group="乙", people=2),)


def test_a_day_and_a_week_are_those_of_the_towns_clock() -> None:
    assert digest.day_window(date(2026, 11, 20), CALENDAR) == Window(
        demo.at("2026-11-20 00:00"), demo.at("2026-11-21 00:00")
    )
    assert digest.week_window(date(2026, 11, 20), CALENDAR) == Window(
        demo.at("2026-11-16 00:00"), demo.at("2026-11-23 00:00")
    )


@pytest.mark.parametrize(("now", "day"), [("2026-11-21 07:40", 20), ("2026-11-21 00:00", 20), ("2026-11-20 23:59", 19)])
def test_a_digest_tells_of_the_day_before(now: str, day: int) -> None:
    assert digest.yesterday(demo.at(now), CALENDAR) == date(2026, 11, day)
