"""What a map has answered."""

from dataclasses import dataclass

from core.messages.commands import Command
from core.messages.needs import Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped(Command):
    """An address was looked up: `lookup` is the record's id, `case` its case. `found`: latitude and longitude (WGS-84);
    None when it is not known there, or, with `down`, when the map could not be asked."""

    case: str
    lookup: str
    found: tuple[float, float] | None = None
    down: bool = False

    def needs(self) -> Needs:
        """The case and the question."""
        return Needs(case=self.case, record=("lookup", self.lookup))
