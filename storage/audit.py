"""What is wrong, asked of the memory: each question goes through an index that holds, or begins with, what is wrong.

So it costs what is found and not what there is; only the chats in which open cases are asked are gone through, one
step of the index each, however many cases are asked there.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, String, bindparam, cast, exists, literal, or_, select

from core.audit import MOST, NOT_ASKED, Look, Promise, Question, Stale
from core.messages import Lane
from storage.outbox import SENDING
from storage.queueing import PENDING
from storage.records import due_records
from storage.schedules import due_schedules
from storage.tables import CASES, CHATS, LETTERS, OUTBOX, SCHEDULES
from storage.tenancy import run

LONGEST_LEASE = timedelta(minutes=10)  # one that ends later than that would hold a notice for ever
LOWEST = -(2**62)  # below every chat
LETTER, LETTER_AGAIN = "letter:", ":again"  # the keys of the word about an update that was given up

_CASES_HERE = (CASES.c.district_id == bindparam("district"), CASES.c.open)
_OVERDUE = (
    select(CASES.c.no, CASES.c.due_at, CASES.c.chat)
    .where(*_CASES_HERE, CASES.c.due_at <= bindparam("overdue"))
    .order_by(CASES.c.due_at)
    .limit(MOST)
)
_TIMELESS = select(CASES.c.no, CASES.c.due_at, CASES.c.chat).where(*_CASES_HERE, CASES.c.due_at.is_(None)).limit(MOST)
_UNASKED = select(CASES.c.no, CASES.c.opened_at).where(*_CASES_HERE, CASES.c.chat.is_(None)).limit(MOST)
_ASKED_THERE = (
    select(CASES.c.no, CASES.c.opened_at, CASES.c.chat)
    .where(*_CASES_HERE, CASES.c.chat.in_(bindparam("chats", expanding=True)))
    .limit(MOST)
)
_CLOSED = select(CHATS.c.chat).where(
    CHATS.c.district_id == bindparam("district"),
    CHATS.c.chat.in_(bindparam("chats", expanding=True)),
    ~CHATS.c.reachable,
)
_PLANNED = select(SCHEDULES.c.key).where(
    SCHEDULES.c.district_id == bindparam("district"), SCHEDULES.c.key.in_(bindparam("keys", expanding=True))
)
_OUTBOX_HERE = OUTBOX.c.district_id == bindparam("district")
_WAITING = (
    select(OUTBOX.c.lane, OUTBOX.c.created_at.label("since"))
    .where(_OUTBOX_HERE, OUTBOX.c.state == PENDING, OUTBOX.c.lane == bindparam("lane"), OUTBOX.c.not_before.is_(None))
    .where(OUTBOX.c.chat.not_in(bindparam("held", expanding=True)))
    .order_by(OUTBOX.c.place)
    .limit(MOST)
)
_LATER = (
    select(OUTBOX.c.lane, OUTBOX.c.not_before.label("since"))
    .where(_OUTBOX_HERE, OUTBOX.c.state == PENDING, OUTBOX.c.lane == bindparam("lane"))
    .where(OUTBOX.c.not_before <= bindparam("before"), OUTBOX.c.chat.not_in(bindparam("held", expanding=True)))
    .order_by(OUTBOX.c.not_before)
    .limit(MOST)
)
_LEASES = (
    select(OUTBOX.c.id, OUTBOX.c.lease_until)
    # Any chat: without a word about it SQLite takes the index of all notices for as good as that of what is in flight.
    .where(_OUTBOX_HERE, OUTBOX.c.state == SENDING, OUTBOX.c.chat > LOWEST)
    .where(
        or_(
            OUTBOX.c.lease_until.is_(None),
            OUTBOX.c.lease_until <= bindparam("now"),
            OUTBOX.c.lease_until > bindparam("longest"),
        )
    )
    .limit(MOST)
)


def look(conn: Connection, question: Question) -> Look:
    """All that is wrong, at most `MOST` of each kind. Reads only."""
    wrong = {
        Promise.ASKED: [Stale(name=row.no, since=row.opened_at) for row in run(conn, _UNASKED)],
        Promise.REACHED: _out_of_reach(conn, question.chats),
        Promise.DUE: _overdue(conn, question),
        Promise.RECORDS: [Stale(name=f"{kind} {name}") for kind, name in due_records(conn, question.overdue, MOST)],
        Promise.SCHEDULED: [Stale(name=it.key, since=it.due_at) for it in due_schedules(conn, question.overdue, MOST)],
        Promise.DIGESTS: _unplanned(conn, question.plans),
        Promise.SENT: _late(conn, question),
        Promise.LEASED: _leases(conn, question),
        Promise.READ: _unread(conn, question),
    }
    return Look(wrong={promise: tuple(found[:MOST]) for promise, found in wrong.items() if found})


def asking_chats(conn: Connection) -> list[int]:
    """Every chat in which open cases are asked: one step of the index each (a loose scan, which SQL spells so)."""
    first = select(cast(literal(LOWEST, BigInteger), BigInteger).label("chat")).cte("asking", recursive=True)
    following = (
        select(CASES.c.chat)
        .where(*_CASES_HERE, CASES.c.chat > first.c.chat)
        .order_by(CASES.c.chat)
        .limit(1)
        .correlate(first)
        .scalar_subquery()
    )
    chats = first.union_all(select(following).where(first.c.chat.is_not(None)))
    found = run(conn, select(chats.c.chat).where(chats.c.chat.is_not(None), chats.c.chat != LOWEST)).scalars()
    return [chat for chat in found if chat != NOT_ASKED]


def _out_of_reach(conn: Connection, known: frozenset[int]) -> list[Stale]:
    asking = asking_chats(conn)
    closed = set(run(conn, _CLOSED, chats=asking).scalars()) if asking else set()
    lost = [chat for chat in asking if chat in closed or chat not in known]
    rows = run(conn, _ASKED_THERE, chats=lost).all() if lost else []
    return [Stale(name=row.no, since=row.opened_at, chat=row.chat) for row in rows]


def _overdue(conn: Connection, question: Question) -> list[Stale]:
    rows = (*run(conn, _TIMELESS), *run(conn, _OVERDUE, overdue=question.overdue))
    return [Stale(name=row.no, since=row.due_at, chat=row.chat) for row in rows]


def _unplanned(conn: Connection, keys: frozenset[str]) -> list[Stale]:
    planned = set(run(conn, _PLANNED, keys=sorted(keys)).scalars()) if keys else set()
    return [Stale(name=key) for key in sorted(keys - planned)]


def _late(conn: Connection, question: Question) -> list[Stale]:
    """The first of each class in their turn are the oldest; those with a moment of their own have their own index."""
    return [
        Stale(name=Lane(row.lane).name.lower(), since=row.since)
        for lane, before in question.waiting.items()
        for row in _waiting(conn, question, lane)
        if row.since <= before
    ]


def _waiting(conn: Connection, question: Question, lane: Lane) -> Iterable[Any]:
    held = question.held if lane is Lane.URGENT else question.held | question.held_unless_urgent
    values = {"lane": int(lane), "held": sorted(held), "before": question.waiting[lane]}
    now = {name: value for name, value in values.items() if name != "before"}
    return (*run(conn, _WAITING, **now), *run(conn, _LATER, **values))


def _leases(conn: Connection, question: Question) -> list[Stale]:
    longest = question.real_now + LONGEST_LEASE
    rows = run(conn, _LEASES, now=question.real_now, longest=longest)
    return [Stale(name=str(row.id), since=row.lease_until) for row in rows]


def _unread(conn: Connection, question: Question) -> list[Stale]:
    rows = run(conn, _UNREAD, since=question.letters)
    return [Stale(name=str(row.update_id), since=row.parked_at) for row in rows]


def _word_about(again: str) -> ColumnElement[bool]:
    key = literal(LETTER).concat(cast(LETTERS.c.update_id, String)).concat(again)
    here = (OUTBOX.c.district_id == bindparam("district"), OUTBOX.c.key == key)
    return exists().where(*here, OUTBOX.c.state.not_in(["dead", "unknown"]))


_UNREAD = (
    select(LETTERS.c.update_id, LETTERS.c.parked_at)
    .where(LETTERS.c.district_id == bindparam("district"), LETTERS.c.parked_at >= bindparam("since"))
    .where(~_word_about(""), ~_word_about(LETTER_AGAIN))
    .order_by(LETTERS.c.parked_at)
    .limit(MOST)
)
