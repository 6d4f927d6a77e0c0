"""The first start on a copy sets it right, and of several that start at once only one does."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.forgotten import Journal
from bot.outage import AWAY, HEARD, Gap
from bot.restored import open_restored
from bot.witness import Witness, checked
from core.case import Status
from storage import cases, districts, meta, views
from storage.copies import roads
from storage.copies.marker import mark_of
from storage.store import Store
from tests.bot.street import DISTRICT
from tests.storage.values import case

COPIED = datetime(2026, 11, 20, 2, tzinfo=UTC)
STARTED = COPIED + timedelta(hours=5)
NO = "A2611-0001"


def put_back(url: str, folder: Path, heard: datetime | None) -> None:
    """A copy with an open case, and what became of the database after it."""
    with Store.open(url) as store:
        raw = DISTRICT.read_text(encoding="utf-8")
        store.submit(lambda conn: districts.load_district(conn, raw, COPIED)).result()
        store.submit(lambda conn: cases.write_case(conn, case(NO, status=Status.DISP), [])).result()
        made = roads.make_copy(url, folder, COPIED)
        if heard is not None:
            store.submit(lambda conn: meta.put_meta(conn, HEARD, heard.isoformat())).result()
    roads.put_back(url, made, STARTED)


def restored(store: Store) -> list[dict[str, object]]:
    found = store.read(lambda conn: views.case_with_log(conn, NO)).result()
    assert found is not None
    return [dict(event.data) for event in found[1] if event.kind == "restored"]


@pytest.mark.usefixtures("client_tools")
@pytest.mark.parametrize("heard", [None, COPIED + timedelta(hours=1)])
def test_the_lost_hours_end_with_the_last_sign_of_life_where_one_is_known(
    database_url: str, tmp_path: Path, heard: datetime | None
) -> None:
    put_back(database_url, tmp_path, heard)
    with Store.open(database_url) as store:
        for _ in range(2):
            open_restored(store, Clock(real=lambda: STARTED), Journal(tmp_path, b"x"), Witness(tmp_path))
        (lost,) = restored(store)
        until = heard + timedelta(minutes=1) if heard else STARTED
        assert lost == {"since": COPIED.isoformat(), "until": until.isoformat()}
        assert store.read(mark_of).result() is None
        away = store.read(lambda conn: meta.get_meta(conn, AWAY)).result()
        assert Gap.from_text(away or "") == Gap(since=COPIED, until=STARTED, restored=True)
        lines, flaw = store.read(lambda conn: checked(conn, Witness(tmp_path).heads())).result()
        assert (lines > 0, flaw) == (True, None), "the audit log goes on from the copy"


@pytest.mark.usefixtures("client_tools")
def test_of_several_that_start_at_once_one_sets_it_right(postgres_url: str, tmp_path: Path) -> None:
    put_back(postgres_url, tmp_path, None)
    failures: list[BaseException] = []

    def start() -> None:
        try:
            with Store.open(postgres_url) as store:
                open_restored(store, Clock(real=lambda: STARTED), Journal(tmp_path, b"x"), Witness(tmp_path))
        except BaseException as error:  # told to the test
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Store.open(postgres_url) as store:
        assert len(restored(store)) == 1
