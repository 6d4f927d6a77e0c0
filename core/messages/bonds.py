"""What one case or dispute says to another in the same transaction; what a lost chat means for its reporter's cases."""

from dataclasses import dataclass

from core.messages.commands import Command
from core.messages.needs import Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond(Command):
    """Two cases have to do with each other; `case` is the one that changes.

    `kind`: merged (into `other`), gained (`other` was merged into it), repointed (it follows `other` now), split, lost
    (`other` was split off), again (`other` tells of it anew), linked, ended (the case that it follows has ended).
    `by`: person id, "resident", or None for the bot.
    """

    case: str
    other: str
    kind: str
    by: str | None = None

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterGone(Command):
    """The reporter of an open case has blocked the bot, or is back (life.md row 42)."""

    case: str
    back: bool = False

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endangered(Command):
    """In the middle of a dispute one side has told of danger, which has become a report of its own."""

    dispute: str
    side: str
    text: str
    signals: tuple[str, ...]

    def needs(self) -> Needs:
        """The dispute."""
        return Needs(record=("med", self.dispute))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyGone(Command):
    """A side of a dispute has blocked the bot, or is back."""

    dispute: str
    user: int
    back: bool = False

    def needs(self) -> Needs:
        """The dispute."""
        return Needs(record=("med", self.dispute))


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphaned(Command):
    """The mediator of a dispute is no longer in the town's file."""

    dispute: str

    def needs(self) -> Needs:
        """The dispute."""
        return Needs(record=("med", self.dispute))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied(Command):
    """A dispute has to do with a case: a leak and its repair. Both must end before the dispute is filed (F66)."""

    dispute: str
    case: str
    by: str

    def needs(self) -> Needs:
        """The dispute."""
        return Needs(record=("med", self.dispute))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn(Command):
    """Somebody has left the town: what they had of this case is the heir's. `person` and `account` were theirs, `by`
    says who decided, as the log names them."""

    case: str
    person: str
    account: int | None
    heir: str
    by: str | None

    def needs(self) -> Needs:
        """The case."""
        return Needs(case=self.case)
