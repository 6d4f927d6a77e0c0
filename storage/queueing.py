"""Notices into the outbox: each key once for ever, and of a living card only the latest state."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select, text, update

from core.messages import Notice
from storage import quick
from storage.alone import memory_of
from storage.codec import pack, unpack
from storage.sealing import COMPLAINT, is_sealed, opened, seal_members, seal_text
from storage.tables import OUTBOX, OUTBOX_IDS
from storage.tenancy import district_of
from storage.upserts import put_new

# A literal, since no partial index is used for a parameter.
_WORDS = frozenset({"params", "photos", "voices", "file", "spot", "attachment"})
_MEDIA = frozenset({"photos", "voices"})
PENDING: ColumnElement[str] = literal_column("'pending'")

_NEWEST = select(func.coalesce(func.max(OUTBOX.c.id), 0)).where(OUTBOX.c.district_id == bindparam("district"))
_RESERVE = text(f"SELECT nextval('{OUTBOX_IDS.name}') FROM generate_series(1, :count)")  # noqa: S608 - our own name
_IS_THERE = select(OUTBOX.c.id).where(OUTBOX.c.district_id == bindparam("district"), OUTBOX.c.id == bindparam("id"))
_HOW_MANY = select(func.count()).where(
    OUTBOX.c.district_id == bindparam("district"),
    OUTBOX.c.state == PENDING,
    OUTBOX.c.chat == bindparam("chat"),
    OUTBOX.c.slot == bindparam("slot"),
)
# Without an order: SQLite would rather read the whole outbox in the order of its ids than sort these few.
_STATES = select(OUTBOX.c.id, OUTBOX.c.again, OUTBOX.c.place, OUTBOX.c.lane).where(
    OUTBOX.c.district_id == bindparam("district"),
    OUTBOX.c.state == PENDING,
    OUTBOX.c.chat == bindparam("chat"),
    OUTBOX.c.slot == bindparam("slot"),
)


class _State(NamedTuple):
    """A waiting state of a card, in the order of `_STATES`."""

    id: int
    again: bool
    place: int
    lane: int


def queue(conn: Connection, notices: Sequence[Notice], now: datetime) -> int:
    """Put notices into the outbox in their order; how many were new. A key that was ever there is ignored."""
    if not notices:
        return 0
    rows = [
        _row(conn, notice, number, now) for notice, number in zip(notices, _fresh_ids(conn, len(notices)), strict=True)
    ]
    count = put_new(conn, OUTBOX, rows)
    new = rows if count == len(rows) else [row for row in rows if quick.first(conn, _IS_THERE, id=row["id"])]
    _supersede(conn, {(row["chat"], row["slot"]) for row in new if row["slot"] is not None})
    return count


def _fresh_ids(conn: Connection, count: int) -> list[int]:
    memory = memory_of(conn)
    if memory is not None:
        newest = memory.get(OUTBOX.name) or int(quick.first(conn, _NEWEST))
        memory[OUTBOX.name] = newest + count
        return list(range(newest + 1, newest + 1 + count))
    return list(conn.execute(_RESERVE, {"count": count}).scalars())


def packed(conn: Connection, notice: Notice) -> str:
    """A notice as it is kept; of a sealed case its words are sealed."""
    text = pack(notice)
    if is_sealed(conn, notice.kind, notice.case):
        return seal_members(conn, text, _WORDS)
    if notice.slot is None or not notice.slot.startswith(COMPLAINT):
        return text
    params = orjson.Fragment(seal_text(conn, pack(notice.params), notice.slot))
    return seal_members(conn, orjson.dumps(orjson.loads(text) | {"params": params}).decode(), _MEDIA)


def notice_of(conn: Connection, text: str) -> Notice:
    """Back from the outbox."""
    return unpack(Notice, opened(conn, text))


def _row(conn: Connection, notice: Notice, number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "key": notice.key,
        "chat": notice.to,
        "lane": int(notice.lane),
        "slot": notice.slot,
        "again": notice.again,
        "case_no": notice.case,
        "place": number,
        "state": "pending",
        "attempts": 0,
        "doubts": 0,
        "not_before": notice.not_before,
        "created_at": now,
        "notice": packed(conn, notice),
    }


def _supersede(conn: Connection, slots: Iterable[tuple[int, str]]) -> None:
    """Of the states of a card that wait, keep the latest, in the turn and the lane of the first."""
    several = [(chat, slot) for chat, slot in slots if quick.first(conn, _HOW_MANY, chat=chat, slot=slot) > 1]
    for chat, slot in several:
        states = sorted(_State(*row) for row in quick.rows(conn, _STATES, chat=chat, slot=slot))
        *older, latest = since = _since_new_card(states)
        if older:
            _change(conn, older, state="merged")
            pass_on_report(conn, [row.id for row in older], latest.id)
            _change(conn, [latest], place=min(row.place for row in since), lane=min(row.lane for row in since))
        slower = [row for row in states if row.lane > latest.lane]
        if slower:  # a later state must not go first and then be overwritten by an earlier one
            _change(conn, slower, lane=latest.lane)


def pass_on_report(conn: Connection, older: Sequence[int], latest: int) -> None:
    """Whoever waits for word of a notice that is no longer sent gets it of the one that is sent instead."""
    chosen = OUTBOX.c.id.in_([*older, latest])
    found = conn.execute(select(OUTBOX.c.id, OUTBOX.c.notice).where(OUTBOX.c.district_id == district_of(conn), chosen))
    notices = {
        row.id: notice_of(conn, row.notice) for row in found if '"report":true' in row.notice or row.id == latest
    }
    kept = notices.pop(latest)
    if notices and not kept.report:
        here = (OUTBOX.c.district_id == district_of(conn), OUTBOX.c.id == latest)
        conn.execute(update(OUTBOX).where(*here).values(notice=packed(conn, replace(kept, report=True))))


def _change(conn: Connection, rows: Iterable[_State], **values: object) -> None:
    chosen = OUTBOX.c.id.in_([row.id for row in rows])
    conn.execute(update(OUTBOX).where(OUTBOX.c.district_id == district_of(conn), chosen).values(**values))


def _since_new_card(states: list[_State]) -> list[_State]:
    """The states that edit the same message: a notice sent `again` opens a new one and is never merged."""
    last_new = max((at for at, row in enumerate(states) if row.again), default=-1)
    return states[last_new + 1 :] or states[last_new:]
