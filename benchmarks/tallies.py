"""Judges of the figures: one row per figure that a log is expected to give."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from benchmarks.judge import Bench, Row, Verdict, listed, unordered
from benchmarks.snapshot import entries_from_snapshot
from core.figures.log import Window
from core.figures.metrics import Figures, metrics
from core.figures.shares import Share, Spread

# half of the last digit that the expected values are written with
ROUNDING = 0.005000001


def pair(it: Share) -> list[int]:
    """A share as the rows write it."""
    return [it.n, it.of]


def same(expected: object, got: float | None) -> object:
    """The expected number if it is the answer rounded, else the answer to two places."""
    if got is None:
        return None
    if isinstance(expected, int | float) and abs(expected - got) <= ROUNDING:
        return expected
    return round(got, 2)


def spread_like(expected: object, it: Spread) -> object:
    """A spread with the fields the row asks for."""
    if not isinstance(expected, dict):
        return None
    return {key: it.n if key == "n" else same(value, getattr(it, key, None)) for key, value in expected.items()}


FIGURES: Mapping[str, Callable[[Figures, object], object]] = {
    "new_cases": lambda it, _: len(it.new),
    "new_case_ids": lambda it, want: unordered(want, it.new),
    "merged": lambda it, _: len(it.merged),
    "spam": lambda it, _: len(it.spam),
    "cancelled": lambda it, _: len(it.cancelled),
    "patrol_found": lambda it, _: len(it.by_source.get("patrol", ())),
    "ack_on_time": lambda it, _: pair(it.ack_on_time),
    "ack_on_time_ids": lambda it, want: unordered(want, it.ack_on_time.ids),
    "arrive_on_time": lambda it, _: pair(it.arrive_on_time),
    "close_on_time": lambda it, _: pair(it.close_on_time),
    "close_on_time_ids": lambda it, want: unordered(want, it.close_on_time.ids),
    "close_due_ids": lambda it, want: unordered(want, it.close_on_time.of_ids),
    "response_min": lambda it, want: spread_like(want, it.response_min),
    "arrival_min": lambda it, want: spread_like(want, it.arrival_min),
    "handling_h": lambda it, want: spread_like(want, it.handling_h),
    "closed_today": lambda it, _: len(it.closed),
    "auto_closed": lambda it, _: len(it.auto_closed),
    "rated": lambda it, _: it.rated.n,
    "satisfied": lambda it, _: pair(it.satisfied),
    "solved": lambda it, _: pair(it.solved),
    "reopened": lambda it, _: len(it.reopened),
    "closed_of_new": lambda it, _: pair(it.closed_of_new),
    "repeated": lambda it, _: pair(it.repeated),
    "declined": lambda it, _: pair(it.declined),
    "transfers": lambda it, _: it.transfers,
    "self_found": lambda it, _: pair(it.self_found),
    "whistled": lambda it, _: len(it.whistles.sent),
    "reported_in": lambda it, _: pair(it.whistles.in_time),
    "returned": lambda it, _: len(it.whistles.returned),
    "held": lambda it, want: unordered(want, it.held),
    "overdue_open": lambda it, want: unordered(want, it.overdue_open),
    "unacked_overdue": lambda it, want: unordered(want, it.unacked_overdue),
}


def metric_rows(raw: Any) -> Iterable[tuple[str, Row]]:
    """One row per expected figure of each log."""
    for label, log in listed(raw):
        for name, expected in log["expect"].items():
            yield f"{label} {name}", {"name": name, "expected": expected, "log": log}


def judge_metric(bench: Bench, label: str, row: Row) -> Verdict:
    """One figure of a log."""
    log = row["log"]
    window = Window(*(datetime.fromisoformat(it) for it in log["window"]))
    entries = entries_from_snapshot(log["log"], log.get("grid"))
    found = metrics(entries, window, log.get("grid"), bench.town.calendar)
    figure = FIGURES.get(row["name"])
    got = figure(found, row["expected"]) if figure else None
    return Verdict(row=label, expected=row["expected"], got=got)
