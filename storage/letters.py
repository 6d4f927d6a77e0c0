"""Updates that could not be handled: tried again while Telegram delivers them, then kept for a person to read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.sealing import opened, seal_all
from storage.tables import LETTERS
from storage.tenancy import district_of, run
from storage.upserts import insert_into

MOST_CHARS = 1_000_000  # an update is a few kilobytes

_PARKED = (
    select(LETTERS)
    .where(LETTERS.c.district_id == bindparam("district"), LETTERS.c.parked_at.is_not(None))
    .order_by(LETTERS.c.parked_at.desc())
    .limit(bindparam("count"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An update that was given up, with what it said."""

    update_id: int
    raw: str
    error: str
    attempts: int
    parked_at: datetime


def failed(conn: Connection, update_id: int, error: str, now: datetime) -> int:
    """Note that handling an update failed; how often it has by now."""
    return _note(conn, update_id, {"error": _tidy(error), "failed_at": now}, {"raw": None, "parked_at": None})


def park(conn: Connection, update_id: int, raw: str, error: str, now: datetime) -> None:
    """Give an update up: keep all of it, so that a person can read it and nothing is lost."""
    _note(
        conn,
        update_id,
        {"error": _tidy(error), "failed_at": now, "raw": seal_all(conn, _tidy(raw)), "parked_at": now},
        {},
    )


def parked(conn: Connection, limit: int = 100) -> list[DeadLetter]:
    """The newest dead letters, newest first."""
    return [
        DeadLetter(
            update_id=row.update_id,
            raw=opened(conn, row.raw),
            error=row.error,
            attempts=row.attempts,
            parked_at=row.parked_at,
        )
        for row in run(conn, _PARKED, count=limit)
    ]


def _note(conn: Connection, update_id: int, changed: dict[str, object], first: dict[str, object]) -> int:
    row = {"district_id": district_of(conn), "update_id": update_id, "attempts": 1, **changed, **first}
    statement = insert_into(conn.dialect.name, LETTERS)
    counted = statement.on_conflict_do_update(
        index_elements=["district_id", "update_id"], set_={**changed, "attempts": LETTERS.c.attempts + 1}
    ).returning(LETTERS.c.attempts)
    return int(conn.execute(counted, row).scalar_one())


def _tidy(words: str) -> str:
    """PostgreSQL refuses NUL and lone surrogates, and a dead letter must never fail to be kept."""
    return words.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")[:MOST_CHARS]
