"""Limits per person with a way to a human, reports found false with a way to object, and danger above all of it."""

from dataclasses import replace

import pytest

from core.case import Status
from core.decide import fairness
from tests.core import demo
from tests.core.decide.village import CTR, RESIDENT, Village

PLACES = [f"宏济新居{n}栋" for n in range(1, 6)] + [f"铁路新村{n}栋" for n in range(1, 6)]


def told_ten_times() -> Village:
    village = Village()
    for place in PLACES:
        village.says(f"{place}路灯坏了", user=RESIDENT)
        village.passes(minutes=3)
    assert len(village.cases) == fairness.MOST
    return village


def put_away(village: Village, times: int) -> Village:
    """So many reports that two persons found false (that it takes two is tested with the button: test_spam)."""
    for number in range(times):
        village.says(f"宏济新居{number + 1}栋路灯坏了")
        village.cases[village.case.no] = replace(
            village.case, status=Status.SPAM, closed_at=village.now, due_at=None, offers=()
        )
        village.passes(minutes=5)
    return village


def test_the_eleventh_report_of_an_hour_is_read_by_a_person_and_answered_there():
    village = told_ten_times()
    village.says("宏济新居5栋楼道堆了很多纸箱")
    assert len(village.cases) == 10
    assert village.kinds(RESIDENT)[-1] == "limit.human"
    assert village.newest(CTR, "centre.question").notice.params["text"] == "宏济新居5栋楼道堆了很多纸箱"


def test_danger_has_no_limit():
    village = told_ten_times()
    village.says("宏济花园2栋着火了")
    assert len(village.cases) == 11
    assert village.case.severity == 1
    assert village.case.status is Status.DISP


def test_more_about_an_open_case_is_no_report_of_its_own():
    village = told_ten_times()
    village.says("又灭了一盏", reply_to=village.newest(RESIDENT))
    assert "limit.human" not in village.kinds(RESIDENT)


def test_an_hour_later_reports_go_out_again():
    village = told_ten_times()
    village.passes(hours=1)
    village.says("宏济新居5栋楼道堆了很多纸箱")
    assert len(village.cases) == 11


def test_colleagues_have_no_limit():
    village = Village()
    who = village.on("ST2")
    for n in range(12):
        village.says(f"宏济新居{n % 6 + 1}栋{'路灯坏了' if n < 6 else '楼道堆了很多纸箱'}", user=who)
        village.passes(minutes=2)
    assert "limit.human" not in village.kinds(who)


def test_after_three_reports_found_false_the_centre_reads_first_and_the_reporter_hears_why_once():
    village = put_away(Village(), fairness.STRIKES)
    village.says("锦畔苑1栋路灯坏了")
    assert village.case.team == "CTR"
    assert village.case.offers[0].why is not None
    assert village.case.offers[0].why.rule == "watched"
    village.passes(minutes=10)
    village.says("锦畔苑2栋楼道堆了很多纸箱")
    assert village.kinds(RESIDENT).count("strikes.told") == 1


def test_whoever_had_reports_found_false_is_heard_at_once_in_danger():
    village = put_away(Village(), fairness.STRIKES)
    village.says("宏济花园2栋着火了")
    assert village.case.team == "ST2"
    assert village.case.severity == 1


@pytest.mark.parametrize("times", [0, 1, 2])
def test_fewer_than_three_change_nothing(times: int):
    village = put_away(Village(), times)
    village.says("锦畔苑1栋路灯坏了")
    assert village.case.team != "CTR"


def test_an_objection_takes_a_strike_away_and_so_does_a_month():
    now = demo.at("2026-11-20 15:00")
    village = put_away(Village(now=now), fairness.STRIKES)
    cases = [*village.cases.values()]
    assert fairness.watched(cases, village.now)
    assert not fairness.watched(cases[1:], village.now)
    assert not fairness.watched(cases, village.now + fairness.A_MONTH)
