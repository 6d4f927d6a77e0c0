"""The values of duty: what the plan gives, what changes it, and who is really there (duty.md)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from core.district.values import ShiftKind

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rostered:
    """A group's shift on one day; `end` is outside. `members` are those who are due after all changes.

    `bell`: when the school begins that a 护学岗 guards.
    """

    team: str
    group: str
    shift: str
    shift_date: date
    start: datetime
    end: datetime
    members: tuple[str, ...]
    kind: ShiftKind | None = None
    bell: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An exception to the plan (请假、换班、加班): of one shift, `off` need not come and `on` comes.

    `group` and `start` name a shift of the plan; where the plan has none, it is an extra shift of its own. `kind`
    (leave, swap, extra) is for whoever asks later; the rules look at who is off and on alone.
    """

    id: str
    kind: str
    team: str
    group: str
    shift: str
    start: datetime
    end: datetime
    off: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody said with a place that they are at their post for a shift; `metres` off it, None if taken on word.

    `flagged`: the place fits only when it is read as drawn on a Chinese map; it counts, and the head may look.
    """

    person: str
    team: str
    shift_start: datetime
    shift_end: datetime
    at: datetime
    metres: float | None = None
    left_at: datetime | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody left the post for a while; `until` is None while nobody knows."""

    person: str
    since: datetime
    until: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """A team that is really there: the rostered shift and those of its members who are present."""

    team: str
    station: str | None
    group: str
    shift: str
    end: datetime
    present: tuple[str, ...]
    kind: ShiftKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Who is on duty from a moment until another, in UTC, while nothing else becomes known; `until` is outside."""

    since: datetime
    until: datetime
    teams: tuple[OnDuty, ...]

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= at < self.until


Sheet = Mapping[Hashable, Sequence[Line]]


def _by(key: Callable[[Line], Hashable], lines: Iterable[Line]) -> Sheet[Line]:
    found: defaultdict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """All sign-ins, absences and changes of the plan that may matter now; `lost` are the groups that nothing reaches,
    so that nobody there can be asked.

    They are laid out by person and team once: a city of 1,000 posts asks for each of its people several times a case.
    """

    sign_ins: Sequence[SignIn] = ()
    aways: Sequence[Away] = ()
    changes: Sequence[Change] = ()
    lost: Collection[int] = ()
    _signed: Sheet[SignIn] = field(init=False, repr=False, compare=False)
    _away: Sheet[Away] = field(init=False, repr=False, compare=False)
    _changed: Sheet[Change] = field(init=False, repr=False, compare=False)
    _stretches: list[tuple[tuple[object, ...], Stretch]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay out the three lists."""
        object.__setattr__(self, "_signed", _by(lambda it: (it.person, it.team), self.sign_ins))
        object.__setattr__(self, "_away", _by(lambda it: it.person, self.aways))
        object.__setattr__(self, "_changed", _by(lambda it: it.team, self.changes))
        object.__setattr__(self, "_stretches", [])

    def signed(self, person: str, team: str) -> Sequence[SignIn]:
        """The sign-ins of somebody at a team."""
        return self._signed.get((person, team), ())

    def away(self, person: str) -> Sequence[Away]:
        """The absences of somebody."""
        return self._away.get(person, ())

    def changed(self, team: str) -> Sequence[Change]:
        """The changes of a team's plan, in the order in which they were decided."""
        return self._changed.get(team, ())

    def stretch(self, asked: tuple[object, ...], at: datetime, find: Callable[[], Stretch]) -> Stretch:
        """Who is on duty around a moment, found anew only when the last stretch is over or of another question."""
        known = next(iter(self._stretches), None)
        if known is None or not known[1].holds(at) or not all(a is b for a, b in zip(known[0], asked, strict=True)):
            known = (asked, find())
            self._stretches[:] = [known]
        return known[1]
