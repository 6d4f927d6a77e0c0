from datetime import timedelta

import pytest

from core.district.values import Ranking
from core.positions import Position, counts, says_more
from tests.core import demo

NOON = demo.at("2026-11-17 12:00")
HERE = Position(person="P002", at=NOON, lat=30.6389, lng=104.0968, accuracy=12.0, source="live")


def later(seconds: float, **changed: object) -> Position:
    values = {name: getattr(HERE, name) for name in ("person", "lat", "lng", "accuracy", "source")}
    return Position(at=NOON + timedelta(seconds=seconds), **(values | changed))


@pytest.mark.parametrize(
    ("minutes", "accuracy", "expected"),
    [(15, None, True), (15.1, None, False), (0, 100.0, True), (0, 100.1, False), (-1, 5.0, True)],
)
def test_a_position_counts_while_it_is_young_and_right_enough(
    minutes: float, accuracy: float | None, expected: bool
) -> None:
    position = later(0, accuracy=accuracy)
    assert counts(position, NOON + timedelta(minutes=minutes), Ranking()) is expected


def test_a_district_may_let_positions_count_longer() -> None:
    assert counts(HERE, NOON + timedelta(minutes=40), Ranking(fresh_minutes=45))


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (later(10), False),
        (later(10, lat=30.6391), True),
        (later(31), True),
        (later(-1, lat=30.7), False),
        (later(0), False),
        (later(10, until=NOON + timedelta(seconds=10)), True),
        (later(10, source="sent"), True),
        (later(-10, source="sent"), False),
    ],
    ids=["at rest", "moved", "at rest for long", "older", "the same", "ended", "another kind", "older of another kind"],
)
def test_only_what_says_more_is_kept(position: Position, expected: bool) -> None:
    assert says_more(position, HERE) is expected


def test_the_first_position_is_always_kept() -> None:
    assert says_more(HERE, None)
