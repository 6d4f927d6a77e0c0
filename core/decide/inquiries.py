"""Questions that need nobody: whom to call, how to report, where somebody is on duty. All others go to a person."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from core import roster
from core.case import Event
from core.decide import people, say
from core.decide.reading import Heard
from core.messages import Json, Spoke
from core.understand import Kind, normal
from core.world import Decision, World

LONGEST = 40  # characters: who writes more asks more than that
SHOWN = 20  # names in a line
_CALLED = "报警|火警|急救|消防|反诈|燃气|煤气|停电|供电|法律援助|心理|妇联|妇女|政务|应急|紧急|求助"
QUESTIONS: Mapping[str, re.Pattern[str]] = {
    "numbers": re.compile(
        rf"(?:{_CALLED}).{{0,8}}(?:电话|号码|热线|打哪|打多少)|(?:电话|号码|热线).{{0,4}}(?:有哪些|是哪些)"
        r"|(?:emergency|useful) (?:phone )?numbers?"
    ),
    "how": re.compile(
        r"(?:怎么|如何|怎样|咋个?).{0,2}(?:上报|报隐患|反映|举报|用(?:你|这个|机器人))(?!.{0,4}(?:了|没))"
        r"|how (?:do|can|to) (?:i )?(?:report|use)"
    ),
    "hours": re.compile(
        r"(?:驿站|岗亭|平安站|站点).{0,8}(?:几点|什么时候|啥时候|多久|好久|周末|开门|关门|开放|营业|上班|下班).{0,8}"
        r"(?:开|关|上班|下班|有人|时间|吗|呢|[??]|$)"
        r"|你们(?:的|今天|明天|每天|一般)?(?:几点|(?:什么|啥)时候|周末|周.|星期.|礼拜.|节假日|国庆|过年|中午|晚上)?"
        r"(?:上班|下班|开门|关门|营业|办公|放假)(?:时间)?(?:是)?(?:几点|什么|怎样)?(?:吗|么|不|没有?|呢)?[? ]*$"
        r"|(?:几点|什么时候|啥时候).{0,6}(?:开门|关门|开放).{0,6}驿站|(?:opening|open) hours|when (?:is|does) the post"
    ),
    "on_duty": re.compile(r"(?:谁|哪个|哪里|哪些?人|有没?有?人).{0,4}(?:在岗|值班|当班|值守)|who is on duty"),
}
Params = dict[str, Json]


def known(heard: Heard, world: World) -> Decision | None:
    """The answer to a question that has one, at once, with the way to a person under it; None for any other."""
    command = heard.command
    what = _asked(heard, world)
    if what is None:
        return None
    found = ANSWERS[what](world)
    if found is None:
        return None
    kind, params = found
    contact = replace(
        say.contact_of(world, command.sender.user_id, command.sender.name), said=command.text[: people.SAID]
    )
    told = people.tell(command, world, kind, params=params, keys=((say.key("btn.human", "hu"),),))
    answered = Event(kind="inquiry_answered", at=world.now, actor="resident", data={"what": what})
    return Decision(contact=contact, notices=(told,), events=(answered,))


def _asked(heard: Heard, world: World) -> str | None:
    command: Spoke = heard.command
    if heard.meaning is None or heard.meaning.kind is not Kind.INQUIRY or command.photo or command.voice:
        return None
    said = normal(command.text, world.town.lexicon.simple).lower()
    if len(said) > LONGEST:
        return None
    return next((what for what, pattern in QUESTIONS.items() if pattern.search(said)), None)


def numbers(world: World) -> tuple[str, Params]:
    """The numbers of the town and its posts."""
    district = world.town.district
    stations: list[Json] = [it.id for it in district.stations[:SHOWN]]
    gas = district.options.gas_no or None
    return "contacts.list", {"gas_no": gas, "stations": stations or None, "departments": None}


def _how(_world: World) -> tuple[str, Params]:
    return "help.resident", {}


def _on_duty(world: World) -> tuple[str, Params]:
    """Posts where somebody is now; no person is named to residents (privacy.md)."""
    district = world.town.district
    there = roster.on_duty_teams(district, world.now, world.presence, world.town.holidays)
    posts = {it.team for it in there if it.present}
    stations: list[Json] = [
        it.id for it in district.stations if (team := district.team_of_station(it.id)) and team.id in posts
    ]
    return "inquiry.on_duty", {"stations": stations[:SHOWN] or None}


def _hours(world: World) -> tuple[str, Params] | None:
    """When the posts' doors are open, where the file says so; else a person answers."""
    stations = world.town.district.stations[:SHOWN]
    lines = [f"{it.name_zh or it.name_en} {it.hours}" for it in stations if it.hours]
    return ("inquiry.hours", {"text": "\n".join(lines)}) if lines else None


ANSWERS: Mapping[str, Callable[[World], tuple[str, Params] | None]] = {
    "numbers": numbers, "how": _how, "hours": _hours, "on_duty": _on_duty,
}  # fmt: skip
