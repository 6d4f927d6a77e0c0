"""A year without a holiday table is said loudly before anybody relies on the limits."""

from dataclasses import replace
from datetime import date

from bot import districts
from bot.clinic import plan
from bot.doctor import lines
from core.calendar import Holidays
from tests.core import demo
from tests.core.decide.village import town


def told(moment: str, years: set[int]) -> list[str]:
    bare = replace(town(), district=replace(town().district, tables={}), holidays=Holidays(years=frozenset(years)))
    return lines(list(plan.calendars(bare, demo.at(moment))), None)


def test_the_check_up_names_the_year_that_runs() -> None:
    (line,) = told("2026-11-20 09:00", set())
    assert "2026" in line
    assert line.startswith("❌")


def test_the_check_up_names_next_year_from_december_on() -> None:
    assert told("2026-11-30 09:00", {2026}) == []
    (line,) = told("2026-12-01 09:00", {2026})
    assert "2027" in line


def test_a_district_file_without_next_years_table_is_doubted_in_december() -> None:
    bare = replace(demo.district(), tables={})
    (line,) = districts.next_year(bare, date(2040, 12, 10))
    assert line.startswith("🚨 calendar.2041")
    assert districts.next_year(bare, date(2040, 11, 30)) == []
