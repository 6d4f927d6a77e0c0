"""Cases that staff look for, in one index that holds all that is looked for: no row is opened to find a case.

Any two of a dozen things may be asked together, and an index for each would be paid with every report.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select

from core.case import ENDED
from core.search import MOST, Found, Query, Scope, shown
from storage.tables import CASES
from storage.tenancy import district_of

EVER = datetime(2000, 1, 1, tzinfo=UTC)
LOOKED_AT = 5000  # cases whose places are read for a word, the newest

_COLUMNS = (CASES.c.no, CASES.c.place, CASES.c.opened_at, CASES.c.severity)


def search(conn: Connection, scope: Scope, query: Query) -> Found:
    """The numbers of the cases within `scope` that are looked for; core.search says what both mean."""
    conditions = [CASES.c.district_id == district_of(conn), *_within(scope), *_among(query), *_when(query)]
    looked = LOOKED_AT if query.words else MOST  # a word in the middle of a text is in no index
    rows = conn.execute(select(*_COLUMNS).where(*conditions).order_by(*_order(query)).limit(looked + 1)).all()
    numbers = [row.no for row in rows[:looked] if shown(query.words, row.place or "")]
    return Found(numbers=tuple(numbers[:MOST]), more=len(rows) > looked or len(numbers) > MOST)


def _within(scope: Scope) -> Iterator[ColumnElement[bool]]:
    yield CASES.c.close_due.is_not(None)
    alone = and_(CASES.c.sealed, CASES.c.team == scope.alone) if scope.alone else false()
    if scope.everything:
        yield or_(~CASES.c.sealed, alone)
        return
    teams = (*scope.teams, scope.alone) if scope.alone else scope.teams
    asked = (CASES.c.asked.contains(f"|{team}|", autoescape=True) for team in teams)
    theirs = or_(CASES.c.team.in_(teams), CASES.c.grid.in_(scope.grids), *asked)
    yield or_(and_(~CASES.c.sealed, theirs), alone)


def _among(query: Query) -> Iterator[ColumnElement[bool]]:
    among = (
        (CASES.c.no, query.numbers),
        (CASES.c.status, tuple(it.value for it in query.statuses)),
        (CASES.c.compound, query.places),
        (CASES.c.grid, query.grids),
        (CASES.c.category, query.categories),
        (CASES.c.severity, query.severities),
        (CASES.c.handler, query.people),
        (CASES.c.team, query.teams),
    )
    yield from (column.in_(wanted) for column, wanted in among if wanted)
    if query.open:
        yield CASES.c.open  # the partial indices hold only these
        # Both are always so; but without them SQLite goes through all cases in an index that holds all it is asked for.
        yield CASES.c.history >= 0
        yield CASES.c.opened_at >= EVER
    elif query.statuses and set(query.statuses) <= ENDED:
        yield ~CASES.c.open


def _when(query: Query) -> Iterator[ColumnElement[bool]]:
    if query.since is not None:
        yield CASES.c.opened_at >= query.since
    if query.until is not None:
        yield CASES.c.opened_at < query.until
    if query.late_at is not None:
        yield CASES.c.close_due < query.late_at


def _order(query: Query) -> tuple[ColumnElement[object], ...]:
    newest: tuple[ColumnElement[object], ...] = (CASES.c.opened_at.desc(), CASES.c.no.desc())
    return (CASES.c.severity, CASES.c.opened_at, CASES.c.no) if query.urgent_first else newest
