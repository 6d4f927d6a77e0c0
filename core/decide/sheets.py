"""The sheet of a hand-over, as a living message (wording.md, duty.handover)."""

from dataclasses import replace

from core.decide import gear, say
from core.messages import Json, Key, Lane, Notice, Press, record_ref
from core.records.handover import Handover
from core.world import World


def sheets(record: Handover, world: World) -> tuple[Notice, ...]:
    """The living sheet: in the outgoing shift's group before the change, then with whoever takes over."""
    given = record.stage not in {"planned", "told"}
    found = _sheet(record, world, record.to if given else record.team, slot="/on" if given else "", keys=True)
    return (found,) if found else ()


def left_behind(record: Handover, world: World) -> tuple[Notice, ...]:
    """The sheet from before the change: without buttons it points to the new one."""
    found = _sheet(replace(record, stage="moved"), world, record.team, slot="", keys=False)
    return (found,) if found else ()


def _sheet(record: Handover, world: World, team: str, *, slot: str, keys: bool) -> Notice | None:
    found = world.town.district.team(team)
    notice = say.staff(
        found.chat_id if found else None, "handover.sheet", world.town,
        params=_told(record, world), keys=_keys(record, world) if keys else (), lane=Lane.REMINDER,
    )  # fmt: skip
    return replace(notice, slot=record_ref("handover", record.id) + slot) if notice else None


def _told(record: Handover, world: World) -> dict[str, Json]:
    lines: list[Json] = [
        {
            "no": it.no, "how": it.how, "severity": it.severity, "category": it.category, "place": it.place,
            "person": it.person, "due_at": say.iso(it.due_at), "sealed": it.sealed,
        }
        for it in record.cases
    ]  # fmt: skip
    return {
        "station": record.team, "before": record.before, "after": record.after,
        "target": record.to if record.to != record.team else None, "at": say.iso(record.at), "cases": lines,
        "gear": gear.told(record, world) if gear.wanted(record, world) else None, "whole": record.whole,
        "notes": [*record.notes], "stage": record.stage,
        "person": record.taken_by, "taken_at": say.iso(record.taken_at),
    }  # fmt: skip


def _keys(record: Handover, world: World) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    if record.whole is None and gear.wanted(record, world):
        rows.append((_key("btn.gear_whole", record, "hg", "ok"), _key("btn.gear_missing", record, "hg", "no")))
    if record.stage in {"given", "late"} and record.taken_by is None:
        rows.append((_key("btn.take_over", record, "ht", ""),))
    return tuple(rows)


def _key(label: str, record: Handover, action: str, arg: str) -> Key:
    return Key(label=label, press=Press(action=action, case=record_ref("handover", record.id), arg=arg))
