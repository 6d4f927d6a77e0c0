"""What a new version of a district file changes, in words an administrator can agree to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from core.calendar import YearTable, clock_text
from core.district.references import PLACES, parts
from core.district.town import District

How = Literal["added", "removed", "changed"]
OWN = ("id", "name_zh", "name_en", "level", "county", "city", "zone", "centre_team", "emergency_profile", "languages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `what` is the list of the file, `id` the part in it, `entry` the entry that changed."""

    how: How
    what: str
    id: str
    name: str = ""
    entry: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        label = f"{self.what} {self.id}" + (f" {self.name}" if self.name else "")
        if self.how == "changed":
            return f"~ {label}: {self.entry} {self.old} → {self.new}"
        return f"{'+' if self.how == 'added' else '-'} {label}"


def words(value: object) -> str:
    """A value short enough for a chat line."""
    if isinstance(value, YearTable):
        return f"{len(value.off)} off, {len(value.work_weekend)} worked weekends"
    if hasattr(value, "geom_type"):
        return "border"
    text = "—" if value in (None, "", ()) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def option_words(name: str, value: object) -> str:
    """An option as it would be written."""
    return clock_text(value) if name in {"digest_at", "work_day_end"} and isinstance(value, int) else words(value)


def entries(old: object, new: object) -> Iterator[tuple[str, object, object]]:
    """Name and both values of every entry that differs between two parts of a kind."""
    for entry in fields(old):  # type: ignore[arg-type]  # parts are dataclasses, `object` cannot say so
        before, after = getattr(old, entry.name), getattr(new, entry.name)
        if before != after:
            yield entry.name, before, after


def by_id(town: District) -> Mapping[tuple[str, str], object]:
    """Every part by its kind and id."""
    return {(kind, str(getattr(item, "id", ""))): item for kind, _, item in parts(town)}


def name_of(item: object) -> str:
    """What people call a part."""
    return str(getattr(item, "name_zh", getattr(item, "name", "")))


def part_changes(old: District, new: District) -> Iterator[Change]:
    """Differences of communities, grids, posts, teams, people and so on."""
    before, after = by_id(old), by_id(new)
    for key in [*before, *(it for it in after if it not in before)]:
        kind, name = PLACES[key[0]], key[1]
        if key not in after:
            yield Change(how="removed", what=kind, id=name, name=name_of(before[key]))
        elif key not in before:
            yield Change(how="added", what=kind, id=name, name=name_of(after[key]))
        else:
            label = name_of(after[key])
            for entry, was, now in entries(before[key], after[key]):
                yield Change(how="changed", what=kind, id=name, name=label, entry=entry, old=words(was), new=words(now))


def own_changes(old: District, new: District) -> Iterator[Change]:
    """Differences of the district itself and of its choices."""
    for entry in OWN:
        was, now = getattr(old, entry), getattr(new, entry)
        if was != now:
            yield Change(how="changed", what="district", id=new.id, entry=entry, old=words(was), new=words(now))
    for entry, was, now in entries(old.options, new.options):
        before, after = option_words(entry, was), option_words(entry, now)
        yield Change(how="changed", what="district", id=new.id, entry=entry, old=before, new=after)


def year_changes(old: District, new: District) -> Iterator[Change]:
    """Differences of the holiday tables."""
    for year in sorted(old.tables.keys() | new.tables.keys()):
        was, now = old.tables.get(year), new.tables.get(year)
        if was is None or now is None:
            yield Change(how="added" if was is None else "removed", what="calendar", id=str(year))
        elif was != now:
            yield Change(how="changed", what="calendar", id=str(year), entry="days", old=words(was), new=words(now))


def phrase_changes(old: District, new: District) -> Iterator[Change]:
    """Differences of the town's own phrases, by what they mean."""
    for meaning in sorted(old.phrases.keys() | new.phrases.keys()):
        was, now = old.phrases.get(meaning, ()), new.phrases.get(meaning, ())
        if was != now:
            yield Change(how="changed", what="phrases", id=meaning, entry="say", old=words(was), new=words(now))


def diff(old: District, new: District) -> tuple[Change, ...]:
    """Everything that differs, the district's own entries first; empty when the files say the same."""
    return (*own_changes(old, new), *part_changes(old, new), *year_changes(old, new), *phrase_changes(old, new))
