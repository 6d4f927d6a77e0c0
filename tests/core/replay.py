"""The state of a case from its event log alone: if it cannot be rebuilt, something happened that nobody can prove."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.case import Case, Event, Status
from core.life import LIFE

REOPENING = frozenset({"reopened", "reported_again"})  # rows 26 and 29
ROWS = {edge.event: edge for edge in LIFE}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the log says of a case."""

    status: Status = Status.DRAFT
    team: str | None = None
    handler: str | None = None
    reopened: int = 0


def replay(events: Iterable[Event]) -> State:
    """Fold the log. A step that LIFE does not have, or that begins elsewhere than the last one ended, raises."""
    state = State()
    for event in events:
        state = _step(state, event)
    return state


def _step(state: State, event: Event) -> State:
    if event.row is not None:
        edge = ROWS[event.kind]
        assert event.row == edge.row, f"{event.kind} is row {edge.row}, not {event.row}"
        assert event.data["from"] == state.status, f"{event.kind} from {event.data['from']}, but it was {state.status}"
        assert state.status in edge.sources, f"{event.kind} is not possible in {state.status}"
        target = Status(str(event.data["to"]))
        assert target is (edge.target or state.status), f"{event.kind} led to {target}"
        state = replace(state, status=target, reopened=state.reopened + (event.kind in REOPENING))
    owner = event.data.get("owner")
    if isinstance(owner, list):
        team, handler = owner
        state = replace(state, team=team, handler=handler)
    return state


def agrees(case: Case, events: Iterable[Event]) -> None:
    """The log rebuilds the case; raises where it does not."""
    told = replay(events)
    known = State(status=case.status, team=case.team, handler=case.handler, reopened=case.reopened)
    assert told == known, f"the log says {told}, the case {known}"
