"""Cases that staff look for, in one index that holds all that is looked for: no row is opened to find a case.

Any two of a dozen things may be asked together, and an index for each would be paid with every report. Lists of what is
open are asked all day: those have indices of their own.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select, union

from core.case import ENDED
from core.search import MOST, Found, Query, Scope, shown
from core.taxonomy import LEVELS
from storage.tables import CASES
from storage.tenancy import district_of

LOOKED_AT = 5000  # cases whose places are read for a word, the newest

_COLUMNS = (CASES.c.no, CASES.c.place, CASES.c.opened_at, CASES.c.severity)


def search(conn: Connection, scope: Scope, query: Query) -> Found:
    """The numbers of the cases within `scope` that are looked for; core.search says what both mean."""
    wanted = select(*_COLUMNS).where(CASES.c.district_id == district_of(conn), *_among(query), *_when(query))
    looked = LOOKED_AT if query.words else MOST  # a word in the middle of a text is in no index
    apart = query.open and not (scope.everything and query.urgent_first)
    statement = _apart(wanted, scope, query, looked + 1) if apart else wanted.where(*_within(scope))
    of = statement.selected_columns if apart else CASES.c
    rows = conn.execute(statement.order_by(*_order(query, of)).limit(looked + 1)).all()
    numbers = [row.no for row in rows[:looked] if shown(query.words, row.place or "")]
    return Found(numbers=tuple(numbers[:MOST]), more=len(rows) > looked or len(numbers) > MOST)


def _apart(wanted: Select[Any], scope: Scope, query: Query, most: int) -> Select[Any]:
    """What is open by what makes it theirs to see, each in the order of a list by an index of its own and no longer
    than what is shown: a team's list costs the same whatever others have open."""
    told = wanted.where(CASES.c.close_due.is_not(None))
    shares = [told.where(*theirs).order_by(*_order(query)).limit(most) for theirs in _shares(scope)]
    if not scope.everything:
        # What waits for an answer of a team that does not have it is in no order, and mostly nothing.
        shares.append(told.where(~CASES.c.sealed, CASES.c.asked.is_not(None), CASES.c.asked > "", _asked(scope)))
    return select(union(*(select(it.subquery()) for it in shares)).subquery())


def _shares(scope: Scope) -> Iterator[tuple[ColumnElement[bool], ...]]:
    if scope.everything:
        yield from ((CASES.c.severity == severity, *_within(scope)) for severity in LEVELS)
        return
    yield from ((CASES.c.team == team, ~CASES.c.sealed) for team in scope.teams)
    yield from ((CASES.c.grid == grid, ~CASES.c.sealed) for grid in scope.grids)
    if scope.alone:
        yield (CASES.c.team == scope.alone,)


def _asked(scope: Scope) -> ColumnElement[bool]:
    return or_(false(), *(CASES.c.asked.contains(f"|{team}|", autoescape=True) for team in _teams(scope)))


def _teams(scope: Scope) -> tuple[str, ...]:
    return (*scope.teams, scope.alone) if scope.alone else scope.teams


def _within(scope: Scope) -> Iterator[ColumnElement[bool]]:
    yield CASES.c.close_due.is_not(None)
    alone = and_(CASES.c.sealed, CASES.c.team == scope.alone) if scope.alone else false()
    if scope.everything:
        yield or_(~CASES.c.sealed, alone)
        return
    theirs = or_(CASES.c.team.in_(_teams(scope)), CASES.c.grid.in_(scope.grids), _asked(scope))
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
        yield CASES.c.history >= 0  # always so; but it is in no index, and SQLite likes one that holds all it is asked
    elif query.statuses and set(query.statuses) <= ENDED:
        yield ~CASES.c.open


def _when(query: Query) -> Iterator[ColumnElement[bool]]:
    if query.since is not None:
        yield CASES.c.opened_at >= query.since
    if query.until is not None:
        yield CASES.c.opened_at < query.until
    if query.late_at is not None:
        yield CASES.c.close_due < query.late_at


def _order(query: Query, of: Any = CASES.c) -> tuple[ColumnElement[object], ...]:
    newest: tuple[ColumnElement[object], ...] = (of.opened_at.desc(), of.no.desc())
    return (of.severity, of.opened_at, of.no) if query.urgent_first else newest
