"""The one transaction of a command: was it here before, what must the decision see, and all of what it decided."""

from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import Connection

from core.case import Case
from core.changing import changed
from core.distance import Point
from core.district import Person
from core.duplicates import cell_of
from core.messages import Command, Needs
from core.positions import Position
from core.roster import Presence
from core.routing import Load
from core.town import Town
from core.trail import entries
from core.world import (
    CasesNeeded,
    ClosedNeeded,
    Contact,
    Decision,
    DocumentNeeded,
    LoadsNeeded,
    LogLine,
    NearNeeded,
    NumberNeeded,
    Post,
    RecordNeeded,
    RecordsNeeded,
    SearchNeeded,
    ToldNeeded,
    World,
)
from storage import (
    cases,
    chats,
    counters,
    districts,
    erasure,
    finding,
    people,
    positions,
    posts,
    queueing,
    records,
    resealing,
    teams,
    trail,
)
from storage.tables import SEEN
from storage.tenancy import one_by_one
from storage.upserts import put_once
from storage.views import cases_told, count_lines, history_of, log_apart, log_lines

Decide = Callable[[Command, World], Decision]
Nearby = Mapping[tuple[str, str], tuple[Case, ...]]
CODE = 18  # bytes of a secret link: 24 characters, of which a start parameter takes 64


def first_time(conn: Connection, key: str, now: datetime) -> bool:
    """Whether this key is new; from now on it is not. Keys: `u:<update_id>`, `digest:G05:2026-11-20`."""
    return put_once(conn, SEEN, {"key": key, "at": now})


def world_for(
    conn: Connection,
    command: Command,
    town: Town,
    now: datetime,
    bot_name: str,
    *,
    hold: bool = False,
    presence: Presence | None = None,
    newest: Mapping[str, Position] | None = None,
) -> World:
    """Exactly what the command needs; `presence` and the `newest` positions where they are known already. With `hold`,
    nobody else changes the case until the end.
    """
    needs = command.needs()
    if needs.user is not None:
        one_by_one(conn, str(needs.user))  # or two photos of an album would open two cases
    post = _post(conn, needs)
    about = needs.record or (post.record if post is not None else None)
    number = needs.case or (needs.otherwise if post is None else post.case if needs.case_of_message else None)
    person = town.district.person(needs.user) if needs.user is not None else None
    return World(
        now=now,
        town=town,
        bot_name=bot_name,
        code=token_urlsafe(CODE),
        presence=people.presence(conn, now) if presence is None else presence,
        case=cases.case_of(conn, number, held=hold) if number is not None else None,
        contact=_contact(conn, needs),
        cases=cases.cases_of(conn, needs.cases_of) if needs.cases_of is not None else (),
        open_cases=_open_cases(conn, needs, person),
        positions=positions.Whereabouts().newest(conn, now) if newest is None else newest,
        track=positions.track(conn, person.id, now) if needs.track and person is not None else (),
        post=post,
        log=_log(conn, needs),
        counts=count_lines(conn, *needs.counts) if needs.counts is not None else (),
        reachable=chats.reachable(conn, needs.chat) if needs.chat is not None else True,
        served=posts.served(conn, needs.chat) if needs.chat is not None else False,
        there=chats.cases_at(conn, needs.chat) if needs.chat is not None else (),
        record=records.record_of(conn, *about, held=hold) if about is not None else None,
        records=records.open_records(conn, needs.records) if needs.records else (),
    )


def decided(conn: Connection, decide: Decide, command: Command, world: World, *, hold: bool = False) -> Decision:
    """What is decided; what few decisions need is fetched only when one asks for it: the number of a new case makes
    others wait, and what teams have to do has to be counted.
    """
    while True:
        try:
            return decide(command, world)
        except NumberNeeded as wanted:
            number = counters.take_number(conn, world.now, world.town.district.zone)
            near = _near(conn, wanted.near, world.now)
            seen = {it: records.record_of(conn, *it, held=hold) for it in wanted.records}
            world = changed(
                world, number=number, nearby={**world.nearby, **near}, looked_up={**world.looked_up, **seen}
            )
        except CasesNeeded as wanted:
            named = {number: cases.case_of(conn, number) for number in sorted(wanted.numbers)}
            world = changed(world, known={**world.known, **named})
        except SearchNeeded as wanted:
            found = finding.search(conn, wanted.scope, wanted.query)
            world = changed(world, found={**world.found, (wanted.scope, wanted.query): found})
        except NearNeeded as wanted:
            near = _near(conn, (wanted.category, wanted.point), world.now)
            world = changed(world, nearby={**world.nearby, **near})
        except (ClosedNeeded, ToldNeeded) as wanted:
            world = _of_the_log(conn, wanted, world)
        except RecordNeeded as wanted:
            one = records.record_of(conn, wanted.kind, wanted.name, held=hold)
            world = changed(world, looked_up={**world.looked_up, (wanted.kind, wanted.name): one})
        except RecordsNeeded as wanted:
            every = records.open_records(conn, {wanted.kind})
            world = changed(world, all_open={**world.all_open, wanted.kind: every})
        except (DocumentNeeded, LoadsNeeded) as wanted:
            world = _of_town(conn, wanted, world)


def _of_town(conn: Connection, wanted: DocumentNeeded | LoadsNeeded, world: World) -> World:
    if isinstance(wanted, LoadsNeeded):
        return changed(world, loads={**world.loads, **_loads(conn, wanted.teams)})
    return changed(world, document=districts.file_of(conn))


def _of_the_log(conn: Connection, wanted: ClosedNeeded | ToldNeeded, world: World) -> World:
    if isinstance(wanted, ClosedNeeded):
        done = cases.closed_between(conn, *wanted.window)
        return changed(world, closed={**world.closed, wanted.window: done})
    known = cases_told(conn, wanted.window, wanted.moments)
    return changed(world, told={**world.told, (wanted.window, wanted.moments): known})


def _near(conn: Connection, about: tuple[str, Point] | None, now: datetime) -> Nearby:
    return {(about[0], cell_of(about[1])): cases.cases_near(conn, *about, now)} if about is not None else {}


def _loads(conn: Connection, wanted: frozenset[str]) -> Mapping[str, Load | None]:
    return {**dict.fromkeys(wanted), **teams.loads(conn, wanted)}


def save(conn: Connection, decision: Decision, world: World, now: datetime) -> int:
    """Write all that was decided; how many notices were new.

    Raises Clash when the case has another version than it was loaded with: roll back, decide again.
    """
    if decision.case is not None:
        cases.write_case(conn, decision.case, decision.events)
        erasure.plan(conn, decision.case, now)
        if any(event.kind in {"sealed", "nameless"} for event in decision.events):
            resealing.seal_case(conn, decision.case.no)
    else:
        cases.append_apart(conn, decision.events)
    if decision.contact is not None and decision.contact != world.contact:
        people.write_contact(conn, decision.contact)
    for it in decision.chats:
        chats.set_reachable(conn, it.chat, it.reachable, it.title)
    if decision.forget is not None:
        erasure.forget(conn, decision.forget, now)
        erasure.forget_words(conn, decision.records, of=decision.forget)
    people.write_sign_ins(conn, decision.sign_ins)
    people.write_aways(conn, decision.aways)
    people.write_changes(conn, decision.changes)
    positions.write_positions(conn, decision.positions)
    records.write_records(conn, decision.records)
    if any(isinstance(it, districts.OF_PEOPLE) for it in decision.records):
        districts.changed(conn)
    districts.give_tables(conn, decision.tables, now)
    if decision.district is not None:
        districts.load_district(conn, decision.district, now)
    trail.append(conn, entries(decision, world))
    return queueing.queue(conn, decision.notices, now)


def _log(conn: Connection, needs: Needs) -> tuple[LogLine, ...]:
    of_cases = log_lines(conn, *needs.log) if needs.log is not None else ()
    of_cases += history_of(conn, needs.history) if needs.history else ()
    return (*of_cases, *log_apart(conn, *needs.apart)) if needs.apart is not None else of_cases


def _open_cases(conn: Connection, needs: Needs, person: Person | None) -> tuple[Case, ...]:
    if needs.cases_open:
        return cases.open_cases(conn)
    return teams.accepted_by(conn, person) if needs.mine and person is not None else ()


def _contact(conn: Connection, needs: Needs) -> Contact | None:
    return people.contact_of(conn, needs.user) if needs.user is not None else None


def _post(conn: Connection, needs: Needs) -> Post | None:
    return posts.post_of(conn, *needs.message) if needs.message is not None else None
