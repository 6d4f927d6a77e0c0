"""Figures from the log. The first table is the 14-case log of the checks; the second one was worked out by hand."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.snapshot import entries_from_snapshot
from benchmarks.tallies import FIGURES, judge_metric, metric_rows
from core.figures.log import Entry, Window
from core.figures.metrics import Figures, metrics, metrics_each
from core.figures.shares import Share, share_text, spread
from tests.core import demo

LOG = demo.checks("metrics")
DAY = Window(demo.at("2026-11-18 00:00"), demo.at("2026-11-19 00:00"))


@pytest.mark.parametrize(("label", "row"), list(metric_rows(LOG)), ids=LOG["expect"])
def test_a_figure_of_the_example_log_is_exact(label: str, row: Any) -> None:
    verdict = judge_metric(demo.bench(), label, row)
    assert verdict.got == verdict.expected
    assert row["name"] in FIGURES


def event(case: str, clock: str, kind: str, **data: object) -> Entry:
    """An event of 18 November, or of another day if the clock says so."""
    return Entry(case=case, at=demo.at(clock if "-" in clock else f"2026-11-18 {clock}"), kind=kind, data=data)


def report(case: str, clock: str, severity: int = 2, category: str = "JT02", **more: object) -> Entry:
    data: dict[str, object] = {"category": category, "severity": severity, "grid": "G05", "source": "resident"}
    return event(case, clock, "reported", **(data | more))


def asked(case: str, clock: str, due: str, number: int = 1, **more: object) -> Entry:
    at = demo.at(due if "-" in due else f"2026-11-18 {due}")
    return event(case, clock, "assigned", assignment=number, team="ST2", ack_due=at, **more)


def took(case: str, clock: str, number: int = 1) -> Entry:
    return event(case, clock, "accepted", assignment=number, person="P011")


def limits(case: str, clock: str, close: str, arrive: str | None = None) -> Entry:
    return event(
        case,
        clock,
        "limits",
        close_due=demo.at(close),
        arrive_due=demo.at(f"2026-11-18 {arrive}") if arrive else None,
    )


def figures(*entries: Entry, window: Window = DAY, grid: str | None = "G05") -> Figures:
    return metrics(entries, window, grid, demo.district().calendar())


def town_day() -> Iterable[Entry]:
    """Six cases of one day.

    H1 gas, severity 1, 09:00: first post asked until 09:03, backup asked at 09:03 until 09:06 and accepts at 09:05,
       on site 09:09 (limit 09:10), done 10:00, confirmed 11:00, rated satisfied.
    H2 manhole, severity 2, 10:00: accepted 10:04, passed on at 10:30, accepted again at 10:36, on site 11:00
       (limit 10:30), held 12:00 to 14:00, done 15:00, not solved, reopened 16:00, taken 16:05, done 17:00.
    H3 street lamp, severity 4, the evening before at 21:00: accepted 08:30 = 90 service minutes; open, due today 17:00.
    H4 merged into H2. H5 a drill. H6 found by a patrol, cancelled before anybody was due to take it.
    """
    yield report("H1", "09:00", 1, "SB01", place="望江苑")
    yield limits("H1", "09:00", "2026-11-18 21:00", "09:10")
    yield asked("H1", "09:00", "09:03")
    yield asked("H1", "09:03", "09:06", 2, reason="backup")
    yield took("H1", "09:05", 2)
    yield event("H1", "09:09", "arrived")
    yield event("H1", "10:00", "done", photo=True)
    yield event("H1", "11:00", "answered", solved=True)
    yield event("H1", "11:00", "closed", auto=False)
    yield event("H1", "11:01", "rated", rating="satisfied")
    yield report("H2", "10:00")
    yield limits("H2", "10:00", "2026-11-19 10:00", "10:30")
    yield asked("H2", "10:00", "10:10")
    yield took("H2", "10:04")
    yield event("H2", "10:30", "declined")
    yield asked("H2", "10:30", "10:40", 2)
    yield took("H2", "10:36", 2)
    yield event("H2", "11:00", "arrived")
    yield event("H2", "12:00", "held", until="2026-11-18T14:00:00+08:00")
    yield event("H2", "14:00", "resumed")
    yield event("H2", "15:00", "done", photo=True)
    yield event("H2", "16:00", "answered", solved=False)
    yield event("H2", "16:00", "reopened")
    yield asked("H2", "16:00", "16:10", 3)
    yield took("H2", "16:05", 3)
    yield event("H2", "17:00", "done", photo=True)
    yield report("H3", "2026-11-17 21:00", 4, "SB07")
    yield limits("H3", "2026-11-17 21:00", "2026-11-18 17:00")
    yield asked("H3", "2026-11-17 21:00", "11:00")
    yield took("H3", "08:30")
    yield report("H4", "10:20")
    yield event("H4", "10:25", "merged", into="H2")
    yield report("H5", "12:00", 1)
    yield asked("H5", "12:00", "12:03")
    yield event("H5", "12:00", "drill")
    yield report("H6", "13:00", source="patrol")
    yield asked("H6", "13:00", "13:10")
    yield event("H6", "13:02", "cancelled")


def test_a_day_worked_out_by_hand() -> None:
    found = figures(*town_day())
    assert (found.new, found.merged, found.cancelled, found.spam) == (("H1", "H2"), ("H4",), ("H6",), ())
    # six assignments fell due: the first post of H1 failed, its backup and all of H2 and H3 were in time
    assert (found.ack_on_time.n, found.ack_on_time.of, found.ack_on_time.ids) == (5, 6, ("H3", "H1", "H2", "H2", "H2"))
    assert (found.arrive_on_time.ids, found.arrive_on_time.of_ids) == (("H1",), ("H1", "H2"))
    assert (found.close_on_time.ids, found.close_on_time.of_ids) == (("H1",), ("H3", "H1"))
    # 5 and 4 minutes on the clock, 90 service minutes
    assert (found.response_min.mean, found.response_min.median, found.response_min.n) == (33.0, 5.0, 3)
    assert (found.arrival_min.mean, found.arrival_min.n) == (34.5, 2)
    # H1 one hour; H2 seven hours less two of approved delay
    assert (found.handling_h.mean, found.handling_h.median, found.handling_h.n) == (3.0, 3.0, 2)
    assert (found.closed, found.auto_closed) == (("H1",), ())
    assert [(it.n, it.of) for it in (found.rated, found.satisfied, found.solved)] == [(1, 1), (1, 1), (1, 2)]
    assert (found.reopened, found.transfers) == (("H2",), 1)
    # the assignment of H6 was made too, that of H3 the day before, that of the drill does not count
    assert (found.declined.n, found.declined.of) == (1, 6)
    assert (found.overdue_open, found.unacked_overdue) == (("H3",), ())
    assert [(it.place, it.severity, it.reports) for it in found.hot_spots] == [("望江苑", 1, 1)]


def test_a_case_that_nobody_took_is_late_from_its_limit_on() -> None:
    found = figures(report("N1", "19:00"), asked("N1", "19:00", "19:10"))
    assert found.unacked_overdue == ("N1",)
    assert (found.ack_on_time.n, found.ack_on_time.of) == (0, 1)
    assert [(it.why, it.since, it.due) for it in found.late] == [
        ("unacked", demo.at("2026-11-18 19:00"), demo.at("2026-11-18 19:10"))
    ]


def test_acceptance_at_the_very_limit_is_in_time() -> None:
    log = [report("N1", "19:00"), asked("N1", "19:00", "19:10"), took("N1", "19:10")]
    assert figures(*log).ack_on_time.n == 1


def test_what_a_machine_accepted_was_accepted_by_nobody() -> None:
    log = [report("N1", "19:00"), asked("N1", "19:00", "19:10")]
    log.append(event("N1", "19:01", "accepted", assignment=1, person=None))
    found = figures(*log)
    assert (found.ack_on_time.n, found.response_min.n, found.unacked_overdue) == (0, 0, ("N1",))


def test_a_reopened_case_waits_anew_for_somebody_to_take_it() -> None:
    log = [report("N1", "08:00"), asked("N1", "08:00", "08:10"), took("N1", "08:05"), event("N1", "09:00", "done")]
    log += [event("N1", "10:00", "reopened"), asked("N1", "10:00", "10:10", 2)]
    found = figures(*log)
    assert found.unacked_overdue == ("N1",)
    assert {it.why for it in found.late} == {"unacked", "reopened"}
    assert found.overdue_open == ()


def test_a_case_passed_on_waits_anew_but_one_that_asks_for_support_does_not() -> None:
    taken = [report("N1", "08:00"), asked("N1", "08:00", "08:10"), took("N1", "08:05")]
    passed = figures(*taken, asked("N1", "09:00", "09:10", 2))
    supported = figures(*taken, asked("N1", "09:00", "09:10", 2, reason="support"))
    assert (passed.unacked_overdue, passed.transfers) == (("N1",), 1)
    assert (supported.unacked_overdue, supported.transfers) == ((), 0)


def test_cancelling_does_not_hide_what_was_already_late() -> None:
    late = figures(report("N1", "08:00"), asked("N1", "08:00", "08:10"), event("N1", "09:00", "cancelled"))
    early = figures(report("N1", "08:00"), asked("N1", "08:00", "08:10"), event("N1", "08:09", "cancelled"))
    assert ((late.ack_on_time.n, late.ack_on_time.of), early.ack_on_time.of) == ((0, 1), 0)
    assert (late.new, late.unacked_overdue) == ((), ())


def test_an_approved_delay_moves_the_limit_and_stops_the_clock() -> None:
    log = [report("N1", "08:00"), limits("N1", "08:00", "2026-11-18 12:00"), asked("N1", "08:00", "08:10")]
    log += [took("N1", "08:05"), event("N1", "10:00", "held", until="2026-11-20T17:00:00+08:00")]
    assert figures(*log).overdue_open == ()
    assert figures(*log[:-1]).overdue_open == ("N1",)


def test_a_resolution_counts_from_the_last_one_that_stands() -> None:
    log = [report("N1", "08:00"), limits("N1", "08:00", "2026-11-18 12:00"), event("N1", "09:00", "done")]
    back = [*log, event("N1", "10:00", "reopened")]
    again = [*back, event("N1", "11:00", "done")]
    late = [*back, event("N1", "13:00", "done")]
    assert [figures(*it).close_on_time.n for it in (log, back, again, late)] == [1, 0, 1, 0]
    assert figures(*again).handling_h.mean == 3.0


def test_what_came_back_within_thirty_days_is_a_repeat() -> None:
    first = [report("N1", "2026-11-01 08:00", place="KP06"), event("N1", "2026-11-02 08:00", "closed", auto=True)]
    same, other = report("N2", "09:00", place="KP06"), report("N3", "09:00", place="KP07")
    assert figures(*first, same, other).repeated.ids == ("N2",)
    assert figures(*first, report("N2", "09:00", category="HJ01", place="KP06")).repeated.n == 0


def test_three_times_at_a_place_makes_it_hot_and_two_do_not() -> None:
    log = [report(f"N{it}", f"0{it}:00", 3, place="KP06") for it in (1, 2, 3)]
    merged = [report("N4", "04:00", 3, place="KP06"), event("N4", "05:00", "merged", into="N3")]
    (spot,) = figures(*log, *merged).hot_spots
    assert (spot.place, spot.cases, spot.kinds, spot.reports) == ("KP06", ("N1", "N2", "N3"), (("JT02", 3),), 4)
    assert figures(*log[:2], *merged).hot_spots == ()


def test_a_corrected_case_counts_in_its_new_grid() -> None:
    log = [report("N1", "08:00"), event("N1", "08:30", "corrected", grid="G06", severity=3)]
    assert (figures(*log).new, figures(*log, grid="G06").new, figures(*log, grid=None).new) == ((), ("N1",), ("N1",))


def test_figures_of_several_grids_are_those_of_each() -> None:
    log = [*town_day(), report("N1", "08:00", grid="G06")]
    found = metrics_each(log, DAY, ["G05", "G06", None], demo.district().calendar())
    assert found == {grid: figures(*log, grid=grid) for grid in ("G05", "G06", None)}
    assert found[None].new == ("N1", "H1", "H2")


def test_a_case_whose_grid_nobody_knows_counts_once_for_the_street() -> None:
    log = [report("N1", "08:00", grid=None), report("N2", "09:00")]
    found = metrics_each(log, DAY, ["G05", None], demo.district().calendar())
    assert (found["G05"].new, found[None].new) == (("N2",), ("N1", "N2"))


def test_drills_and_tests_are_in_no_figure() -> None:
    log = [report("N1", "08:00", 1), asked("N1", "08:00", "08:03"), event("N1", "09:00", "test")]
    assert figures(*log) == figures()


def test_auto_closed_cases_are_told_apart_and_are_not_satisfied() -> None:
    log = [report("N1", "08:00"), event("N1", "09:00", "done"), event("N1", "20:00", "closed", auto=True)]
    found = figures(*log)
    assert (found.closed, found.auto_closed, found.satisfied.of, found.rated.of) == (("N1",), ("N1",), 0, 1)


def test_the_worst_comes_first() -> None:
    log = [
        report("N1", "08:00", 4), limits("N1", "08:00", "2026-11-18 09:00"),
        report("N2", "08:00", 1), limits("N2", "08:00", "2026-11-18 12:00"),
        report("N3", "08:00", 4), limits("N3", "08:00", "2026-11-18 08:30"),
    ]  # fmt: skip
    assert figures(*log).overdue_open == ("N2", "N3", "N1")


@given(st.permutations(range(6)))
def test_it_does_not_matter_in_which_order_the_cases_stand_in_the_log(order: list[int]) -> None:
    cases = [[it for it in town_day() if it.case == f"H{number + 1}"] for number in order]
    shuffled = figures(*(it for case in cases for it in case))
    assert (shuffled.new, shuffled.response_min, shuffled.late) == (
        figures(*town_day()).new,
        figures(*town_day()).response_min,
        figures(*town_day()).late,
    )


@given(st.integers(0, 38))
def test_what_happens_later_does_not_change_a_past_day(length: int) -> None:
    later = [event("H3", "2026-11-19 09:00", "done"), event("H3", "2026-11-20 09:00", "closed", auto=True)]
    log = list(town_day())[:length]
    assert figures(*log, *later) == figures(*log)


def test_a_snapshot_becomes_the_events_it_came_from() -> None:
    rows = [it for it in LOG["log"] if it["case"] in {"A01", "A13"}]
    kinds = [(it.case, it.kind) for it in entries_from_snapshot(rows, "G05")]
    assert [kind for case, kind in kinds if case == "A01"] == [
        "reported",
        "limits",
        "assigned",
        "accepted",
        "done",
        "closed",
        "rated",
    ]
    assert [kind for case, kind in kinds if case == "A13"][-2:] == ["reopened", "assigned"]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ((3, 4), "3/4"),
        ((0, 9), "0/9"),
        ((43, 50), "86 %(43/50)"),
        ((10, 10), "100 %(10/10)"),
        ((1, 200), "1 %(1/200)"),
        ((0, 0), "—"),
    ],
)
def test_a_handful_is_never_a_percentage(share: tuple[int, int], text: str) -> None:
    assert share_text(Share(*share)) == text


def test_the_90th_of_a_hundred_is_a_value_that_was_measured() -> None:
    assert spread({f"A-{it}": float(it) for it in range(1, 101)}).p90 == 90.0
    assert spread({"A-1": 5.0}).p90 == 5.0
    assert spread({}).mean is None
