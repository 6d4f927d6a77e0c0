"""Heads of the audit log, noted beside the copies: whoever makes the chain anew, or cuts its end, has to find this too.

A file of lines `moment serial hash`; `restored` begins one after which older heads beyond its serial count no more, for
the database was put back from a copy.
"""

import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.settings import Settings
from core.trail import Entry, Flaw, first, flaw
from storage import meta, trail
from storage.copies.roads import folder_for
from storage.tenancy import district_of

log = logging.getLogger(__name__)

NAME = "audit-heads.txt"
KNOWN = "settings"  # under which it is kept how the settings looked
RESTORED = "restored"
Head = tuple[int, str]


class Witness:
    """The file of the copies' folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME

    def note(self, head: Head, now: datetime, *, restored: bool = False) -> None:
        """Write a head down, on the disk before it returns; in the log as well."""
        serial, made = head
        log.info("the audit log stands at line %s: %s", serial, made, extra={"action": "trail.noted"})
        if not restored and self.heads().get(serial) == made:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "a", encoding="ascii") as file:
            file.write(f"{f'{RESTORED} ' if restored else ''}{now.isoformat()} {serial} {made}\n")
            file.flush()
            os.fsync(file.fileno())

    def heads(self) -> dict[int, str]:
        """What the chain has to agree with, hashes by serial; nothing where nothing was noted."""
        found: dict[int, str] = {}
        for restored, serial, made in self._lines():
            if restored:
                found = {number: it for number, it in found.items() if number <= serial}
            if serial:
                found[serial] = made
        return found

    def _lines(self) -> Iterator[tuple[bool, int, str]]:
        text = self._file.read_text("ascii", errors="replace") if self._file.is_file() else ""
        for line in text.splitlines():
            *_, serial, made = ("", "", *line.split())
            if serial.isdecimal():
                yield line.startswith(RESTORED), int(serial), made


def witness_of(settings: Settings) -> Witness:
    """The one of this bot."""
    return Witness(folder_for(settings.database_url, settings.backup_dir))


def checked(conn: Connection, heads: dict[int, str]) -> tuple[int, Flaw | None]:
    """How many lines the audit log has, and where it does not hold."""
    found = flaw(trail.lines(conn), first(district_of(conn)), heads)
    return trail.head(conn)[0], found


def note_settings(conn: Connection, settings: Settings, now: datetime) -> None:
    """Which settings differ from those of the last start, by name: administrators are made there. Values, which may be
    secret, are neither kept nor logged."""
    prints = settings.prints()
    before = dict(it.split("=", 1) for it in (meta.get_meta(conn, KNOWN) or "").split() if "=" in it)
    if before == prints:
        return
    changed = sorted(name for name in prints.keys() | before.keys() if prints.get(name) != before.get(name))
    meta.put_meta(conn, KNOWN, " ".join(f"{name}={it}" for name, it in sorted(prints.items())))
    trail.append(conn, [Entry(at=now, kind="settings_changed", data={"names": " ".join(changed)})])
