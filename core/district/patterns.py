"""Shift patterns: how they are read."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from core.calendar import clock_text, parse_clock
from core.district.sheet import Sheet
from core.district.values import Pattern, Shift, ShiftKind

REST = frozenset({"休", "休息", "下夜", "轮休", "补休", "off", "rest", "free", "none", "x", "-", ""})
LONGEST_SHIFT_H = 48
KINDS: Mapping[str, ShiftKind] = MappingProxyType({"定点": "fixed", "备勤": "standby", "高峰": "peak", "联勤": "joint"})


def parse_shift_end(text: str) -> int:
    """`14:00` or `06:00+1` as minutes after midnight of the day the shift starts. Raises ValueError."""
    clock, plus, days = text.partition("+")
    if plus and not (days.isdecimal() and int(days) <= 3):
        raise ValueError(f"not an end of a shift: {text!r}")
    return parse_clock(clock) + 1440 * int(days or 0)


def read_shift_kind(part: Sheet, key: str = "shift_kind") -> ShiftKind | None:
    """定点, 备勤, 高峰 or 联勤, in Chinese or English; None where the file does not say."""
    word = part.choice(key, ("", *KINDS, *KINDS.values()), "")
    return next((kind for name, kind in KINDS.items() if word in {name, kind}), None)


def read_shift(shifts: Sheet, name: str) -> Shift:
    """A shift of a pattern: the array of its two times, or an object with them as `hours`, its `kind`, and for a
    school guard (护学岗) the `bell`."""
    if not isinstance(shifts.raw.get(name), Mapping):
        return _read_hours(shifts, name, name)
    part = shifts.sheet(name)
    found = _read_hours(part, "hours", name)
    bell = part.clock("bell", -1)
    if bell >= 0 and not found.start <= bell <= found.end:
        part.note("bell", "range", value=clock_text(bell), low=clock_text(found.start), high=clock_text(found.end))
    return replace(found, kind=read_shift_kind(part, "kind"), bell=bell if bell >= 0 else None)


def _read_hours(shifts: Sheet, key: str, name: str) -> Shift:
    ends = shifts.array(key, needed=True)
    if len(ends) != 2:
        shifts.note(key, "type", wanted="two times", wanted_zh="两个时间", got=f"{len(ends)}")
        return Shift(name=name, start=0, end=1)
    start = shifts.understood(f"{key}[0]", ends[0], parse_clock, "time", 0)
    end = shifts.understood(f"{key}[1]", ends[1], parse_shift_end, "time", start + 1)
    if end <= start:
        shifts.note(f"{key}[1]", "shift_end", value=ends[1])
    if end - start > LONGEST_SHIFT_H * 60:
        shifts.note(f"{key}[1]", "shift_long", hours=LONGEST_SHIFT_H)
    return Shift(name=name, start=start, end=end)


def read_cycle(part: Sheet, shifts: Mapping[str, Shift]) -> tuple[str | None, ...]:
    """The order of shifts. A word that is neither a shift nor a rest would leave a post empty without a word."""
    found: list[str | None] = []
    for index, raw in enumerate(part.array("cycle", needed=True)):
        name = raw.strip() if isinstance(raw, str) else ""
        known = name in shifts
        if not known and (name.lower() not in REST or not isinstance(raw, str | None)):
            part.note(f"cycle[{index}]", "shift_unknown", value=raw)
        found.append(name if known else None)
    return tuple(found)


def read_pattern(part: Sheet) -> Pattern:
    """A shift pattern."""
    zh, en = part.names()
    table = part.sheet("shifts")
    shifts = {name: read_shift(table, name) for name in table.raw}
    cycle = read_cycle(part, shifts)
    days = part.whole("cycle_days", 1, 3660, len(cycle) or 1)
    if cycle and len(cycle) != days:
        part.note("cycle", "cycle", got=len(cycle), want=days)
    if "cycle" in part.raw and not cycle:
        part.note("cycle", "empty")
    return Pattern(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        anchor=part.day("anchor"),
        shifts=MappingProxyType(shifts),
        cycle=cycle or (None,),
        workdays_only=part.flag("workdays_only"),
        days_off_only=part.flag("days_off_only"),
        shift_kind=read_shift_kind(part),
    )
