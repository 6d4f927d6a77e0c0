"""Chats: whether we may write there, and what happens when a group becomes a supergroup and changes its id."""

from dataclasses import replace

import orjson
from sqlalchemy import Connection, bindparam, select, update

from core.case import Case
from core.records import Draft
from storage.cases import write_case
from storage.codec import pack, unpack
from storage.counters import renew
from storage.districts import changed, moved
from storage.people import PRESENCE
from storage.posts import forget_chat
from storage.records import record_of, write_records
from storage.sealing import opened
from storage.tables import CASES, CHATS, OUTBOX, SCHEDULES
from storage.tenancy import district_of, run
from storage.upserts import put

_CHAT = select(CHATS).where(CHATS.c.district_id == bindparam("district"), CHATS.c.chat == bindparam("chat"))
_MENTIONING = select(CASES.c.body).where(
    CASES.c.district_id == bindparam("district"), CASES.c.body.contains(bindparam("words"))
)
_OPEN_MENTIONING = _MENTIONING.where(CASES.c.open).order_by(CASES.c.no)
_SCHEDULES = select(SCHEDULES.c.key, SCHEDULES.c.params).where(
    SCHEDULES.c.district_id == bindparam("district"), SCHEDULES.c.params.contains(bindparam("words"))
)


def reachable(conn: Connection, chat: int) -> bool:
    """Whether we may write to a chat, as far as is known."""
    row = run(conn, _CHAT, chat=chat).one_or_none()
    return row is None or row.reachable


def cases_at(conn: Connection, chat: int) -> tuple[Case, ...]:
    """Open cases whose card the chat holds or should hold, in the order of their numbers (two who hold many at once
    take them in one order).
    """
    found = [unpack(Case, opened(conn, body)) for body in run(conn, _OPEN_MENTIONING, words=str(chat)).scalars().all()]
    return tuple(case for case in found if _has_to_do(case, chat))


def _has_to_do(case: Case, chat: int) -> bool:
    asked = any(offer.chat == chat and offer.state in {"open", "accepted"} for offer in case.offers)
    return asked or chat in case.watchers or chat in case.unheard


def set_reachable(conn: Connection, chat: int, reachable: bool, title: str = "") -> None:
    """Note whether we may write to a chat; an empty title keeps the one that is known."""
    row = run(conn, _CHAT, chat=chat).one_or_none()
    known, moved_to = (row.title, row.moved_to) if row is not None else ("", None)
    if chat < 0 and reachable != (row is None or row.reachable):
        renew(conn, PRESENCE)
    put(conn, CHATS, [{"chat": chat, "reachable": reachable, "title": title or known, "moved_to": moved_to}])


def migrate_chat(conn: Connection, old: int, new: int) -> None:
    """Write the new id of a chat everywhere: waiting notices, cases, schedules, the district.

    Message ids of the old group mean nothing in the new one, so what we posted there is forgotten: a living card is
    sent anew at its next change, instead of somebody else's message being edited. Telegram tells it twice; the second
    time finds only what was written to the old id since.
    """
    _move(conn, old, new)
    here = OUTBOX.c.district_id == district_of(conn)
    unsent = OUTBOX.c.state.in_(("pending", "sending"))
    conn.execute(update(OUTBOX).where(here, OUTBOX.c.chat == old, unsent).values(chat=new))
    _move_cases(conn, old, new)
    _move_schedules(conn, old, new)
    _move_draft(conn, old, new)
    forget_chat(conn, old)


def _move(conn: Connection, old: int, new: int) -> None:
    row = run(conn, _CHAT, chat=old).one_or_none()
    if row is not None and row.moved_to == new:
        return
    title = row.title if row is not None else ""
    put(conn, CHATS, [{"chat": old, "reachable": False, "title": title, "moved_to": new}])
    renew(conn, PRESENCE)
    set_reachable(conn, new, True, title)
    changed(conn)


def _move_cases(conn: Connection, old: int, new: int) -> None:
    for body in run(conn, _MENTIONING, words=str(old)).scalars().all():
        case = unpack(Case, opened(conn, body))
        there = _moved(case, old, new)
        if there != case:
            write_case(conn, there, ())


def _moved(case: Case, old: int, new: int) -> Case:
    offers = tuple(replace(it, chat=new) if it.chat == old else it for it in case.offers)
    watchers = tuple(new if chat == old else chat for chat in case.watchers)
    unheard = tuple(new if chat == old else chat for chat in case.unheard)
    return replace(case, offers=offers, watchers=watchers, unheard=unheard)


def _move_draft(conn: Connection, old: int, new: int) -> None:
    """Making the bot an administrator is what turns many a group into a supergroup, in the middle of a set-up."""
    draft = record_of(conn, "draft", "now")
    if isinstance(draft, Draft):
        groups = tuple((new if chat == old else chat, title) for chat, title in draft.groups)
        there = replace(draft, raw=_at(draft.raw, old, new), base=_at(draft.base, old, new), groups=groups)
        if there != draft:
            write_records(conn, (there,))


def _at(raw: str, old: int, new: int) -> str:
    return pack(moved(orjson.loads(raw), {old: new})) if str(old) in raw else raw


def _move_schedules(conn: Connection, old: int, new: int) -> None:
    for row in run(conn, _SCHEDULES, words=str(old)).all():
        params = pack(moved(orjson.loads(row.params), {old: new}))
        here = (SCHEDULES.c.district_id == district_of(conn), SCHEDULES.c.key == row.key)
        conn.execute(update(SCHEDULES).where(*here).values(params=params))
