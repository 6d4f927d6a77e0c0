"""Weather that the centre puts down for a day to come, and where it is told."""

from datetime import date

import pytest

from core.decide.weather import read
from tests.core.decide.test_reports import HEAD, monday
from tests.core.decide.village import RESIDENT, Village

TODAY = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("said", "day", "text"),
    [
        ("12-24 暴雨蓝色预警", date(2026, 12, 24), "暴雨蓝色预警"),
        ("暴雨 12月24日", date(2026, 12, 24), "暴雨"),
        ("2027年1月3日,大风", date(2027, 1, 3), "大风"),
        ("1/3 大风", date(2027, 1, 3), "大风"),
        ("明天 降温", date(2026, 12, 21), "降温"),
        ("12-19 昨天的雨", None, ""),
        ("6-1 太远了", None, ""),
        ("13-45 没有这天", None, ""),
        ("暴雨", None, ""),
    ],
)
def test_a_day_to_come_and_words_are_read(said, day, text):
    assert read(said, TODAY) == (day, text)


def test_what_the_centre_puts_down_stands_in_every_weeks_report_of_the_week_before():
    village = Village()
    seat = village.on(village.town.district.centre_team)
    for words in ("11-25 大风", "11-24 暴雨蓝色预警", "11-24 暴雨蓝色预警", "12-2 降温"):
        village.orders("weather", words, user=seat)
    assert village.newest(seat, "weather.noted").notice.params == {"date": "2026-12-02", "text": "降温"}
    monday(village)
    todo = village.newest(HEAD, "week").notice.params["todo"]
    assert [it["place"] for it in todo if it["kind"] == "weather"] == ["11-24 暴雨蓝色预警", "11-25 大风"]


def test_nobody_else_puts_weather_down_and_without_a_day_it_is_asked_for():
    village = Village()
    seat = village.on(village.town.district.centre_team)
    for user, kind in ((RESIDENT, "err.unknown_command"), (village.on("ST2"), "role.denied")):
        village.orders("weather", "11-24 暴雨", user=user)
        assert village.newest(user).notice.kind == kind
    village.orders("weather", "暴雨", user=seat)
    assert village.newest(seat).notice.kind == "weather.ask"
    assert not [it for it in village.log if it.event.kind == "weather_noted"]
