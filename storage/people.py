"""Contacts, and who is at their post."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from core.roster import Away, Presence, SignIn
from core.world import Contact
from storage.codec import pack, unpack
from storage.tables import AWAYS, CONTACTS, SIGN_INS
from storage.tenancy import run
from storage.upserts import put

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


def contact_of(conn: Connection, user: int) -> Contact | None:
    """A person as the chat knows them; None for a stranger."""
    body = run(conn, _CONTACT, user=user).scalar()
    return unpack(Contact, body) if body is not None else None


def presence(conn: Connection, now: datetime) -> Presence:
    """Sign-ins for shifts that are not over, and absences that are not."""
    return Presence(
        sign_ins=tuple(unpack(SignIn, body) for body in run(conn, _SIGN_INS, now=now).scalars()),
        aways=tuple(unpack(Away, body) for body in run(conn, _AWAYS, now=now).scalars()),
    )


def write_contact(conn: Connection, contact: Contact) -> None:
    """Remember a person, or what has changed about them."""
    put(conn, CONTACTS, [{"user_id": contact.user_id, "body": pack(contact)}])


def write_sign_ins(conn: Connection, sign_ins: Sequence[SignIn]) -> None:
    """Remember sign-ins; one for the same person, team and shift replaces the earlier."""
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
    rows = [{"person": it.person, "since": it.since, "until": it.until, "body": pack(it)} for it in aways]
    put(conn, AWAYS, rows)
