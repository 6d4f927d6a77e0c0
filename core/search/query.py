"""What is looked for and whose cases may be found, with their meaning in plain Python; the storage has its own way to
the same answer."""

import re
from dataclasses import dataclass
from datetime import datetime

from core.case import ENDED, Case, Status

MOST = 120  # cases that a search shows; nobody turns more pages in a chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose cases somebody may find. `alone` is the named officer as a team (`person:P065`): sealed cases are theirs
    and nobody else's (privacy.md)."""

    everything: bool = False
    teams: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    alone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for; whatever is empty says nothing, several of one sort are alternatives.

    `places` are ids of compounds, `people` of handlers; `since` and `until` bound the first message; `words` must all
    stand in the place as groups may read it. `late_at`: the limit to close had passed then, and it is open.
    """

    numbers: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    places: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    late_at: datetime | None = None
    urgent_first: bool = False  # else the newest first

    @property
    def open(self) -> bool:
        """Whether only what has not ended is looked for."""
        return self.late_at is not None or (bool(self.statuses) and not set(self.statuses) & ENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Numbers in their order, at most MOST. `more`: there are others, or not everything could be looked at."""

    numbers: tuple[str, ...] = ()
    more: bool = False


def told(case: Case) -> bool:
    """Whether it ever was a case: what is still being told, and what turned out to be talk, is nobody's to find."""
    return case.close_due is not None


def asked(case: Case) -> tuple[str, ...]:
    """The teams beside the holder's that were asked and may still come: second posts, backups, the target of a
    transfer. Where an offer has passed, the case is no longer theirs to find."""
    live = (it.team for it in case.offers if it.state in {"open", "accepted"} and it.team != case.team)
    return tuple(dict.fromkeys(live))


def within(scope: Scope, case: Case) -> bool:
    """Whether somebody with this scope may see the case."""
    if not told(case):
        return False
    if case.sealed:
        return scope.alone is not None and case.team == scope.alone
    grid = case.place.grid if case.place else None
    theirs = {case.team, *asked(case)} & {*scope.teams, scope.alone}
    return scope.everything or bool(theirs - {None}) or grid in scope.grids


def holds(query: Query, case: Case) -> bool:
    """Whether the case is one that is looked for."""
    place = case.place
    among = (
        (query.numbers, case.no),
        (query.statuses, case.status),
        (query.places, place.compound if place else None),
        (query.grids, place.grid if place else None),
        (query.categories, case.category),
        (query.severities, case.severity),
        (query.people, case.handler),
        (query.teams, case.team),
    )
    return (
        all(value in wanted for wanted, value in among if wanted)
        and (query.since is None or case.opened_at >= query.since)
        and (query.until is None or case.opened_at < query.until)
        and (query.late_at is None or _late(case, query.late_at))
        and shown(query.words, place.label if place else "")
    )


def _late(case: Case, at: datetime) -> bool:
    return case.status not in ENDED and case.close_due is not None and case.close_due < at


def shown(words: tuple[str, ...], label: str) -> bool:
    """Whether all words stand in a place's label; 3栋 does not stand in 13栋."""
    said = label.lower()
    return all(re.search(rf"(?<!\d){re.escape(it)}" if it[0].isdigit() else re.escape(it), said) for it in words)
