"""One reader per kind of part. They check what can be seen in the part alone; references come later."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import get_args

from core.calendar import Basis, YearTable
from core.district.areas import read_area
from core.district.patterns import read_shift_kind
from core.district.sheet import Sheet, sheet
from core.district.values import (
    Community,
    Compound,
    Department,
    Grid,
    Group,
    KeyPlace,
    Mediates,
    Person,
    Power,
    Station,
    Team,
)

MOST = 10_000_000
SQUAD = "1+1+N"


def read_community(part: Sheet) -> Community:
    """A 社区."""
    zh, en = part.names()
    return Community(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        grids=part.texts("grids"),
        chat_id=part.account("chat_id"),
        office_hours=part.text_or("office_hours"),
    )


def read_grid(feature: Sheet) -> Grid:
    """A 网格 out of its GeoJSON feature."""
    part = feature.sheet("properties")
    zh, en = part.names()
    return Grid(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        community=part.link("community"),
        station=part.link("station"),
        head=part.link("grid_head"),
        worker=part.link("grid_worker"),
        households=part.whole("households", 0, MOST, 0),
        area=read_area(feature),
    )


def read_compound(part: Sheet) -> Compound:
    """A 小区."""
    zh, en = part.names()
    return Compound(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        aliases=part.texts("aliases"),
        kind=part.text_or("kind"),
        grid=part.link("grid"),
        community=part.link("community"),
        point=part.point(),
        buildings=part.whole("buildings", 0, MOST, 0),
        units_per_building=part.whole("units_per_building", 0, MOST, 0),
        floors=part.whole("floors", 0, 200, 0),
        rooms_per_floor_unit=part.whole("rooms_per_floor_unit", 0, MOST, 0),
        lift=part.flag("lift"),
        households=part.whole("households", 0, MOST, 0),
        management=part.text_or("property_mgmt"),
        management_hours=part.text_or("mgmt_hours"),
        management_chat=part.account("property_chat_id"),
        residents_chat=part.account("residents_chat_id"),
    )


def read_key_place(part: Sheet) -> KeyPlace:
    """A 重点部位."""
    zh, en = part.names()
    return KeyPlace(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        kind=part.text_or("kind"),
        grid=part.link("grid"),
        point=part.point(),
        level=part.text_or("hazard_level"),
        inspect_every_days=part.whole("inspect_every_days", 0, 3660, 0),
        token=part.text_or("qr_token"),
        patrol_point=part.flag("patrol_point"),
        contact_chat=part.account("contact_chat_id"),
        aliases=part.texts("aliases"),
    )


def read_station(part: Sheet) -> Station:
    """A 驿站."""
    zh, en = part.names()
    return Station(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        point=part.point(),
        in_grid=part.link("in_grid"),
        grids=part.texts("primary_grids"),
        backups=part.texts("backup_order"),
        chat_id=part.account("chat_id"),
        head=part.link("head"),
        pattern=part.link("shift_pattern"),
        facilities=MappingProxyType(dict(part.sheet("facilities", needed=False).raw)),
        hours=part.text_or("hours"),
    )


def read_group(part: Sheet) -> Group:
    """A group of a team."""
    return Group(
        name=part.text("group"), offset_days=part.whole("offset_days", -MOST, MOST), members=part.texts("members")
    )


def read_team(part: Sheet, stations: Mapping[str, Station]) -> Team:
    """A team; what it does not say itself it has from its station."""
    post = stations.get(part.text_or("station"))
    zh = part.text_or("name_zh") or part.text_or("name_en") or (post.name_zh if post else "") or part.text_or("id")
    en = part.text_or("name_en") or (post.name_en if post else "") or zh
    chat, head = part.account("chat_id"), part.link("head")
    return Team(
        id=part.text("id"),
        kind=part.text("kind"),
        name_zh=zh,
        name_en=en,
        station=part.link("station"),
        pattern=part.link("pattern"),
        groups=tuple(read_group(it) for it in part.sheets("groups", needed=False)),
        chat_id=chat if chat is not None else (post.chat_id if post else None),
        head=head or (post.head if post else None),
        covers=part.texts("covers"),
        point=part.point() if "lat" in part.raw or "lng" in part.raw else (post.point if post else None),
        squad=part.text_or("template").replace(" ", "") == SQUAD,
        shift_kind=read_shift_kind(part),
        partner=part.link("joint_with"),
        school=part.link("school"),
    )


MEDIATOR = "调解员"  # a role that says so is enough


def read_mediates(part: Sheet) -> Mediates | None:
    """What a mediator's entry says beside the role; None for everybody else."""
    if "mediation" not in part.raw:
        return Mediates() if MEDIATOR in part.text_or("role") else None
    given = part.sheet("mediation")
    return Mediates(
        kinds=given.texts("kinds"),
        languages=given.texts("languages") or Mediates().languages,
        trainee=given.flag("trainee"),
        stairwell=given.text_or("stairwell"),
    )


def read_person(part: Sheet) -> Person:
    """Somebody who works for the town."""
    return Person(
        id=part.text("id"),
        name=part.text("name"),
        tg_id=part.account("tg_user_id"),
        role=part.text_or("role"),
        team=part.link("team"),
        group=part.link("group"),
        grid=part.link("grid"),
        community=part.link("community"),
        mediates=read_mediates(part),
        powers=read_powers(part),
    )


def read_powers(part: Sheet) -> tuple[Power, ...]:
    """What was given to somebody by name, in the order of the table; a word that is none of them is a fault."""
    given = part.texts("rights")
    for index, word in enumerate(given):
        if word not in get_args(Power):
            part.note(f"rights[{index}]", "choice", value=word, choices=", ".join(get_args(Power)))
    return tuple(it for it in get_args(Power) if it in given)


def read_department(part: Sheet) -> Department:
    """A body that is whistled for."""
    zh, en = part.names()
    basis = part.choice("basis", get_args(Basis), "N")
    return Department(
        id=part.text("id"),
        name_zh=zh,
        name_en=en,
        hours=part.text_or("hours", "7x24"),
        basis="S" if basis == "S" else "W" if basis == "W" else "N",
        chat_id=part.account("chat_id"),
    )


def read_calendar(part: Sheet) -> Mapping[int, YearTable]:
    """The tables of the years that have one; a year written as null is known to be missing."""
    tables: dict[int, YearTable] = {}
    for name, raw in part.raw.items():
        if not (name.isdecimal() and len(name) == 4):
            part.note(name, "date", value=name)
        elif raw is not None:
            tables[int(name)] = read_year(sheet(raw, part.path(name), part.book), int(name))
    return MappingProxyType(tables)


def read_year(part: Sheet, year: int) -> YearTable:
    """One year's table; a day of another year under it would silently not count."""
    days = {key: read_days(part, key, year) for key in ("off", "work_weekend")}
    return YearTable(off=frozenset(days["off"]), work_weekend=frozenset(days["work_weekend"]))


def read_days(part: Sheet, key: str, year: int) -> list[date]:
    """The dates of a list."""
    found = []
    for index, raw in enumerate(part.texts(key)):
        day = part.understood(f"{key}[{index}]", raw, date.fromisoformat, "date", date(year, 1, 1))
        if day.year != year:
            part.note(f"{key}[{index}]", "year", value=raw, year=year)
        found.append(day)
    return found
