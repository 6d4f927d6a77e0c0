"""What the machine says: database, copies, disk, clock, keys."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.clinic.findings import right, wrong
from bot.copying import folder_of
from bot.settings import Settings
from core.messages import Finding
from core.trail import Flaw
from storage.connections import address, file_of, is_sqlite
from storage.copies import folder
from storage.migrate import pending

OLD = timedelta(hours=36)  # a copy is made every day
DRIFT = 30.0  # seconds: limits of a minute are promised
LEAST = 500  # megabytes
MEGABYTE = 1_000_000


def database(url: str) -> Finding:
    """Whether it opens and is up to date."""
    try:
        late = pending(url)
    except Exception as error:  # whatever it is, the remedy is the same
        return wrong("database", text=type(error).__name__)
    return wrong("database_late") if late else right("database_ok")


def copies(settings: Settings, now: datetime, *, used: bool) -> Finding:
    """How old the newest copy is; a database that nobody has used yet needs none."""
    newest = folder.newest(folder_of(settings))
    if newest is None:
        return wrong("copy_none") if used else right("copy_none")
    age = now - newest
    return (wrong if age > OLD else right)("copy_old" if age > OLD else "copy_ok", over=int(age.total_seconds()))


def disks(settings: Settings) -> Iterator[Finding]:
    """Room where the database and its copies are."""
    where = address(settings.database_url)
    places = {folder_of(settings), *([file_of(where).parent] if is_sqlite(where) else [])}
    free = {_there(place): shutil.disk_usage(_there(place)).free // MEGABYTE for place in sorted(places)}
    for place, left in free.items():
        low = left < LEAST
        yield (wrong if low else right)("disk" if low else "disk_ok", text=str(place), count=left)


def clock(theirs: datetime | None, ours: datetime) -> Iterator[Finding]:
    """How far our clock is from the server's; nothing when it does not tell."""
    if theirs is not None:
        off = abs((ours - theirs).total_seconds())
        yield wrong("clock", over=int(off)) if off > DRIFT else right("clock_ok")


def keys(settings: Settings) -> Iterator[Finding]:
    """Whether sealed matters are sealed at rest."""
    if not settings.keys:
        yield wrong("no_key")


def trail(count: int, flaw: Flaw | None) -> Finding:
    """Whether the audit log is as it was written."""
    return right("trail_ok", count=count) if flaw is None else wrong("trail", trail=flaw.kind, count=flaw.serial)


def _there(place: Path) -> Path:
    """The place, or the folder that it will be made in."""
    return next(it for it in (place.absolute(), *place.absolute().parents) if it.is_dir())
