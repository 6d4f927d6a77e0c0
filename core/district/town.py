"""The whole town as one value, with the look-ups that everything else asks for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from core.calendar import NO_HOLIDAYS, Calendar, Holidays, YearTable
from core.district.values import (
    Community,
    Compound,
    Department,
    Grid,
    KeyPlace,
    Options,
    Pattern,
    Person,
    Station,
    Team,
)

Item = TypeVar("Item")
Look = Mapping[Any, Any]


def by(key: Callable[[Item], object], items: Iterable[Item]) -> Look:
    """The items by their key, the first of each; items without one are left out."""
    found: dict[object, Item] = {}
    for item in items:
        if (name := key(item)) is not None:
            found.setdefault(name, item)
    return MappingProxyType(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One town. Two districts are equal when their files said the same.

    `phrases` are what people of this town say, by what they mean by it (`core.understand.ownwords`).
    """

    id: str
    name_zh: str
    name_en: str
    level: str
    county: str
    city: str
    zone: ZoneInfo
    centre_team: str
    emergency_profile: str
    languages: tuple[str, ...]
    options: Options
    communities: tuple[Community, ...]
    grids: tuple[Grid, ...]
    compounds: tuple[Compound, ...]
    key_places: tuple[KeyPlace, ...]
    stations: tuple[Station, ...]
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    patterns: tuple[Pattern, ...]
    departments: tuple[Department, ...]
    tables: Mapping[int, YearTable]
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    looks: Mapping[str, Look] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay out the look-ups once; every update asks several of them."""
        looks = {
            "community": by(lambda it: it.id, self.communities),
            "grid": by(lambda it: it.id, self.grids),
            "compound": by(lambda it: it.id, self.compounds),
            "key_place": by(lambda it: it.id, self.key_places),
            "token": by(lambda it: it.token or None, self.key_places),
            "station": by(lambda it: it.id, self.stations),
            "team": by(lambda it: it.id, self.teams),
            "person": by(lambda it: it.id, self.people),
            "tg": by(lambda it: it.tg_id, self.people),
            "pattern": by(lambda it: it.id, self.patterns),
            "department": by(lambda it: it.id, self.departments),
            "chat": by(lambda it: it.chat_id, self.teams),
            "station_team": by(lambda it: it.station, self.teams),
            "department_chat": by(lambda it: it.chat_id, self.departments),
            "residents_chat": by(lambda it: it.residents_chat, self.compounds),
        }
        object.__setattr__(self, "looks", MappingProxyType(looks))

    def calendar(self, holidays: Holidays = NO_HOLIDAYS) -> Calendar:
        """The town's time: its zone, hours and tables, and what is known of holidays beyond them."""
        options = self.options
        return Calendar(
            zone=self.zone,
            service=options.service_hours,
            work_day_end=options.work_day_end,
            tables=self.tables,
            holidays=holidays,
        )

    def community(self, name: str | None) -> Community | None:
        """The community of this id."""
        found: Community | None = self.looks["community"].get(name)
        return found

    def grid(self, name: str | None) -> Grid | None:
        """The grid of this id."""
        found: Grid | None = self.looks["grid"].get(name)
        return found

    def compound(self, name: str | None) -> Compound | None:
        """The compound (小区) of this id."""
        found: Compound | None = self.looks["compound"].get(name)
        return found

    def key_place(self, name: str | None) -> KeyPlace | None:
        """The key place of this id."""
        found: KeyPlace | None = self.looks["key_place"].get(name)
        return found

    def key_place_of_token(self, token: str) -> KeyPlace | None:
        """The key place whose printed code carries this token."""
        found: KeyPlace | None = self.looks["token"].get(token)
        return found

    def station(self, name: str | None) -> Station | None:
        """The post of this id."""
        found: Station | None = self.looks["station"].get(name)
        return found

    def team(self, name: str | None) -> Team | None:
        """The team of this id."""
        found: Team | None = self.looks["team"].get(name)
        return found

    def pattern(self, name: str | None) -> Pattern | None:
        """The shift pattern of this id."""
        found: Pattern | None = self.looks["pattern"].get(name)
        return found

    def department(self, name: str | None) -> Department | None:
        """The department of this id."""
        found: Department | None = self.looks["department"].get(name)
        return found

    def member(self, name: str | None) -> Person | None:
        """The person of this id of the file."""
        found: Person | None = self.looks["person"].get(name)
        return found

    def person(self, tg_id: int | None) -> Person | None:
        """The person behind a Telegram account; None for residents."""
        found: Person | None = self.looks["tg"].get(tg_id) if tg_id is not None else None
        return found

    def team_of_chat(self, chat_id: int) -> Team | None:
        """The team whose group this is, centre included."""
        found: Team | None = self.looks["chat"].get(chat_id)
        return found

    def team_of_station(self, name: str | None) -> Team | None:
        """The team that mans a post."""
        found: Team | None = self.looks["station_team"].get(name) if name is not None else None
        return found

    def department_of_chat(self, chat_id: int) -> Department | None:
        """The department whose group this is."""
        found: Department | None = self.looks["department_chat"].get(chat_id)
        return found

    def compound_of_residents_chat(self, chat_id: int) -> Compound | None:
        """The compound whose residents talk in this group."""
        found: Compound | None = self.looks["residents_chat"].get(chat_id)
        return found

    def centre(self) -> Team | None:
        """The dispatch centre (综治中心), which takes what nobody takes."""
        return self.team(self.centre_team)

    def centre_chat(self) -> int | None:
        """The centre's group."""
        centre = self.centre()
        return centre.chat_id if centre else None

    def grid_head(self, grid: str | None) -> Person | None:
        """The 网格长 of a grid."""
        found = self.grid(grid)
        return self.member(found.head) if found else None

    def grid_worker(self, grid: str | None) -> Person | None:
        """The 专职网格员 of a grid."""
        found = self.grid(grid)
        return self.member(found.worker) if found else None

    def community_of_grid(self, grid: str | None) -> Community | None:
        """The community a grid belongs to."""
        found = self.grid(grid)
        return self.community(found.community) if found else None

    def with_role(self, word: str, community: str | None = None) -> tuple[Person, ...]:
        """People whose role holds the word, of one community if given."""
        people = (it for it in self.people if word in it.role)
        return tuple(it for it in people if community is None or it.community == community)

    def police_officer(self, community: str | None) -> Person | None:
        """The 社区民警, to whom sealed cases of a community go."""
        return next(iter(self.with_role("社区民警", community)), None) if community else None

    def secretary(self, community: str | None) -> Person | None:
        """The 社区书记, step 4 of the ladder."""
        return next(iter(self.with_role("社区书记", community)), None) if community else None

    def members(self, team: str) -> tuple[Person, ...]:
        """Everybody of a team: whoever says so, and whoever its groups name."""
        found = self.team(team)
        named = {it for group in found.groups for it in group.members} if found else set()
        return tuple(it for it in self.people if it.team == team or it.id in named)

    def head(self, team: str) -> Person | None:
        """The head (点长) of a team, who may always press."""
        found = self.team(team)
        return self.member(found.head) if found else None
