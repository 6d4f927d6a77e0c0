"""An address that only a map knows: asked beside the question for the place, shown before it counts, never needed."""

import pytest

from core.case import Status
from core.messages import Mapped
from core.records import Lookup
from tests.core.decide.village import CTR, RESIDENT, SPOTS, Village

LAMP = "龙舟路45号门口路灯坏了"
HERE = (SPOTS["宏济新居"].lat, SPOTS["宏济新居"].lng)


def lookups(village: Village) -> list[Lookup]:
    return [it for it in village.records.values() if isinstance(it, Lookup)]


def told(text: str = LAMP) -> Village:
    village = Village()
    village.says(text)
    return village


def answers(village: Village, found: tuple[float, float] | None = HERE, *, down: bool = False) -> None:
    (lookup,) = lookups(village)
    village.does(Mapped(at=village.now, case=lookup.no, lookup=lookup.id, found=found, down=down))


def test_the_place_is_asked_for_at_once_and_the_map_beside_it():
    village = told()
    assert village.kinds(RESIDENT) == ["case.need_place"]
    (lookup,) = lookups(village)
    assert (lookup.query, lookup.no) == ("龙舟路45号", village.case.no)


def test_what_the_map_says_is_shown_and_counts_after_a_yes():
    village = told()
    answers(village)
    assert "龙舟路45号" in str(village.newest(RESIDENT, "place.map").notice.params["place"])
    assert village.case.status is Status.DRAFT
    village.presses("btn.here")
    assert (village.case.status, village.case.team) == (Status.DISP, "ST2")
    assert lookups(village) == [], "nothing of the question is kept"


def test_a_no_leads_back_to_the_question_and_the_map_is_not_asked_the_same_again():
    village = told()
    answers(village)
    village.presses("btn.not_here")
    assert village.kinds(RESIDENT)[-1] == "case.need_place"
    village.passes(seconds=30)
    village.says("就是龙舟路45号")
    assert lookups(village) == []


def test_another_address_is_another_question_even_before_the_first_is_answered():
    village = told()
    village.says("写错了,龙舟路54号")
    assert {it.query for it in lookups(village)} == {"龙舟路45号", "龙舟路54号"}


@pytest.mark.parametrize(("down", "kind"), [(False, "place.map_none"), (True, "place.map_down")])
def test_a_map_that_does_not_know_or_is_down_is_said_so_with_a_way_on(down: bool, kind: str):
    village = told()
    answers(village, None, down=down)
    assert village.kinds(RESIDENT) == ["case.need_place", kind]
    village.says("宏济新居3栋")
    assert village.case.status is Status.DISP


def test_whoever_has_said_the_place_meanwhile_hears_nothing_of_the_map():
    village = told()
    (lookup,) = lookups(village)
    village.says("宏济新居3栋")
    mark = village.mark()
    village.does(Mapped(at=village.now, case=lookup.no, lookup=lookup.id, found=HERE))
    assert village.kinds(RESIDENT, mark) == []
    assert lookups(village) == []


def test_without_a_map_the_question_is_forgotten_after_a_minute_and_nobody_hears_of_it():
    village = told()
    village.passes(minutes=2)
    assert lookups(village) == []
    assert village.kinds(RESIDENT) == ["case.need_place"]


def test_an_address_outside_is_refused_after_a_yes():
    village = told()
    answers(village, (30.9, 104.5))
    village.presses("btn.here")
    assert village.newest(RESIDENT).notice.kind == "case.outside"


def test_danger_goes_out_at_once_and_a_yes_to_the_map_sends_the_post():
    village = told("龙舟路45号着火了")
    assert village.case.team == "CTR"
    answers(village)
    village.presses("btn.here")
    assert village.case.team == "ST2"
    assert "centre.supposed" not in village.kinds(CTR)


@pytest.mark.parametrize(
    "text", ["龙舟路45号有人吸毒", "我老公又打我,龙舟路45号", "我不想活了,在龙舟路45号", "龙舟路45号,嗡啵啦"]
)
def test_no_map_is_asked_about_a_sealed_matter_or_before_the_kind_is_known(text: str):
    assert lookups(told(text)) == []
