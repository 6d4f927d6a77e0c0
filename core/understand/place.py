"""Where something is, out of words: compound, building and flat, key place, or the question that has to be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from core.understand.address import NAME, Address, read_address, starts_address
from core.understand.gazetteer import Compound, Gazetteer, KeyPlace, Name
from core.understand.normal import normal
from core.understand.values import PlaceReading

_RELATIVE = re.compile(
    r"我家|我们(?:家|小区|院子|这|单元|楼)|(?:刚才|上次|昨天|就在|还是|那|这)(?:个|里)?(?:的)?(?:地方|位置|老地方)|楼下|这边|这儿|这里|那里|那边|门口"
)
_BOTH = re.compile(r"^ ?(?:和|跟|与|还是|或者?|、|到) ?$")
_CELLARS = 4  # a floor below -4 was misread
_SHORT = 3
_NUMERALS = "0123456789零一二三四五六七八九十"
_LINKS = "在是住到我们于的从说,。 \n:;!?(@"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hit:
    name: Name
    start: int
    exact: bool
    addressed: bool

    @property
    def end(self) -> int:
        return self.start + len(self.name.text)

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Long names first, an address behind it counts as three characters, then exact, then early."""
        return len(self.name.text) + 3 * self.addressed, self.exact, -self.start


@lru_cache(maxsize=64)  # a report is read for its place, and once more when it is compared with what lies near
def read_place(text: str, gazetteer: Gazetteer) -> PlaceReading:
    """Read the place of a message; whatever is not said stays None, nothing is guessed beyond the names."""
    said = normal(text, gazetteer.simple).lower()
    hits = sorted(_hits(said, gazetteer), key=lambda h: h.rank, reverse=True)
    best = hits[0] if hits else None
    key_place = _key_place(said, gazetteer)
    if best and key_place and not best.name.full and not best.addressed:
        best = None
    masked = said[: best.start] + NAME * (best.end - best.start) + said[best.end :] if best else said
    address = read_address(masked)
    compound, candidates = _owners(best, hits, said)
    spot = gazetteer.words.spots.search(masked)
    known = compound or candidates or key_place or address.building is not None
    return PlaceReading(
        compound=compound,
        building=address.building,
        unit=address.unit,
        floor=address.floor,
        room=address.room,
        key_place=key_place.id if key_place else None,
        words=_words(said, best, address, spot),
        candidates=candidates,
        outside_bounds=compound is not None and _outside(address, gazetteer.compounds[compound]),
        between=address.between,
        spot=address.beside or (spot.group(0) if spot else None),
        relative=not known and _RELATIVE.search(said) is not None,
        fuzzy=best is not None and (not best.exact or best.name.stem),
    )


def building_label(reading: PlaceReading, gazetteer: Gazetteer) -> str:
    """The place as a group may see it: never finer than the building (privacy.md); empty when nothing is known."""
    compound = gazetteer.compounds.get(reading.compound or "")
    name = compound.name if compound else ""
    key_place = gazetteer.key_places.get(reading.key_place or "")
    if reading.between:
        return f"{name}{reading.between[0]}栋和{reading.between[1]}栋之间"
    if reading.building is not None:
        return f"{name}{reading.building}栋"
    if key_place:
        return key_place.name
    return f"{name}{reading.spot or ''}" if name else ""


@lru_cache(maxsize=256)  # all that wait are ranked before each is read
def without_names(text: str, gazetteer: Gazetteer) -> str:
    """The text with the compounds' names taken out, so that 宏济花园 is not read as a garden."""
    return gazetteer.longer_names.sub("小区", normal(text, gazetteer.simple))


def _hits(said: str, gazetteer: Gazetteer) -> Iterator[_Hit]:
    folded = said.translate(gazetteer.words.fold)
    for name in _sounding(folded, gazetteer):
        found = list(_all(name.lower, said))
        # two characters that sound alike are too common; three are a misspelling
        alike = _all(name.folded, folded) if len(name.text) >= _SHORT and not found else iter(())
        for start, exact in [*((s, True) for s in found), *((s, False) for s in alike)]:
            hit = _Hit(name=name, start=start, exact=exact, addressed=starts_address(said[start + len(name.text) :]))
            if _plausible(hit, said, gazetteer):
                yield hit


def _sounding(folded: str, gazetteer: Gazetteer) -> list[Name]:
    """The names that the text sounds of, longest first; what is said also sounds so."""
    heads = gazetteer.heads.keys() & {*folded, *map(add, folded, folded[1:])}
    names = (gazetteer.names[it] for it in sorted(it for head in heads for it in gazetteer.heads[head]))
    return [it for it in names if it.folded in folded]


def _all(part: str, said: str) -> Iterator[int]:
    start = said.find(part)
    while start >= 0:
        yield start
        start = said.find(part, start + 1)


def _plausible(hit: _Hit, said: str, gazetteer: Gazetteer) -> bool:
    if hit.name.full and hit.exact:
        return True
    before, after = said[: hit.start][-1:], said[hit.end :]
    if gazetteer.words.roads.match(after):
        return False
    if hit.name.text[0] in _NUMERALS and before and before not in _LINKS:
        return False
    if hit.name.stem or not hit.exact:
        return hit.addressed or not after.strip(" ,。!?那边这里") or len(hit.name.text) > _SHORT
    return True


def _owners(best: _Hit | None, hits: list[_Hit], said: str) -> tuple[str | None, tuple[str, ...]]:
    if best is None:
        return None, ()
    for other in hits:
        first, second = sorted((best, other), key=lambda h: h.start)
        if other.name.full and best.name.full and _BOTH.match(said[first.end : second.start]):
            return None, (first.name.owners[0], second.name.owners[0])
    owners = best.name.owners
    if best.name.full or len(owners) == 1:
        return owners[0], ()
    return (None if best.name.stem else owners[0]), owners


def _key_place(said: str, gazetteer: Gazetteer) -> KeyPlace | None:
    found = [(match, k) for k in gazetteer.key_places.values() if (match := _fits(k, said, gazetteer))]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _fits(place: KeyPlace, said: str, gazetteer: Gazetteer) -> int:
    """How many characters of the key place's name are said; 0 when it is not meant."""
    named = [n for n in (place.name, *place.aliases) if n.lower() in said]
    if named:
        return max(len(n) for n in named) + len(place.name)
    at = said.find(place.name[:2].lower())
    if at < 0:
        return 0
    near = said[at : at + 16]
    return max((2 + len(w) for w in gazetteer.words.key_words if w in place.name and w in near), default=0)


def _outside(address: Address, compound: Compound) -> bool:
    numbers = (
        (address.building, compound.buildings),
        (address.between[1] if address.between else None, compound.buildings),
        (address.unit, compound.units_per_building),
        (address.floor, compound.floors),
    )
    below = address.floor is not None and (address.floor == 0 or address.floor < -_CELLARS)
    over = any(n is not None and most is not None and n > most for n, most in numbers)
    return below or over or 0 in (address.building, address.unit)


def _words(said: str, best: _Hit | None, address: Address, spot: re.Match[str] | None) -> str:
    spans = [span for span in ((best.start, best.end) if best else None, address.span) if span]
    spans += [spot.span()] if spot and (best or address.span) else []
    if not spans:
        return ""
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    near = end - start <= 30  # a longer stretch holds half the message
    return said[start:end].strip() if near else " ".join(said[s:e].strip() for s, e in sorted(spans))
