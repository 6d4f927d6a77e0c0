"""The one transaction of a command: was it here before, what must the decision see, and all of what it decided."""

from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Connection, text

from core.messages import Command, Needs
from core.town import Town
from core.world import Contact, Decision, Post, World
from storage import cases, counters, erasure, people, posts, queueing, records
from storage.errors import Clash
from storage.tables import SEEN
from storage.tenancy import district_of
from storage.upserts import put_once
from storage.views import log_lines

_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(:lock)")


def first_time(conn: Connection, key: str, now: datetime) -> bool:
    """Whether this key is new; from now on it is not. Keys: `u:<update_id>`, `digest:G05:2026-11-20`."""
    return put_once(conn, SEEN, {"key": key, "at": now})


def world_for(
    conn: Connection, command: Command, town: Town, now: datetime, bot_name: str, *, hold: bool = False
) -> World:
    """Exactly what the command needs. With `hold`, nobody else changes the case or takes a number until the end."""
    needs = command.needs()
    if needs.user is not None:
        _one_by_one(conn, needs.user)
    post = _post(conn, needs)
    number = needs.case or (needs.otherwise if post is None else post.case if needs.case_of_message else None)
    return World(
        now=now,
        town=town,
        bot_name=bot_name,
        presence=people.presence(conn, now),
        case=cases.case_of(conn, number, held=hold) if number is not None else None,
        contact=_contact(conn, needs),
        cases=cases.cases_of(conn, needs.cases_of) if needs.cases_of is not None else (),
        open_cases=cases.open_cases(conn) if needs.cases_open else (),
        post=post,
        number=counters.next_number(conn, now, town.district.zone, held=hold) if needs.number else None,
        log=log_lines(conn, *needs.log) if needs.log is not None else (),
        record=records.record_of(conn, *needs.record, held=hold) if needs.record is not None else None,
        records=records.open_records(conn, needs.records) if needs.records else (),
    )


def save(conn: Connection, decision: Decision, world: World, now: datetime) -> int:
    """Write all that was decided; how many notices were new.

    Raises Clash when the case has another version than it was loaded with, or its number is taken: roll back, decide
    again.
    """
    if decision.case is not None:
        if decision.case.version == 0 and not counters.take_number(conn, decision.case.no):
            raise Clash(decision.case.no)
        cases.write_case(conn, decision.case, decision.events)
        erasure.plan(conn, decision.case, now)
    else:
        cases.append_apart(conn, decision.events)
    if decision.contact is not None and decision.contact != world.contact:
        people.write_contact(conn, decision.contact)
    if decision.forget is not None:
        erasure.forget(conn, decision.forget, now)
    people.write_sign_ins(conn, decision.sign_ins)
    people.write_aways(conn, decision.aways)
    records.write_records(conn, decision.records)
    return queueing.queue(conn, decision.notices, now)


def _contact(conn: Connection, needs: Needs) -> Contact | None:
    return people.contact_of(conn, needs.user) if needs.user is not None else None


def _post(conn: Connection, needs: Needs) -> Post | None:
    return posts.post_of(conn, *needs.message) if needs.message is not None else None


def _one_by_one(conn: Connection, user: int) -> None:
    """What one person says is decided one by one, or two photos of an album would open two cases.

    SQLite has one writer anyway; PostgreSQL holds the others back until this transaction ends.
    """
    if conn.dialect.name != "sqlite":
        name = f"{district_of(conn)}:{user}".encode()
        lock = int.from_bytes(blake2b(name, digest_size=8).digest(), signed=True)
        conn.execute(_ONE_BY_ONE, {"lock": lock})
