"""1+1+N (F70): a patrol is complete with somebody of the police, a grid worker and at least one more."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from core.district.town import District

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"police": ("民警", "辅警", "police", "officer"), "grid": ("网格", "grid")}
)
OTHER = "other"


def part_of(role: str) -> str:
    """Which of the three a role stands for; whoever is neither police nor of the grid is the N."""
    low = role.lower()
    return next((part for part, words in PARTS.items() if any(word in low for word in words)), OTHER)


def missing(present: Iterable[str], district: District) -> tuple[str, ...]:
    """The parts (police, grid, other) that a patrol still lacks; () when it is complete."""
    members = (district.member(it) for it in present)
    there = {part_of(it.role) for it in members if it is not None}
    return tuple(part for part in (*PARTS, OTHER) if part not in there)
