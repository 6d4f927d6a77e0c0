"""A case never ends with nobody: whoever is absent, and whichever chats and accounts there are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.case import Case
from core.district import District
from core.grids import GridIndex
from tests.core import demo
from tests.core.decide.village import CLEAR, CTR, FRIDAY, RESIDENT, SPOTS, ST1, ST2, ST4, Village, town

TEAMS = tuple(it.id for it in demo.district().teams)
HEAD = "P045"
REPORTS = ("宏济新居3栋楼道堆了很多纸箱", "宏济新居2栋着火了快来人", "宏济新居1栋路灯坏了")


def without_chats(*teams: str) -> Village:
    """The town in which these teams have no group, on both sides of the file."""
    usual = town()
    return Village(town=replace(usual, district=_cut(usual.district, teams), grids=usual.grids))


def _cut(district: District, teams: tuple[str, ...]) -> District:
    fewer = tuple(replace(it, chat_id=None) if it.id in teams else it for it in district.teams)
    return replace(district, teams=fewer)


def asked(case: Case) -> list[str]:
    return [it.team for it in case.offers if it.state == "open"]


@given(
    absent=st.frozensets(st.sampled_from(TEAMS)),
    groupless=st.sets(st.sampled_from(TEAMS)),
    report=st.sampled_from(REPORTS),
    pin=st.booleans(),
)
def test_whoever_is_there_a_case_is_offered_to_somebody_who_can_be_reached(
    absent: frozenset[str], groupless: set[str], report: str, pin: bool
) -> None:
    village = without_chats(*groupless)
    village.absent = absent
    if pin:
        village.says(spot=SPOTS["宏济新居"])
    village.says(report)
    village.passes(minutes=11)

    case = village.case
    assert asked(case), f"nobody is asked, with {absent} absent and {groupless} without a group"
    assert village.heard(next(it.chat for it in case.offers if it.state == "open"), "card")


def test_with_the_centre_empty_the_grid_head_hears_it_too() -> None:
    village = Village(absent=frozenset(TEAMS))
    village.says(REPORTS[0])
    assert asked(village.case) == ["CTR"]
    assert village.card(CTR).params["why"] == "nobody"
    assert village.card(CTR).params["absent"] == {"station": "ST2", "metres": 48}
    assert village.heard(village.account(HEAD), "card")


def test_without_any_group_the_grid_head_is_asked_in_private() -> None:
    village = without_chats(*TEAMS)
    village.says(REPORTS[0])
    assert asked(village.case) == [f"person:{HEAD}"]
    village.presses("btn.accept", chat=village.account(HEAD), user=village.account(HEAD))
    assert village.case.handler == HEAD


def test_a_post_without_a_group_is_passed_over() -> None:
    village = without_chats("ST2")
    village.says(REPORTS[0])
    assert asked(village.case) == ["ST1"]


@pytest.mark.parametrize(("by_order", "expected"), [(False, ST1), (True, ST4)])
def test_the_backup_is_the_nearest_or_the_one_that_stands_in(by_order: bool, expected: int) -> None:
    usual = town()
    options = usual.district.options
    stations = tuple(replace(it, backups=("ST4", "ST1")) if it.id == "ST2" else it for it in usual.district.stations)
    ranking = replace(options.ranking, backup_order=by_order)
    district = replace(usual.district, stations=stations, options=replace(options, ranking=ranking))
    village = Village(now=demo.at(FRIDAY), town=replace(usual, district=district, grids=GridIndex(district)))
    village.says(REPORTS[0])
    village.passes(minutes=31)
    assert [it.chat for it in village.case.offers if it.kind == "backup"] == [expected]
    assert village.card(expected).params["why"] == ("backup_order" if by_order else "backup")


def test_the_worst_goes_to_the_nearest_however_much_it_has_to_do() -> None:
    village = Village()
    for number in (1, 2):
        village.says(f"宏济新居{number}栋楼道堆了很多纸箱", user=RESIDENT + number * 10)
    village.says("宏济新居3栋着火了快来人")
    assert village.case.offers[0].team == "ST2"


def test_a_post_whose_chat_is_lost_is_passed_over_and_not_called_absent() -> None:
    village = Village(lost=frozenset({ST2}))
    village.says(CLEAR)
    (offer,) = village.case.offers
    assert offer.team == "ST1"
    assert offer.why
    assert offer.why.absent is None, "its people may well be there"


def test_when_the_centres_chat_is_lost_too_a_person_is_asked_by_name() -> None:
    village = Village(absent=frozenset({"ST1", "ST2", "ST3", "ST4"}), lost=frozenset({CTR}))
    village.says(CLEAR)
    (offer,) = village.case.offers
    assert offer.team == f"person:{village.town.district.grids[4].head}"
