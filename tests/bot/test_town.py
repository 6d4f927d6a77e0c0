"""The town is made of the district and the product's own data."""

from datetime import date
from importlib import resources

import orjson
import pytest

from bot import daysoff
from bot.daysoff import official_holidays
from bot.town import build_town
from core.calendar import working_day
from core.distance import Point
from core.district import DistrictFaults
from core.town import check_phrases
from core.understand import categories, read_place
from tests.bot.engine_rig import DISTRICT


def test_the_demo_district_becomes_a_town_with_everything_in_it() -> None:
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 7)

    assert town.revision == 7
    assert town.district.id == "NSK-DEMO"
    assert town.grids.find(Point(30.633954, 104.091096)) == "G01"
    assert "XF02" in town.taxonomy.categories


def test_a_town_whose_places_have_english_names_only_is_understood() -> None:
    raw = orjson.loads(DISTRICT.read_bytes())
    for place in (raw["xiaoqu"][0], raw["key_places"][0]):
        place["name_en"] = f"Court {place['id']}"
        del place["name_zh"]
    town = build_town(orjson.dumps(raw).decode(), 1)
    found = read_place("smoke at Court XQ01", town.gazetteer)
    assert found.compound == "XQ01"
    compound = town.district.compound("XQ01")
    assert compound is not None
    assert compound.name_zh == "Court XQ01"


def test_the_words_of_a_town_are_heard_in_it_alone() -> None:
    raw = orjson.loads(DISTRICT.read_bytes())
    raw["phrases"] = {"HJ06": ["嗡嗡机又开了"]}
    raw["key_places"][0]["aliases"] = ["老糖厂"]
    own, usual = build_town(orjson.dumps(raw).decode(), 1), build_town(DISTRICT.read_text(encoding="utf-8"), 1)

    assert categories("嗡嗡机又开了", own.lexicon).best == "HJ06"
    assert categories("嗡嗡机又开了", usual.lexicon).best != "HJ06"
    assert read_place("老糖厂门口", own.gazetteer).key_place == raw["key_places"][0]["id"]
    assert read_place("老糖厂门口", usual.gazetteer).key_place is None


def test_a_phrase_of_a_category_that_there_is_not_is_refused_before_it_is_loaded_and_passed_over_later() -> None:
    raw = orjson.loads(DISTRICT.read_bytes())
    raw["phrases"] = {"ZZ77": ["没有这一类"]}
    town = build_town(orjson.dumps(raw).decode(), 1)

    with pytest.raises(DistrictFaults, match=r"phrases\.ZZ77"):
        check_phrases(town.district, town.lexicon)


def test_what_is_no_district_is_refused_with_its_faults() -> None:
    with pytest.raises(DistrictFaults):
        build_town('{"meta": {}}', 1)


def test_working_weekends_and_days_off_of_china_are_known_for_published_years_only() -> None:
    china = official_holidays("CN")

    assert date(2026, 10, 10) in china.work_weekend
    assert date(2026, 10, 7) in china.off
    assert 2026 in china.years
    assert 2039 not in china.years


def test_the_days_off_that_come_with_the_product_are_those_of_the_librarys_release() -> None:
    """If this fails the library has learnt a year: python -m bot.docs write."""
    kept = resources.files("bot").joinpath("data", daysoff.KEPT).read_bytes()

    assert kept == daysoff.to_keep()
    assert official_holidays("CN") == daysoff.of_library("CN")


def test_another_countrys_days_off_are_asked_of_the_library() -> None:
    assert date(2026, 7, 1) in official_holidays("HK").off


def test_nothing_is_known_of_a_country_that_is_not_one() -> None:
    assert official_holidays("ZZ").years == frozenset()


def test_a_working_weekend_counts_without_a_table_of_the_district() -> None:
    calendar = build_town(DISTRICT.read_text(encoding="utf-8"), 1).calendar

    assert working_day(date(2025, 10, 11), calendar)
    assert not working_day(date(2025, 10, 12), calendar)
