"""Cases whose kind a person set right or chose: what was not understood, to learn from."""

from sqlalchemy import Connection, bindparam, select

from core.case import Case
from storage.cases import case_of
from storage.tables import CASES, EVENTS
from storage.tenancy import run

_TAUGHT = (
    select(EVENTS.c.case_no)
    .join(CASES, (CASES.c.district_id == EVENTS.c.district_id) & (CASES.c.no == EVENTS.c.case_no))
    .where(EVENTS.c.district_id == bindparam("district"), EVENTS.c.kind.in_(("set_right", "kind_chosen")))
    .where(~CASES.c.sealed)
    .distinct()
    .order_by(EVENTS.c.case_no)
)


def taught(conn: Connection) -> tuple[Case, ...]:
    """The cases, oldest number first; without the sealed ones and those whose words are gone already."""
    found = (case_of(conn, no) for no in run(conn, _TAUGHT).scalars())
    return tuple(case for case in found if case is not None and case.words and case.category is not None)
