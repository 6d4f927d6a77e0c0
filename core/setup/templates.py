"""Shift patterns that most posts work by (duty.md): chosen by a tap, with the first day of the cycle."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

REST = "休"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A pattern without its first day. `groups`: each with the days by which it is ahead."""

    id: str
    name_zh: str
    name_en: str
    shifts: Mapping[str, tuple[str, str]]
    cycle: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]

    def pattern(self, first: str) -> dict[str, Any]:
        """The entry of a district document; `first` is an ISO day."""
        return {
            "id": self.id,
            "name_zh": self.name_zh,
            "name_en": self.name_en,
            "anchor": first,
            "shifts": {name: list(ends) for name, ends in self.shifts.items()},
            "cycle": list(self.cycle),
            "cycle_days": len(self.cycle),
        }


TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        it.id: it
        for it in (
            Template(
                id="T4", name_zh="四班三运转", name_en="four groups, three shifts",
                shifts={"早": ("06:00", "14:00"), "中": ("14:00", "22:00"), "夜": ("22:00", "06:00+1")},
                cycle=("早", "早", "中", "中", "夜", "夜", REST, REST),
                groups=(("甲", 0), ("乙", 2), ("丙", 4), ("丁", 6)),
            ),
            Template(
                id="T3", name_zh="做一休二(24小时班)", name_en="24 h on, 48 h off",
                shifts={"全": ("08:00", "08:00+1")},
                cycle=("全", REST, REST),
                groups=(("甲", 0), ("乙", 1), ("丙", 2)),
            ),
            Template(
                id="T2", name_zh="白班做一休一", name_en="day shift, alternate days",
                shifts={"白": ("08:00", "20:00")},
                cycle=("白", REST),
                groups=(("甲", 0), ("乙", 1)),
            ),
            Template(
                id="T1", name_zh="每天白班,全员", name_en="day shift, everybody, every day",
                shifts={"白": ("08:00", "20:00")},
                cycle=("白",),
                groups=(("甲", 0),),
            ),
        )
    }
)  # fmt: skip
