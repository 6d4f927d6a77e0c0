"""The parts of a town, as read from its file. Ids are the file's own words; moments are told elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from shapely import MultiPolygon, Polygon

from core.calendar import Basis, Hours, Span
from core.distance import Point
from core.rungs import USUAL, Ladder

Policy = Literal["nearest", "duty_area_first"]
Area = Polygon | MultiPolygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """网格: the smallest area of care. `station` is the post whose duty area it is."""

    id: str
    name_zh: str
    name_en: str
    community: str | None
    station: str | None
    head: str | None
    worker: str | None
    households: int
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """社区: several grids with one office and one chat."""

    id: str
    name_zh: str
    name_en: str
    grids: tuple[str, ...]
    chat_id: int | None
    office_hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """小区: what people name when they say where they are. Numbers of 0 mean unknown."""

    id: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    kind: str
    grid: str | None
    community: str | None
    point: Point
    buildings: int
    units_per_building: int
    floors: int
    rooms_per_floor_unit: int
    lift: bool
    households: int
    management: str
    management_hours: str
    management_chat: int | None
    residents_chat: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """重点部位: a place that is inspected every so many days (0 = never) and may be a patrol point."""

    id: str
    name_zh: str
    name_en: str
    kind: str
    grid: str | None
    point: Point
    level: str
    inspect_every_days: int
    token: str
    patrol_point: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """驿站: a post with a chat. `grids` are its duty area, `backups` the posts that stand in, in order."""

    id: str
    name_zh: str
    name_en: str
    point: Point
    in_grid: str | None
    grids: tuple[str, ...]
    backups: tuple[str, ...]
    chat_id: int | None
    head: str | None
    pattern: str | None
    facilities: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """甲乙丙丁: people who work the same shifts, `offset_days` into the pattern's cycle."""

    name: str
    offset_days: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People with a roster and a chat. A post's team has the chat and the head of its station."""

    id: str
    kind: str
    name_zh: str
    name_en: str
    station: str | None
    pattern: str | None
    groups: tuple[Group, ...]
    chat_id: int | None
    head: str | None
    covers: tuple[str, ...]
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works for the town. `tg_id` is None until the account is known."""

    id: str
    name: str
    tg_id: int | None
    role: str
    team: str | None
    group: str | None
    grid: str | None
    community: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift of a pattern, in minutes after midnight of the day it starts; `end` may lie days later."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A repeating order of shifts; `cycle[i]` is the shift of day i after the anchor, None a day of rest."""

    id: str
    name_zh: str
    name_en: str
    anchor: date
    shifts: Mapping[str, Shift]
    cycle: tuple[str | None, ...]
    workdays_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A body that is whistled for. `basis` says on which clock its own limits run."""

    id: str
    name_zh: str
    name_en: str
    hours: str
    basis: Basis
    chat_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """What a district sets otherwise than the taxonomy; None leaves the default."""

    ack: Span | None = None
    arrive: Span | None = None
    close: Span | None = None
    stabilise: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a district may choose, with the defaults of the business.

    `datums` says in which datum a source sends its points (`pin`: a phone's own position, `venue`: picked on a map).
    `limits` is keyed by severity ("1".."4") or by a category code, `confirm_days` by severity.
    """

    routing: Policy = "nearest"
    limits: Mapping[str, LimitChange] = field(default_factory=lambda: MappingProxyType({}))
    ladder: Ladder = USUAL
    digest_at: int = 7 * 60 + 40
    confirm_days: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({1: 3, 2: 3, 3: 5, 4: 5}))
    quiet_hours: Hours = field(default=Hours(22 * 60, 7 * 60))
    service_hours: Hours = field(default=Hours(8 * 60, 22 * 60))
    datums: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({"pin": "wgs84", "venue": "wgs84"}))
    work_day_end: int = 17 * 60
