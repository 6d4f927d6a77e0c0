"""What the measurements report: a report that is asked about or answered twice would be counted as one that hangs."""

import pytest

from benchmarks.rig.town import BigTown
from benchmarks.rig.updates import MATTERS
from core.decide.care import CARE
from tests.core.understand.test_reading import read


@pytest.mark.parametrize("matter", MATTERS)
def test_a_matter_is_surely_known_urgent_and_answered_once_in_every_compound(matter: str) -> None:
    town = BigTown(posts=200)
    for post in range(0, 200, 7):
        found = read(f"{town.compound(post)}{matter} #000123#")
        assert found.guess.sure, (matter, post, found.guess)
        assert found.severity.level == 2
        assert found.guess.best not in CARE
