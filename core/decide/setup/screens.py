"""The screens of /setup: the steps with their state, one post, shift patterns, the first week."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from core import calendar, roster
from core.decide import say
from core.decide.setup.desk import Desk, key
from core.district import District, DistrictFaults, read_district
from core.messages import Json, Key, Notice
from core.setup import stages
from core.setup.edit import members, row_of, rows
from core.setup.stages import called, ready
from core.setup.templates import TEMPLATES

BACK = "home"
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
METRES = (1000, 3000, 5000, 10_000)
MOST = 24  # posts that fit under one message
PEOPLE = 12
LONGEST = 40  # characters of a name
WEEK = 7
ADMIN_RIGHTS = "pin_messages"  # the least that makes Telegram show us what is said in a group

Rows = tuple[tuple[Key, ...], ...]


def overview(desk: Desk, *, again: bool = False, note: str | None = None) -> Notice:
    """All steps and how they stand. `note`: what just happened, a code of `setup_note`."""
    items: list[Json] = [{"stage": it.name, "state": it.state, "text": it.text} for it in stages(desk.people)]
    return desk.tell(
        "setup.screen", _overview_keys(desk), again=again,
        items=items, state="draft" if desk.draft.raw else "live" if desk.world.town.live else "new", note=note,
    )  # fmt: skip


def _overview_keys(desk: Desk) -> Rows:
    found = rows(desk.doc, "stations")[:MOST]
    post_keys = [
        key("btn.su_post", f"post:{it['id']}", name=called(it), mark="✅" if ready(it) else "○") for it in found
    ]
    drop = (key("btn.su_drop", "drop"),) if desk.draft.raw and desk.world.town.live else ()
    return (
        (key("btn.su_name", "ask:name"), key("btn.su_clock", "clock"), key("btn.su_numbers", "ask:gas")),
        (link("btn.su_centre", "centre", desk), link("btn.su_add", "post", desk)),
        *paired(post_keys),
        (key("btn.su_people", "people"), key("btn.su_shifts", "shifts"), key("btn.su_area", "area")),
        (key("btn.su_file", "file"), *drop, key("btn.su_check", "check")),
    )


def link(label: str, what: str, desk: Desk) -> Key:
    """Opens Telegram's list of groups, and makes us an administrator of the one that is chosen."""
    return Key(label=label, url=f"https://t.me/{desk.world.bot_name}?startgroup={what}&admin={ADMIN_RIGHTS}")


def paired(keys: Sequence[Key]) -> Rows:
    """Two in a row."""
    return tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


def back(verb: str = BACK) -> tuple[Key, ...]:
    """The way back."""
    return (key("btn.su_back", verb),)


def clock(desk: Desk) -> Notice:
    """Time zone and language."""
    zones = [key("btn.su_zone", f"zone:{it}", text=it) for it in ZONES]
    tongues = tuple(key("btn.language", f"tongue:{it}", language=it) for it in LANGUAGES)
    return desk.tell(
        "setup.clock", (*paired(zones), tongues, back()),
        text=desk.doc["meta"].get("timezone"), language=next(iter(desk.doc["district"].get("languages", [])), None),
    )  # fmt: skip


def area(desk: Desk) -> Notice:
    """Grids as GeoJSON, or so many metres around every post."""
    kilometres = tuple(key("btn.su_metres", f"around:{it}", count=it // 1000) for it in METRES)
    drawn = len(desk.doc["grids"].get("features") or []) or None
    return desk.tell("setup.area", (kilometres, back()), count=drawn, metres=desk.doc["grids"].get("around_m"))


def post(desk: Desk, name: str, *, again: bool = False) -> Notice:
    """One post: where it is, who leads it, who works there."""
    row = row_of(desk.doc, "stations", name)
    if row is None:
        return overview(desk)
    team = team_of(desk, name)
    people = members(desk.people, team)
    head = row_of(desk.doc, "people", row.get("head") or "")
    heads = [key("btn.su_head", f"head:{name}:{it['id']}", name=it["name"]) for it in people[:PEOPLE] if it != head]
    lost = ((link("btn.su_group", f"post-{team}", desk),),) if row.get("chat_id") is None else ()
    keys = (
        *lost,
        (key("btn.su_place", f"place:{name}"), key("btn.su_rename", f"ask:title:{name}")),
        *paired(heads),
        (key("btn.su_remove", f"remove:{name}"), key("btn.su_check", "check")),
        back(),
    )
    return desk.tell(
        "setup.post", keys, again=again,
        name=called(row), lacking=None if ready(row) else ["place"],
        head=head["name"] if head else None, text="、".join(str(it["name"]) for it in people),
    )  # fmt: skip


def team_of(desk: Desk, station: str) -> str:
    """The id of a post's team."""
    return next((str(it["id"]) for it in rows(desk.doc, "teams") if it.get("station") == station), station)


def people(desk: Desk) -> Notice:
    """Who works where, and how others come: by a tap in their own group."""
    teams = [it for it in rows(desk.doc, "teams") if members(desk.people, it["id"])]
    items: list[Json] = [
        {"name": _team_name(desk, it["id"]), "text": "、".join(str(m["name"]) for m in members(desk.people, it["id"]))}
        for it in teams
    ]
    live = {it.tg_id for it in desk.world.town.district.people}  # who leaves a living town hands on what is theirs
    newest = [it for it in reversed(rows(desk.doc, "people")) if it.get("tg_user_id") not in {None, desk.user, *live}]
    away = [key("btn.su_out", f"out:{it['id']}", name=it["name"]) for it in newest[:PEOPLE]]
    invite = ((say.key("btn.role_new", "pp.new"), say.key("btn.role_list", "pp.who")),) if desk.world.town.live else ()
    return desk.tell("setup.people", (*paired(away), *invite, back()), items=items)


def _team_name(desk: Desk, team: str) -> str:
    row = row_of(desk.doc, "teams", team) or {}
    station = row_of(desk.doc, "stations", row.get("station") or "")
    return called(station or row)


def shifts(desk: Desk) -> Notice:
    """The templates."""
    english = desk.sender.language == "en"
    keys = [
        key("btn.su_template", f"shift:{it.id}", name=it.name_en if english else it.name_zh)
        for it in TEMPLATES.values()
    ]
    return desk.tell("setup.shifts", (*((it,) for it in keys), back()))


def days(desk: Desk, template: str) -> Notice:
    """The day with which the cycle begins."""
    today = calendar.local(desk.world.now, desk.world.town.district.zone).date()
    monday = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
    choices = dict.fromkeys((today, today + timedelta(days=1), monday))
    keys = [key("btn.su_day", f"first:{template}:{it.isoformat()}", date=it.isoformat()) for it in choices]
    return desk.tell("setup.days", (tuple(keys), back("shifts")), name=TEMPLATES[template].name_zh)


def week(desk: Desk, template: str, first: date, planned: District) -> Notice:
    """Who is on in the first week, before it counts."""
    keys = ((key("btn.su_use", f"roster:{template}:{first.isoformat()}"),), back("shifts"))
    items: list[Json] = list(_rows(planned, first))
    return desk.tell("setup.week", keys, items=items)


def _rows(planned: District, first: date) -> Iterator[Json]:
    for team in (it for it in planned.teams if it.station is not None):
        for day in (first + timedelta(days=n) for n in range(WEEK)):
            on = roster.shifts_on(team, day, planned)
            told = "、".join(f"{it.shift} {it.group}" for it in on)
            names = "、".join(_names(planned, [who for it in on for who in it.members]))
            yield {"name": team.name_zh, "date": day.isoformat(), "text": told, "steps": names}


def _names(planned: District, ids: Sequence[str]) -> list[str]:
    return [it.name for name in dict.fromkeys(ids) if (it := planned.member(name)) is not None]


def readable(doc: dict[str, object]) -> District | None:
    """The document as a town, for a look ahead; None while it has faults."""
    try:
        return read_district(doc)
    except DistrictFaults:
        return None
