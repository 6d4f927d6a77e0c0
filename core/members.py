"""The town's file with what was decided in chat about its people put into it: who came, who left, who stands in.

The file stays the one description of a town: everything reads it, and knows nothing of how somebody got into it. What
a later file does not know any more (a post that was given up) is left out instead of refusing the file.
"""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from typing import Any

from core.records.roles import Invite, Member, StandIn
from core.roles import KNOWN, ROLES, Role

Entry = dict[str, Any]
KEYS: Mapping[str, str] = {"team": "teams", "community": "communities", "department": "departments"}
JOIN = "、"


def applied(raw: Entry, members: Collection[Member], stand_ins: Collection[StandIn]) -> Entry:
    """Another file, in which these people are as they were decided to be. Who leaves goes last, so that whoever takes
    over is there."""
    if not members and not stand_ins:
        return raw
    town = deepcopy(raw)
    ordered = sorted(members, key=lambda it: (it.since, it.id))
    for member in ordered:
        _enter(town, member)
    for member in sorted((it for it in ordered if it.gone), key=lambda it: (it.gone_at or it.since, it.id)):
        _leave(town, member)
    for stand_in in sorted(stand_ins, key=lambda it: (it.since, it.id)):
        if stand_in.on:
            _stand_in(town, stand_in)
    return town


def member_by(invite: Invite, person: str, account: int, name: str) -> Mapping[str, Any]:
    """What an invitation makes of whoever comes by it, as the fields of a Member."""
    return {
        "id": person,
        "account": account,
        "name": name,
        "role": invite.role,
        "where": invite.where,
        "group": invite.group,
        "invite": invite.id,
    }


def _enter(town: Entry, member: Member) -> None:
    known = _person(town, member.id)
    if any(it.get("tg_user_id") == member.account and it.get("id") != member.id for it in _all(town, "people")):
        return  # a later file names this account itself
    if member.role == KNOWN:
        if known is not None and member.account is not None:
            known["tg_user_id"] = member.account
        return
    role = ROLES[member.role]
    people = [it for it in _all(town, "people") if it.get("id") != member.id]
    entry = _entry(town, member, role)
    town["people"] = [entry, *people] if role.office else [*people, entry]
    _take_office(town, member)


def _entry(town: Entry, member: Member, role: Role) -> Entry:
    links = {name: value for name, value in _links(town, member, role).items() if value}
    return {
        "id": member.id,
        "name": member.name.strip() or member.id,
        "tg_user_id": member.account,
        "role": role.word,
        "rights": list(role.powers),
        **links,
    }


def _links(town: Entry, member: Member, role: Role) -> Mapping[str, str | None]:
    """Where they belong, as far as the file knows the place."""
    if role.at == "grid":
        grid = _grid(town, member.where)
        return {"grid": member.where, "community": grid.get("community")} if grid is not None else {}
    if role.at == "centre":
        return {"team": town.get("district", {}).get("centre_team")}
    known = role.at in KEYS and _one(town, KEYS[role.at], member.where) is not None
    if not known:
        return {}
    group = member.group if _group(town, member) is not None else None
    return {"community" if role.at == "community" else "team": member.where, "group": group}


def _take_office(town: Entry, member: Member) -> None:
    """The places of the file that name whoever holds an office, and the group that somebody works in."""
    if member.role == "head":
        for it in _led(town, member.where):
            it["head"] = member.id
    grid = _grid(town, member.where)
    if grid is not None and member.role in {"grid_head", "worker"}:
        grid["grid_head" if member.role == "grid_head" else "grid_worker"] = member.id
    group = _group(town, member)
    if group is not None and member.id not in group["members"]:
        group["members"] = [*group["members"], member.id]


def _led(town: Entry, team: str) -> Iterator[Entry]:
    """A team and its post, which name the same head."""
    found = _one(town, "teams", team)
    if found is not None:
        yield found
        yield from (it for it in _all(town, "stations") if it.get("id") == found.get("station"))


def _leave(town: Entry, member: Member) -> None:
    heir = member.heir if _person(town, member.heir) is not None else None
    town["people"] = [it for it in _all(town, "people") if it.get("id") != member.id]
    _replace(town, member.id, heir)
    for group in _groups(town):
        if member.id in group["members"]:
            group["members"] = _without(group["members"], member.id)


def _without(members: list[str], person: str) -> list[str]:
    """Shifts are not inherited: who takes over has their own, and an hour without anybody is told as such."""
    return [it for it in members if it != person]


def _replace(town: Entry, person: str, by: str | None) -> None:
    """Whoever the file names as head, worker or the level above."""
    named = [(it, "head") for key in ("teams", "stations") for it in _all(town, key)]
    named += [(it, key) for it in _grids(town) for key in ("grid_head", "grid_worker")]
    above = town.get("district", {}).get("escalation")
    named += [(above, "person")] if isinstance(above, dict) else []
    for entry, key in named:
        if entry.get(key) == person:
            entry[key] = by


def _stand_in(town: Entry, it: StandIn) -> None:
    """Offices and what the role says; whose they are stays in the file, behind."""
    person, of = _person(town, it.person), _person(town, it.of)
    if person is None or of is None:
        return
    more = {key: of[key] for key in ("community", "grid", "mediation") if of.get(key) and not person.get(key)}
    rights = list(dict.fromkeys((*person.get("rights", ()), *of.get("rights", ()))))
    role = JOIN.join(filter(None, (person.get("role"), of.get("role"))))
    acting = {**person, **more, "role": role, "rights": rights}
    town["people"] = [acting, *(other for other in _all(town, "people") if other is not person)]
    _replace(town, it.of, it.person)


def _all(town: Entry, key: str) -> list[Entry]:
    return [it for it in town.get(key) or () if isinstance(it, dict)]


def _one(town: Entry, key: str, name: str | None) -> Entry | None:
    return next((it for it in _all(town, key) if it.get("id") == name), None)


def _person(town: Entry, name: str | None) -> Entry | None:
    return _one(town, "people", name)


def _grids(town: Entry) -> Iterator[Entry]:
    features = (town.get("grids") or {}).get("features") or ()
    yield from (it["properties"] for it in features if isinstance(it, dict) and isinstance(it.get("properties"), dict))


def _grid(town: Entry, name: str) -> Entry | None:
    return next((it for it in _grids(town) if it.get("id") == name), None)


def _groups(town: Entry) -> Iterator[Entry]:
    for team in _all(town, "teams"):
        yield from (
            it for it in team.get("groups") or () if isinstance(it, dict) and isinstance(it.get("members"), list)
        )


def _group(town: Entry, member: Member) -> Entry | None:
    team = _one(town, "teams", member.where) or {}
    found = (it for it in team.get("groups") or () if isinstance(it, dict) and isinstance(it.get("members"), list))
    return next((it for it in found if member.group and it.get("group") == member.group), None)
