"""Erasing what residents were promised: a case without its reporter, and a person without a trace (privacy.md).

When it is due stands in the schedule, written in the transaction that ends the case, so that no crash can lose it.
What is still on its way to somebody is waited for, a day at most; what Telegram's own chats show stays there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Delete, and_, delete, exists, or_, select, update

from core import erasure
from core.case import ENDED, Case, Event
from core.messages import Json, record_ref
from core.records import Dispute, Record, kind_of
from core.trail import Entry
from storage import trail
from storage.cases import case_of, to_event, write_case
from storage.codec import pack, unpack
from storage.people import contact_of
from storage.posts import QUESTION
from storage.schedules import Schedule, drop_schedule, put_schedule
from storage.sealing import accounts, opened, seal_all
from storage.tables import CASES, CHATS, CONTACTS, EVENTS, LETTERS, OUTBOX, POSTS, SCHEDULES, SLOTS
from storage.tenancy import district_of
from storage.upserts import put_once

ERASE, FORGET = "erase", "forget"
AGAIN = timedelta(minutes=1)  # until something that was on its way is looked for again
PATIENCE = timedelta(days=1)  # then what could not be sent is not sent any more
SINCE = "since"  # when it was first found that it had to wait

_DONE = OUTBOX.c.state.not_in(["pending", "sending"])
IsStaff = Callable[[int], bool]


def plan(conn: Connection, case: Case, now: datetime) -> None:
    """Note when a case that has ended is to be erased; nothing while it is open or when it is noted already."""
    due_at = erasure.erase_at(case, now)
    if due_at is not None:
        put_once(conn, SCHEDULES, {"key": _key(case), "kind": ERASE, "params": pack(_params(case)), "due_at": due_at})


def forget(conn: Connection, user: int, now: datetime) -> None:
    """A resident wants to be forgotten: ended cases now, open ones when they end, the contact, and what we wrote
    about no case. Raises Clash when somebody else changes one of the cases just now.
    """
    mine = (CASES.c.district_id == district_of(conn), CASES.c.reporter.in_(accounts(conn, user)))
    for no in conn.execute(select(CASES.c.no).where(*mine).order_by(CASES.c.no)).scalars().all():
        case = case_of(conn, no, held=True)
        if case is None or case.erased_at is not None:
            continue
        if case.status in ENDED:
            put_schedule(conn, _key(case), ERASE, _params(case), now)
        elif not case.forget:
            write_case(conn, replace(case, forget=True), [Event(kind="forget_asked", at=now, actor="resident")])
    _remove_contact(conn, user)
    _plan_forget(conn, user, now, now + AGAIN, whole=False)  # the word that it is done goes first, then it goes too


def forget_words(conn: Connection, records: Iterable[Record], *, of: int) -> None:
    """Of disputes that this person is no side of any more, what was said about them and is sent already; the messages
    themselves stay known, so that a reply is answered."""
    for it in records:
        if isinstance(it, Dispute) and it.side_of(of) is None:
            ref = record_ref(kind_of(it), it.id)
            conn.execute(delete(OUTBOX).where(_here(conn, OUTBOX.c.district_id), _about(OUTBOX.c.slot, ref), _DONE))
            here = (_here(conn, POSTS.c.district_id), _about(POSTS.c.slot, ref))
            conn.execute(update(POSTS).where(*here).values(params=pack({})))


def _about(slot: ColumnElement[str | None], ref: str) -> ColumnElement[bool]:
    return or_(slot == ref, slot.startswith(f"{ref}/", autoescape=True))


def run_erase(conn: Connection, due: Schedule, is_staff: IsStaff, now: datetime) -> None:
    """Erase a case; one that was reopened since is left alone, and has another row when it ends again."""
    case = case_of(conn, str(due.params["no"]), held=True)
    over = case is not None and case.status in ENDED and case.reopened == due.params["reopened"]
    if now < due.due_at:
        return
    if case is None or not over or case.erased_at is not None:
        drop_schedule(conn, due.key)
    elif _on_its_way(conn, OUTBOX.c.case_no == case.no, due, now):
        _again(conn, due, now)
    else:
        drop_schedule(conn, due.key)
        _erase(conn, case, now, staff=is_staff(case.reporter))


def run_forget(conn: Connection, due: Schedule, now: datetime) -> None:
    """Forget a person: `whole` with the contact, unless they came back or still wait for an answer; else, at their
    word, what was said up to then and about no case.
    """
    user, until = int(str(due.params["user"])), datetime.fromisoformat(str(due.params["until"]))
    told = _told(user, until)
    if due.params["whole"] and _has_case(conn, user):
        drop_schedule(conn, due.key)  # its end brings another row
    elif due.params["whole"] and _asks(conn, user, now):
        _plan_forget(conn, user, now + erasure.KEPT, now + erasure.KEPT, whole=True)
    elif _on_its_way(conn, told, due, now):
        _again(conn, due, now)
    else:
        drop_schedule(conn, due.key)
        _forget_talk(conn, user, until, told)
        if due.params["whole"]:
            _remove_contact(conn, user)


def who_asked(conn: Connection) -> list[int]:
    """The accounts of those who asked for it just now; for a minute at least after they did (AGAIN)."""
    rows = select(SCHEDULES.c.params).where(_here(conn, SCHEDULES.c.district_id), SCHEDULES.c.kind == FORGET)
    params = [unpack(dict, text) for text in conn.execute(rows).scalars()]
    return [int(it["user"]) for it in params if not it["whole"]]


def _forget_talk(conn: Connection, user: int, until: datetime, told: ColumnElement[bool]) -> None:
    """Notices and posts about no case, questions to the centre, updates that failed, what is known of the chat."""
    gone = _settled(conn, told).returning(OUTBOX.c.chat, OUTBOX.c.message_id)
    messages = [row.message_id for row in conn.execute(gone) if row.chat == user and row.message_id is not None]
    in_chat = and_(POSTS.c.chat == user, or_(POSTS.c.at <= until, POSTS.c.message.in_(messages)))
    asked = and_(POSTS.c.kind == QUESTION, _names(POSTS.c.params, "from", user))
    _remove_posts(conn, and_(POSTS.c.case_no.is_(None), or_(in_chat, asked)))
    conn.execute(delete(CHATS).where(_here(conn, CHATS.c.district_id), CHATS.c.chat == user))
    _remove_letters(conn, user)


def _remove_letters(conn: Connection, user: int) -> None:
    """Updates that failed and name the account; they may be sealed, so each is looked at. There are few."""
    raw = select(LETTERS.c.update_id, LETTERS.c.raw).where(
        _here(conn, LETTERS.c.district_id), LETTERS.c.raw.is_not(None)
    )
    theirs = re.compile(rf'"id":{user}[,}}]')
    gone = [row.update_id for row in conn.execute(raw) if theirs.search(opened(conn, row.raw))]
    conn.execute(delete(LETTERS).where(_here(conn, LETTERS.c.district_id), LETTERS.c.update_id.in_(gone)))


def _erase(conn: Connection, case: Case, now: datetime, *, staff: bool) -> None:
    """The case, its history, what was said about it; then the person, when it was their last case."""
    _erase_events(conn, case)
    conn.execute(_settled(conn, OUTBOX.c.case_no == case.no))
    if not staff:
        _remove_posts(conn, and_(POSTS.c.case_no == case.no, POSTS.c.chat == case.reporter))
    of_case = (_here(conn, POSTS.c.district_id), POSTS.c.case_no == case.no)
    conn.execute(update(POSTS).where(*of_case).values(params=pack({})))
    write_case(conn, erasure.erased(case, now, staff=staff), [Event(kind="erased", at=now)])
    trail.append(conn, [Entry(at=now, kind="erased", case=case.no, data={})])
    if not staff and not _has_case(conn, case.reporter) and not _is_planned(conn, case.reporter):
        _plan_forget(conn, case.reporter, now, now, whole=True)


def _erase_events(conn: Connection, case: Case) -> None:
    of_case = (_here(conn, EVENTS.c.district_id), EVENTS.c.case_no == case.no)
    for row in conn.execute(select(EVENTS).where(*of_case)).all():
        data = to_event(conn, row).data
        kept = erasure.erased_data(row.kind, data, case)
        if kept != data:
            conn.execute(update(EVENTS).where(*of_case, EVENTS.c.seq == row.seq).values(data=_packed(conn, case, kept)))


def _packed(conn: Connection, case: Case, data: Mapping[str, object]) -> str:
    return seal_all(conn, pack(data)) if case.sealed else pack(data)


def _has_case(conn: Connection, user: int) -> bool:
    case = exists().where(_here(conn, CASES.c.district_id), CASES.c.reporter.in_(accounts(conn, user)))
    return bool(conn.execute(select(case)).scalar())


def _asks(conn: Connection, user: int, now: datetime) -> bool:
    """Whether somebody may still answer a question of theirs, or we have just invited one."""
    recent = (POSTS.c.kind == QUESTION, POSTS.c.at > now - erasure.KEPT, _names(POSTS.c.params, "from", user))
    question = exists().where(_here(conn, POSTS.c.district_id), *recent)
    contact = contact_of(conn, user)
    asking = contact is not None and contact.awaiting_until is not None and contact.awaiting_until > now
    return asking or bool(conn.execute(select(question)).scalar())


def _is_planned(conn: Connection, user: int) -> bool:
    """Whether they have asked for it: then the contact is gone, and whoever talks to us since is somebody new."""
    row = exists().where(_here(conn, SCHEDULES.c.district_id), SCHEDULES.c.key == f"{FORGET}:{user}")
    return bool(conn.execute(select(row)).scalar())


def _remove_contact(conn: Connection, user: int) -> None:
    conn.execute(delete(CONTACTS).where(_here(conn, CONTACTS.c.district_id), CONTACTS.c.user_id == user))


def _plan_forget(conn: Connection, user: int, until: datetime, due_at: datetime, *, whole: bool) -> None:
    params: dict[str, Json] = {"user": user, "until": until.isoformat(), "whole": whole}
    put_schedule(conn, f"{FORGET}:{user}", FORGET, params, due_at)


def _settled(conn: Connection, which: ColumnElement[bool]) -> Delete:
    """Deletes these notices; what is being sent just now is still to be marked, and goes by tidying."""
    return delete(OUTBOX).where(_here(conn, OUTBOX.c.district_id), which, OUTBOX.c.state != "sending")


def _told(user: int, until: datetime) -> ColumnElement[bool]:
    """Notices about no case: to the person, made of what they wrote (their id is in the key), or asked by them."""
    theirs = or_(OUTBOX.c.chat == user, OUTBOX.c.key.startswith(f"m{user}."), _names(OUTBOX.c.notice, "from", user))
    return and_(OUTBOX.c.case_no.is_(None), OUTBOX.c.created_at <= until, theirs)


def _on_its_way(conn: Connection, which: ColumnElement[bool], due: Schedule, now: datetime) -> bool:
    """Whether one of these notices is being sent, or still waits to be."""
    since = datetime.fromisoformat(str(due.params.get(SINCE, now.isoformat())))
    states = ["sending"] if now - since > PATIENCE else ["sending", "pending"]
    waiting = exists().where(_here(conn, OUTBOX.c.district_id), which, OUTBOX.c.state.in_(states))
    return bool(conn.execute(select(waiting)).scalar())


def _again(conn: Connection, due: Schedule, now: datetime) -> None:
    params: dict[str, Json] = {SINCE: now.isoformat(), **due.params}
    put_schedule(conn, due.key, due.kind, params, now + AGAIN)


def _remove_posts(conn: Connection, which: ColumnElement[bool]) -> None:
    gone = delete(POSTS).where(_here(conn, POSTS.c.district_id), which).returning(POSTS.c.chat, POSTS.c.message)
    for row in conn.execute(gone).all():
        card = (SLOTS.c.chat == row.chat, SLOTS.c.message == row.message)
        conn.execute(delete(SLOTS).where(_here(conn, SLOTS.c.district_id), *card))


def _names(text: ColumnElement[str] | ColumnElement[str | None], name: str, user: int) -> ColumnElement[bool]:
    """Whether packed JSON names an account under `name`; words of people cannot, since their quotes are escaped."""
    return or_(text.contains(f'"{name}":{user},'), text.contains(f'"{name}":{user}}}'))


def _here(conn: Connection, column: ColumnElement[str]) -> ColumnElement[bool]:
    return column == district_of(conn)


def _key(case: Case) -> str:
    return f"{ERASE}:{case.no}:{case.reopened}"


def _params(case: Case) -> dict[str, Json]:
    return {"no": case.no, "reopened": case.reopened}
