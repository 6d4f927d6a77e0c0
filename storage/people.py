"""Contacts, and who is at their post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, or_, select

from core.roster import Away, Change, Presence, SignIn
from core.world import Contact
from storage import quick
from storage.codec import pack, unpack
from storage.counters import renew, value_of
from storage.tables import AWAYS, CHANGES, CHATS, CONTACTS, SIGN_INS
from storage.tenancy import run
from storage.upserts import put

PRESENCE = "presence"  # the mark that every change of it renews

_NEVER = datetime.max.replace(tzinfo=UTC)

_CONTACT = select(CONTACTS.c.body).where(
    CONTACTS.c.district_id == bindparam("district"), CONTACTS.c.user_id == bindparam("user")
)
_SIGN_INS = (
    select(SIGN_INS.c.body)
    .where(SIGN_INS.c.district_id == bindparam("district"), SIGN_INS.c.shift_end > bindparam("now"))
    .order_by(SIGN_INS.c.shift_start, SIGN_INS.c.person)
)
_AWAYS = (
    select(AWAYS.c.body)
    .where(
        AWAYS.c.district_id == bindparam("district"),
        or_(AWAYS.c.until.is_(None), AWAYS.c.until > bindparam("now")),
    )
    .order_by(AWAYS.c.since, AWAYS.c.person)
)

_CHANGES = (
    select(CHANGES.c.body)
    .where(CHANGES.c.district_id == bindparam("district"), CHANGES.c.shift_end > bindparam("kept"))
    .order_by(CHANGES.c.serial)
)
_LOST = select(CHATS.c.chat).where(
    CHATS.c.district_id == bindparam("district"), CHATS.c.reachable.is_(False), CHATS.c.chat < 0
)
_SERIAL = select(func.coalesce(func.max(CHANGES.c.serial), 0)).where(CHANGES.c.district_id == bindparam("district"))
# Changes of the last month still count: rest and hours are looked at over it.
CHANGES_COUNT = timedelta(days=32)


def contact_of(conn: Connection, user: int) -> Contact | None:
    """A person as the chat knows them; None for a stranger."""
    body = quick.first(conn, _CONTACT, user=user)
    return unpack(Contact, body) if body is not None else None


def reached(conn: Connection) -> dict[int, bool]:
    """Everybody who ever pressed Start, and whether a message reaches them."""
    here = select(CONTACTS.c.body).where(CONTACTS.c.district_id == bindparam("district"))
    return {it.user_id: it.reachable for it in (unpack(Contact, body) for body in run(conn, here).scalars())}


def presence(conn: Connection, now: datetime) -> Presence:
    """Sign-ins for shifts that are not over, absences that are not, and changes of the plan of the last month and to
    come, in the order in which they were decided."""
    return Presence(
        sign_ins=tuple(unpack(SignIn, body) for (body,) in quick.rows(conn, _SIGN_INS, now=now)),
        aways=tuple(unpack(Away, body) for (body,) in quick.rows(conn, _AWAYS, now=now)),
        changes=tuple(unpack(Change, body) for (body,) in quick.rows(conn, _CHANGES, kept=now - CHANGES_COUNT)),
        lost=frozenset(chat for (chat,) in quick.rows(conn, _LOST)),
    )


class Roll:
    """The presence of the town as a process remembers it between commands: reading all of it costs more than deciding.

    It is read again when its mark has changed, or somebody's time is over. Threads may ask at once.
    """

    def __init__(self) -> None:
        self._called: _Called | None = None

    def presence(self, conn: Connection, now: datetime, mark: int | None = None) -> Presence:
        """The same as `presence`; `mark` is that of PRESENCE where it was read before, never after, what is read."""
        mark = value_of(conn, PRESENCE) if mark is None else mark
        called = self._called
        if called is None or called.mark != mark or not called.since <= now < called.until:
            self._called = called = _call(conn, mark, now)
        return called.presence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Called:
    mark: int
    since: datetime
    until: datetime
    presence: Presence


def _call(conn: Connection, mark: int, now: datetime) -> _Called:
    there = presence(conn, now)
    ends = (*(it.shift_end for it in there.sign_ins), *(it.until for it in there.aways if it.until))
    return _Called(mark=mark, since=now, until=min(ends, default=_NEVER), presence=there)


def write_contact(conn: Connection, contact: Contact) -> None:
    """Remember a person, or what has changed about them."""
    put(conn, CONTACTS, [{"user_id": contact.user_id, "body": pack(contact)}])


def write_sign_ins(conn: Connection, sign_ins: Sequence[SignIn]) -> None:
    """Remember sign-ins; one for the same person, team and shift replaces the earlier."""
    if not sign_ins:
        return
    renew(conn, PRESENCE)
    rows = [
        {
            "person": it.person,
            "team": it.team,
            "shift_start": it.shift_start,
            "shift_end": it.shift_end,
            "body": pack(it),
        }
        for it in sign_ins
    ]
    put(conn, SIGN_INS, rows)


def write_aways(conn: Connection, aways: Sequence[Away]) -> None:
    """Remember absences; one of the same person with the same beginning replaces the earlier."""
    if not aways:
        return
    renew(conn, PRESENCE)
    rows = [{"person": it.person, "since": it.since, "until": it.until, "body": pack(it)} for it in aways]
    put(conn, AWAYS, rows)


def write_changes(conn: Connection, changes: Sequence[Change]) -> None:
    """Remember changes of the plan, after those that are there; one with the same id replaces the earlier."""
    if not changes:
        return
    renew(conn, PRESENCE)
    last: int = run(conn, _SERIAL).scalar_one()
    rows = [
        {"id": it.id, "serial": last + number, "shift_end": it.end, "body": pack(it)}
        for number, it in enumerate(changes, start=1)
    ]
    put(conn, CHANGES, rows)
