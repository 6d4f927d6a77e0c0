"""/ledger 台账: in private, to whoever may read it; as a table to take away (F62)."""

from core import rights
from core.decide import people, say
from core.district import Person
from core.mediation import book
from core.messages import Attachment, Json, Key, Ordered, Press, Pressed
from core.records.mediation import Dispute
from core.world import Decision, World

SHOWN, MOST = 15, 500
FORMS = ("csv", "xlsx")


def ordered(command: Ordered, world: World) -> Decision:
    """The newest state of all that this person may know of."""
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    found = _lines(person, world)
    items: list[Json] = [_told(it) for it in found[:SHOWN]]
    params: dict[str, Json] = {"count": len(found), "items": items, "more": max(len(found) - SHOWN, 0) or None}
    keys = (tuple(_key(it) for it in FORMS),) if found else ()
    return Decision(notices=(people.tell(command, world, "med.ledger", params=params, keys=keys),))


def _key(form: str) -> Key:
    return Key(label=f"btn.{form}", press=Press(action="med.table", arg=form))


def _lines(person: Person, world: World) -> tuple[book.Line, ...]:
    mine = (it for it in world.every(Dispute) if _may_know(person, it, world))
    return book.lines(mine, person.id, world.town.calendar, world.town.taxonomy)


def _may_know(person: Person, dispute: Dispute, world: World) -> bool:
    """Whoever has it or sits in; the head and deputies of its grid, its secretary, the centre."""
    return person.id in dispute.team_of_mediators() or rights.reads_of(person, dispute.grid, world.town.district)


def _told(line: book.Line) -> dict[str, Json]:
    return {
        "no": line.no, "grade": line.grade, "category": line.kind, "compound": line.compound, "step": line.step,
        "person": line.owner, "opened_at": say.iso(line.opened_at), "next_at": say.iso(line.next_at),
    }  # fmt: skip


def table(command: Pressed, world: World) -> Decision:
    """The same as CSV or XLSX, to the presser's own chat: rights are looked at again."""
    person = world.town.district.person(command.sender.user_id)
    form = command.press.arg if command.press else ""
    if person is None or command.chat != person.tg_id or form not in FORMS:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    rows: list[Json] = [_told(it) for it in _lines(person, world)[:MOST]]
    made = Attachment(kind="ledger", params={"rows": rows, "format": form, "at": say.iso(world.now)})
    notice = people.tell(command, world, "med.ledger_file", params={"count": len(rows)}, attachment=made)
    return Decision(notices=(notice,), answer=say.answer(world, "ans.file_coming"))
