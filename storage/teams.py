"""What teams and their people have to do; each look costs what that team has open, whatever others have."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, func, literal_column, select

from core.case import Case, Status
from core.district import Person
from core.ladder import WORKING
from core.routing import Load
from storage import quick
from storage.codec import unpack
from storage.sealing import opened
from storage.tables import CASES
from storage.tenancy import run

FIRST = 3  # a place is taken for an arrival at the oldest, unless another was named

_OPEN = (CASES.c.district_id == bindparam("district"), CASES.c.open)
_LOADS = (
    select(CASES.c.team, func.count().label("open"), func.max(CASES.c.opened_at).label("newest"))
    .where(*_OPEN, CASES.c.team.in_(bindparam("teams", expanding=True)))
    .where(CASES.c.status.in_(bindparam("statuses", expanding=True)))
    .group_by(CASES.c.team)
)
_ACCEPTED = (
    select(CASES.c.body)
    .where(*_OPEN, CASES.c.handler == bindparam("person"), CASES.c.status == literal_column(f"'{Status.ACK.value}'"))
    .where(CASES.c.team.in_([bindparam("alone"), bindparam("team")]))
    .order_by(CASES.c.opened_at)
    .limit(FIRST)
)


def loads(conn: Connection, teams: Collection[str]) -> Mapping[str, Load]:
    """By team; one that has nothing to do is left out."""
    found = run(conn, _LOADS, teams=sorted(teams), statuses=sorted(WORKING))
    return {row.team: Load(open=row.open, newest=row.newest) for row in found}


def accepted_by(conn: Connection, person: Person) -> tuple[Case, ...]:
    """The cases that somebody has accepted and is on the way to: the FIRST of them, oldest first."""
    alone = f"person:{person.id}"
    wanted = {"person": person.id, "alone": alone, "team": person.team or alone}
    return tuple(unpack(Case, opened(conn, body)) for (body,) in quick.rows(conn, _ACCEPTED, **wanted))
