from datetime import datetime, timedelta
from typing import Any

import pytest

from core.deadlines import Town, ack_due, deadlines
from core.district import read_district
from tests.core import demo


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@pytest.mark.parametrize("row", demo.checks("deadlines"), ids=lambda it: f"{it['category']}-{it['severity']}")
def test_limits_are_those_of_the_table(row: Any) -> None:
    category = demo.taxonomy().categories[row["category"]]
    due = deadlines(category, row["severity"], datetime.fromisoformat(row["reported"]), demo.town())
    assert iso(due.ack_due) == row["ack_due"]
    assert iso(due.arrive_due) == row["arrive_due"]
    assert iso(due.close_due) == row["close_due"]
    assert due.close_limit == row["close_limit"]


def with_limits(limits: object) -> Town:
    raw = demo.raw_district()
    raw["district"]["limits"] = limits
    return Town(district=read_district(raw), taxonomy=demo.taxonomy())


def test_a_district_may_set_a_severitys_limits_otherwise() -> None:
    town = with_limits({"3": {"ack": "20m", "arrive": "2h", "close": "1WD"}})
    category = demo.taxonomy().categories["XF03"]  # usually severity 2, so severity 3 brings its own close limit
    due = deadlines(category, 3, demo.at("2026-11-16 21:50"), town)
    assert due.ack_due == demo.at("2026-11-17 08:10")
    assert due.arrive_due == demo.at("2026-11-16 23:50")
    assert (due.close_due, due.close_limit) == (demo.at("2026-11-17 17:00"), "1WD")


def test_a_district_may_set_a_categorys_close_limit_otherwise() -> None:
    town = with_limits({"XF02": {"close": "1WD"}})
    category = demo.taxonomy().categories["XF02"]
    assert deadlines(category, 3, demo.at("2026-11-16 09:00"), town).close_limit == "1WD"
    assert deadlines(category, 2, demo.at("2026-11-16 09:00"), town).close_limit == "24h"


def test_a_limit_that_no_severity_has_may_be_given_one() -> None:
    town = with_limits({"4": {"arrive": "3WD"}})
    category = demo.taxonomy().categories["HJ01"]
    assert deadlines(category, 4, demo.at("2026-11-16 09:00"), town).arrive_due == demo.at("2026-11-19 17:00")


def test_a_new_assignment_has_its_own_ack_clock() -> None:
    assigned = demo.at("2026-11-20 09:00")
    assert ack_due(2, assigned, demo.town()) - assigned == timedelta(minutes=10)


def test_limits_follow_the_towns_clock_wherever_the_report_came_from() -> None:
    category = demo.taxonomy().categories["XF02"]
    here = deadlines(category, 3, datetime.fromisoformat("2026-11-16T21:50:00+08:00"), demo.town())
    there = deadlines(category, 3, datetime.fromisoformat("2026-11-16T13:50:00+00:00"), demo.town())
    assert here == there
