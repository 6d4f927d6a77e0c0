"""The table of kinds: what `benchmarks.checks` can judge, and what it only counts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from benchmarks.judge import Kind, Row
from benchmarks.rules import (
    judge_coordinates,
    judge_deadlines,
    judge_duplicates,
    judge_roster,
    judge_routing,
    judge_sample_route,
    judge_unknown_year,
)
from benchmarks.tallies import judge_metric, metric_rows
from benchmarks.words import judge_address, judge_emergency, judge_public_form, judge_sample, sample_places, threads


def unknown_year(_raw: Any) -> Iterable[tuple[str, Row]]:
    """The one row of a kind whose text says what to do with a year nobody has published."""
    return (("2027", {"year": 2027}),)


def expectations(samples: Any, key: str) -> Iterable[tuple[str, Row]]:
    """What sample threads expect under a key, one row each; a thread with several cases has several.

    `reported` is the moment of the thread's first message, `category` the thread's unless the part has its own.
    """
    written = {it["id"]: it["at"] for it in samples["messages"]}
    for thread in samples["threads"]:
        first = min((written[it] for it in thread["messages"]), key=datetime.fromisoformat)
        found = thread["expect"].get(key)
        for part in found if isinstance(found, list) else [found]:
            if part:
                yield thread["id"], {"category": thread["expect"].get("category"), "reported": first, **part}


def sample_routes(samples: Any) -> Iterable[tuple[str, Row]]:
    """Routes of the sample threads."""
    return expectations(samples, "route")


def sample_deadlines(samples: Any) -> Iterable[tuple[str, Row]]:
    """Limits of the sample threads."""
    return expectations(samples, "deadline")


def labelled(samples: Any, key: str) -> Iterable[tuple[str, Row]]:
    """Threads that have one label."""
    return threads(samples, key)


CHECKS: Mapping[str, Kind] = {
    "deadlines": Kind(judge=judge_deadlines),
    "working_days_2027": Kind(judge=judge_unknown_year, rows=unknown_year),
    "metrics": Kind(judge=judge_metric, rows=metric_rows),
    "roster": Kind(judge=judge_roster),
    "routing": Kind(judge=judge_routing),
    "coordinates": Kind(judge=judge_coordinates),
    "addresses": Kind(judge=judge_address),
    "duplicates": Kind(judge=judge_duplicates),
    "emergency_phrases": Kind(judge=judge_emergency),
    "pii_public_form": Kind(judge=judge_public_form),
}
SAMPLES: Mapping[str, Kind] = {
    "samples_routing": Kind(judge=judge_sample_route, rows=sample_routes),
    "samples_deadlines": Kind(judge=judge_deadlines, rows=sample_deadlines),
    "samples_kind": Kind(judge=judge_sample("kind"), rows=partial(labelled, key="kind")),
    "samples_category": Kind(judge=judge_sample("category"), rows=partial(labelled, key="category")),
    "samples_severity": Kind(judge=judge_sample("severity"), rows=partial(labelled, key="severity")),
    "samples_places": Kind(judge=judge_address, rows=sample_places),
}
