"""A sent position against what was said: brought together where they fit, asked about where they do not."""

import pytest

from core import coordinates
from core.case import Status
from core.distance import Point, metres
from core.messages import Spot
from tests.core import demo
from tests.core.decide.village import CTR, RESIDENT, SPOTS, ST2, Village

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


def photographed(text: str = "楼道堆了很多纸箱", where: str = "宏济新居", **more: object) -> Village:
    village = Village()
    village.says(text, document="f", pictured=SPOTS[where], **more)
    return village


def test_where_a_photograph_was_taken_is_asked_about_and_counts_after_a_yes():
    village = photographed()
    assert village.case.status is Status.DRAFT
    assert "宏济新居" in str(village.newest(RESIDENT, "place.picture").notice.params["place"])
    village.presses("btn.here")
    assert (village.case.status, village.case.team) == (Status.DISP, "ST2")
    assert village.case.place is not None
    assert village.case.place.precision == "pin"


def test_a_photograph_of_elsewhere_is_put_aside_by_a_tap_and_the_place_is_asked_for():
    village = photographed()
    village.presses("btn.not_here")
    assert village.kinds(RESIDENT)[-1] == "case.need_place"
    assert (village.case.place, village.case.supposed) == (None, None)
    village.says("再看一张", document="g", pictured=SPOTS["宏济新居"])
    assert village.kinds(RESIDENT).count("place.picture") == 1, "it is not asked about again"
    village.says("锦畔苑3栋")
    assert village.case.team == "ST1"


def test_words_that_say_another_place_than_the_photograph_count():
    village = photographed("锦畔苑3栋楼道堆了很多纸箱")
    assert village.case.place is not None
    assert village.case.place.label == "锦畔苑3栋"
    assert village.case.supposed is None


def test_in_danger_the_photographs_place_is_asked_about_while_the_centre_has_it_and_a_yes_sends_the_post():
    village = photographed("着火了,快来人")
    assert village.case.team == "CTR"
    assert "place.picture" in village.kinds(RESIDENT)
    village.presses("btn.here")
    assert village.case.team == "ST2"
    assert village.answers[-1].kind == "ans.ok"


def test_in_danger_a_no_is_followed_by_the_question_where():
    village = photographed("着火了,快来人")
    village.presses("btn.not_here")
    assert village.kinds(RESIDENT)[-1] == "case.need_place"
    assert village.case.team == "CTR"


def test_nobody_answers_and_the_centre_is_told_what_is_only_supposed():
    village = photographed()
    village.passes(minutes=11)
    told = village.newest(CTR, "centre.supposed").notice
    assert told.params["supposed"] == "picture"
    assert village.case.place is None


def test_of_a_sealed_matter_a_photographs_place_is_not_shown_on_the_telephone():
    village = photographed("有人吸毒,在楼道里溜冰")
    assert village.case.sealed
    assert "place.picture" not in village.kinds(RESIDENT)


WRONG = "宏济新居99栋楼道堆了很多纸箱"


def test_a_building_that_there_is_not_is_asked_about():
    village = Village()
    village.says(WRONG)
    assert village.case.status is Status.DRAFT
    assert village.newest(RESIDENT).notice.kind == "place.bounds"
    village.says("宏济新居3栋")
    assert (village.case.status, village.case.place and village.case.place.label) == (Status.DISP, "宏济新居3栋")


@pytest.mark.parametrize("insists", ["press", "words", "silence"])
def test_whoever_insists_or_is_silent_is_believed_since_the_compound_is_known(insists: str):
    village = Village()
    village.says(WRONG)
    match insists:
        case "press":
            village.presses("btn.here")
        case "words":
            village.passes(minutes=1)
            village.says("就是宏济新居99栋")
        case _:
            village.passes(minutes=11)
    assert (village.case.status, village.case.team) == (Status.DISP, "ST2")
    assert village.case.place is not None
    assert village.case.place.label == "宏济新居99栋"


def test_danger_at_a_building_that_there_is_not_goes_out_at_once():
    village = Village()
    village.says("宏济新居99栋着火了")
    assert village.case.team == "ST2"


def test_a_photograph_from_elsewhere_says_nothing_about_the_place():
    village = Village()
    village.says("楼道堆了很多纸箱", document="f", pictured=SPOTS["far away"])
    assert village.case.status is Status.DRAFT
    assert village.kinds(RESIDENT) == ["case.need_place"]
