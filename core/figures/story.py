"""A case as its entries tell it up to a moment: the step between the log and the figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.distance import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One team asked once. `added` ones ask in addition and leave the first one waiting."""

    number: int
    team: str
    at: datetime
    ack_due: datetime | None
    added: bool
    accepted_at: datetime | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A department that was whistled for (吹哨). `done_at` without `in_at`: it finished without reporting in first."""

    number: int
    dept: str
    at: datetime
    due: datetime | None
    in_at: datetime | None = None
    returned_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def answered_at(self) -> datetime | None:
        """When it came, by word or by deed."""
        return min((it for it in (self.in_at, self.done_at) if it), default=None)

    @property
    def waits(self) -> bool:
        """Whether the case is with the department."""
        return self.returned_at is None and self.done_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One case. `done_at` is the resolution that still stands; `fresh` is the first assignment of the present round,
    which begins anew when the case is reopened or passed on after somebody had accepted it."""

    case: str
    reported_at: datetime
    category: str
    severity: int
    grid: str | None
    source: str
    place: str | None
    compound: str | None = None
    spot: Point | None = None
    sealed: bool = False
    assignments: tuple[Assignment, ...] = ()
    fresh: int = 0
    first_accept: datetime | None = None
    arrived_at: datetime | None = None
    arrive_due: datetime | None = None
    close_due: datetime | None = None
    done_at: datetime | None = None
    closed_at: datetime | None = None
    auto: bool = False
    reopened: tuple[datetime, ...] = ()
    ended: str = ""
    ended_at: datetime | None = None
    into: str | None = None
    held_since: datetime | None = None
    held: timedelta = timedelta()
    held_until: datetime | None = None
    held_for: str | None = None
    rated_at: datetime | None = None
    rating: str = ""
    answered_at: datetime | None = None
    solved: bool = False
    declines: tuple[datetime, ...] = ()
    transfers: tuple[datetime, ...] = ()
    whistles: tuple[Called, ...] = ()
    last_closed: datetime | None = None
    trial: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something: neither resolved nor closed nor ended otherwise."""
        return not (self.done_at or self.closed_at or self.ended)

    @property
    def counts(self) -> bool:
        """Whether the case belongs to any base at all."""
        return not self.trial and self.ended not in {"merged", "spam"}

    def waiting(self) -> Assignment | None:
        """The assignment of the present round that nobody has accepted yet; None once anybody has."""
        asked = self.assignments[self.fresh :]
        if not self.open or not asked or any(it.accepted_at for it in asked):
            return None
        return asked[0]

    @property
    def holder(self) -> Assignment | None:
        """Who accepted it last."""
        taken = [it for it in self.assignments if it.accepted_at]
        return max(taken, key=lambda it: it.accepted_at or it.at) if taken else None

    def owed(self, due: datetime, kept_at: datetime | None) -> bool:
        """Whether a promise stays in its base: a cancelled case, or one that was turned away, leaves it, unless it fell
        due or was kept before."""
        if self.ended not in {"cancelled", "rejected"} or self.ended_at is None:
            return True
        return due <= self.ended_at or (kept_at is not None and kept_at <= self.ended_at)


def ids(found: Iterable[Story]) -> tuple[str, ...]:
    """Their case numbers."""
    return tuple(it.case for it in found)


def by_grid(told: Iterable[Story]) -> Mapping[str | None, Sequence[Story]]:
    """The cases of each grid, and all of them under None."""
    found: dict[str | None, list[Story]] = {None: list(told)}
    for it in found[None]:
        if it.grid is not None:
            found.setdefault(it.grid, []).append(it)
    return found
