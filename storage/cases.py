"""Cases and their histories: rows <-> values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, asc, bindparam, desc, select, union_all, update

from core import search
from core.audit import asked_chat
from core.case import ENDED, Case, Event, Status
from core.distance import Point
from core.duplicates import LATER_WITHIN, OPEN_WITHIN, cell_of, cells_around
from core.erasure import NOBODY
from storage import quick
from storage.codec import pack, unpack
from storage.counters import take
from storage.errors import Clash
from storage.sealing import accounts, opened, ring_of, seal_all, seal_members
from storage.tables import CASES, EVENTS
from storage.tenancy import district_of, run
from storage.upserts import put_once, with_district

OF_ONE_REPORTER = 50  # nobody looks further back in a chat
NO_CASE = ""
LABEL = 80  # characters of a place that it can be found by
A_FEW = 500  # rows in memory at once
NEAR_OPEN, NEAR_CLOSED = 8, 4  # of one kind and place that are looked at
SQUARES = 9  # around a point (core.duplicates.cells_around)

WORKED_ON = frozenset({Status.ACK, Status.SITE, Status.DONE})  # nobody is waited for

_HERE = CASES.c.district_id == bindparam("district")
_ONE = select(CASES.c.body).where(_HERE, CASES.c.no == bindparam("no"))
_ONE_HELD = _ONE.with_for_update()
_OF_REPORTER = (
    select(CASES.c.body)
    .where(_HERE, CASES.c.reporter == bindparam("reporter"))
    .order_by(CASES.c.opened_at.desc())
    .limit(OF_ONE_REPORTER)
)
_OPEN = select(CASES.c.body).where(_HERE, CASES.c.open).order_by(CASES.c.opened_at)
_DUE = (
    select(CASES.c.no)
    .where(_HERE, CASES.c.open, CASES.c.due_at <= bindparam("now"))
    .order_by(CASES.c.due_at)
    .limit(bindparam("count"))
)


def _near(wanted: ColumnElement[bool], count: int, turn: Callable[[Any], Any]) -> Select[tuple[str]]:
    """The first few of every square by itself, in the index's own order, for a place may have years of such cases; of
    these the first few."""
    here = (_HERE, CASES.c.category == bindparam("category"), CASES.c.opened_at >= bindparam("since"), wanted)
    each = (
        select(CASES.c.no, CASES.c.opened_at).where(*here, CASES.c.cell == bindparam(f"cell_{n}"))
        for n in range(SQUARES)
    )
    found = union_all(*(select(it.order_by(turn(CASES.c.opened_at)).limit(count).subquery()) for it in each)).subquery()
    return select(found.c.no).order_by(turn(found.c.opened_at), turn(found.c.no)).limit(count)


_NEAR_OPEN = _near(CASES.c.open, NEAR_OPEN, asc)
_NEAR_CLOSED = _near(CASES.c.open.is_(False) & (CASES.c.status == Status.CLOSED.value), NEAR_CLOSED, desc)
_CLOSED = (
    select(CASES.c.no, CASES.c.team)
    .where(_HERE, CASES.c.closed_at >= bindparam("since"), CASES.c.closed_at < bindparam("until"))
    .where(CASES.c.status == Status.CLOSED.value, CASES.c.sealed.is_(False), CASES.c.team.is_not(None))
    .order_by(CASES.c.no)
)
_ADD = EVENTS.insert()
# Of a sealed case; chats, people of ours and moments are searched.
_WORDS = frozenset({
    "reporter_name", "words", "health", "photos", "voices", "files", "album", "place", "closing", "result",
    "result_photo", "also", "conflict", "rivals",
})  # fmt: skip
_ACCOUNT = frozenset({"reporter", "reporter_name"})  # of one that was told without a name, and of a sealed one
_COLUMNS = tuple(column.name for column in CASES.columns if column.name not in {"district_id", "no", "history"})
_REPLACE = (
    update(CASES)
    .where(_HERE, CASES.c.no == bindparam("case_no"), CASES.c.version == bindparam("known"))
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS} | {"history": CASES.c.history + bindparam("more")})
    .returning(CASES.c.history)
)


def case_of(conn: Connection, no: str, *, held: bool = False) -> Case | None:
    """A case by its number; `held` keeps others from changing it until this transaction ends."""
    body = quick.first(conn, _ONE_HELD if held else _ONE, no=no)
    return unpack(Case, opened(conn, body)) if body is not None else None


def closed_between(conn: Connection, since: datetime, until: datetime) -> tuple[tuple[str, str], ...]:
    """Number and team of the cases that were closed then and still are, by number; sealed ones never."""
    return tuple((row.no, row.team) for row in run(conn, _CLOSED, since=since, until=until))


def cases_of(conn: Connection, reporter: int) -> tuple[Case, ...]:
    """A reporter's newest cases, newest first."""
    found = [case for account in accounts(conn, reporter) for case in _bodies(conn, _OF_REPORTER, reporter=account)]
    return tuple(sorted(found, key=lambda it: it.opened_at, reverse=True)[:OF_ONE_REPORTER])


def open_cases(conn: Connection) -> tuple[Case, ...]:
    """All cases that have not ended, oldest first."""
    return _bodies(conn, _OPEN)


def cases_near(conn: Connection, category: str, point: Point, now: datetime) -> tuple[Case, ...]:
    """Cases of a kind in the cells around a point: the oldest open ones of two days, then the newest closed of a year.
    Sealed ones are not found."""
    cells = {f"cell_{n}": cell for n, cell in enumerate(cells_around(point))}
    here = {"category": category, **cells}
    still = quick.rows(conn, _NEAR_OPEN, since=now - OPEN_WITHIN, **here)
    ended = quick.rows(conn, _NEAR_CLOSED, since=now - LATER_WITHIN, **here)
    found = (case_of(conn, no) for (no,) in (*still, *ended))
    return tuple(it for it in found if it is not None)


def each_open(conn: Connection) -> Iterator[Case]:
    """The same one by one, for whoever has to look at all of them and keep few."""
    for body in run(conn, _OPEN).scalars().yield_per(A_FEW):
        yield unpack(Case, opened(conn, body))


def due_cases(conn: Connection, now: datetime, limit: int = 100) -> list[str]:
    """Numbers of open cases whose `due_at` has come, the longest overdue first."""
    return [no for (no,) in quick.rows(conn, _DUE, now=now, count=limit)]


def write_case(conn: Connection, case: Case, events: Sequence[Event]) -> None:
    """Write a case one version on, and append to its history. Raises Clash when the database has another version."""
    held = _insert(conn, case, len(events)) if case.version == 0 else _replace(conn, case, len(events))
    append(conn, case.no, held - len(events), events, sealed=case.sealed, secret=_secret(conn, case))


def write_sealed(conn: Connection, case: Case) -> None:
    """Write a case as it is, by the key of now; it is no change of the case."""
    columns = {
        name: value for name, value in _columns(conn, case, same=True).items() if name in {"place", "body", "reporter"}
    }
    here = (CASES.c.district_id == district_of(conn), CASES.c.no == case.no, CASES.c.version == case.version)
    conn.execute(update(CASES).where(*here).values(columns))


def append(
    conn: Connection,
    case_no: str,
    after: int,
    events: Iterable[Event],
    *,
    sealed: bool = False,
    secret: int | None = None,
) -> None:
    """Write lines of a history behind the first `after`; one that names the account `secret` is sealed as well."""
    rows = [_event_row(case_no, seq, event) for seq, event in enumerate(events, start=after + 1)]
    if sealed or secret is not None:
        rows = [_confidential(conn, row, None if sealed else secret) for row in rows]
    if rows:
        quick.put_all(conn, _ADD, with_district(conn, rows))


def _confidential(conn: Connection, row: dict[str, Any], secret: int | None) -> dict[str, Any]:
    telling = secret is None or str(secret) in row["data"]
    return {**row, "data": seal_all(conn, row["data"])} if telling else row


def append_apart(conn: Connection, events: Sequence[Event]) -> None:
    """Write events that belong to no case."""
    for event in events:
        append(conn, NO_CASE, take(conn, "events") - 1, [event])


def to_event(conn: Connection, row: Any) -> Event:
    """An event of its row's kind, at, actor, row and data."""
    data = unpack(dict, opened(conn, row.data))
    # A morning reads all of a day's: few kinds, and as many copies of their names as there are lines.
    return Event(kind=intern(row.kind), at=row.at, actor=row.actor, row=row.row, data=data)


def _bodies(conn: Connection, statement: Select[tuple[str]], **values: object) -> tuple[Case, ...]:
    return tuple(unpack(Case, opened(conn, body)) for (body,) in quick.rows(conn, statement, **values))


def _insert(conn: Connection, case: Case, more: int) -> int:
    if not put_once(conn, CASES, _columns(conn, case) | {"no": case.no, "history": more}):
        raise Clash(case.no)
    return more


def _replace(conn: Connection, case: Case, more: int) -> int:
    columns = _columns(conn, case)
    new = {f"new_{name}": value for name, value in columns.items()}
    history = quick.first(conn, _REPLACE, case_no=case.no, known=case.version, more=more, **new)
    if history is None:
        raise Clash(case.no)
    return int(history)


def _secret(conn: Connection, case: Case) -> int | None:
    """The account that must not be read; None where it may be, or is erased, or there is no key."""
    confidential = (case.sealed or case.anonymous) and case.reporter != NOBODY
    return case.reporter if confidential and ring_of(conn) is not None else None


def _one_on(case: Case) -> str:
    """The case one version on, as it is kept. Writing it takes less time than copying its 70 fields would."""
    body, head = pack(case), f'{{"no":{pack(case.no)},"version":'
    before = f"{head}{case.version},"
    assert body.startswith(before), "The first fields of a case are its number and its version."
    return f"{head}{case.version + 1},{body[len(before) :]}"


def _columns(conn: Connection, case: Case, *, same: bool = False) -> dict[str, Any]:
    """The row of a case one version on, or the `same`."""
    ring, secret = ring_of(conn), _secret(conn, case)
    hidden = case.sealed and ring is not None
    telling = (_WORDS if hidden else frozenset()) | (_ACCOUNT if secret is not None else frozenset())
    body = pack(case) if same else _one_on(case)
    return {
        "version": case.version if same else case.version + 1,
        "status": case.status.value,
        "open": case.status not in ENDED,
        "sealed": case.sealed,
        "due_at": case.due_at,
        "grid": case.place.grid if case.place else None,
        "category": case.category,
        "severity": case.severity,
        "reporter": ring.hidden(secret)[0] if ring is not None and secret is not None else case.reporter,
        "team": case.team,
        "chat": asked_chat(case),
        "cell": _cell(case),
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "close_due": case.close_due,
        "owed_until": _owed_until(case),
        "compound": case.place.compound if case.place else None,
        "place": case.place.label[:LABEL] if case.place and not hidden else None,
        "handler": case.handler,
        "asked": _asked(case),
        "body": seal_members(conn, body, telling) if telling else body,
    }


def _asked(case: Case) -> str | None:
    teams = search.asked(case)
    return f"|{'|'.join(teams)}|" if teams else None


def _owed_until(case: Case) -> datetime | None:
    """The last moment at which somebody had to accept it, be there, or report in: until then it is in a figure. Not
    known as long as somebody is waited for."""
    if case.status not in ENDED | WORKED_ON:
        return None
    asked = (*(it.due for it in case.offers), *(it.due for it in case.whistles))
    return max(it for it in (case.opened_at, case.arrive_due, *asked) if it is not None)


def _cell(case: Case) -> str | None:
    """By which it is found when something near it is told; a sealed case never is (privacy.md)."""
    place = case.place
    if case.sealed or place is None or place.lat is None or place.lng is None:
        return None
    return cell_of(Point(place.lat, place.lng))


def _event_row(case_no: str, seq: int, event: Event) -> dict[str, Any]:
    return {
        "case_no": case_no,
        "seq": seq,
        "kind": event.kind,
        "at": event.at,
        "actor": event.actor,
        "row": event.row,
        "data": pack(event.data),
    }
