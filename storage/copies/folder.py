"""The folder of the copies: their names, their ages, which go. Only files that are named as ours are touched."""

import contextlib
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from core.rotation import OLDEST, superfluous

SUFFIXES = (".db", ".sql.gz")
PARTIAL = ".partial"
LOST = ".lost-"  # what was in the place of a copy that was put back
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"bot-(\d{8}T\d{6}Z)(\.db|\.sql\.gz)")


def name_for(now: datetime, suffix: str) -> str:
    """`bot-20261122T190000Z.db`."""
    return f"bot-{stamp(now)}{suffix}"


def stamp(now: datetime) -> str:
    """A moment in a file's name."""
    return now.astimezone(UTC).strftime(_STAMP)


def copies(folder: Path) -> list[tuple[datetime, Path]]:
    """Every whole copy, oldest first."""
    found = ((_NAME.fullmatch(path.name), path) for path in (folder.iterdir() if folder.is_dir() else ()))
    return sorted((_moment(match[1]), path) for match, path in found if match)


def newest(folder: Path) -> datetime | None:
    """When the newest copy was made; None when there is none."""
    there = copies(folder)
    return there[-1][0] if there else None


def rotate(folder: Path, now: datetime, beside: Path | None = None) -> list[Path]:
    """Remove the copies that nobody needs, and what was put aside next to the database `beside`; the removed paths."""
    there = dict(copies(folder))
    gone = [there[at] for at in superfluous(there, now)]
    gone += [path for path in _aside(beside) if now.timestamp() - path.stat().st_mtime > OLDEST.total_seconds()]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


@contextlib.contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A file to write that gets its name only when it is whole and on the disk; nobody else may read it."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in target.parent.glob(f"bot-*{PARTIAL}"):  # of a process that died while it wrote
        left.unlink(missing_ok=True)
    partial = target.with_name(target.name + PARTIAL)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield partial
        sync(partial)
        partial.replace(target)
        sync(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """What was written is on the disk, names included."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _aside(database: Path | None) -> Iterator[Path]:
    return database.parent.glob(f"{database.name}{LOST}*") if database is not None else iter(())


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
