"""What a message says, as far as a case is concerned: words, pictures and place become fields of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from core.case import Case, Place
from core.changing import changed
from core.decide import limits, pins, supposing
from core.distance import Point, within
from core.messages import Spoke
from core.once import once
from core.town import Town
from core.understand import (
    Gazetteer,
    Kind,
    Lexicon,
    PlaceReading,
    Understanding,
    building_label,
    health_told,
    is_acute,
    severity,
    understand,
)

NEAR = 100.0  # metres: hazards.md, raise one level near schools, elder homes, hospitals
SENSITIVE = ("学校", "幼儿园", "养老", "医疗", "医院", "school", "hospital", "elder")
AT = "at:"  # what is awaited of somebody who scanned a place's code: the report about it
REPORT_KINDS = frozenset({Kind.HAZARD, Kind.UNCLEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message with its meaning; `meaning` is None when it has no words."""

    command: Spoke
    meaning: Understanding | None

    @property
    def emergency(self) -> bool:
        """Whether danger words are in it."""
        return self.meaning is not None and self.meaning.emergency is not None

    @property
    def sure_category(self) -> str | None:
        """The category when the words leave no doubt."""
        if self.meaning is None:
            return None
        if self.meaning.emergency is not None:
            return self.meaning.emergency.category
        return self.meaning.guess.best if self.meaning.guess.sure else None

    @property
    def complains(self) -> bool:
        """Whether it is about a colleague's conduct: no group reads that."""
        return self.meaning is not None and self.meaning.kind is Kind.COMPLAINT_STAFF

    @property
    def bare(self) -> bool:
        """Only a place, a picture or a voice, without words."""
        return self.meaning is None


@once  # the takers of a message ask in turn
def hear(command: Spoke, town: Town) -> Heard:
    """Read a message in the town's words."""
    words = command.text.strip()
    return Heard(command=command, meaning=read(words, town, command.at) if words else None)


def read(words: str, town: Town, at: datetime) -> Understanding:
    """What words mean here and now."""
    return _understood(words, town.lexicon, town.gazetteer, at.astimezone(town.district.zone))


@lru_cache(maxsize=64)  # a report is decided twice, and reading is the dearest part of it
def _understood(words: str, lexicon: Lexicon, gazetteer: Gazetteer, at: datetime) -> Understanding:
    return understand(words, lexicon, gazetteer, at)


def absorb(case: Case, heard: Heard, town: Town) -> Case:
    """The case with everything the message adds; what is already known for sure is kept."""
    command = heard.command
    case = changed(
        case,
        heard_at=max(case.heard_at, command.at),
        words=_more(case.words, command.text.strip()),
        photos=_more(case.photos, command.photo),
        voices=_more(case.voices, command.voice),
        files=_with_files(case, command),
        messages=(*case.messages, command.message),
        album=command.album or case.album,
    )
    case = with_health(_with_place(case, heard, town), command.text, town)
    return with_kind(case, town, command.at) if heard.meaning else with_severity(case, town, command.at)


def with_health(case: Case, text: str, town: Town) -> Case:
    """The case with what these words tell of somebody's health, so that it is masked wherever they are shown."""
    told = tuple(sorted({*case.health, *health_told(text, town.lexicon)}, key=lambda it: (-len(it), it)))
    return changed(case, health=told, acute=case.acute or is_acute(text, town.lexicon)) if told else case


def _with_files(case: Case, command: Spoke) -> tuple[tuple[str, str], ...]:
    sent = (("video", command.video), ("document", command.document))
    return (*case.files, *((kind, file) for kind, file in sent if file and (kind, file) not in case.files))


def _more(kept: tuple[str, ...], new: str | None) -> tuple[str, ...]:
    return (*kept, new) if new and new not in kept else kept


def with_kind(case: Case, town: Town, at: datetime) -> Case:
    """Category, severity and seal from all the words so far; a category once known stays, unless danger is told."""
    if not case.words:
        return with_severity(case, town, at)
    meaning = read("。".join(case.words), town, at)
    if meaning.emergency is not None and case.emergency is None:
        case = changed(case, category=meaning.emergency.category, emergency=meaning.emergency.manner.value)
    elif case.category is None:
        case = _with_guess(case, meaning, town)
    return with_severity(case, town, at)


def _with_guess(case: Case, meaning: Understanding, town: Town) -> Case:
    case = changed(case, sealed=case.sealed or meaning.sealed)
    if meaning.guess.sure and meaning.guess.best in town.taxonomy.categories:
        return changed(case, category=meaning.guess.best)
    return changed(case, guesses=tuple(code for code in meaning.guess.three if code in town.taxonomy.categories))


def with_severity(case: Case, town: Town, at: datetime) -> Case:
    """The severity by the raising rules; danger words make it 1, and it never falls by itself (life.md row 39)."""
    category = town.taxonomy.category(case.category or "")
    if category is None:
        return case
    local = at.astimezone(town.district.zone)
    found = severity(
        case.category or "", "。".join(case.words), at=local, near_key_place=_near(case, town), lexicon=town.lexicon
    )
    level = found.level if found else category.severity
    fresh = not case.offers or limits.UNHEARD in case.raised
    return changed(
        case,
        severity=1 if case.emergency else (level if fresh else min(level, case.severity)),
        raised=tuple(found.raised_because) if found else (),
        sealed=case.sealed or category.sealed,
    )


def _near(case: Case, town: Town) -> bool:
    place = case.place
    if place is None or place.lat is None or place.lng is None:
        return False
    here = Point(place.lat, place.lng)
    return any(
        any(word in spot.kind for word in SENSITIVE) and within(here, spot.point, NEAR)
        for spot in town.district.key_places
    )


def _with_place(case: Case, heard: Heard, town: Town) -> Case:
    if heard.command.spot is not None:
        return changed(pins.with_pin(case, heard.command.spot, town), supposed=None)
    case = _with_picture(case, heard.command, town)
    if heard.meaning is None:
        return case
    place = heard.meaning.place
    if len(place.candidates) > 1:
        return changed(case, rivals=tuple(place.candidates))
    spoken = spoken_place(heard.meaning, town)
    if spoken is None:
        return case
    if case.place is not None and case.place.precision == "pin":
        return pins.beside_pin(case, spoken, town)
    if case.place is None and _no_such_building(place, town):
        return supposing.doubted(case, spoken)
    return changed(case, place=spoken, rivals=(), supposed=None)


def _no_such_building(place: PlaceReading, town: Town) -> bool:
    """A flat that cannot be there is left to whoever goes: its building is known, and that is where they go first."""
    compound = town.gazetteer.compounds.get(place.compound or "")
    most, highest = compound.buildings if compound else None, max(place.building or 0, *(place.between or (0,)))
    return most is not None and highest > most


def _with_picture(case: Case, command: Spoke, town: Town) -> Case:
    """Where a photograph was taken, to be asked about while nobody has said where it is; one from outside the town says
    nothing."""
    spot = command.pictured
    if spot is None or case.place is not None or town.grids.find(Point(spot.lat, spot.lng)) is None:
        return case
    place = pins.with_pin(case, spot, town).place
    return supposing.suppose(case, place, supposing.PICTURE) if place is not None else case


def spoken_place(meaning: Understanding, town: Town) -> Place | None:
    """A place named in words: a compound of the gazetteer (with its building) or a key place."""
    reading = meaning.place
    compound = town.district.compound(reading.compound)
    spot = compound or town.district.key_place(reading.key_place)
    if spot is None:
        return None
    return Place(
        label=building_label(reading, town.gazetteer) or spot.name_zh,
        words=reading.words,
        lat=spot.point.lat,
        lng=spot.point.lng,
        grid=spot.grid,
        compound=compound.id if compound else None,
        precision=("building" if reading.building else "compound") if compound else "key_place",
    )


def compound_place(identity: str, town: Town) -> Place | None:
    """The place of a compound chosen by button."""
    compound = town.district.compound(identity)
    if compound is None:
        return None
    return Place(
        label=compound.name_zh,
        lat=compound.point.lat,
        lng=compound.point.lng,
        grid=compound.grid,
        compound=compound.id,
        precision="compound",
    )


def key_place(identity: str, town: Town) -> Place | None:
    """The place of a printed code."""
    spot = town.district.key_place(identity)
    if spot is None:
        return None
    name = spot.name_zh or spot.name_en
    return Place(label=name, lat=spot.point.lat, lng=spot.point.lng, grid=spot.grid, precision="key_place")


def known_place(case: Case) -> bool:
    """Whether the case can be put on the map."""
    return case.place is not None and case.place.lat is not None


def numbers(case: Case, town: Town) -> str:
    """The numbers to call, as the resident reads them: 110 / 119."""
    told = read("。".join(case.words), town, case.heard_at).emergency
    category = town.taxonomy.category(case.category or "")
    found = told.numbers if told else (category.numbers if category else ())
    return " / ".join(found) or "110 / 119 / 120"


def surely(case: Case, town: Town) -> bool:
    """Whether the words say danger beyond doubt; what only sounds like it is handled alike, and asked about."""
    told = read("。".join(case.words), town, case.heard_at).emergency
    return told is None or told.sure


MANNERS: Mapping[str, str] = {"gas": "emg.gas", "silent": "emg.silent", "selfharm": "emg.selfharm"}
