"""Cases whose kind a person set right or chose: what was not understood, to learn from."""

from sqlalchemy import Connection, bindparam, select

from core.case import Case
from storage.cases import case_of
from storage.codec import unpack
from storage.sealing import opened
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

_WHY = select(EVENTS.c.data).where(
    EVENTS.c.district_id == bindparam("district"), EVENTS.c.case_no == bindparam("no"), EVENTS.c.kind == "rejected"
)


def taught(conn: Connection) -> tuple[Case, ...]:
    """The cases, oldest number first; without the sealed ones and those whose words are gone already."""
    return tuple(case for case in _with(conn, "set_right", "kind_chosen", "raised") if case.category is not None)


def regraded(conn: Connection) -> tuple[Case, ...]:
    """The same of cases whose severity somebody set otherwise."""
    return _with(conn, "regraded")


def rekinded(conn: Connection) -> tuple[tuple[str, Case], ...]:
    """The same of cases that somebody turned away because they were no hazard, each with what they were."""
    found = []
    for case in _with(conn, "rejected"):
        lines = run(conn, _WHY, no=case.no).scalars()
        kinds = (unpack(dict, opened(conn, it)).get("kind") for it in lines)
        found += [(str(kind), case) for kind in kinds if kind]
    return tuple(found)


def _with(conn: Connection, *kinds: str) -> tuple[Case, ...]:
    found = (case_of(conn, no) for no in run(conn, _TAUGHT, kinds=kinds).scalars())
    return tuple(case for case in found if case is not None and case.words)
