"""Notices on their way: written in the commit of their reason, sent later, each accounted for.

pending -> sending -> sent | dead | unknown; `merged` is a notice that a newer one of its slot has made needless.
`now` is the bot's time; leases are real time, since they guard against a real process that died.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, exists, literal_column, or_, select, update

from core.messages import Lane, Notice
from storage.codec import unpack
from storage.posts import remember, slot_messages
from storage.queueing import PENDING
from storage.tables import OUTBOX
from storage.tenancy import district_of, run

ALL_LANES = frozenset(int(lane) for lane in Lane)
LOOK_AHEAD = 20  # rows looked at for each that is claimed: a chat with many waiting must not hide the others
RATHER_TWICE_THAN_NEVER = frozenset({int(Lane.URGENT), int(Lane.INTERACTIVE), int(Lane.REMINDER)})
SENDING: ColumnElement[str] = literal_column("'sending'")

_HERE = OUTBOX.c.district_id == bindparam("district")
_TURN = (OUTBOX.c.lane, OUTBOX.c.place, OUTBOX.c.id)
_TAKEN = (OUTBOX.c.id, OUTBOX.c.chat, OUTBOX.c.lane, OUTBOX.c.slot, OUTBOX.c.place, OUTBOX.c.notice, OUTBOX.c.attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice that is ours to send. `slot_message` is the message to edit, None when it has to be sent."""

    id: int
    notice: Notice
    attempts: int
    slot_message: int | None


def claim(
    conn: Connection,
    *,
    limit: int,
    now: datetime,
    lease_until: datetime,
    lanes: Collection[int] = ALL_LANES,
    skip: Collection[int] = (),
    skip_unless_urgent: Collection[int] = (),
) -> list[Claimed]:
    """Take what may be sent now, at most one notice per chat and none of a chat that has one in flight.

    Ordered by lane, then by turn. What is not taken stays pending, so that later states of a card still replace it.
    Two who claim at once never get the same notice.
    """
    waiting = _due(_not_in_flight(select(OUTBOX.c.id, OUTBOX.c.chat)), now, lanes, skip, skip_unless_urgent)
    waiting = waiting.order_by(*_TURN).limit(LOOK_AHEAD * limit)
    heads = _heads(run(conn, waiting).all(), limit)
    if not heads:
        return []
    take = (
        update(OUTBOX)
        .where(_HERE, OUTBOX.c.id.in_(heads), OUTBOX.c.state == PENDING)
        .values(state="sending", lease_until=bindparam("until"))
        .returning(*_TAKEN)
    )
    return _claimed(conn, run(conn, take, until=lease_until).all())


def mark_sent(conn: Connection, id: int, message_id: int, now: datetime) -> None:  # noqa: A002 - the row's name for it
    """Telegram has it, in this message; replies to the message are understood from now on."""
    row = _settle(conn, id, state="sent", message_id=message_id, sent_at=now, lease_until=None, error=None)
    remember(conn, row.chat, message_id, _notice(row), now)


def mark_later(conn: Connection, id: int, not_before: datetime) -> None:  # noqa: A002
    """Not now: it waits again, unless a newer state of its card is waiting already, which then goes instead."""
    row = _settle(conn, id, state="pending", not_before=not_before, lease_until=None, attempts=OUTBOX.c.attempts + 1)
    if row.slot is not None:
        _step_back(conn, row, not_before)


def release(conn: Connection, ids: Collection[int]) -> None:
    """Not sent after all; they wait again as if never taken."""
    back = update(OUTBOX).where(_HERE, OUTBOX.c.id.in_(list(ids)), OUTBOX.c.state == SENDING)
    run(conn, back.values(state="pending", lease_until=None))


def mark_dead(conn: Connection, id: int, why: str) -> None:  # noqa: A002
    """It can never be sent; `why` is for a person to read."""
    _settle(conn, id, state="dead", error=why, lease_until=None)


def mark_unknown(conn: Connection, id: int, why: str) -> None:  # noqa: A002
    """Nobody can say whether it was sent, and it is rather lost than sent twice."""
    _settle(conn, id, state="unknown", error=why, lease_until=None)


def release_leases(conn: Connection, real_now: datetime | None = None) -> int:
    """What a process that died was sending: it waits again, but digests and broadcasts are rather lost than sent twice.

    All of it at the start of a process that is alone (`real_now` is None), else only what has run out by now.
    Returns how many were found.
    """
    left = [OUTBOX.c.state == SENDING]
    if real_now is not None:
        left.append(OUTBOX.c.lease_until <= real_now)
    lost = "The process died while sending it."
    urgent = OUTBOX.c.lane.in_(RATHER_TWICE_THAN_NEVER)
    again = update(OUTBOX).where(_HERE, *left, urgent).values(state="pending", lease_until=None)
    gone = update(OUTBOX).where(_HERE, *left, ~urgent).values(state="unknown", lease_until=None, error=lost)
    return run(conn, again).rowcount + run(conn, gone).rowcount


def _due(
    waiting: Select[Any],
    now: datetime,
    lanes: Collection[int],
    skip: Collection[int],
    skip_unless_urgent: Collection[int],
) -> Select[Any]:
    waiting = waiting.where(or_(OUTBOX.c.not_before.is_(None), OUTBOX.c.not_before <= now))
    if set(lanes) != ALL_LANES:
        waiting = waiting.where(OUTBOX.c.lane.in_(sorted(lanes)))
    if skip:
        waiting = waiting.where(OUTBOX.c.chat.not_in(list(skip)))
    if skip_unless_urgent:
        held = OUTBOX.c.chat.not_in(list(skip_unless_urgent))
        waiting = waiting.where(or_(OUTBOX.c.lane == int(Lane.URGENT), held))
    return waiting


def _not_in_flight(waiting: Select[Any]) -> Select[Any]:
    flying = OUTBOX.alias("flying")
    same = exists().where(flying.c.district_id == bindparam("district"), flying.c.chat == OUTBOX.c.chat)
    return waiting.where(_HERE, OUTBOX.c.state == PENDING, ~same.where(flying.c.state == SENDING))


def _heads(rows: Iterable[Row[Any]], limit: int) -> list[int]:
    """The first of each chat."""
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(row.chat, row.id)
    return list(first.values())[:limit]


def _claimed(conn: Connection, rows: Iterable[Row[Any]]) -> list[Claimed]:
    ordered = sorted(rows, key=lambda row: (row.lane, row.place, row.id))
    cards = slot_messages(conn, [(row.chat, row.slot) for row in ordered if row.slot is not None])
    return [
        Claimed(
            id=row.id, notice=_notice(row), attempts=row.attempts, slot_message=cards.get((row.chat, row.slot or ""))
        )
        for row in ordered
    ]


def _notice(row: Row[Any]) -> Notice:
    """The notice as it goes now: its chat may have moved and its lane grown since it was written."""
    return replace(unpack(Notice, row.notice), to=row.chat, lane=Lane(row.lane))


def _settle(conn: Connection, number: int, **values: object) -> Row[Any]:
    done = update(OUTBOX).where(_HERE, OUTBOX.c.id == number).values(**values).returning(*_TAKEN)
    return conn.execute(done, {"district": district_of(conn)}).one()


def _step_back(conn: Connection, row: Row[Any], not_before: datetime) -> None:
    """Later states of the same card must not go first and then be overwritten by this earlier one."""
    same = (_HERE, OUTBOX.c.state == PENDING, OUTBOX.c.chat == row.chat, OUTBOX.c.slot == row.slot)
    later = select(OUTBOX.c.id, OUTBOX.c.again).where(*same, OUTBOX.c.id > row.id).order_by(OUTBOX.c.id)
    newer = run(conn, later).all()
    if newer and not newer[0].again and not _notice(row).again:
        _settle(conn, row.id, state="merged")
    elif newer:
        wait = update(OUTBOX).where(*same, OUTBOX.c.id > row.id).values(not_before=not_before)
        conn.execute(wait, {"district": district_of(conn)})
