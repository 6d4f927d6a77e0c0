"""When a case is due (hazards.md, first paragraph): acknowledge, arrive, close."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core.calendar import NO_HOLIDAYS, Calendar, Holidays, Span, due
from core.district.town import District
from core.district.values import LimitChange
from core.policy import Policy, policy_of
from core.rungs import Ladder, on_the_clock
from core.taxonomy import Category, Limit, Taxonomy

NO_CHANGE = LimitChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What limits are made from: the district, the kinds, and what is known of holidays beyond its tables.

    `policy`: an earlier choice of the district under which a running case began; None where it chooses so now.
    """

    district: District
    taxonomy: Taxonomy
    holidays: Holidays = NO_HOLIDAYS
    policy: Policy | None = None

    @property
    def ladder(self) -> Ladder:
        """The ladder in force."""
        return (self.policy or self.district.options).ladder

    @property
    def limits(self) -> Mapping[str, LimitChange]:
        """What is in force instead of the taxonomy's limits."""
        return (self.policy or self.district.options).limits

    @property
    def storm(self) -> bool:
        """Whether it is about a case that began in storm mode."""
        return self.policy is not None and self.policy.storm

    @property
    def calendar(self) -> Calendar:
        """The town's time."""
        return self.district.calendar(self.holidays)


AnyTown = TypeVar("AnyTown", bound=Town)


def in_force(kept: str | None, town: AnyTown) -> AnyTown:
    """The town by whose ladder and limits a case goes that keeps this policy (`Case.policy`)."""
    if kept is None or kept == town.district.options.policy:
        return town
    return replace(town, policy=policy_of(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Moments on the town's clock. `arrive_due` is None where nobody has to come within a limit.

    `close_limit` is the span in words, as it is told to people: 24h, 2WD.
    """

    ack_due: datetime
    arrive_due: datetime | None
    close_due: datetime
    close_limit: str


def changed(limit: Limit | None, change: Span | None) -> Limit | None:
    """A limit as the district wants it; the clock it runs on stays, but for working days."""
    if change is None:
        return limit
    if change.working_days is not None:
        return Limit(change, "W")
    return Limit(change, limit.basis if limit and limit.basis == "S" else "N")


def always(limit: Limit, change: Span | None) -> Limit:
    """The same for a limit that is never missing."""
    return changed(limit, change) or limit


def ack_limit(level: int, town: Town) -> Limit:
    """How soon an assignment of this severity has to be accepted; in a storm the service hours do not count."""
    change = town.limits.get(str(level), NO_CHANGE)
    limit = always(town.taxonomy.severity(level).ack, change.ack)
    return Limit(on_the_clock(limit.span), "N") if town.storm else limit


def arrive_limit(level: int, town: Town) -> Limit | None:
    """How soon somebody has to be on site; None where there is no such limit."""
    change = town.limits.get(str(level), NO_CHANGE)
    return changed(town.taxonomy.severity(level).arrive, change.arrive)


def close_limit(category: Category, level: int, town: Town) -> Limit:
    """The category's own limit; with another severity than usual, that severity's limit."""
    limits = town.limits
    if level != category.severity:
        return always(town.taxonomy.severity(level).close, limits.get(str(level), NO_CHANGE).close)
    own = limits.get(category.code, NO_CHANGE).close or category.close
    return Limit(own, "W" if own.working_days is not None else "N")


def ack_due(level: int, assigned: datetime, town: Town) -> datetime:
    """When an assignment made now has to be accepted; each assignment has its own (life.md row 13)."""
    limit = ack_limit(level, town)
    return due(assigned, limit.span, limit.basis, town.calendar)


def deadlines(category: Category, severity: int, reported: datetime, town: Town) -> Deadlines:
    """All limits of a case, counted from the resident's first message.

    `severity` is 1 to 4 (KeyError otherwise); `reported` needs a zone (ValueError otherwise).
    """
    calendar = town.calendar
    arrive, close = arrive_limit(severity, town), close_limit(category, severity, town)
    return Deadlines(
        ack_due=ack_due(severity, reported, town),
        arrive_due=due(reported, arrive.span, arrive.basis, calendar) if arrive else None,
        close_due=due(reported, close.span, close.basis, calendar),
        close_limit=str(close.span),
    )
