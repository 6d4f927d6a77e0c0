"""The centre is asked about a changed ladder, and warned of a year without a holiday table."""

from dataclasses import replace

import pytest

from core.calendar import Holidays
from core.district import read_district
from tests.core import demo
from tests.core.decide.village import CTR, RESIDENT, ST2, STRANGER, Village, town

DOGS = "宏济花园有流浪狗咬人"


def strict():
    raw = demo.raw_district()
    raw["district"] |= {"ladder": {"head": ["1m", "2m", "5m", "6m"]}, "limits": {"2": {"close": "2h"}}}
    return replace(town(), district=read_district(raw), revision=2)


def changed() -> Village:
    village = Village(now=demo.at("2026-11-20 09:00"))
    village.begins_day()
    village.says(DOGS)
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    village.town = strict()
    village.passes(minutes=1)
    village.begins_day()
    return village


def test_a_changed_ladder_asks_the_centre_once_and_changes_nothing_by_itself():
    village = changed()
    assert village.newest(CTR, "centre.policy").notice.params == {"count": 1}
    assert village.case.policy == ""
    due = village.case.close_due
    village.passes(minutes=1)
    village.begins_day()
    assert village.kinds(CTR).count("centre.policy") == 1
    assert village.case.close_due == due


def test_yes_puts_running_cases_under_the_new_limits():
    village = changed()
    assert village.presses("btn.policy_all", chat=CTR, user=village.on("CTR")).kind == "ans.ok"
    case = village.case
    assert case.policy == village.town.district.options.policy
    assert case.close_due == demo.at("2026-11-20 11:00")
    assert village.events("policy_changed")


def test_no_leaves_them_as_they_are_and_one_answer_is_enough():
    village = changed()
    button = village.button("btn.policy_all", CTR)
    assert village.presses("btn.policy_new", chat=CTR, user=village.on("CTR")).kind == "ans.ok"
    assert village.sends_press(button, chat=CTR, user=village.on("CTR")).kind == "ans.stale"
    assert village.case.policy == ""


@pytest.mark.parametrize("user", [STRANGER, RESIDENT])
def test_nobody_else_is_asked(user):
    village = changed()
    assert village.sends_press(village.button("btn.policy_all", CTR), chat=CTR, user=user).kind == "ans.not_yours"
    assert village.case.policy == ""


def test_without_running_cases_nobody_is_asked():
    village = Village()
    village.begins_day()
    village.town = strict()
    village.passes(minutes=1)
    village.begins_day()
    assert "centre.policy" not in village.kinds(CTR)


def without_table(years: set[int]) -> Village:
    district = replace(town().district, tables={})
    return Village(
        now=demo.at("2026-11-20 09:00"),
        town=replace(town(), district=district, holidays=Holidays(years=frozenset(years))),
    )


def test_a_year_without_a_table_is_told_at_load_and_every_week():
    village = without_table(set())
    for _ in range(9):
        village.begins_day()
        village.passes(days=1)
    said = [it for it in village.sent if it.notice.kind == "centre.no_table"]
    assert [it.notice.params["year"] for it in said] == ["2026", "2026"]


def test_next_years_table_is_missed_in_december():
    village = without_table({2026})
    village.begins_day()
    assert "centre.no_table" not in village.kinds(CTR)
    village.now = demo.at("2026-12-01 00:00")
    village.begins_day()
    assert village.newest(CTR, "centre.no_table").notice.params["year"] == "2027"
