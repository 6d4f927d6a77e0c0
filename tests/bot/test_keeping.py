"""The daily copy: made when it is due, told when it cannot be, and never by a drill; and who asked to be forgotten."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.copying import backup, listed, restore
from bot.forgotten import NAME, Journal
from bot.keeping import Keeper, apart
from bot.metrics import Metrics
from bot.settings import Refused, Settings, load
from bot.witness import Witness
from core.town import Town
from storage import districts, erasure
from storage.copies import folder
from storage.store import Store
from tests.storage.values import town

START = datetime(2026, 11, 22, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SECRET = b"secret"


class Hand:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


def keeper(url: str, copies: Path, hand: Hand, store: Store, **changed: object) -> Keeper:
    known: Town = town()
    given: dict[str, object] = {
        "url": url, "folder": copies, "journal": Journal(copies, SECRET), "store": store, "clock": Clock(real=hand),
        "town": lambda: known, "metrics": Metrics(), "leads": lambda: True, "drill": False,
        "witness": Witness(copies), **changed,
    }  # fmt: skip
    return Keeper(**given)  # type: ignore[arg-type]  # one by one they are checked by the call in the assembly


async def test_a_copy_is_made_once_a_day_and_its_age_is_a_figure(sqlite_url: str, tmp_path: Path) -> None:
    hand, metrics, copies = Hand(), Metrics(), tmp_path / "copies"
    with Store.open(sqlite_url) as store:
        it = keeper(sqlite_url, copies, hand, store, metrics=metrics)
        for hours in range(30):
            hand.at = START + timedelta(hours=hours)
            await it.beat()
    assert [at - START for at, _ in folder.copies(copies)] == [timedelta(0), timedelta(hours=17)]
    assert b"bot_copy_age_seconds 43200.0" in metrics.text(ready=True)


@pytest.mark.parametrize("changed", [{"drill": True}, {"leads": lambda: False}])
async def test_a_drill_and_who_does_not_lead_make_none(
    sqlite_url: str, tmp_path: Path, changed: dict[str, object]
) -> None:
    with Store.open(sqlite_url) as store:
        await keeper(sqlite_url, tmp_path / "copies", Hand(), store, **changed).beat()
    assert folder.copies(tmp_path / "copies") == []


async def test_a_copy_that_cannot_be_made_is_told_with_its_remedy_and_tried_again_in_an_hour(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    hand, metrics = Hand(), Metrics()
    with Store.open(postgres_url) as store:
        it = keeper(postgres_url, tmp_path / "copies", hand, store, metrics=metrics)
        for minutes in (0, 10, 61):
            hand.at = START + timedelta(minutes=minutes)
            await it.beat()
    told = [record for record in caplog.records if vars(record).get("action") == "copy.failed"]
    assert len(told) == 2
    assert "postgresql-client" in told[0].getMessage()
    assert b"bot_copy_age_seconds -1.0" in metrics.text(ready=True)


async def test_who_asks_to_be_forgotten_stands_beside_the_copies_without_being_named(
    sqlite_url: str, tmp_path: Path
) -> None:
    hand, copies = Hand(), tmp_path / "copies"
    with Store.open(sqlite_url) as store:
        store.submit(lambda conn: erasure.forget(conn, 9_000_000_555, START)).result()
        it = keeper(sqlite_url, copies, hand, store)
        await it.beat()
        await it.beat()
    journal, text = Journal(copies, SECRET), (copies / NAME).read_text()
    assert len(text.splitlines()) == 1
    assert "9000000555" not in text
    assert journal.since(START)(9_000_000_555)
    assert not journal.since(START)(9_000_000_556)
    assert not journal.since(START + DAY)(9_000_000_555)
    assert not Journal(copies, b"another").since(START)(9_000_000_555)
    assert (copies / NAME).stat().st_mode & 0o077 == 0


def test_a_line_that_was_cut_off_and_lines_that_no_copy_needs_are_no_trouble(tmp_path: Path) -> None:
    journal = Journal(tmp_path, SECRET)
    journal.note([1], START)
    journal.note([2], START + 30 * DAY)
    with (tmp_path / NAME).open("a") as file:
        file.write("2026-11-")
    journal.tidy(START + 35 * DAY)
    assert not journal.since(START)(1)
    assert journal.since(START)(2)
    assert len((tmp_path / NAME).read_text().splitlines()) == 1


async def test_what_is_done_apart_gives_its_value_or_its_failure() -> None:
    assert await apart(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await apart(lambda: 1 // 0)
    cut = asyncio.create_task(apart(os.getpid))
    await asyncio.sleep(0)
    cut.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cut


def settings(url: str, **changed: object) -> Settings:
    return load(_env_file=None, token="1:a", database_url=url, **changed)


def test_the_operator_copies_lists_and_puts_back(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        store.submit(lambda conn: districts.load_district(conn, '{"a": 1}', START)).result()
        (said, _) = backup(settings(sqlite_url))
        assert str(tmp_path / "backups" / "bot-") in said
        with pytest.raises(Refused, match="请先停掉"):
            restore(settings(sqlite_url), None)
    assert len(listed(settings(sqlite_url))) == 1
    assert "python -m bot run" in restore(settings(sqlite_url), None)[-1]


def test_what_cannot_be_copied_or_put_back_is_one_sentence(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有备份"):
        restore(settings(sqlite_url), None)
    with pytest.raises(Refused, match="没有这个文件"):
        restore(settings(sqlite_url), tmp_path / "nothing")
    with pytest.raises(Refused, match="没有数据库文件"):
        backup(settings(f"sqlite:///{tmp_path / 'nowhere.db'}"))
    assert "没有备份" in listed(settings(sqlite_url))[0]
