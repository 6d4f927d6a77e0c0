"""A copy and the way back, for whichever database it is."""

from datetime import datetime
from pathlib import Path
from types import ModuleType

from storage.connections import address, file_of, is_sqlite
from storage.copies import sqlite
from storage.copies.folder import name_for, rotate
from storage.errors import CopyRefused
from storage.migrate import migrate


def folder_for(url: str, given: Path | None) -> Path:
    """Where copies go: the folder that was given, else `backups` beside the SQLite file, else under `var`."""
    where = address(url)
    return given or (file_of(where).parent if is_sqlite(where) else Path("var")) / "backups"


def make_copy(url: str, folder: Path, now: datetime) -> Path:
    """A new copy, and those that nobody needs any more removed; its path. Raises CopyRefused."""
    where = address(url)
    target = folder / name_for(now, ".db" if is_sqlite(where) else ".sql.gz")
    if is_sqlite(where):
        sqlite.copy(file_of(where), target, now)
    else:
        _postgres().copy(url, target, now)
    rotate(folder, now, file_of(where) if is_sqlite(where) else None)
    return target


def put_back(url: str, source: Path, now: datetime) -> Path | None:
    """A copy in the place of the database; where the former is, None where nothing was kept of it.

    What has to be set right after it is done by the next start (`settle`). Raises DatabaseBusy, CopyRefused.
    """
    if not source.is_file():
        raise CopyRefused(f"没有这个文件:{source} / there is no file {source}")
    where = address(url)
    if is_sqlite(where):
        return sqlite.put_back(file_of(where), source, now)
    _postgres().put_back(url, source)
    migrate(url)
    return None


def _postgres() -> ModuleType:
    """Loaded when it is asked for: a bot on a file need not hold 8 MB of a driver for a database it does not have."""
    from storage.copies import postgres  # noqa: PLC0415  # see above

    return postgres
