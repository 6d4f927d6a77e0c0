"""The names of a district as one value, prepared once for reading places."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.understand.lexicon import Lexicon, PlaceWords

HEAD = 2  # characters
_NO_NAME = re.compile("(?!)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Compound:
    """A residential compound; counts that are unknown are None and bound nothing."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lng: float | None = None
    grid: str | None = None
    buildings: int | None = None
    units_per_building: int | None = None
    floors: int | None = None
    rooms: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPlace:
    """A school, market, river bank … with a name of its own."""

    id: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lng: float | None = None
    grid: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """One way to call compounds. `stem` is the beginning of a name, so that 望江 can mean two of them.

    `lower` is the text as it is looked for, `folded` the same as it sounds.
    """

    text: str
    lower: str
    folded: str
    owners: tuple[str, ...]
    full: bool
    stem: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # one per loaded file: told apart by identity
class Gazetteer:
    """Compounds and key places by id, their names longest first, and the town's common place words.

    `heads` says of which names, by number, two characters that sound like these are the beginning.
    """

    compounds: Mapping[str, Compound]
    key_places: Mapping[str, KeyPlace]
    names: tuple[Name, ...]
    heads: Mapping[str, tuple[int, ...]]
    longer_names: re.Pattern[str]
    words: PlaceWords
    simple: Mapping[int, str]


def make_gazetteer(compounds: Iterable[Compound], key_places: Iterable[KeyPlace], lexicon: Lexicon) -> Gazetteer:
    """Prepare the names; a key place without aliases is also found by its first two characters and its kind word."""
    by_id = {c.id: c for c in compounds}
    names = _names(by_id.values(), lexicon.place)
    long = [re.escape(n.text) for n in names if n.full and len(n.text) > 2]
    return Gazetteer(
        compounds=by_id,
        key_places={k.id: k for k in key_places},
        names=names,
        heads=_heads(names),
        longer_names=re.compile("|".join(long)) if long else _NO_NAME,
        words=lexicon.place,
        simple=lexicon.simple,
    )


def _heads(names: Iterable[Name]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, name in enumerate(names):
        found[name.folded[:HEAD]] = (*found.get(name.folded[:HEAD], ()), number)
    return found


def _names(compounds: Iterable[Compound], words: PlaceWords) -> tuple[Name, ...]:
    owners: dict[str, list[str]] = {}
    full: set[str] = set()
    whole: set[str] = set()
    for c in compounds:
        for said in (c.name, *c.aliases):
            owners.setdefault(said, []).insert(0, c.id)
        full.add(c.name)
        whole.update((c.name, *c.aliases))
    for c in compounds:
        for end in range(2, len(c.name)):
            if c.id not in owners.setdefault(c.name[:end], []):
                owners[c.name[:end]].append(c.id)
    made = (
        Name(
            text=t,
            lower=t.lower(),
            folded=t.translate(words.fold).lower(),
            owners=tuple(ids),
            full=t in full,
            stem=t not in whole,
        )
        for t, ids in owners.items()
    )
    return tuple(sorted(made, key=lambda n: (-len(n.text), n.stem, n.text)))
