"""One function per answer: the document with it, the one before untouched. All take documents that can be read."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from core.setup.document import CENTRE, EVERYWHERE, Document
from core.setup.templates import Template

MEMBER, HEAD, ADMIN = "巡防员", "点长", "管理员"  # as the field calls them (duty.md)
CENTRE_SEAT = "综治中心值班员"
POWER = "administration"
POST = "station"

Row = dict[str, Any]


def with_entry(doc: Document, part: str, **entries: object) -> Document:
    """Entries of `meta` or `district`; None takes one out."""
    kept = {name: it for name, it in {**doc.get(part, {}), **entries}.items() if it is not None}
    return {**doc, part: kept}


def named(doc: Document, name: str) -> Document:
    """What the town is called."""
    return with_entry(doc, "district", name_zh=name)


def zoned(doc: Document, zone: str) -> Document:
    """Its time zone, an IANA name."""
    return with_entry(doc, "meta", timezone=zone)


def speaking(doc: Document, language: str) -> Document:
    """The language of its cards; others stay known."""
    others = [it for it in doc["district"].get("languages", []) if it != language]
    return with_entry(doc, "district", languages=[language, *others])


def calling(doc: Document, gas: str) -> Document:
    """The gas company's number, empty to forget it."""
    return with_entry(doc, "district", gas_no=gas or None)


def rows(doc: Document, part: str) -> list[Row]:
    """The parts of a kind, missing ones being none."""
    found: list[Row] = doc.get(part) or []
    return found


def row_of(doc: Document, part: str, name: str) -> Row | None:
    """One part by its id."""
    return next((it for it in rows(doc, part) if it.get("id") == name), None)


def changed(doc: Document, part: str, name: str, **entries: object) -> Document:
    """One part with other entries; None takes one out."""
    fresh = [_with(it, entries) if it.get("id") == name else it for it in rows(doc, part)]
    return {**doc, part: fresh}


def _with(row: Row, entries: Mapping[str, object]) -> Row:
    return {name: it for name, it in {**row, **entries}.items() if it is not None}


def fresh_id(doc: Document, part: str, prefix: str, width: int = 1) -> str:
    """The first id of a kind that nobody has."""
    known = {it.get("id") for it in (*rows(doc, part), *rows(doc, "teams"))}
    return next(name for n in count(1) if (name := f"{prefix}{n:0{width}}") not in known)


def with_post(doc: Document, chat: int, title: str) -> tuple[Document, str]:
    """A post with its team for a group, named after it, and its id. It works as the other posts do, once it has a
    place."""
    name = fresh_id(doc, "stations", "ST")
    pattern, groups = usual_pattern(doc)
    station = {"id": name, "name_zh": title, "chat_id": chat, **({"shift_pattern": pattern} if pattern else {})}
    team: Row = {"id": name, "kind": POST, "station": name}
    if pattern:
        empty = [{**it, "members": []} for it in groups]
        team |= {"pattern": pattern, "groups": empty}
    return {**doc, "stations": [*rows(doc, "stations"), station], "teams": [*rows(doc, "teams"), team]}, name


def usual_pattern(doc: Document) -> tuple[str | None, Sequence[Row]]:
    """The pattern of the first post that has one, with its groups."""
    posts = (it for it in rows(doc, "teams") if it.get("kind") == POST and it.get("pattern"))
    first = next(posts, None)
    return (first["pattern"], first.get("groups", [])) if first else (None, [])


def without_post(doc: Document, name: str) -> Document:
    """A post and its team are given up, and nobody names them any more; its people stay, in no team."""
    doc = {**doc, "stations": [it for it in rows(doc, "stations") if it.get("id") != name]}
    gone = {it["id"] for it in rows(doc, "teams") if it.get("station") == name}
    doc["teams"] = [
        _with(it, {"joint_with": None}) if it.get("joint_with") in gone else it
        for it in rows(doc, "teams")
        if it.get("id") not in gone
    ]
    doc["people"] = [
        _with(it, {"team": None, "group": None}) if it.get("team") in gone else it for it in rows(doc, "people")
    ]
    doc["stations"] = [_without_backup(it, name) for it in rows(doc, "stations")]
    return _unnamed(doc, ("station", name))


def _without_backup(station: Row, name: str) -> Row:
    order = station.get("backup_order")
    return {**station, "backup_order": [it for it in order if it != name]} if order and name in order else station


def _unnamed(doc: Document, *names: tuple[str, str]) -> Document:
    """No grid says any of these of itself."""
    features = [
        {**it, "properties": {key: value for key, value in it["properties"].items() if (key, value) not in names}}
        for it in doc["grids"].get("features", [])
    ]
    return {**doc, "grids": {**doc["grids"], "features": features}}


def placed(doc: Document, name: str, lat: float, lng: float) -> Document:
    """Where a post stands, WGS-84."""
    return changed(doc, "stations", name, lat=round(lat, 6), lng=round(lng, 6))


def renamed(doc: Document, name: str, title: str) -> Document:
    """What a post is called."""
    return changed(doc, "stations", name, name_zh=title)


def grouped(doc: Document, team: str, chat: int) -> Document:
    """A team that is there already has this group from now on; a post's team has it from the post."""
    row = row_of(doc, "teams", team) or {}
    if row.get("station"):
        return changed(doc, "stations", str(row["station"]), chat_id=chat)
    return changed(doc, "teams", team, chat_id=chat)


def with_centre(doc: Document, chat: int) -> Document:
    """The centre's group."""
    return changed(doc, "teams", centre_of(doc), chat_id=chat)


def centre_of(doc: Document) -> str:
    """The id of the centre's team."""
    return str(doc["district"].get("centre_team") or CENTRE)


def person_of(doc: Document, user: int) -> Row | None:
    """Who has this account."""
    return next((it for it in rows(doc, "people") if it.get("tg_user_id") == user), None)


def joined(doc: Document, team: str, user: int, name: str) -> Document:
    """Somebody works in a team from now on; who worked in another goes over. In a team of several groups the smallest
    gets them."""
    known = person_of(doc, user)
    if known is None:
        known = {"id": fresh_id(doc, "people", "P", 3), "name": name, "tg_user_id": user}
        doc = {**doc, "people": [*rows(doc, "people"), known]}
    person, role = str(known["id"]), known.get("role")
    doc, usual = released(doc, person), CENTRE_SEAT if team == centre_of(doc) else MEMBER
    group = _smallest(doc, team)
    doc = changed(doc, "people", person, team=team, group=group, role=role or usual)
    return _into_group(doc, team, group, person) if group else doc


def gone(doc: Document, person: str) -> Document:
    """Somebody is on no list any more."""
    doc = released(doc, person)
    doc = _unnamed(doc, ("grid_head", person), ("grid_worker", person))
    return {**doc, "people": [it for it in rows(doc, "people") if it.get("id") != person]}


def released(doc: Document, person: str) -> Document:
    """Somebody is in no group of any team and heads none; they stay on the list."""
    teams = [_without(it, person) for it in rows(doc, "teams")]
    stations = [_with(it, {"head": None}) if it.get("head") == person else it for it in rows(doc, "stations")]
    return changed({**doc, "teams": teams, "stations": stations}, "people", person, team=None, group=None)


def _without(team: Row, person: str) -> Row:
    groups = [{**it, "members": [m for m in it.get("members", []) if m != person]} for it in team.get("groups", [])]
    kept = _with(team, {"head": None}) if team.get("head") == person else team
    return {**kept, "groups": groups} if groups else kept


def led(doc: Document, team: str, user: int) -> Document:
    """Whoever has this account heads a team that nobody heads yet."""
    row, person = row_of(doc, "teams", team), person_of(doc, user)
    if row is None or person is None or row.get("head"):
        return doc
    return changed(doc, "teams", team, head=person["id"])


def administering(doc: Document, user: int) -> Document:
    """Whoever has this account may change who may what, and the town itself."""
    row = person_of(doc, user)
    if row is None:
        return doc
    given = [*row.get("rights", []), *(() if POWER in row.get("rights", []) else (POWER,))]
    return changed(doc, "people", str(row["id"]), role=ADMIN, rights=given)


def _smallest(doc: Document, team: str) -> str | None:
    groups = (row_of(doc, "teams", team) or {}).get("groups") or []
    found = min(groups, key=lambda it: len(it.get("members", [])), default=None)
    return str(found["group"]) if found else None


def _into_group(doc: Document, team: str, group: str, person: str) -> Document:
    row = row_of(doc, "teams", team) or {}
    groups = [
        {**it, "members": [*it.get("members", []), person]} if it["group"] == group else it
        for it in row.get("groups", [])
    ]
    return changed(doc, "teams", team, groups=groups)


def headed(doc: Document, station: str, person: str) -> Document:
    """Who leads a post (点长)."""
    doc = changed(doc, "stations", station, head=person)
    return changed(doc, "people", person, role=HEAD)


def members(doc: Document, team: str) -> list[Row]:
    """Everybody of a team, in the order in which they came."""
    return [it for it in rows(doc, "people") if it.get("team") == team]


def rostered(doc: Document, template: Template, first: str) -> Document:
    """All posts work by a pattern that begins on this day; everybody is dealt into its groups in turn."""
    pattern = template.pattern(first)
    others = [it for it in rows(doc, "shift_patterns") if it.get("id") != pattern["id"]]
    doc = {**doc, "shift_patterns": [*others, pattern]}
    for team in [it for it in rows(doc, "teams") if it.get("kind") == POST]:
        doc = _dealt(doc, team, pattern["id"], template)
    return doc


def _dealt(doc: Document, team: Row, pattern: str, template: Template) -> Document:
    people = [it["id"] for it in members(doc, team["id"])]
    groups: list[Row] = [
        {"group": group, "offset_days": offset, "members": people[index :: len(template.groups)]}
        for index, (group, offset) in enumerate(template.groups)
    ]
    doc = changed(doc, "teams", team["id"], pattern=pattern, groups=groups)
    if team.get("station"):
        doc = changed(doc, "stations", team["station"], shift_pattern=pattern)
    for group in groups:
        for person in group["members"]:
            doc = changed(doc, "people", person, group=group["group"])
    return doc


def around(doc: Document, metres: int = EVERYWHERE) -> Document:
    """No grids: what lies within these metres of a post is the town's."""
    return {**doc, "grids": {"type": "FeatureCollection", "around_m": metres, "features": []}}


def gridded(doc: Document, features: Sequence[Mapping[str, Any]]) -> Document:
    """Grids as they were drawn; one without an id or a name gets its number."""
    drawn = [_feature(it, number) for number, it in enumerate(features, 1)]
    return {**doc, "grids": {"type": "FeatureCollection", "features": drawn}}


def _feature(feature: Mapping[str, Any], number: int) -> Row:
    given = feature.get("properties")
    about: Row = dict(given) if isinstance(given, Mapping) else {}
    name = str(about.get("id") or f"G{number:02}")
    called = about.get("name_zh") or about.get("name") or name
    return {**feature, "properties": {**about, "id": name, "name_zh": str(called)}}
