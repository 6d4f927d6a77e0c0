"""What is understood of messages in other voices: floors below what was measured, for each half by itself."""

from collections.abc import Iterable

import pytest

from benchmarks.understanding import (
    AT,
    HELD_OUT,
    Tally,
    Thread,
    halves,
    labelled,
    load,
    measure_additions,
    measure_dangers,
    measure_threads,
    threads,
)
from core import understand as u
from tests.core.understand.demo import GAZETTEER, LEXICON

ROWS = halves(threads(load("tests/data/own_samples.json")))
FRESH = load("tests/data/fresh_samples.json")
FLOORS = {
    "kind": 0.92,
    "category first": 0.86,
    "category within three": 0.93,
    "sure and right": 0.97,
    "severity within one": 0.92,
    "emergency recall": 0.95,
    "emergency false alarms": 0.88,
}


FRESH_FLOORS = {
    "kind": 0.92,
    "category first": 0.84,
    "category within three": 0.93,
    "sure and right": 0.92,
    "emergency recall": 0.85,
    "emergency false alarms": 0.87,
    "danger recall": 0.93,
    "danger false alarms": 0.82,
}


CLEAN = load("tests/data/clean_samples.json")
CLEAN_FLOORS = {
    "kind": 0.92,
    "category first": 0.93,
    "category within three": 0.96,
    "sure and right": 0.97,
    "severity within one": 0.92,
    "emergency recall": 0.90,
    "emergency false alarms": 0.88,
    "danger recall": 0.97,
    "danger false alarms": 0.75,
}


VOICES = load("tests/data/voices_samples.json")
VOICES_FLOORS = {
    "danger recall": 0.89,
    "danger false alarms": 0.81,
    "additions that do not alarm": 0.88,
    "additions that add": 0.90,
}


def read(rows: list[Thread]) -> list[Tally]:
    return measure_threads(rows, lambda row: u.understand(row.text, LEXICON, GAZETTEER, row.at), GAZETTEER)


def below(tallies: Iterable[Tally], floors: dict[str, float]) -> dict[str, float]:
    """The shares that are too small, of those that have a floor."""
    shares = {it.name: 1 - len(it.misses) / it.rows for it in tallies if it.name in floors}
    assert set(shares) == set(floors), "every floor was measured"
    return {name: share for name, share in shares.items() if share < floors[name]}


@pytest.mark.parametrize("half", ["tuning", HELD_OUT])
def test_no_change_of_words_may_lose_what_was_understood(half: str) -> None:
    assert below(read(ROWS[half]), FLOORS) == {}


@pytest.mark.parametrize("half", ["tuning", HELD_OUT])
def test_no_change_of_words_may_lose_what_was_understood_of_somebody_who_did_not_know_them(half: str) -> None:
    rows = halves(labelled(FRESH["messages"]))[half]
    heard = measure_dangers([row for row in FRESH["rows"] if row["half"] == half], LEXICON)
    assert below((*read(rows), *heard), FRESH_FLOORS) == {}


def test_no_change_of_words_may_lose_what_was_understood_of_what_nobody_ever_looked_at() -> None:
    heard = measure_dangers(CLEAN["rows"], LEXICON)
    assert below((*read(labelled(CLEAN["messages"])), *heard), CLEAN_FLOORS) == {}


def test_no_change_of_words_may_lose_what_was_heard_of_six_writers_or_take_bits_for_reports() -> None:
    heard = measure_dangers(VOICES["rows"], LEXICON)
    added = measure_additions(VOICES["additions"], lambda said: u.understand(said, LEXICON, GAZETTEER, AT))
    assert below((*heard, *added), VOICES_FLOORS) == {}
