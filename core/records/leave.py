"""离岗、请假、换班: what people ask for who cannot be where the plan has them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Record):
    """离岗: somebody is away from the post until `until`; closed when they are back. `asked`: the head was asked."""

    person: str
    team: str
    since: datetime
    until: datetime
    reason: str
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One shift of the plan, as a change of it names it."""

    team: str
    group: str
    shift: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A colleague who could take a shift; `back` is the shift of theirs that is taken in return, if any."""

    person: str
    back: Duty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(Record):
    """换班 or, without a partner, 请假: `person` does not want to come to `duty`.

    choosing: the person looks for a partner among `partners`; asked: the partner `chosen` is asked; head: the head is
    asked; then done, refused, withdrawn or expired. `leave` needs no partner.
    """

    person: str
    duty: Duty
    leave: bool = False
    partners: tuple[Partner, ...] = ()
    chosen: int | None = None
    state: Literal["choosing", "asked", "head", "done", "refused", "withdrawn", "expired"] = "choosing"

    @property
    def partner(self) -> Partner | None:
        """The colleague who was chosen."""
        return self.partners[self.chosen] if self.chosen is not None else None
