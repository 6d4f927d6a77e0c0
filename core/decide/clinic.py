"""/doctor for the centre: the check-up itself is made by whoever can look at Telegram, the disk and the clock."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core import rights
from core.decide import people
from core.messages import Examined, Finding, Json, Key, Notice, Ordered, Press
from core.records import Checkup
from core.world import Decision, World

Remedy = Callable[[Mapping[str, Json], World], Key | None]
LINKABLE = re.compile(r"[A-Za-z0-9_-]{1,59}")
SHOWN = 20  # findings in one message, the worst first as they come
BUTTONS = 6


def ask(command: Ordered, world: World) -> Decision:
    """Put down that it was asked for; not everybody's, for it names who cannot be reached."""
    told = people.tell(command, world, "doctor.looking")
    wanted = Checkup(
        id=f"{command.sender.user_id}.{command.message}", user=command.sender.user_id, language=told.language
    )
    return Decision(records=(wanted,), notices=(told,))


def done(command: Examined, world: World) -> Decision:
    """Tell whoever asked, once: what has to be mended, each with its remedy, and how much is right."""
    record = world.record
    if not isinstance(record, Checkup) or not record.open:
        return Decision()
    bad = [it for it in command.findings if it.bad]
    right = len(command.findings) - len(bad)
    items: list[Json] = [{**it.params, "kind": it.kind} for it in bad[:SHOWN]]
    notice = Notice(
        to=record.user,
        kind="doctor.report" if bad else "doctor.well",
        key=f"checkup:{record.id}",
        params={"items": items, "more": max(0, len(bad) - SHOWN) or None, "count": right} if bad else {"count": right},
        keys=_remedies(bad, record.user, world),
        language=record.language,
    )
    return Decision(records=(replace(record, open=False),), notices=(notice,))


def _remedies(bad: Sequence[Finding], user: int, world: World) -> tuple[tuple[Key, ...], ...]:
    """What a tap can mend, once each; what changes the town is offered to those who may change it."""
    may = rights.administers(user, world.town)
    found = (_mend(it, world) if it.url or may else None for it in bad)
    keys = {it.press or number: it for number, it in enumerate(found) if it is not None}
    return tuple((it,) for it in keys.values())[:BUTTONS]


def _mend(finding: Finding, world: World) -> Key | None:
    if finding.url:
        return Key(label="btn.mend_chat", url=finding.url, params={"name": finding.params.get("name")})
    remedy = REMEDIES.get(finding.kind)
    return remedy(finding.params, world) if remedy else None


def _group(about: Mapping[str, Json], world: World) -> Key | None:
    """A link that lets the bot into a group and says whose it is; Telegram allows few signs in it."""
    team = str(about.get("team"))
    url = f"https://t.me/{world.bot_name}?startgroup=post-{team}&admin=pin_messages"
    return Key(label="btn.mend_group", url=url, params={"team": team}) if LINKABLE.fullmatch(team) else None


def _head(about: Mapping[str, Json], world: World) -> Key | None:
    team = world.town.district.team(str(about.get("team")))
    if team is None or team.station is None:
        return None
    return Key(label="btn.mend_head", press=Press(action="su", arg=f"post:{team.station}"), params={"team": team.id})


def _screen(label: str, verb: str) -> Remedy:
    return lambda _about, _world: Key(label=label, press=Press(action="su", arg=verb))


REMEDIES: Mapping[str, Remedy] = {
    "no_chat": _group,
    "no_head": _head,
    "ladder": _screen("btn.mend_shifts", "shifts"),
    "gap_all": _screen("btn.mend_shifts", "shifts"),
    "people_unknown": _screen("btn.mend_people", "people"),
}
