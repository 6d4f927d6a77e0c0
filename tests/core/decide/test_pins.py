"""A sent position against what was said: brought together where they fit, asked about where they do not."""

import pytest

from core import coordinates
from core.case import Status
from core.distance import Point, metres
from core.messages import Spot
from tests.core import demo
from tests.core.decide.village import RESIDENT, SPOTS, ST2, Village

EBIKE = "楼道里有人给电瓶车充电"
WORDS = f"宏济新居3栋{EBIKE}"


def compound(name: str) -> Point:
    found = next(it for it in demo.district().compounds if it.name_zh == name)
    return found.point


def sent(point: Point) -> Spot:
    return Spot(lat=point.lat, lng=point.lng)


HOME, FAR = compound("宏济新居"), compound("九眼新村")


def test_a_pin_beside_the_named_compound_keeps_the_name_and_takes_the_exact_place():
    village = Village()
    village.says(EBIKE)
    village.says("宏济新居3栋")
    village.says(spot=sent(Point(HOME.lat + 0.0003, HOME.lng)))
    place = village.case.place
    assert place is not None
    assert (place.label, place.precision, place.datum) == ("宏济新居3栋", "pin", "wgs84")
    assert village.case.conflict is None


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_a_pin_drawn_on_a_shifted_map_is_found_by_the_address_and_kept_as_it_came(datum: str):
    drawn = {"gcj02": coordinates.gcj02_from_wgs84, "bd09": coordinates.bd09_from_wgs84}[datum](HOME)
    village = Village()
    village.says(spot=sent(drawn))
    village.says(WORDS)
    place = village.case.place
    assert place is not None
    assert place.raw == tuple(drawn)
    assert place.datum == datum
    assert metres(Point(place.lat or 0, place.lng or 0), HOME) < 2
    assert place.grid == "G05"


def test_where_pin_and_words_are_two_places_the_resident_is_asked_and_nothing_is_sent_before():
    village = Village()
    village.says(spot=sent(FAR))
    village.says(WORDS)
    assert village.case.status is Status.DRAFT
    asked = village.newest(RESIDENT, "case.pin_conflict").notice
    assert asked.params["text_place"] == "宏济新居3栋"
    assert "九眼新村" in str(asked.params["pin_place"])


@pytest.mark.parametrize("label", ["text", "pin"])
def test_one_tap_settles_it_and_the_case_goes_out(label: str):
    village = Village()
    village.says(spot=sent(FAR))
    village.says(WORDS)
    name = village.newest(RESIDENT, "case.pin_conflict").notice.params[f"{label}_place"]
    village.presses("btn.place", name=name)
    case = village.case
    assert case.status is Status.DISP
    assert case.conflict is None
    assert case.place is not None
    assert case.place.grid == demo.grids().find(HOME if label == "text" else FAR)
    village.says("就在宏济新居3栋那边,快点")
    assert village.case.conflict is None, "the same words are not asked about again"


def test_danger_does_not_wait_for_the_answer_and_the_card_says_that_there_are_two_places():
    village = Village()
    village.says(spot=sent(FAR))
    village.says("宏济新居3栋着火了")
    assert village.case.status is Status.DISP
    assert village.newest(RESIDENT, "case.pin_conflict")
    cards = [it.notice for it in village.sent if it.notice.kind == "card"]
    assert all(it.params["conflict"] == "宏济新居3栋" for it in cards)
    name = village.newest(RESIDENT, "case.pin_conflict").notice.params["text_place"]
    village.presses("btn.place", name=name)
    assert village.case.team == "ST2"
    assert village.card(ST2).params["conflict"] is None


def test_a_pin_outside_the_district_is_not_rejected_while_the_words_name_a_place_in_it():
    village = Village()
    village.says("宏济新居3栋")
    village.says(spot=sent(Point(HOME.lat + 0.4, HOME.lng)))
    assert village.case.status is Status.DRAFT
    assert village.newest(RESIDENT, "case.pin_conflict")


def test_no_answer_in_ten_minutes_and_it_goes_out_by_the_pin():
    village = Village()
    village.says(spot=sent(FAR))
    village.says(WORDS)
    village.passes(minutes=10)
    assert village.case.status is Status.DISP
    assert village.case.conflict is not None


def test_where_a_photograph_was_taken_is_the_place_while_nobody_has_said_one():
    village = Village()
    village.says("楼道堆了很多纸箱", document="f", pictured=SPOTS["宏济新居"])
    assert village.case.status is Status.DISP
    assert village.case.place is not None
    assert "宏济新居" in village.case.place.label


def test_words_that_say_another_place_than_the_photograph_are_asked_about():
    village = Village()
    village.says("锦畔苑3栋楼道堆了很多纸箱", document="f", pictured=SPOTS["宏济新居"])
    assert "case.pin_conflict" in village.kinds(RESIDENT)


def test_a_photograph_from_elsewhere_says_nothing_about_the_place():
    village = Village()
    village.says("楼道堆了很多纸箱", document="f", pictured=SPOTS["far away"])
    assert village.case.status is Status.DRAFT
    assert village.kinds(RESIDENT) == ["case.need_place"]
