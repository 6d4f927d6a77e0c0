"""A copy beside a running bot and the way back, on both databases; and what is refused."""

import contextlib
import gzip
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from core.case import Event, Status
from core.world import Contact
from storage import cases, counters, districts, erasure, meta, outbox, people, queueing, schedules, views
from storage.copies import folder, roads
from storage.copies.marker import HEARD, Mark, mark_of, unmark
from storage.copies.settle import GRACE, settle
from storage.errors import CopyRefused, DatabaseBusy
from storage.store import Store
from storage.tables import OUTBOX
from tests.storage.values import NOW, REPORTER, case, later, notice

ZONE = ZoneInfo("Asia/Shanghai")
NO = "A2611-0001"


def nobody(_user: int) -> bool:
    return False


def fill(store: Store) -> None:
    """A district, a case that is due soon, a notice that waits."""

    def job(conn: Connection) -> None:
        districts.load_district(conn, '{"district": {}}', NOW)
        cases.write_case(conn, case(NO, status=Status.DISP, due_at=later(5)), [Event(kind="reported", at=NOW)])
        queueing.queue(conn, [notice("k1"), notice("k2", not_before=later(600))], NOW)

    store.submit(job).result()


def settled(store: Store, *, hours: float = 3, forgotten=nobody, told_by=("digest",)) -> None:
    end = NOW + timedelta(hours=hours)

    def job(conn: Connection) -> None:
        settle(conn, since=NOW, until=end, now=end, zone=ZONE, told_by=told_by, forgotten=forgotten)

    store.submit(job).result()


@pytest.mark.usefixtures("client_tools")
def test_a_copy_is_made_beside_a_running_bot_and_put_back_holds_all_of_it(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url) as running:
        fill(running)
        made = roads.make_copy(database_url, tmp_path / "copies", NOW)
        assert running.read(mark_of).result() is None, "the living database is not marked"
        running.submit(lambda conn: meta.put_meta(conn, HEARD, later(30).isoformat())).result()
        running.submit(lambda conn: cases.write_case(conn, case("A2611-0002"), [])).result()
    roads.put_back(database_url, made, later(60))
    with Store.open(database_url) as again:
        assert [it.no for it in again.read(cases.open_cases).result()] == [NO]
        assert again.read(views.outbox_counts).result() == {(int(notice("").lane), "pending"): 2}
        assert again.read(mark_of).result() == Mark(at=NOW, until=later(30))
        again.submit(unmark).result()
        assert again.read(mark_of).result() is None


@pytest.mark.usefixtures("client_tools")
def test_nothing_is_put_back_under_a_running_bot(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url) as running:
        fill(running)
        made = roads.make_copy(database_url, tmp_path, NOW)
        with pytest.raises(DatabaseBusy):
            roads.put_back(database_url, made, NOW)
        assert len(running.read(cases.open_cases).result()) == 1


@pytest.mark.usefixtures("client_tools")
def test_what_is_no_whole_copy_is_refused_and_the_database_stays(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url) as store:
        fill(store)
    whole = roads.make_copy(database_url, tmp_path / "copies", NOW).read_bytes()
    for number, bad in enumerate((b"", b"nothing of ours", whole[: len(whole) // 2], gzip.compress(b"SELECT 1;"))):
        file = tmp_path / f"bad-{number}"
        file.write_bytes(bad)
        with pytest.raises((CopyRefused, EOFError, OSError)):
            roads.put_back(database_url, file, NOW)
        with Store.open(database_url) as store:
            assert len(store.read(cases.open_cases).result()) == 1


def test_a_file_of_another_bot_is_told_apart_from_a_copy(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        fill(store)
    living = tmp_path / "bot.db"
    with pytest.raises(CopyRefused, match="backup"):
        roads.put_back(f"sqlite:///{tmp_path / 'other.db'}", living, NOW)


def test_a_copy_of_a_newer_version_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        fill(store)
    made = roads.make_copy(sqlite_url, tmp_path / "copies", NOW)
    with contextlib.closing(sqlite3.connect(made)) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CopyRefused, match="newer"):
        roads.put_back(sqlite_url, made, NOW)


def test_only_its_owner_may_read_a_copy_and_what_was_replaced_is_put_aside(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        fill(store)
    made = roads.make_copy(sqlite_url, tmp_path / "copies", NOW)
    aside = roads.put_back(sqlite_url, made, NOW)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "bot.db").stat().st_mode) == 0o600
    assert aside is not None
    with Store.open(f"sqlite:///{aside}") as former:
        assert len(former.read(cases.open_cases).result()) == 1


def test_a_writer_that_died_leaves_no_copy_and_the_next_clears_up(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        fill(store)
    copies = tmp_path / "copies"
    copies.mkdir()
    half = copies / (folder.name_for(NOW, ".db") + folder.PARTIAL)
    half.write_bytes(b"half")
    assert folder.copies(copies) == []
    roads.make_copy(sqlite_url, copies, later(1))
    assert not half.exists()
    assert [at for at, _ in folder.copies(copies)] == [later(1)]


def test_old_copies_and_former_databases_go_and_nothing_else_does(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        fill(store)
    copies = tmp_path / "copies"
    for days in (0, 40, 80):
        roads.make_copy(sqlite_url, copies, NOW + timedelta(days=days))
    stranger = copies / "holiday.jpg"
    stranger.write_bytes(b"")
    aside = roads.put_back(sqlite_url, folder.copies(copies)[-1][1], NOW)
    assert [at for at, _ in folder.copies(copies)] == [NOW + timedelta(days=80)]
    folder.rotate(copies, NOW + timedelta(days=9000), tmp_path / "bot.db")
    assert aside is not None
    assert not aside.exists()
    assert stranger.exists()
    assert (tmp_path / "bot.db").exists()


def test_without_the_tool_the_answer_says_what_to_install(postgres_url: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CopyRefused, match="postgresql-client"):
        roads.make_copy(postgres_url, tmp_path / "copies", NOW)
    assert list((tmp_path / "copies").iterdir()) == [] if (tmp_path / "copies").exists() else True


def test_what_may_have_been_sent_is_not_sent_again_and_what_was_to_wait_still_waits(store: Store) -> None:
    fill(store)
    store.submit(lambda conn: outbox.claim(conn, limit=1, now=NOW, lease_until=later(2))).result()
    settled(store)
    rows = store.read(lambda conn: conn.execute(select(OUTBOX.c.key, OUTBOX.c.state)).all()).result()
    assert sorted(map(tuple, rows)) == [("k1", "unknown"), ("k2", "pending")]


def test_nobody_is_late_before_they_could_press_again_and_the_history_says_why(store: Store) -> None:
    fill(store)
    settled(store)
    (known,) = store.read(cases.open_cases).result()
    assert known.rest_until == known.due_at
    assert known.due_at == NOW + timedelta(hours=3) + GRACE[3]
    assert store.read(lambda conn: cases.due_cases(conn, NOW + timedelta(hours=3))).result() == []
    found = store.read(lambda conn: views.case_with_log(conn, NO)).result()
    assert found is not None
    assert [event.kind for event in found[1]] == ["reported", "restored"]


def test_no_number_that_was_given_out_comes_to_mean_another_case(store: Store) -> None:
    def taken(conn: Connection) -> str:
        return counters.take_number(conn, NOW, ZONE)

    assert store.submit(taken).result() == "A2611-0001"
    settled(store, hours=3)
    assert store.submit(taken).result() == "A2611-0601"
    settled(store, hours=50)
    assert store.submit(taken).result() == "A2611-2201"


def test_a_month_that_began_in_the_lost_hours_begins_later(store: Store) -> None:
    settled(store, hours=24 * 12)
    december = NOW + timedelta(days=12)
    assert store.submit(lambda conn: counters.take_number(conn, december, ZONE)).result() == "A2612-6501"


def test_a_digest_of_the_lost_hours_is_not_sent_again_and_what_erases_stays(store: Store) -> None:
    def job(conn: Connection) -> None:
        for kind, at in (("digest", later(60)), ("erase", later(60)), ("digest", later(600))):
            schedules.put_schedule(conn, f"{kind}:{at:%H}", kind, {}, at)

    store.submit(job).result()
    settled(store)
    left = store.read(lambda conn: schedules.due_schedules(conn, later(9000))).result()
    assert [it.key for it in left] == ["erase:11", "digest:20"]


def test_whoever_asked_to_be_forgotten_in_the_lost_hours_is_forgotten_again(store: Store) -> None:
    def job(conn: Connection) -> None:
        people.write_contact(conn, Contact(user_id=REPORTER, name="x"))
        people.write_contact(conn, Contact(user_id=7, name="y"))
        cases.write_case(conn, case(NO), [])

    store.submit(job).result()
    settled(store, forgotten=lambda user: user == REPORTER)
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is None
    assert store.read(lambda conn: people.contact_of(conn, 7)).result() is not None
    (known,) = store.read(cases.open_cases).result()
    assert known.forget
    assert store.read(erasure.who_asked).result() == [REPORTER]
