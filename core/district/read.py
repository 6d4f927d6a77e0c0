"""A district file as a value: all of it, or all of its faults."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.district import parts, patterns
from core.district.areas import AROUND, around
from core.district.faults import Book
from core.district.options import read_options
from core.district.phrases import read_phrases
from core.district.places import check_swapped
from core.district.references import CHECKS
from core.district.sheet import Sheet, sheet
from core.district.town import District, by
from core.district.values import Grid, Station, Team

Part = TypeVar("Part")


def parse_zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name. Raises ValueError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:  # OSError: the name of a folder of the zone files
        raise ValueError(f"no time zone {name!r}") from unknown


def read_zone(meta: Sheet) -> ZoneInfo:
    """`meta.timezone`, which has to be there: a wrong guess would shift every limit by hours."""
    if not meta.here("timezone", needed=True):
        return ZoneInfo("UTC")
    return meta.parsed("timezone", parse_zone, "zone", ZoneInfo("UTC"))


def each(root: Sheet, key: str, read: Callable[[Sheet], Part], *, needed: bool = False) -> tuple[Part, ...]:
    """All parts of a list."""
    return tuple(read(it) for it in root.sheets(key, needed=needed))


def read_teams(root: Sheet, stations: tuple[Station, ...]) -> tuple[Team, ...]:
    """All teams, each knowing its station."""
    known: Mapping[str, Station] = by(lambda it: it.id, stations)
    return each(root, "teams", lambda it: parts.read_team(it, known), needed=True)


def read_grids(
    root: Sheet, stations: tuple[Station, ...], names: tuple[str, str], head: str | None
) -> tuple[Grid, ...]:
    """The grids that are drawn; without any, one of what lies within `around_m` metres of a post, headed by whoever
    heads the centre: somebody has to be told of what is late, and in the morning how it stands."""
    part = root.sheet("grids")
    drawn = each(part, "features", parts.read_grid, needed=True)
    metres = part.whole("around_m", *AROUND, 0)
    return (around(stations, metres, names, head),) if metres and stations and not drawn else drawn


def read_parts(root: Sheet) -> District:
    """The file part by part; what is wrong goes into the root's book."""
    district, stations = root.sheet("district"), each(root, "stations", parts.read_station, needed=True)
    zh, en = district.names()
    teams, centre = read_teams(root, stations), district.text("centre_team")
    head = next((it.head for it in teams if it.id == centre), None)
    return District(
        id=district.text("id"),
        name_zh=zh,
        name_en=en,
        level=district.text_or("level"),
        county=district.text_or("county"),
        city=district.text_or("city"),
        zone=read_zone(root.sheet("meta")),
        centre_team=centre,
        emergency_profile=district.text_or("emergency_profile", "CN"),
        languages=district.texts("languages"),
        options=read_options(district),
        communities=each(root, "communities", parts.read_community),
        grids=read_grids(root, stations, (zh, en), head),
        compounds=each(root, "xiaoqu", parts.read_compound),
        key_places=each(root, "key_places", parts.read_key_place),
        stations=stations,
        teams=teams,
        people=each(root, "people", parts.read_person, needed=True),
        patterns=each(root, "shift_patterns", patterns.read_pattern, needed=True),
        departments=each(root, "departments", parts.read_department),
        tables=parts.read_calendar(root.sheet("calendar", needed=False)),
        phrases=read_phrases(root.sheet("phrases", needed=False)),
    )


def read_district(raw: object) -> District:
    """The district of a decoded JSON file (format: DESIGN §6).

    Raises DistrictFaults with every fault found; nothing is half-read.
    """
    book = Book()
    root = sheet(raw, "", book)
    book.close()
    town = read_parts(root)
    for check in (*CHECKS, check_swapped):
        check(town, book)
    book.close()
    return town
