from copy import deepcopy
from typing import Any

import pytest

from core.calendar import Span
from core.taxonomy import TaxonomyFault, read_taxonomy
from tests.core import demo


def test_all_hazards_and_disputes_are_there() -> None:
    found = demo.taxonomy()
    assert len([it for it in found.categories if it != "XX99"]) == 64
    assert len([it for it in found.disputes if not it.startswith("XX")]) >= 37
    assert {it.code for it in found.others} == {"S01", "C01", "Q01", "P01"}


def test_a_category_is_read_with_all_that_it_says() -> None:
    gas = demo.taxonomy().categories["SB01"]
    assert (gas.severity, gas.close, gas.sealed) == (1, Span(minutes=720), False)
    assert gas.numbers == ("119", "燃气抢修")
    assert gas.dept_ids == ("D_GAS", "D_FIRE")


def test_sealed_kinds_are_sealed() -> None:
    sealed = {it.code for it in demo.taxonomy().categories.values() if it.sealed}
    assert {"RS04", "RS05", "RS06", "ZA03", "ZA04", "ZA07", "ZH06"} <= sealed
    assert not {"XF01", "SB01", "RS01"} & sealed


def test_every_hazard_can_be_whistled_to_a_department_of_the_demo_town() -> None:
    known = {it.id for it in demo.district().departments}
    for category in demo.taxonomy().categories.values():
        assert set(category.dept_ids) <= known
        assert category.dept_ids or category.code == "XX99", category.code


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("severity", "1", "ack"), None),
        (("severity", "1", "ack"), "soon"),
        (("severity", "3", "ack_basis"), "Q"),
        (("hazards", 0, "items", 0, "sev"), 5),
        (("hazards", 0, "items", 0, "close"), None),
    ],
)
def test_a_taxonomy_that_does_not_hold_is_refused(path: tuple[Any, ...], value: object) -> None:
    raw = deepcopy(demo.raw("bot/data/taxonomy.json"))
    inner = raw
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(TaxonomyFault):
        read_taxonomy(raw)
