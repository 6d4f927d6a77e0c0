"""A check-up of the whole installation, asked for in chat: what was found, as a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.messages.commands import Command
from core.messages.json import Json
from core.messages.needs import Needs

CHECKUP = "checkup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line: a text `doctor.<kind>` that holds its remedy, and its particulars. `url`: the remedy is a tap away."""

    kind: str
    bad: bool = True
    params: Mapping[str, Json] = field(default_factory=dict)
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined(Command):
    """A check-up that was asked for is done; `record` is its id."""

    record: str
    findings: tuple[Finding, ...]

    def needs(self) -> Needs:
        """Who asked."""
        return Needs(record=(CHECKUP, self.record))
