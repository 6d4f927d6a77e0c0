from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendar
from core.calendar import Calendar, Holidays, Hours, Span, YearTable
from tests.core import demo

BERLIN = Calendar(zone=ZoneInfo("Europe/Berlin"))
NIGHTS = Calendar(zone=BERLIN.zone, service=Hours(60, 4 * 60))  # open over the changed hour
GAPS_AND_FOLDS = st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]).flatmap(
    lambda turn: st.integers(-2000, 2000).map(lambda minutes: turn + timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda it: it.replace(tzinfo=UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3m", Span(minutes=3)),
        ("24h", Span(minutes=1440)),
        ("7d", Span(minutes=10080)),
        ("2WD", Span(working_days=2)),
    ],
)
def test_a_span_is_read_as_the_tables_write_it(text: str, span: Span) -> None:
    assert calendar.parse_span(text) == span


@pytest.mark.parametrize("text", ["", "0m", "-1h", "2 weeks", "1.5h", "WD", "2wd3"])
def test_what_is_not_a_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="span"):
        calendar.parse_span(text)


@pytest.mark.parametrize("text", ["3m", "24h", "2WD", "12h", "90m"])
def test_a_span_is_written_as_it_was_read(text: str) -> None:
    assert str(calendar.parse_span(text)) == text


@pytest.mark.parametrize("text", ["24:01", "7", "07:60", "25:00", "aa:bb", ""])
def test_what_is_not_a_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time of day"):
        calendar.parse_clock(text)


def test_quiet_hours_go_over_midnight() -> None:
    quiet = Hours(22 * 60, 7 * 60)
    assert [quiet.holds(hour * 60) for hour in (21, 22, 23, 0, 6, 7, 12)] == [
        False,
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_worked_weekend_counts_and_a_holiday_does_not() -> None:
    town = demo.district().calendar()
    assert calendar.working_day(date(2026, 5, 9), town)
    assert not calendar.working_day(date(2026, 10, 7), town)


def test_the_districts_table_wins_over_the_official_holidays() -> None:
    official = Holidays(off=frozenset({date(2026, 11, 20), date(2027, 2, 8)}), years=frozenset({2026, 2027}))
    town = demo.district().calendar(official)
    assert calendar.working_day(date(2026, 11, 20), town)
    assert not calendar.working_day(date(2027, 2, 8), town)


def test_a_year_that_nobody_has_published_is_known_to_be_unknown() -> None:
    town = demo.district().calendar()
    assert calendar.year_known(2026, town)
    assert not calendar.year_known(2027, town)
    assert calendar.working_day(date(2027, 1, 1), town)  # a Friday: weekends only, and the administrator is warned


def test_a_worked_sunday_of_a_table_is_counted_as_a_working_day() -> None:
    table = YearTable(off=frozenset(), work_weekend=frozenset({date(2026, 11, 22)}))
    town = Calendar(zone=ZoneInfo("Asia/Shanghai"), tables={2026: table})
    assert calendar.nth_working_day(date(2026, 11, 20), 1, town) == date(2026, 11, 22)


def test_what_ends_at_closing_time_is_due_then_and_not_the_next_morning() -> None:
    town = demo.district().calendar()
    assert calendar.add_service_time(demo.at("2026-11-16 21:30"), 30, town) == demo.at("2026-11-16 22:00")


def test_a_report_at_night_begins_to_count_in_the_morning() -> None:
    town = demo.district().calendar()
    assert calendar.add_service_time(demo.at("2026-11-16 23:10"), 30, town) == demo.at("2026-11-17 08:30")
    assert calendar.next_service_opening(demo.at("2026-11-16 22:00"), town) == demo.at("2026-11-17 08:00")
    assert calendar.next_service_opening(demo.at("2026-11-16 21:59"), town) == demo.at("2026-11-16 21:59")


def test_service_is_open_from_its_first_minute_and_closed_at_its_last() -> None:
    town = demo.district().calendar()
    times = ("07:59", "08:00", "21:59", "22:00")
    assert [calendar.service_open(demo.at(f"2026-11-16 {it}"), town) for it in times] == [False, True, True, False]


def test_a_night_that_loses_an_hour_does_not_shorten_a_limit() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN.zone)
    due = calendar.due(before, Span(minutes=60), "N", BERLIN)
    assert due.isoformat() == "2026-03-29T03:30:00+02:00"
    assert due.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=1)


def test_a_night_that_gains_an_hour_does_not_lengthen_a_limit() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN.zone)
    due = calendar.due(before, Span(minutes=180), "N", BERLIN)
    assert due.isoformat() == "2026-10-25T03:30:00+01:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.service_open(datetime(2026, 11, 20, 8), BERLIN)  # noqa: DTZ001 - this is the mistake


@given(MOMENTS, st.integers(0, 5000), st.sampled_from([demo.district().calendar(), BERLIN]))
def test_service_minutes_added_are_service_minutes_counted(start: datetime, minutes: int, town: Calendar) -> None:
    end = calendar.add_service_time(start, minutes, town)
    assert end >= start
    assert calendar.service_minutes(start, end, town) == pytest.approx(minutes)


@given(MOMENTS, MOMENTS, st.sampled_from(["3m", "4h", "2WD", "7WD"]), st.sampled_from(["N", "S"]))
def test_who_reports_later_is_never_due_earlier(one: datetime, two: datetime, span: str, basis: calendar.Basis) -> None:
    town = demo.district().calendar()
    first, second = sorted((one, two))
    limit = calendar.parse_span(span)
    assert calendar.due(first, limit, basis, town) <= calendar.due(second, limit, basis, town)


@given(MOMENTS, st.integers(1, 400), st.integers(1, 400), st.sampled_from(["N", "S"]))
def test_a_longer_limit_is_never_due_earlier(start: datetime, one: int, two: int, basis: calendar.Basis) -> None:
    short, long = sorted((one, two))
    town = demo.district().calendar()
    assert calendar.due(start, Span(minutes=short), basis, town) <= calendar.due(start, Span(minutes=long), basis, town)


@given(GAPS_AND_FOLDS, st.integers(0, 3000))
def test_around_a_changed_clock_natural_minutes_are_real_minutes(start: datetime, minutes: int) -> None:
    due = calendar.due(start, Span(minutes=minutes), "N", BERLIN)
    assert due.astimezone(UTC) - start == timedelta(minutes=minutes)
    assert due.tzinfo is BERLIN.zone


@given(GAPS_AND_FOLDS, st.integers(0, 900), st.sampled_from([BERLIN, NIGHTS]))
def test_around_a_changed_clock_service_minutes_are_neither_lost_nor_doubled(
    start: datetime, minutes: int, town: Calendar
) -> None:
    end = calendar.add_service_time(start, minutes, town)
    assert end.astimezone(UTC) >= start
    assert calendar.service_minutes(start, end, town) == pytest.approx(minutes)


@given(GAPS_AND_FOLDS, st.integers(0, 600), st.integers(0, 600), st.sampled_from([BERLIN, NIGHTS]))
def test_around_a_changed_clock_who_waits_longer_is_never_due_earlier(
    start: datetime, one: int, two: int, town: Calendar
) -> None:
    short, long = sorted((one, two))
    first, second = (calendar.add_service_time(start, it, town).astimezone(UTC) for it in (short, long))
    assert first <= second


@given(GAPS_AND_FOLDS, st.integers(1, 10))
def test_around_a_changed_clock_a_working_day_ends_at_its_hour(start: datetime, days: int) -> None:
    due = calendar.due(start, Span(working_days=days), "W", BERLIN)
    assert (due.hour, due.minute) == (17, 0)
    assert due.astimezone(UTC) > start
    assert calendar.working_day(due.date(), BERLIN)


def test_the_hour_that_is_doubled_counts_twice_when_the_service_is_open_then() -> None:
    sunday, monday = date(2026, 10, 25), date(2026, 10, 26)
    lengths = [
        (closing.astimezone(UTC) - opening.astimezone(UTC))
        for opening, closing in (calendar.service_window(day, NIGHTS) for day in (sunday, monday))
    ]
    assert lengths == [timedelta(hours=4), timedelta(hours=3)]


def test_a_year_is_missed_while_it_runs_and_from_december_before_it() -> None:
    town = Calendar(zone=BERLIN.zone, holidays=Holidays(years=frozenset({2026})))
    assert calendar.missing_years(date(2026, 11, 30), town) == ()
    assert calendar.missing_years(date(2026, 12, 1), town) == (2027,)
    assert calendar.missing_years(date(2027, 1, 1), town) == (2027,)
