"""Who names whom: every reference of a file leads somewhere, every id, chat and account is used once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from core.district.faults import Book
from core.district.town import District
from core.district.values import Community, Compound, Grid, KeyPlace, Person, Station, Team

PLACES: Mapping[str, str] = {
    "community": "communities",
    "grid": "grids",
    "compound": "xiaoqu",
    "key_place": "key_places",
    "station": "stations",
    "team": "teams",
    "person": "people",
    "pattern": "shift_patterns",
    "department": "departments",
}


class Link(NamedTuple):
    """A reference: where it stands, what it says, and the kind of thing it has to name."""

    where: str
    value: str | None
    kind: str


def many(where: str, values: Iterable[str], kind: str) -> Iterator[Link]:
    """One link per element of a list."""
    return (Link(f"{where}[{index}]", value, kind) for index, value in enumerate(values))


def of_community(where: str, it: Community) -> Iterator[Link]:
    """What a community names."""
    yield from many(f"{where}.grids", it.grids, "grid")


def of_grid(where: str, it: Grid) -> Iterator[Link]:
    """What a grid names."""
    yield Link(f"{where}.properties.community", it.community, "community")
    yield Link(f"{where}.properties.station", it.station, "station")
    yield Link(f"{where}.properties.grid_head", it.head, "person")
    yield Link(f"{where}.properties.grid_worker", it.worker, "person")


def of_compound(where: str, it: Compound) -> Iterator[Link]:
    """What a compound names."""
    yield Link(f"{where}.grid", it.grid, "grid")
    yield Link(f"{where}.community", it.community, "community")


def of_key_place(where: str, it: KeyPlace) -> Iterator[Link]:
    """What a key place names."""
    yield Link(f"{where}.grid", it.grid, "grid")


def of_station(where: str, it: Station) -> Iterator[Link]:
    """What a post names."""
    yield Link(f"{where}.in_grid", it.in_grid, "grid")
    yield Link(f"{where}.head", it.head, "person")
    yield Link(f"{where}.shift_pattern", it.pattern, "pattern")
    yield from many(f"{where}.primary_grids", it.grids, "grid")
    yield from many(f"{where}.backup_order", it.backups, "station")


def of_team(where: str, it: Team) -> Iterator[Link]:
    """What a team names, but for its head."""
    yield Link(f"{where}.station", it.station, "station")
    yield Link(f"{where}.pattern", it.pattern, "pattern")
    yield Link(f"{where}.joint_with", it.partner, "team")
    yield Link(f"{where}.school", it.school, "key_place")
    yield from many(f"{where}.covers", it.covers, "grid")
    for index, group in enumerate(it.groups):
        yield from many(f"{where}.groups[{index}].members", group.members, "person")


def of_person(where: str, it: Person, town: District) -> Iterator[Link]:
    """What a person's entry names; a department's people name the department as their team."""
    if town.department(it.team) is None:
        yield Link(f"{where}.team", it.team, "team")
    yield Link(f"{where}.grid", it.grid, "grid")
    yield Link(f"{where}.community", it.community, "community")


def parts(town: District) -> Iterator[tuple[str, str, object]]:
    """Every part with its kind and its path, in the file's order."""
    lists: tuple[tuple[str, str, Iterable[object]], ...] = (
        ("community", "communities", town.communities),
        ("grid", "grids.features", town.grids),
        ("compound", "xiaoqu", town.compounds),
        ("key_place", "key_places", town.key_places),
        ("station", "stations", town.stations),
        ("team", "teams", town.teams),
        ("person", "people", town.people),
        ("pattern", "shift_patterns", town.patterns),
        ("department", "departments", town.departments),
    )
    for kind, where, items in lists:
        for index, item in enumerate(items):
            yield kind, f"{where}[{index}]", item


def links(town: District) -> Iterator[Link]:
    """Every reference of the file."""
    yield Link("district.centre_team", town.centre_team, "team")
    yield Link("district.escalation.person", town.options.escalation.person, "person")
    for _, where, item in parts(town):
        match item:
            case Community():
                yield from of_community(where, item)
            case Grid():
                yield from of_grid(where, item)
            case Compound():
                yield from of_compound(where, item)
            case KeyPlace():
                yield from of_key_place(where, item)
            case Station():
                yield from of_station(where, item)
            case Team():
                yield from of_team(where, item)
                post = town.station(item.station)
                if post is None or post.head != item.head:  # a head that came from the station is named there
                    yield Link(f"{where}.head", item.head, "person")
            case Person():
                yield from of_person(where, item, town)
            case _:
                pass  # patterns and departments name nobody


def check_links(town: District, book: Book) -> None:
    """Note every reference that leads nowhere."""
    for link in links(town):
        if link.value and link.value not in town.looks[link.kind]:
            book.note(link.where, "dangling", value=link.value, kind=PLACES[link.kind])


def id_path(kind: str, where: str) -> str:
    """Where the id of a part stands; grids keep theirs among the properties."""
    return f"{where}.properties.id" if kind == "grid" else f"{where}.id"


def check_ids(town: District, book: Book) -> None:
    """Note every id that a kind uses twice."""
    seen: dict[tuple[str, str], str] = {}
    for kind, where, item in parts(town):
        name = str(getattr(item, "id", ""))
        first = seen.setdefault((kind, name), id_path(kind, where))
        if name and first != id_path(kind, where):
            book.note(id_path(kind, where), "twice", value=name, first=first)


def check_once(pairs: Iterable[tuple[str, int | str | None]], code: str, book: Book) -> None:
    """Note every value that stands at a second place."""
    seen: dict[int | str, str] = {}
    for where, value in pairs:
        if value is not None and (first := seen.setdefault(value, where)) != where:
            book.note(where, code, value=value, first=first)


def chats(town: District) -> Iterator[tuple[str, int | None]]:
    """Every chat with one purpose. A post's team shares its station's, and a company may manage several compounds."""
    posts = {it.id: it.chat_id for it in town.stations}
    for index, station in enumerate(town.stations):
        yield f"stations[{index}].chat_id", station.chat_id
    for index, team in enumerate(town.teams):
        if team.station is None or team.chat_id != posts.get(team.station):
            yield f"teams[{index}].chat_id", team.chat_id
    for index, community in enumerate(town.communities):
        yield f"communities[{index}].chat_id", community.chat_id
    for index, spot in enumerate(town.key_places):
        yield f"key_places[{index}].contact_chat_id", spot.contact_chat
    for index, department in enumerate(town.departments):
        yield f"departments[{index}].chat_id", department.chat_id
    for index, compound in enumerate(town.compounds):
        yield f"xiaoqu[{index}].residents_chat_id", compound.residents_chat


def check_managers(town: District, book: Book) -> None:
    """A management's chat may serve several compounds but be nothing else: residents' words would leak."""
    taken = {value: where for where, value in chats(town) if value is not None}
    for index, compound in enumerate(town.compounds):
        if compound.management_chat in taken:
            where = f"xiaoqu[{index}].property_chat_id"
            book.note(where, "chat_twice", value=compound.management_chat, first=taken[compound.management_chat])


def check_accounts(town: District, book: Book) -> None:
    """Note accounts of two people and tokens of two places."""
    check_once(((f"people[{i}].tg_user_id", it.tg_id) for i, it in enumerate(town.people)), "account_twice", book)
    check_once(((f"key_places[{i}].qr_token", it.token or None) for i, it in enumerate(town.key_places)), "twice", book)


def check_groups(town: District, book: Book) -> None:
    """Offsets lie within their pattern's cycle, group names are used once, people name groups that exist."""
    for index, team in enumerate(town.teams):
        pattern = town.pattern(team.pattern)
        names = [(f"teams[{index}].groups[{place}].group", it.name or None) for place, it in enumerate(team.groups)]
        check_once(names, "twice", book)
        for place, group in enumerate(team.groups):
            if pattern and not 0 <= group.offset_days < len(pattern.cycle):
                where = f"teams[{index}].groups[{place}].offset_days"
                book.note(where, "offset", value=group.offset_days, high=len(pattern.cycle) - 1)
    for index, person in enumerate(town.people):
        home = town.team(person.team)
        if home and person.group and person.group not in {it.name for it in home.groups}:
            book.note(f"people[{index}].group", "group_unknown", value=person.group, team=home.id)


Check = Callable[[District, Book], None]
CHECKS: tuple[Check, ...] = (
    check_ids,
    check_links,
    lambda town, book: check_once(chats(town), "chat_twice", book),
    check_managers,
    check_accounts,
    check_groups,
)
