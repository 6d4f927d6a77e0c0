"""What is understood of messages in other voices: floors below what was measured, for each half by itself."""

import pytest

from benchmarks.understanding import HELD_OUT, Tally, halves, load, measure_threads, threads
from core import understand as u
from tests.core.understand.demo import GAZETTEER, LEXICON

ROWS = halves(threads(load("tests/data/own_samples.json")))
FLOORS = {
    "kind": 0.92,
    "category first": 0.86,
    "category within three": 0.93,
    "sure and right": 0.97,
    "severity within one": 0.92,
    "emergency recall": 0.95,
    "emergency false alarms": 0.88,
}


def measured(half: str) -> dict[str, Tally]:
    found = measure_threads(ROWS[half], lambda row: u.understand(row.text, LEXICON, GAZETTEER, row.at), GAZETTEER)
    return {tally.name: tally for tally in found}


@pytest.mark.parametrize("half", ["tuning", HELD_OUT])
def test_no_change_of_words_may_lose_what_was_understood(half: str) -> None:
    found = measured(half)

    shares = {name: 1 - len(found[name].misses) / found[name].rows for name in FLOORS}
    assert {name: share for name, share in shares.items() if share < FLOORS[name]} == {}
