"""审计日志: who changed what may be done, who saw what few may see; a chain in which nothing is changed unseen.

Each line's hash is made of the line and of the hash before it. A line names people of the town by their ids and cases
by their numbers: nothing of a resident is in it, so that nothing has to be erased from it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from core.case import Event
from core.messages import Json
from core.world import Decision, World

# What of the events goes into it, and which of their particulars; all others may hold words of people.
KEPT: Mapping[str, tuple[str, ...]] = {
    "role_invited": ("invite", "role", "where", "group", "until"),
    "role_invite_changed": ("invite", "uses", "days"),
    "role_void": ("invite",),
    "role_came": ("invite", "person", "role", "where", "until"),
    "role_lasts": ("person", "until"),
    "role_left": ("person", "heir", "why"),
    "role_stands_in": ("person", "who", "since", "until"),
    "role_stand_begins": ("person", "of"),
    "role_stand_ends": ("person", "of"),
    "handed_on": ("before", "to"),
    "task_passed_on": ("task", "before", "to"),
    "table_given": ("year",),
    "district_live": (),
    "storm_on": ("until",),
    "storm_longer": ("until",),
    "storm_off": (),
    "policy_changed": (),
    "exported": ("report", "format"),
    "copy_asked": (),
    "forget_asked": (),
    "looked_up": ("case", "what"),
    "sealed": ("officer",),
    "helper_in": ("person",),
    "helper_out": ("person",),
    "med_read": (),
    "med_printed": (),
    "corrected": ("severity", "category"),
    "regraded": (),
    "set_right": (),
    "rejected": ("reason",),
    "spam": (),
}
OF_SEALED = frozenset({"accepted", "claimed", "done"})  # steps by which somebody has a sealed matter before their eyes
FILES = frozenset(
    {"ledger", "agreement", "dossier", "own", "trail", "district"}
)  # that are made for somebody, beside reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done. `actor`: a person id, "resident", `admin:<account>`, or None for the bot itself."""

    at: datetime
    kind: str
    actor: str | None = None
    case: str = ""
    data: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """As it is kept: `body` is the entry with its serial, word for word what the hash is made of."""

    serial: int
    body: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Where the chain does not hold. `kind`: changed, missing, rewritten (a noted head was another), cut (lines that
    were there are gone)."""

    kind: str
    serial: int


def first(district: str) -> str:
    """What stands before the first line of a district: no line fits into another's chain."""
    return sha256(f"pinganpost audit log 1 {district}".encode()).hexdigest()


def linked(before: str, serial: int, entry: Entry) -> Line:
    """An entry as the next line of the chain."""
    told = {
        "serial": serial,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "actor": entry.actor,
        "case": entry.case,
        "data": dict(entry.data),
    }
    body = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Line(serial=serial, body=body, hash=hashed(before, body))


def hashed(before: str, body: str) -> str:
    """The hash of a line after another."""
    return sha256(f"{before}\n{body}".encode()).hexdigest()


def flaw(lines: Iterable[Line], before: str, heads: Mapping[int, str]) -> Flaw | None:
    """The first place where the chain does not hold; None when it is as it was written. `heads`: hashes by serial that
    were noted elsewhere, without which a chain that was made anew as a whole would look right."""
    serial = 0
    for line in lines:
        serial += 1
        if line.serial != serial or _serial(line.body) != serial:
            return Flaw(kind="missing", serial=serial)
        if line.hash != hashed(before, line.body):
            return Flaw(kind="changed", serial=serial)
        if heads.get(serial, line.hash) != line.hash:
            return Flaw(kind="rewritten", serial=serial)
        before = line.hash
    last = max(heads, default=0)
    return Flaw(kind="cut", serial=serial) if last > serial else None


def _serial(body: str) -> int | None:
    try:
        read = json.loads(body)
    except ValueError:
        return None
    return read.get("serial") if isinstance(read, dict) else None


def entries(decision: Decision, world: World) -> Iterator[Entry]:
    """What of a decision belongs into the log."""
    case = decision.case
    for event in decision.events:
        if event.kind in KEPT or (case is not None and case.sealed and event.kind in OF_SEALED):
            yield _entry(event, case.no if case is not None else "")
    if decision.forget is not None:
        yield Entry(at=world.now, kind="forget_asked", actor="resident", data={})
    for notice in decision.notices:
        if notice.attachment is not None and notice.attachment.kind in FILES:
            data = {"what": notice.attachment.kind}
            yield Entry(at=world.now, kind="file_made", actor=_reader(notice.to, world), data=data)


def _reader(account: int, world: World) -> str:
    person = world.town.district.person(account)
    if person is not None:
        return person.id
    return f"admin:{account}" if account in world.town.admins else "resident"


def _entry(event: Event, case: str) -> Entry:
    names = (it for it in KEPT.get(event.kind, ()) if it in event.data)
    given = {name: _plain(event.data[name]) for name in names}
    return Entry(at=event.at, kind=event.kind, actor=event.actor, case=case, data=given)


def _plain(value: object) -> Json:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
