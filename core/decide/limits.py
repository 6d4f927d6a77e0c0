"""The limits of a case, and until when an offer has to be accepted (life.md ladder; counted from the first message)."""

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from core import deadlines, ladder
from core.calendar import Span
from core.case import Case
from core.decide import say
from core.decide.turn import Turn
from core.taxonomy import Category
from core.world import World

UNHEARD, UNHEARD_AS = "unheard", 2
UNKNOWN = Category(
    code="", group="", zh="", en="", severity=3, close=Span(working_days=3), first="", dept="", dept_ids=(),
    numbers=(), sealed=False, words=(), why="",
)  # fmt: skip


def unheard(turn: Turn) -> Turn:
    """A voice, a film or a picture without a word may be a cry for help: until somebody has listened it is as urgent as
    severity 2, by day and by night. What it turns out to be counts from then on."""
    case = turn.case
    if case.category is not None or case.words or not (case.voices or case.files or case.photos):
        return turn
    return turn.change(severity=min(case.severity, UNHEARD_AS), raised=(UNHEARD,))


def note(turn: Turn) -> Turn:
    """The case's limits, counted from the first message (README: the clock starts there), logged for the figures."""
    turn = count_from(turn, ladder.counted_from(turn.case))
    due = turn.case
    return turn.log("limits", arrive_due=say.iso(due.arrive_due), close_due=say.iso(due.close_due))


def count_from(turn: Turn, since: datetime) -> Turn:
    """The limits of the case, counted from a moment."""
    due = _deadlines(turn.case, since, turn.world)
    return turn.change(arrive_due=due.arrive_due, close_due=due.close_due)


def _deadlines(case: Case, since: datetime, world: World) -> deadlines.Deadlines:
    """A case of unknown kind has the limits of its severity (`UNKNOWN` stands for the kind)."""
    category = world.town.taxonomy.category(case.category or "") or replace(UNKNOWN, severity=case.severity)
    if category.code == UNKNOWN.code:
        close = world.town.taxonomy.severity(case.severity).close
        category = replace(category, close=close.span)
    return deadlines.deadlines(category, case.severity, since, deadlines.in_force(case.policy, world.town))


def ack_due(case: Case, world: World) -> datetime:
    """When the next offer must be accepted: counted from the first message; a limit that has already passed, or an
    offer after the first, is counted from now, for nobody can be late for what they were never offered."""
    town = deadlines.in_force(case.policy, world.town)
    first = deadlines.ack_due(case.severity, case.opened_at, town)
    if not case.offers and first > world.now:
        return first
    return deadlines.ack_due(case.severity, world.now, town)


def promised(case: Case, world: World) -> timedelta:
    """How long acceptance may take, as the resident is told."""
    due = next((o.due for o in case.offers if o.state in {"open", "accepted"}), None)
    left = (due - world.now).total_seconds() if due else 0.0
    return timedelta(minutes=max(ceil(left / 60), 1))


def unplanned(turn: Turn) -> Turn:
    """A date that was promised for a lesser matter does not keep a graver one waiting."""
    return turn.change(known=None) if turn.case.known is not None else turn
