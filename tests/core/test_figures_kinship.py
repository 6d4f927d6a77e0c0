"""What a second look, an objection or a refusal does to the figures (life.md rows 8, 28, 36)."""

from datetime import timedelta

import pytest

from core.distance import Point
from core.figures.log import Entry
from core.figures.telling import stories
from tests.core import demo

NOON = demo.at("2026-11-20 12:00")


def story(*kinds: str):
    """A case that was told of at noon, and one entry a minute from then on."""
    first = Entry(case="A2611-0001", at=NOON, kind="reported", data={"category": "XF02", "severity": 3, "grid": "G05"})
    later = (
        Entry(case="A2611-0001", at=NOON + timedelta(minutes=n), kind=kind) for n, kind in enumerate(kinds, start=1)
    )
    return stories((first, *later), NOON + timedelta(days=1))["A2611-0001"]


def test_row_28_a_resolution_that_did_not_pass_the_check_does_not_stand():
    assert story("done").done_at is not None
    assert story("done", "check_failed").done_at is None
    assert story("done", "check_failed").open


def test_row_36_after_an_objection_it_counts_again():
    assert not story("spam").counts
    assert story("spam", "appealed").counts
    assert story("spam", "appealed").open


@pytest.mark.parametrize(("kinds", "counts"), [(("merged",), False), (("merged", "split"), True)])
def test_rows_31_and_32_a_merged_case_is_in_no_base_until_it_is_split_off(kinds, counts):
    assert story(*kinds).counts is counts


def test_row_8_what_was_turned_away_is_open_no_longer():
    assert not story("rejected").open


def test_a_place_that_was_set_right_brings_all_of_where_it_is():
    known = {"category": "XF02", "severity": 3, "grid": "G05"}
    old = Entry(
        case="N1", at=NOON, kind="reported", data={**known, "place": "旧处", "compound": "XQ01", "spot": [30.6, 104.1]}
    )
    new = {"place": "新处", "compound": None, "spot": None}
    moved = Entry(case="N1", at=NOON + timedelta(minutes=1), kind="corrected", data=new)
    before, after = (stories(log, NOON + timedelta(days=1))["N1"] for log in ((old,), (old, moved)))
    assert (before.place, before.compound, before.spot) == ("旧处", "XQ01", Point(30.6, 104.1))
    assert (after.place, after.compound, after.spot) == ("新处", None, None)
