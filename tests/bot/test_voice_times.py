from datetime import UTC, date, datetime

import pytest

from bot.voice import times
from bot.voice.catalogue import catalogue
from tests.bot.voices import NOW, ZONE, spoken

ZH, EN = catalogue("zh-Hans"), catalogue("en")


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (-5, "0秒", "0 s"),
        (45, "45秒", "45 s"),
        (60, "1分钟", "1 min"),
        (179.9, "2分钟", "2 min"),
        (3600, "1小时", "1 h"),
        (7800, "2小时10分", "2 h 10 min"),
        (24 * 3600, "24小时", "24 h"),
        (47 * 3600 + 59 * 60, "47小时59分", "47 h 59 min"),
        (48 * 3600, "2天", "2 d"),
        (53 * 3600 + 59 * 60, "2天5小时", "2 d 5 h"),
    ],
)
def test_a_span_is_told_in_at_most_two_units(seconds: float, chinese: str, english: str) -> None:
    assert (times.span(ZH, seconds), times.span(EN, seconds)) == (chinese, english)


@pytest.mark.parametrize(
    ("seconds", "chinese"),
    [
        (59 * 60, "59分钟"),
        (3600, "1小时"),
        (4 * 3600 + 50 * 60, "近5小时"),
        (5 * 3600, "5小时"),
        (5 * 3600 + 10 * 60, "5小时多"),
        (47.9 * 3600, "近48小时"),
        (48 * 3600, "2天"),
        (60 * 3600, "近3天"),
        (50 * 3600, "2天多"),
    ],
)
def test_a_glance_gets_one_unit(seconds: float, chinese: str) -> None:
    assert times.about(ZH, seconds) == chinese


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        (datetime(2026, 11, 20, 12, 6, tzinfo=UTC), "20:06", "20:06"),
        (datetime(2026, 11, 20, 16, 5, tzinfo=UTC), "11月21日 00:05", "21 Nov 00:05"),
        (datetime(2025, 12, 31, 8, 0, tzinfo=UTC), "2025年12月31日 16:00", "31 Dec 2025 16:00"),
    ],
)
def test_a_moment_is_told_on_the_towns_clock(at: datetime, chinese: str, english: str) -> None:
    local = at.astimezone(ZONE)

    assert (times.moment(ZH, local, NOW), times.moment(EN, local, NOW)) == (chinese, english)


def test_a_day_comes_with_its_weekday() -> None:
    assert times.weekday(ZH, date(2026, 11, 20)) == "11月20日 周五"
    assert times.weekday(EN, date(2026, 11, 20)) == "Fri 20 Nov"


def test_an_iso_time_of_any_zone_is_read_and_a_naive_one_is_the_towns() -> None:
    twelve = datetime(2026, 11, 20, 20, 0, tzinfo=ZONE)

    assert times.parse("2026-11-20T12:00:00Z", ZONE) == twelve
    assert times.parse("2026-11-20T20:00:00", ZONE) == twelve
    assert times.parse("soon", ZONE) is None


def test_a_date_only_gap_leaves_the_clock_out() -> None:
    told = spoken("case.autoclose_warn", {"no": "A1", "days": 2, "until": "2026-11-23T16:30:00+08:00"})

    assert "11月23日前没有新情况" in told


def test_a_limit_is_told_and_what_just_fell_due_is_not_zero_seconds_late() -> None:
    assert "还有 2分钟 到签收时限" in spoken("duty.remind", {"no": "A1", "left": 150})
    assert spoken("duty.overdue", {"no": "A1", "over": 0, "person": "P041", "team": "ST2"}) == (
        "🔴 A1 已超时,已报网格长赵,备勤宏济新路平安驿站同时接到。"
    )
