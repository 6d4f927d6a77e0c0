"""Schedules, dead letters, the district's revisions, counters and small facts."""

from datetime import UTC, date, datetime
from functools import partial

import orjson
from sqlalchemy import Connection

from core.calendar import YearTable
from core.case import Status
from storage import counters, letters, meta
from storage.cases import write_case
from storage.districts import current_district, give_tables, load_district, revision
from storage.queueing import queue
from storage.schedules import Schedule, drop_schedule, due_schedules, next_due, put_schedule
from storage.store import Store
from tests.storage.values import NOW, case, later, notice


def test_schedules_fall_due_in_order_and_stay_until_they_are_dropped(store: Store) -> None:
    store.submit(lambda conn: put_schedule(conn, "digest:G02", "digest", {"grid": "G02"}, later(2))).result()
    store.submit(lambda conn: put_schedule(conn, "digest:G01", "digest", {"grid": "G01"}, later(1))).result()
    store.submit(lambda conn: put_schedule(conn, "report", "report", {}, later(60))).result()
    due = partial(due_schedules, now=later(5))

    assert [it.key for it in store.read(due).result()] == ["digest:G01", "digest:G02"]
    store.submit(lambda conn: drop_schedule(conn, "digest:G01")).result()
    assert store.read(due).result() == [
        Schedule(key="digest:G02", kind="digest", params={"grid": "G02"}, due_at=later(2))
    ]


def test_a_schedule_put_again_is_moved(store: Store) -> None:
    for minutes in (1, 30):
        store.submit(
            lambda conn, minutes=minutes: put_schedule(conn, "report", "report", {"n": minutes}, later(minutes))
        ).result()

    assert store.read(lambda conn: due_schedules(conn, later(5))).result() == []
    assert [it.params for it in store.read(lambda conn: due_schedules(conn, later(30))).result()] == [{"n": 30}]


def test_the_next_due_moment_is_the_soonest_of_cases_schedules_and_held_notices(store: Store) -> None:
    assert store.read(next_due).result() is None

    store.submit(lambda conn: queue(conn, [notice("k", not_before=later(30))], NOW)).result()
    assert store.read(next_due).result() == later(30)

    store.submit(lambda conn: put_schedule(conn, "report", "report", {}, later(20))).result()
    assert store.read(next_due).result() == later(20)

    store.submit(lambda conn: write_case(conn, case(due_at=later(10)), ())).result()
    store.submit(lambda conn: write_case(conn, case("A-2", due_at=later(1), status=Status.CLOSED), ())).result()
    assert store.read(next_due).result() == later(10)
    assert store.read(lambda conn: next_due(conn, after=later(10))).result() == later(20)
    assert store.read(lambda conn: next_due(conn, after=later(30))).result() is None


def test_failures_of_an_update_are_counted_until_it_is_parked_whole(store: Store) -> None:
    tries = [store.submit(lambda conn: letters.failed(conn, 7, "boom", NOW)).result() for _ in range(3)]
    assert tries == [1, 2, 3]
    assert store.read(letters.parked).result() == []

    store.submit(lambda conn: letters.park(conn, 7, '{"update_id": 7}', "boom", later(1))).result()

    (letter,) = store.read(letters.parked).result()
    assert (letter.update_id, letter.raw, letter.attempts, letter.parked_at) == (7, '{"update_id": 7}', 4, later(1))


def test_a_dead_letter_is_kept_whatever_is_in_it(store: Store) -> None:
    store.submit(lambda conn: letters.park(conn, 8, "a\x00b \ud800", "not\x00good", NOW)).result()

    (letter,) = store.read(letters.parked).result()

    assert letter.raw == "a\\x00b \\ud800"


def test_loading_the_same_district_again_changes_nothing(store: Store) -> None:
    assert store.read(current_district).result() is None
    assert store.read(revision).result() == 0

    changes = [
        store.submit(lambda conn, raw=raw: load_district(conn, raw, NOW)).result()
        for raw in ('{"a": 1, "b": 2}', '{"b":2,"a":1}', '{"a": 2}')
    ]

    assert changes == [True, False, True]
    assert store.read(current_district).result() == (2, '{"a": 2}')


def test_numbers_begin_anew_each_local_month_and_grow_past_four_digits(store: Store) -> None:
    from zoneinfo import ZoneInfo

    def job(conn: Connection) -> list[str]:
        here = ZoneInfo("Asia/Shanghai")
        moments = (NOW, NOW, datetime(2026, 11, 30, 15, 59, tzinfo=UTC), datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
        return [counters.take_number(conn, moment, here) for moment in moments]

    assert store.submit(job).result() == ["A2611-0001", "A2611-0002", "A2611-0003", "A2612-0001"]
    assert counters.number("A2611", 12345) == "A2611-12345"


def test_the_first_numbers_of_a_month_differ_when_all_ask_at_once(store: Store) -> None:
    from zoneinfo import ZoneInfo

    asked = [store.submit(lambda conn: counters.take_number(conn, NOW, ZoneInfo("Asia/Shanghai"))) for _ in range(20)]

    assert sorted(it.result() for it in asked) == [f"A2611-{n:04d}" for n in range(1, 21)]


def test_a_month_that_was_begun_with_a_counter_goes_on_behind_it(store: Store) -> None:
    from zoneinfo import ZoneInfo

    def job(conn: Connection) -> str:
        for _ in range(7):
            counters.take(conn, "case:A2611")
        return counters.take_number(conn, NOW, ZoneInfo("Asia/Shanghai"))

    assert store.submit(job).result() == "A2611-0008"


def test_a_mark_that_was_rolled_back_never_comes_again(store: Store) -> None:
    def renewed(conn: Connection, *, fail: bool) -> int:
        counters.renew(conn, "presence")
        value = counters.value_of(conn, "presence")
        if fail:
            shown.append(value)
            raise OSError("the disk is full")
        return value

    shown: list[int] = []
    assert isinstance(store.submit(lambda conn: renewed(conn, fail=True)).exception(), OSError)
    kept = store.submit(lambda conn: renewed(conn, fail=False)).result()

    assert kept not in shown
    assert store.read(lambda conn: counters.values_of(conn, ("presence", "never"))).result() == {"presence": kept}


def test_a_fact_is_what_was_noted_last(store: Store) -> None:
    assert store.read(lambda conn: meta.get_meta(conn, "origin")).result() is None

    store.submit(lambda conn: meta.put_meta(conn, "origin", "1")).result()
    store.submit(lambda conn: meta.put_meta(conn, "origin", "2")).result()

    assert store.read(lambda conn: meta.get_meta(conn, "origin")).result() == "2"


def test_a_years_holidays_are_a_revision_of_the_district_and_keep_the_other_years(store: Store) -> None:
    raw = '{"district": {"id": "d"}, "calendar": {"2026": {"off": ["2026-10-01"], "work_weekend": []}}}'
    store.submit(lambda conn: load_district(conn, raw, NOW)).result()
    before = store.read(revision).result()
    table = YearTable(off=frozenset({date(2027, 10, 1)}), work_weekend=frozenset({date(2027, 9, 26)}))
    store.submit(lambda conn: give_tables(conn, {2027: table}, NOW)).result()
    number, kept = store.read(current_district).result() or (0, "")
    assert number > before
    assert orjson.loads(kept)["calendar"] == {
        "2026": {"off": ["2026-10-01"], "work_weekend": []},
        "2027": {"off": ["2027-10-01"], "work_weekend": ["2027-09-26"]},
    }
    store.submit(lambda conn: give_tables(conn, {}, NOW)).result()
    assert store.read(revision).result() == number
