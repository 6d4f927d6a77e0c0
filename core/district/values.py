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
# 勤务 (duty.md, Shift kinds): 定点 holds its area, 备勤 is kept for backup, 高峰 is an extra post at certain hours,
# 联勤 goes out with another team.
ShiftKind = Literal["fixed", "standby", "peak", "joint"]
# What somebody may do beyond their place in the town: hazards, mediation, sealed matters, figures, administration.
Power = Literal["hazards", "mediation", "sealed", "statistics", "administration"]


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
    contact_chat: int | None = None  # of a school, who is told when its guard has not come
    aliases: tuple[str, ...] = ()


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
    hours: str = ""  # when its door is open, in the file's own words; somebody may be on patrol at all hours


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
    squad: bool = False  # a 1+1+N patrol: police, grid worker and others go together (F70)
    shift_kind: ShiftKind | None = None
    partner: str | None = None  # the team that is asked too while a 联勤 shift runs
    school: str | None = None  # the key place that a 护学岗 guards


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediates:
    """What a mediator can do. `kinds`: codes or groups of disputes (`ML`, `MF01`) they know best; `languages` they
    mediate in; `stairwell` they live in, as `XQ05/3/2` (compound, building, unit): they mediate nobody there (F32). A
    `trainee` sits in with both sides' consent and owns nothing (F50)."""

    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("zh-Hans",)
    trainee: bool = False
    stairwell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works for the town. `tg_id` is None until the account is known, `mediates` for who does not.

    `powers`: what was given to them by name; what their place gives them is in `core.rights`.
    """

    id: str
    name: str
    tg_id: int | None
    role: str
    team: str | None
    group: str | None
    grid: str | None
    community: str | None
    mediates: Mediates | None = None
    powers: tuple[Power, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift of a pattern, in minutes after midnight of the day it starts; `end` may lie days later.

    `bell` is when the school begins that a 护学岗 guards: half an hour before it somebody has to be there (F29).
    """

    name: str
    start: int
    end: int
    kind: ShiftKind | None = None
    bell: int | None = None


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
    days_off_only: bool = False  # for holidays
    shift_kind: ShiftKind | None = None


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
class Ranking:
    """How the posts on duty are ranked for a case.

    A position counts for `fresh_minutes` and when it is right to `accuracy_m`; else the post's own place does. Among
    posts at most `tolerance_m` farther than the nearest, the one with less to do goes. With `backup_order` the posts
    that a station names stand in for it in that order, else the nearest do.
    """

    fresh_minutes: int = 15
    accuracy_m: int = 100
    tolerance_m: int = 200
    backup_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """The level above the street (区): a group, or a person of the file."""

    chat_id: int | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a district may choose, with the defaults of the business.

    `datums` says in which datum a source sends its points (`pin`: a phone's own position, `venue`: picked on a map).
    `limits` is keyed by severity ("1".."4") or by a category code, `confirm_days` by severity.
    """

    routing: Policy = "nearest"
    ranking: Ranking = field(default=Ranking())
    limits: Mapping[str, LimitChange] = field(default_factory=lambda: MappingProxyType({}))
    ladder: Ladder = USUAL
    policy: str = ""  # ladder and limits as the file words them, for cases that began under them (core.policy)
    escalation: Escalation = field(default=Escalation())
    claim_grace: int = 60  # seconds after an acceptance in which a colleague may take it over with a tap
    digest_at: int = 7 * 60 + 40
    confirm_days: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({1: 3, 2: 3, 3: 5, 4: 5}))
    quiet_hours: Hours = field(default=Hours(22 * 60, 7 * 60))
    service_hours: Hours = field(default=Hours(8 * 60, 22 * 60))
    datums: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({"pin": "wgs84", "venue": "wgs84"}))
    school_hours: Hours = field(default=Hours(7 * 60, 18 * 60 + 30))  # of working days
    work_day_end: int = 17 * 60
    rest_hours: int = 11  # between two shifts of a person (duty.md)
    month_hours: int = 204  # 166.64 h of a month and 36 h of overtime (Labour Law art. 41), rounded up
    gas_no: str = ""  # 燃气抢修 of this town, said to whoever smells gas
    gaps_at: int = 16 * 60  # when the next day's hours without anybody are told
