"""Notices on their way: written in the commit of their reason, sent later, each accounted for.

pending -> sending -> sent | dead | unknown; `merged`: made needless by a newer one of its slot, or by its parts.
`now` is the bot's time; leases are real time, since they guard against a real process that died.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)

from core.messages import Lane, Notice
from storage import quick
from storage.codec import pack
from storage.posts import remember
from storage.queueing import PENDING, pass_on_report, queue
from storage.tables import OUTBOX
from storage.taking import TAKEN, Claimed, Taken, claimed, notice_now, take
from storage.tenancy import district_of, run

ALL_LANES = frozenset(int(lane) for lane in Lane)
LOOK_AHEAD = 20  # rows looked at for each that is claimed: a chat with many waiting must not hide the others
RATHER_TWICE_THAN_NEVER = frozenset({int(Lane.URGENT), int(Lane.INTERACTIVE), int(Lane.REMINDER)})
SENDING: ColumnElement[str] = literal_column("'sending'")

_HERE = OUTBOX.c.district_id == bindparam("district")
_TURN = (OUTBOX.c.lane, OUTBOX.c.place, OUTBOX.c.id)
_SENT = (
    update(OUTBOX)
    .where(_HERE, OUTBOX.c.id == bindparam("row"))
    .values(state=literal_column("'sent'"), lease_until=null(), error=null())
    .values(message_id=bindparam("message"), sent_at=bindparam("now"))
    .returning(*TAKEN)
)


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
    free = not skip and not skip_unless_urgent and set(lanes) == ALL_LANES
    seen = {"now": now, "count": LOOK_AHEAD * limit}
    found = quick.rows(conn, _WAITING, **seen) if free else run(conn, _picked(lanes, skip, skip_unless_urgent), **seen)
    return take(conn, _heads(found, limit), lease_until)


def waiting_of(conn: Connection, chat: int, now: datetime, limit: int) -> list[Claimed]:
    """What else of a chat could be sent now and is not urgent, in its turn; only looked at, not taken."""
    due = or_(OUTBOX.c.not_before.is_(None), OUTBOX.c.not_before <= now)
    rows = select(*TAKEN).where(_HERE, OUTBOX.c.state == PENDING, OUTBOX.c.chat == chat, due)
    rows = rows.where(OUTBOX.c.lane != int(Lane.URGENT)).order_by(*_TURN).limit(limit)
    return claimed(conn, run(conn, rows).all())


def mark_sent(
    conn: Connection,
    id: int,  # noqa: A002 - the row's name for it
    message_id: int,
    now: datetime,
    known: Claimed | None = None,
) -> None:
    """Telegram has it, in this message; replies to the message are understood from now on. What is `known`
    since it was claimed need not be understood again, unless its words were changed on their way."""
    row = Taken(*quick.rows(conn, _SENT, row=id, message=message_id, now=now)[0])
    remember(conn, row.chat, message_id, notice_now(conn, row, known), now)


def mark_told(conn: Connection, id: int, now: datetime) -> None:  # noqa: A002
    """It was sent, in a message that is not there any more."""
    _settle(conn, id, state="sent", sent_at=now, lease_until=None, error=None)


def replace_by(conn: Connection, ids: Collection[int], *others: Notice, now: datetime, turn: int | None = None) -> None:
    """Others go instead of these, in the turn of the first of them, or before the row `turn` when it is named."""
    rows = list(ids) if turn is None else [turn]
    place = run(conn, select(func.min(OUTBOX.c.place)).where(_HERE, OUTBOX.c.id.in_(rows))).scalar_one()
    run(conn, update(OUTBOX).where(_HERE, OUTBOX.c.id.in_(list(ids))).values(state="merged", lease_until=None))
    queue(conn, others, now)
    keys = [notice.key for notice in others]
    run(conn, update(OUTBOX).where(_HERE, OUTBOX.c.key.in_(keys)).values(place=place - 1))


def parts_of(conn: Connection, bundle: Claimed) -> list[Claimed]:
    """The notices that go in a message made of several."""
    ids = bundle.notice.params.get("rows")
    rows = select(*TAKEN).where(_HERE, OUTBOX.c.id.in_(ids if isinstance(ids, list) else [])).order_by(OUTBOX.c.id)
    return claimed(conn, run(conn, rows).all())


def settle_bundle(conn: Connection, bundle: Claimed, state: str, error: str | None = None) -> None:
    """Its parts share what became of it, and it need not hold their words any more."""
    ids = [it.id for it in parts_of(conn, bundle)]
    whole = run(conn, select(OUTBOX.c.message_id, OUTBOX.c.sent_at).where(_HERE, OUTBOX.c.id == bundle.id)).one()
    same = {"state": state, "error": error, "message_id": whole.message_id, "sent_at": whole.sent_at}
    run(conn, update(OUTBOX).where(_HERE, OUTBOX.c.id.in_(ids)).values(**same))
    bare = replace(bundle.notice, params={})
    run(conn, update(OUTBOX).where(_HERE, OUTBOX.c.id == bundle.id).values(notice=pack(bare)))
    if whole.message_id is not None:
        remember(conn, bundle.notice.to, whole.message_id, bare, whole.sent_at)


def mark_later(conn: Connection, id: int, not_before: datetime, doubts: int = 0) -> None:  # noqa: A002
    """Not now: it waits again, unless a newer state of its card is waiting already, which then goes instead.

    `doubts`: 1 when it may have arrived all the same.
    """
    row = _settle(
        conn, id, state="pending", not_before=not_before, lease_until=None,
        attempts=OUTBOX.c.attempts + 1, doubts=OUTBOX.c.doubts + doubts,
    )  # fmt: skip
    if row.slot is not None:
        _step_back(conn, row, not_before)


def release(conn: Connection, ids: Collection[int]) -> None:
    """Not sent after all; they wait again as if never taken."""
    back = update(OUTBOX).where(_HERE, OUTBOX.c.id.in_(list(ids)), OUTBOX.c.state == SENDING)
    run(conn, back.values(state="pending", lease_until=None))


def mark_dead(conn: Connection, id: int, why: str) -> None:  # noqa: A002
    """It can never be sent; `why` is for a person to read."""
    _settle(conn, id, state="dead", error=why, lease_until=None)


def drop_cards(conn: Connection, chat: int, why: str) -> None:
    """Living cards that wait for a chat out of reach: their cases have gone on, and owe it the card when it is back."""
    cards = update(OUTBOX).where(_HERE, OUTBOX.c.state == PENDING, OUTBOX.c.chat == chat, OUTBOX.c.slot.is_not(None))
    run(conn, cards.values(state="dead", error=why))


def mark_unknown(conn: Connection, id: int, why: str) -> None:  # noqa: A002
    """Nobody can say whether it was sent, and it is rather lost than sent twice."""
    _settle(conn, id, state="unknown", error=why, lease_until=None, doubts=OUTBOX.c.doubts + 1)


def release_leases(conn: Connection, real_now: datetime | None = None) -> int:
    """What a process that died was sending: it waits again, but digests and broadcasts are rather lost than sent twice.

    All of it at the start of a process that is alone (`real_now` is None), else only what has run out by now.
    Returns how many were found.
    """
    left = [OUTBOX.c.state == SENDING]
    if real_now is not None:
        left.append(OUTBOX.c.lease_until <= real_now)
    lost, doubts = "The process died while sending it.", OUTBOX.c.doubts + 1
    urgent = OUTBOX.c.lane.in_(RATHER_TWICE_THAN_NEVER)
    again = update(OUTBOX).where(_HERE, *left, urgent).values(state="pending", lease_until=None, doubts=doubts)
    gone = update(OUTBOX).where(_HERE, *left, ~urgent)
    gone = gone.values(state="unknown", lease_until=None, error=lost, doubts=doubts)
    return run(conn, again).rowcount + run(conn, gone).rowcount


def _picked(lanes: Collection[int], skip: Collection[int], skip_unless_urgent: Collection[int]) -> Select[Any]:
    waiting = _WAITING
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


_WAITING = (
    _not_in_flight(select(OUTBOX.c.id, OUTBOX.c.chat))
    .where(or_(OUTBOX.c.not_before.is_(None), OUTBOX.c.not_before <= bindparam("now")))
    .order_by(*_TURN)
    .limit(bindparam("count"))
)


def _heads(rows: Iterable[Any], limit: int) -> list[int]:
    """The first of each chat, of rows with their chats."""
    first: dict[int, int] = {}
    for number, chat in rows:
        first.setdefault(chat, number)
    return list(first.values())[:limit]


def _settle(conn: Connection, number: int, **values: object) -> Row[Any]:
    done = update(OUTBOX).where(_HERE, OUTBOX.c.id == number).values(**values).returning(*TAKEN)
    return conn.execute(done, {"district": district_of(conn)}).one()


def _step_back(conn: Connection, row: Row[Any], not_before: datetime) -> None:
    """Later states of the same card must not go first and then be overwritten by this earlier one."""
    same = (_HERE, OUTBOX.c.state == PENDING, OUTBOX.c.chat == row.chat, OUTBOX.c.slot == row.slot)
    later = select(OUTBOX.c.id, OUTBOX.c.again).where(*same, OUTBOX.c.id > row.id).order_by(OUTBOX.c.id)
    newer = run(conn, later).all()
    if newer and not newer[0].again and not notice_now(conn, row).again:
        _settle(conn, row.id, state="merged")
        pass_on_report(conn, [row.id], newer[0].id)
    elif newer:
        run(conn, update(OUTBOX).where(*same, OUTBOX.c.id > row.id).values(not_before=not_before))
