"""What a district file may say but probably should not: told to the administrator, never refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shapely.geometry import Point as Dot

from core.distance import Point
from core.district.places import points
from core.district.town import District
from core.district.values import Area, Compound, KeyPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One doubt: where, and what it means for the town, in both languages."""

    where: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.where}: {self.zh} | {self.en}"


def holds(area: Area, point: Point) -> bool:
    """Whether a point lies in an area or on its border."""
    return bool(area.covers(Dot(point.lng, point.lat)))


def years(town: District, year: int) -> Iterator[Caution]:
    """A year without a table: working days would be guessed from weekends."""
    if year not in town.tables:
        yield Caution(
            where=f"calendar.{year}",
            zh=f"没有 {year} 年的放假安排:只按周末算休息,补班和节假日会算错。请上传。",
            en=f"No holiday table for {year}: only weekends count as off, working-day limits may be wrong. Upload it.",
        )


def centre(town: District, _year: int) -> Iterator[Caution]:
    """A centre that cannot hear: what nobody takes goes to it."""
    found = town.centre()
    if found and not town.members(found.id):
        where = "district.centre_team"
        yield Caution(where=where, zh="综治中心没有人。", en="The centre has no members.")
    if found and found.chat_id is None:
        where = "district.centre_team"
        yield Caution(where=where, zh="综治中心没有群,没人接的事会没有去处。", en="The centre has no chat.")


def stations(town: District, _year: int) -> Iterator[Caution]:
    """Posts without a chat or a team, in no grid, or a town without any."""
    if not town.stations:
        yield Caution(where="stations", zh="一个驿站也没有,所有事都到综治中心。", en="No posts: the centre gets all.")
    for index, it in enumerate(town.stations):
        where = f"stations[{index}]"
        if it.chat_id is None:
            yield Caution(where=f"{where}.chat_id", zh=f"{it.name_zh}没有群。", en=f"{it.name_en} has no chat.")
        if town.team_of_station(it.id) is None:
            yield Caution(where=where, zh=f"{it.name_zh}没有队伍,不会在岗。", en=f"{it.name_en} has no team.")
        if not any(holds(grid.area, it.point) for grid in town.grids):
            yield Caution(where=where, zh=f"{it.name_zh}不在任何网格内。", en=f"{it.name_en} lies in no grid.")


def grids(town: District, _year: int) -> Iterator[Caution]:
    """Grids without a head, a post or a community, or claimed by another one."""
    for index, it in enumerate(town.grids):
        where = f"grids.features[{index}].properties"
        for entry, value in (("grid_head", it.head), ("station", it.station), ("community", it.community)):
            if value is None:
                yield Caution(where=f"{where}.{entry}", zh=f"{it.name_zh}没有 {entry}。", en=f"{it.id} has no {entry}.")
        post = town.station(it.station)
        if post and post.grids and it.id not in post.grids:
            where = f"{where}.station"
            yield Caution(
                where=where, zh=f"{post.name_zh}的责任网格里没有它。", en=f"{post.id} does not list {it.id} as its own."
            )


def overlaps(town: District, _year: int) -> Iterator[Caution]:
    """Grids that share ground: a case there has two grid heads, and the lower id gets it."""
    for index, it in enumerate(town.grids):
        for other in town.grids[:index]:
            shared = it.area.intersection(other.area).area
            if shared > 0.01 * min(it.area.area, other.area.area):
                yield Caution(
                    where=f"grids.features[{index}]",
                    zh=f"与 {other.id} 重叠,重叠处算编号小的。",
                    en=f"Overlaps {other.id}; the lower id gets what lies in both.",
                )


def ladders(town: District, _year: int) -> Iterator[Caution]:
    """Grids whose late cases would end with nobody: no head, no secretary and no centre that can be written to."""
    if town.centre_chat() is not None:
        return
    for index, it in enumerate(town.grids):
        people = (town.grid_head(it.id), town.secretary(it.community))
        if not any(person is not None and person.tg_id is not None for person in people):
            yield Caution(
                where=f"grids.features[{index}]",
                zh=f"{it.name_zh}没人接的事最后没有人知道:没有网格长、书记,中心也没有群。",
                en=f"What nobody takes in {it.id} ends with nobody: no head, no secretary, no centre.",
            )


def misplaced(town: District, _year: int) -> Iterator[Caution]:
    """Compounds and key places whose point lies in another grid than the file says."""
    named: dict[Point, str | None] = {}
    items: tuple[Compound | KeyPlace, ...] = (*town.compounds, *town.key_places)
    for it in items:
        named[it.point] = it.grid
    for where, point in points(town):
        grid = town.grid(named.get(point))
        if grid and not holds(grid.area, point):
            yield Caution(where=where, zh=f"位置不在 {grid.id} 之内。", en=f"The point does not lie in {grid.id}.")


def people(town: District, _year: int) -> Iterator[Caution]:
    """People without an account, and groups nobody is in or that disagree with a person's entry."""
    unknown = [it.id for it in town.people if it.tg_id is None]
    if unknown:
        some = ", ".join(unknown[:5])
        yield Caution(
            where="people", zh=f"{len(unknown)} 人还没有 Telegram 账号:{some}", en=f"{len(unknown)} without account."
        )
    for index, team in enumerate(town.teams):
        for place, group in enumerate(team.groups):
            where = f"teams[{index}].groups[{place}].members"
            if not group.members:
                yield Caution(
                    where=where, zh=f"{team.id} {group.name}组没有人。", en=f"{team.id} {group.name} is empty."
                )
            for person in filter(None, map(town.member, group.members)):
                if person.team != team.id or person.group not in {None, group.name}:
                    yield Caution(
                        where=where, zh=f"{person.id} 自己写的不是这一组。", en=f"{person.id} says otherwise."
                    )


def rosters(town: District, _year: int) -> Iterator[Caution]:
    """Teams that are never on duty because they have no pattern or no groups."""
    for index, team in enumerate(town.teams):
        if team.pattern is None or not team.groups:
            yield Caution(where=f"teams[{index}]", zh=f"{team.name_zh}没有排班。", en=f"{team.id} has no roster.")


def duties(town: District, _year: int) -> Iterator[Caution]:
    """Kinds of shifts (勤务) that lack what makes them work: a place, a partner, a bell."""
    named = {it.partner for it in town.teams}
    for index, team in enumerate(town.teams):
        where, pattern = f"teams[{index}]", town.pattern(team.pattern)
        shifts = tuple(pattern.shifts.values()) if pattern else ()
        usual = (pattern.shift_kind if pattern else None) or team.shift_kind
        kinds = {it.kind or usual for it in shifts}
        if "peak" in kinds and team.point is None:
            yield Caution(where=where, zh=f"{team.name_zh}是高峰岗但没有位置,派不到。", en=f"{team.id} has no place.")
        if "joint" in kinds and team.partner is None and team.id not in named:
            yield Caution(where=where, zh=f"{team.name_zh}是联勤但没写和谁一起。", en=f"{team.id} has no joint_with.")
        if team.school and not any(it.bell is not None for it in shifts):
            yield Caution(
                where=where,
                zh=f"{team.name_zh}是护学岗但没写上学时间(bell),没到岗不会报警。",
                en=f"{team.id} has no bell.",
            )


def officers(town: District, _year: int) -> Iterator[Caution]:
    """Communities whose sealed cases or late cases would find nobody."""
    for index, it in enumerate(town.communities):
        for role, found in (("社区民警", town.police_officer(it.id)), ("社区书记", town.secretary(it.id))):
            if found is None:
                where = f"communities[{index}]"
                yield Caution(where=where, zh=f"{it.name_zh}没有{role}。", en=f"{it.id} has no {role}.")


DOUBTS: tuple[Callable[[District, int], Iterator[Caution]], ...] = (
    years, centre, stations, grids, overlaps, ladders, misplaced, people, rosters, duties, officers,
)  # fmt: skip


def warnings(district: District, year: int) -> tuple[Caution, ...]:
    """Everything doubtful about a town that was read, for the year that is asked about."""
    return tuple(caution for doubt in DOUBTS for caution in doubt(district, year))
