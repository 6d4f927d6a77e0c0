"""/doctor for the centre: the check-up itself is made by whoever can look at Telegram, the disk and the clock."""

from dataclasses import replace

from core import rights
from core.decide import people
from core.messages import Examined, Finding, Json, Key, Notice, Ordered
from core.records import Checkup
from core.world import Decision, World

SHOWN = 20  # findings in one message, the worst first as they come
BUTTONS = 6


def ask(command: Ordered, world: World) -> Decision:
    """Put down that it was asked for; the centre's people alone, for it names who cannot be reached."""
    person = world.town.district.person(command.sender.user_id)
    if person is None or not rights.belongs(person, world.town.district.centre_team, world.town.district):
        return Decision(notices=(people.tell(command, world, "doctor.refused"),))
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
        keys=tuple((_mend(it),) for it in bad if it.url)[:BUTTONS],
        language=record.language,
    )
    return Decision(records=(replace(record, open=False),), notices=(notice,))


def _mend(finding: Finding) -> Key:
    return Key(label="btn.mend_chat", url=finding.url, params={"name": finding.params.get("name")})
