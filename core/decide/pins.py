"""A sent position and what was said: brought together, or told apart so that the resident can be asked."""

from collections.abc import Sequence
from dataclasses import replace

from core import coordinates
from core.case import Case, Place
from core.distance import DEGREE_M, Point, metres
from core.messages import Spot
from core.town import Town
from core.understand import public_form

NAMED = 500  # metres; farther away a name would mislead
SETTLED = "pin:"  # a step: which words were already weighed against the pin


def with_pin(case: Case, spot: Spot, town: Town) -> Case:
    """The case at a sent position; where the words say another place, both are kept until the resident decides."""
    told = case.conflict or (case.place if case.place and case.place.precision != "pin" else None)
    drawn = town.district.options.datums["venue" if spot.title else "pin"]
    found = coordinates.fix(Point(spot.lat, spot.lng), drawn, _point(told))
    fits = told if found.agrees else None
    place = Place(
        label=public_form(spot.title) or (fits.label if fits else "") or nearby(found.point, town),
        words=spot.address or (fits.words if fits else ""),
        lat=found.point.lat,
        lng=found.point.lng,
        grid=town.grids.find(found.point),
        compound=fits.compound if fits else None,
        precision="pin",
        raw=(spot.lat, spot.lng),
        datum=found.datum,
    )
    return replace(case, place=place, conflict=_open(case, told) if not found.agrees else None, rivals=())


def beside_pin(case: Case, spoken: Place, town: Town) -> Case:
    """The case after words named a place while its pin is known; a pin that fits takes the name over."""
    pin = case.place
    if pin is None or pin.raw is None:
        return case
    found = coordinates.fix(Point(*pin.raw), pin.datum, _point(spoken))
    if not found.agrees:
        return replace(case, conflict=_open(case, spoken), rivals=())
    named = replace(
        pin,
        label=spoken.label,
        words=spoken.words,
        compound=spoken.compound,
        lat=found.point.lat,
        lng=found.point.lng,
        grid=town.grids.find(found.point),
        datum=found.datum,
    )
    return replace(case, place=named, conflict=None, rivals=())


def chosen(case: Case, which: str) -> Case:
    """The case after the resident said which is right, `pin` or `text`; the same words are not asked about again."""
    told = case.conflict
    if told is None:
        return case
    place = told if which == "text" else case.place
    return replace(case, place=place, conflict=None, steps=(*case.steps, _step(told)))


def nearby(point: Point, town: Town) -> str:
    """A name people know near a bare pin, so that the card can say more than numbers."""
    places: Sequence[tuple[Point, str]] = (
        *((it.point, it.name_zh) for it in town.district.compounds),
        *((it.point, it.name_zh) for it in town.district.key_places),
    )
    near = ((spot, name) for spot, name in places if abs(point.lat - spot.lat) * DEGREE_M <= NAMED)
    off, name = min(((metres(point, spot), name) for spot, name in near), default=(NAMED + 1.0, ""))
    return f"{name}附近({round(off)}米)" if off <= NAMED else f"{point.lat:.5f}, {point.lng:.5f}"


def _open(case: Case, told: Place | None) -> Place | None:
    """What has to be asked about; words that were settled before are not asked about again."""
    return told if told is not None and _step(told) not in case.steps else None


def _step(told: Place) -> str:
    return f"{SETTLED}{told.compound or told.label}"


def _point(place: Place | None) -> Point | None:
    return Point(place.lat, place.lng) if place and place.lat is not None and place.lng is not None else None
