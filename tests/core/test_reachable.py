"""Who answers now: around the clock, by office hours on working days, or by hours of their own."""

import pytest

from core.reachable import next_opening, reachable
from tests.core import demo

FIRE, LIGHT, URBAN, HEALTH = "D_FIRE", "D_LIGHT", "D_URBAN", "D_HEALTH"


def found(name: str):
    return demo.district().department(name)


@pytest.mark.parametrize(
    ("name", "at", "open_", "opens"),
    [
        (FIRE, "2026-11-21 03:00", True, "2026-11-21 03:00"),
        (LIGHT, "2026-11-20 10:00", True, "2026-11-20 10:00"),  # a Friday
        (LIGHT, "2026-11-20 08:59", False, "2026-11-20 09:00"),
        (LIGHT, "2026-11-20 17:00", False, "2026-11-23 09:00"),
        (LIGHT, "2026-11-21 10:00", False, "2026-11-23 09:00"),  # Saturday
        (LIGHT, "2026-10-01 10:00", False, "2026-10-08 09:00"),  # National Day
        (LIGHT, "2026-10-10 10:00", True, "2026-10-10 10:00"),  # a Saturday that is worked
        (URBAN, "2026-11-21 21:59", True, "2026-11-21 21:59"),
        (URBAN, "2026-11-21 22:00", False, "2026-11-22 08:00"),
        (HEALTH, "2026-11-21 07:59", False, "2026-11-21 08:00"),
    ],
)
def test_who_answers_and_when_again(name, at, open_, opens):
    calendar = demo.district().calendar()
    assert reachable(found(name), demo.at(at), calendar) is open_
    assert next_opening(found(name), demo.at(at), calendar) == demo.at(opens)
