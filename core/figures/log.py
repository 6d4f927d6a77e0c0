"""The log that all figures come from: one entry per event of a case, never edited.

Kinds and what their `data` holds (moments may be datetimes or ISO 8601 texts):

| kind | data |
|---|---|
| reported | category, severity, grid, source (resident, patrol, device, …), place?, compound?, spot?; first message |
| limits | arrive_due, close_due: the limits from now on, None where there is none |
| assigned | assignment (a number within the case), team, ack_due, reason? (`backup`, `support`: asked in addition) |
| accepted | assignment, person; no person means a machine accepted, which counts for nobody |
| declined, arrived, resumed, reopened, spam, cancelled, split, sealed, drill, test | nothing |
| whistled | whistle (a number within the case), dept, due: by when it must report in |
| reported_in, returned, done_by_department | whistle |
| done | photo |
| closed | auto: nobody answered in time |
| merged | into |
| rated | rating (satisfied, mostly, unsatisfied) |
| answered | solved: which of 解决了 and 还没解决 was tapped |
| held | until, reason |
| thanked | grid, person, words: a resident's, who was told that they are passed on; gone when the case is erased |
| corrected | category?, severity?, grid?, place?, compound?, spot? |

`spot` is latitude and longitude, to 11 m. Of no case (`case` is empty):

| kind | data |
|---|---|
| shift | team, start, end, members: a shift of the plan as it began |
| signed_in, signed_out, away | team; `actor`: who. away: until |
| back | team, person |
| storm_on, storm_longer | until; `actor`: who of the centre |
| storm_off | since; `actor`: nobody where it ended by itself |
| rest_told | person, team, since: eight hours of a storm at work |
| check_sent, check_answered, check_result, sample_result | core.figures.checks |
| point_due, visit_due, suggestion_taken, performance_due, followup_due | id, grid, due: core.figures.promises |
| point_visited, visit_done, suggestion_answered, performed, followup_done | id |
| inspection_due, inspected | id, grid, place, due |
| weather_noted | due: noon of the day that it is for, text; `actor`: who of the centre |
| mediation_taken | dispute, grid |
| mediation_settled, mediation_failed, mediation_withdrawn, mediation_reopened | dispute |
| mediation_graded | dispute, grade: green, yellow, orange, red |
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of one case. `actor`: who did it, where that is known."""

    case: str
    at: datetime
    kind: str
    actor: str | None = None
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time; its end is outside."""

    start: datetime
    end: datetime

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment lies inside; None does not."""
        return at is not None and self.start <= at < self.end


def when(value: object) -> datetime | None:
    """A moment out of an entry's data."""
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    return value if isinstance(value, datetime) else None


def words(value: object) -> str | None:
    """A text out of an entry's data; None where there is none."""
    return str(value) if value else None


def number(value: object, default: int) -> int:
    """A whole number out of an entry's data."""
    return value if isinstance(value, int) else default
