"""Cases whose kind a person set right or chose: what was not understood, to learn from."""

from sqlalchemy import Connection, bindparam, select

from core.case import Case
from storage.cases import case_of
from storage.tables import CASES, EVENTS
from storage.tenancy import run

_TAUGHT = (
    select(EVENTS.c.case_no)
    .join(CASES, (CASES.c.district_id == EVENTS.c.district_id) & (CASES.c.no == EVENTS.c.case_no))
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.kind.in_(bindparam("kinds", expanding=True)))
    .where(~CASES.c.sealed)
    .distinct()
    .order_by(EVENTS.c.case_no)
)


def taught(conn: Connection) -> tuple[Case, ...]:
    """The cases, oldest number first; without the sealed ones and those whose words are gone already."""
    return tuple(case for case in _with(conn, "set_right", "kind_chosen") if case.category is not None)


def regraded(conn: Connection) -> tuple[Case, ...]:
    """The same of cases whose severity somebody set otherwise."""
    return _with(conn, "regraded")


def _with(conn: Connection, *kinds: str) -> tuple[Case, ...]:
    found = (case_of(conn, no) for no in run(conn, _TAUGHT, kinds=kinds).scalars())
    return tuple(case for case in found if case is not None and case.words)
