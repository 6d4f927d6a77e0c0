"""A SQLite file: copied by `VACUUM INTO` beside a running bot, put back by renaming."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from storage.copies.folder import LOST, stamp, sync, whole
from storage.copies.marker import HEARD, Mark
from storage.errors import CopyRefused
from storage.lockfile import hold
from storage.migrate import migrate, newest

BUSY = 30.0  # seconds


def copy(database: Path, target: Path, now: datetime) -> None:
    """One moment of the database as a file of its own, marked and proved whole. Writers are not held up."""
    if not database.is_file():
        raise CopyRefused(f"没有数据库文件 {database} / there is no database file {database}")
    with whole(target) as partial:
        with _opened(database) as conn:
            conn.execute("VACUUM INTO ?", (str(partial),))
        with _opened(partial) as conn:
            for statement in Mark(at=now).statements():
                conn.execute(statement)
            _sound(conn, target)


def put_back(database: Path, source: Path, now: datetime) -> Path | None:
    """The copy in the place of the database; where what was there is now, None when nothing was.

    Raises DatabaseBusy while a bot runs on it, CopyRefused for what is no whole copy of ours. Until the last rename
    the old database stands untouched.
    """
    with contextlib.closing(hold(database)):
        ready = database.with_name(database.name + ".restoring")
        _remove(ready)
        shutil.copy(source, ready)
        ready.chmod(0o600)
        with _opened(ready) as conn:
            _sound(conn, source)
            for statement in _mark(conn, source, until=_last_alive(database)).statements():
                conn.execute(statement)
        migrate(f"sqlite:///{ready.absolute()}")
        _settle_journal(ready)
        sync(ready)
        aside = _put_aside(database, now)
        ready.replace(database)
        sync(database.parent)
    return aside


def _mark(conn: sqlite3.Connection, source: Path, until: datetime | None) -> Mark:
    row = conn.execute("SELECT value FROM meta WHERE key = 'copy'").fetchone()
    if row is None:
        raise CopyRefused(f"{source} 不是 backup 做的备份 / {source} was not made by backup")
    return Mark(at=Mark.from_text(row[0]).at, until=until)


def _sound(conn: sqlite3.Connection, named: Path) -> None:
    """Raises CopyRefused for what is damaged, no database of ours, or newer than this code."""
    try:
        (said,) = conn.execute("PRAGMA quick_check(1)").fetchone()
        (revision,) = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.DatabaseError, TypeError):
        said, revision = "not a database of ours", ""
    if said != "ok":
        raise CopyRefused(f"{named} 已损坏或不是本机器人的数据库 / {named} is damaged or not ours")
    if revision > newest():
        raise CopyRefused(f"{named} 来自更新的版本,请先升级 / {named} is of a newer version, upgrade first")


def _last_alive(database: Path) -> datetime | None:
    """When the database that is replaced was last known to be alive, as far as it can still be read."""
    if not database.is_file():
        return None
    try:
        with _opened(database) as conn:
            row = conn.execute("SELECT max(value) FROM meta WHERE key = ?", (HEARD,)).fetchone()
    except sqlite3.DatabaseError:
        return None
    return datetime.fromisoformat(row[0]) if row and row[0] else None


def _put_aside(database: Path, now: datetime) -> Path | None:
    """With its journal, or what was committed last would be gone from it."""
    if not database.is_file():
        return None
    aside = database.with_name(f"{database.name}{LOST}{stamp(now)}")
    for ending in ("-wal", "-shm", ""):
        part = database.with_name(database.name + ending)
        if part.is_file():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def _settle_journal(file: Path) -> None:
    """All of it into the one file that is about to be renamed."""
    with _opened(file) as conn:
        conn.execute("PRAGMA journal_mode=DELETE")


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(file, timeout=BUSY, isolation_level=None)) as conn:
        yield conn
