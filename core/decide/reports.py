"""What daily and weekly reports have in common: who gets them, 我已阅, the deputy at noon, the lists behind figures."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from core import calendar, rights
from core.case import Case, Event
from core.decide import say
from core.district import Person
from core.figures.lists import behind, behind_ledger, behind_post
from core.figures.mediation import Ledger
from core.figures.metrics import Figures
from core.figures.post import Post
from core.messages import Attachment, Json, Key, Lane, Notice, Press, Pressed, record_ref
from core.records import Dispute, Listed, Report
from core.world import Decision, World

NOON = 12 * 60
TIME_TO_READ = timedelta(hours=4, minutes=20)  # from the digest to noon; kept when it comes late
ON_A_PAGE = 8
KINDS: Mapping[str, str] = {"day": "digest", "week": "week", "brief": "digest"}
FORMATS = ("csv", "xlsx")
INSIDE = frozenset({"report.menu", "report.list", "find.case"})  # messages that are turned over in place
_PLAIN = re.compile(r"[A-Za-z0-9.-]{1,16}")
Keys = tuple[tuple[Key, ...], ...]


def plain(words: str) -> str:
    """An id of the district's file as a part of a record's id: those may be any words, a button carries few letters."""
    return words if _PLAIN.fullmatch(words) else blake2b(words.encode(), digest_size=6).hexdigest()


def name_of(day: date, kind: str, grid: str | None) -> str:
    """The id of a report; it begins with its day, by which old ones are found."""
    return f"{day:%y%m%d}{kind[0]}.{plain(grid) if grid is not None else '-'}"


def reader(grid: str | None, world: World) -> int | None:
    """Where a report goes: to the head of the grid in private; to the centre when it has none, or for the street."""
    district = world.town.district
    head = district.grid_head(grid) if grid is not None else None
    return head.tg_id if head and head.tg_id else district.centre_chat()


def read_until(world: World) -> datetime:
    """When the deputy gets what was not read: noon, or as much later as it came."""
    zone = world.town.district.zone
    noon = calendar.moment(calendar.local(world.now, zone).date(), NOON, zone)
    return noon if noon > world.now else world.now + TIME_TO_READ


def made(
    kind: str,
    day: date,
    figures: Figures,
    world: World,
    *,
    book: Ledger,
    post: Post | None = None,
    told: Mapping[str, Json],
    picture: Mapping[str, Json] | None = None,
) -> tuple[Report, tuple[Notice, ...]] | None:
    """The record of a report and its messages; None when there is nobody to send it to."""
    chat = reader(figures.grid, world)
    if chat is None:
        return None
    record = Report(
        id=name_of(day, kind, figures.grid),
        kind="week" if kind == "week" else "day",
        grid=figures.grid,
        day=day,
        chat=chat,
        told=told,
        picture=picture or {},
        lists=(*behind(figures), *behind_ledger(book), *behind_post(post)),
        due_at=read_until(world),
    )
    return record, messages(record, chat, world)


def messages(record: Report, chat: int, world: World) -> tuple[Notice, ...]:
    """The picture where there is one, then the words: they do not wait for each other."""
    said = say.staff(chat, KINDS[record.kind], world.town, lane=Lane.DIGEST, keys=keys(record), params=record.told)
    shown = (
        say.staff(chat, "week.picture", world.town, lane=Lane.DIGEST, params=_title(record)) if record.picture else None
    )
    drawn = Attachment(kind="picture", params=record.picture)
    pictures = (replace(shown, attachment=drawn, key=f"f{record.id}.{chat}/picture"),) if shown else ()
    slot = record_ref("report", record.id)
    return (*pictures, *((replace(said, slot=slot, key=f"f{record.id}.{chat}"),) if said else ()))


def _title(record: Report) -> dict[str, Json]:
    return {"grid": record.grid, "date": record.day.isoformat()}


def keys(record: Report) -> Keys:
    """[看超期] [看全部] [我已阅]: what leads nowhere is left out."""
    late = (button("btn.late_list", "fl", record, "late/0"),) if record.listed("late") else ()
    every = (button("btn.figures", "fm", record),) if record.lists else ()
    unread = record.read_by is None and record.kind != "brief"
    read = (button("btn.read", "rd", record),) if unread else ()
    row = (*late, *every, *read)
    return (row,) if row else ()


def button(label: str, action: str, record: Report, arg: str = "", **params: Json) -> Key:
    """A button about a report."""
    return Key(label=label, press=Press(action=action, case=record_ref("report", record.id), arg=arg), params=params)


def due(record: Report, world: World) -> Decision:
    """Noon, and nobody has read it: the deputy gets it, once (figures.md, last line)."""
    deputy = next((it for it in rights.deputies(record.grid, world.town.district) if it.tg_id), None)
    closed = replace(record, open=False, due_at=None, deputy=deputy.id if deputy else None)
    event = Event(kind="report_unread", at=world.now, data={"report": record.id, "deputy": closed.deputy})
    passed = deputy is not None and deputy.tg_id is not None and deputy.tg_id != record.chat
    told = messages(closed, deputy.tg_id or 0, world) if passed and deputy is not None else ()
    return Decision(records=(closed,), events=(event,), notices=told)


def read(command: Pressed, world: World) -> Decision:
    """我已阅: kept with who and when; the button goes."""
    found = _mine(command, world)
    if isinstance(found, Decision):
        return found
    record, person = found
    if record.read_by is not None:
        return Decision(answer=say.answer(world, "ans.already"))
    seen: dict[str, Json] = {"person": person.id, "at": say.iso(world.now)}
    record = replace(
        record, read_by=person.id, read_at=world.now, open=False, due_at=None, told={**record.told, "read": seen}
    )
    event = Event(kind="report_read", at=world.now, actor=person.id, data={"report": record.id})
    said = next(it for it in messages(record, command.chat, world) if it.attachment is None)
    return Decision(
        records=(record,), events=(event,), notices=(replace(said, key=""),), answer=say.answer(world, "ans.read")
    )


def _mine(command: Pressed, world: World) -> tuple[Report, Person] | Decision:
    """The report, for somebody who may see it; else why not. Looked at anew with every press."""
    person = world.town.district.person(command.sender.user_id)
    record = world.record if isinstance(world.record, Report) else None
    if person is None or (record is not None and not rights.reads_figures(person, record.grid, world.town.district)):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    return (record, person) if record is not None else Decision(answer=say.answer(world, "ans.stale"))


def _turned(command: Pressed, world: World, kind: str, params: Mapping[str, Json], rows: Keys) -> Decision:
    """A page: in place of the one that was turned over, else as a message of its own."""
    shown = say.staff(command.chat, kind, world.town, keys=rows, params=params)
    before = command.message if world.post is not None and world.post.kind in INSIDE else None
    return Decision(notices=(replace(shown, edit=before),) if shown else (), answer=say.answer(world, "ans.ok"))


def menu(command: Pressed, world: World) -> Decision:
    """看全部: every figure as a button, two in a row, and the files."""
    found = _mine(command, world)
    if isinstance(found, Decision):
        return found
    record, _ = found
    figures = [button("btn.figure", "fl", record, f"{it.name}/0", figure=it.name, share=it.text) for it in record.lists]
    rows = tuple(tuple(figures[at : at + 2]) for at in range(0, len(figures), 2))
    return _turned(command, world, "report.menu", _title(record), _full(*rows, _files(record)))


def _files(record: Report) -> tuple[Key, ...]:
    """The file holds cases alone: there is none behind disputes."""
    return tuple(button(f"btn.{it}", "fx", record, it) for it in FORMATS) if record.cases else ()


def page(command: Pressed, world: World) -> Decision:
    """One page of the cases behind a figure, as they stand now."""
    found = _mine(command, world)
    if isinstance(found, Decision):
        return found
    record, _ = found
    name, _, number = (command.press.arg if command.press else "").partition("/")
    listed = record.listed(name)
    if listed is None or not number.isdecimal():
        return Decision(answer=say.answer(world, "ans.stale"))
    pages = -(-len(listed.cases) // ON_A_PAGE)
    at = min(int(number), pages - 1)
    numbers = listed.cases[at * ON_A_PAGE : (at + 1) * ON_A_PAGE]
    cases = world.cases_of(numbers) if listed.of != "disputes" else ()
    items = [*(item(it, listed) for it in cases), *_disputes(numbers, listed, world)]
    params: dict[str, Json] = {
        **_title(record),
        "figure": name,
        "share": listed.text,
        "items": items,
        "page": at + 1 if pages > 1 else None,
        "pages": pages,
    }
    opens = [_opens(it, record, f"{name}/{at}") for it in cases if not it.sealed]
    rows = tuple(tuple(opens[row : row + 2]) for row in range(0, len(opens), 2))
    return _turned(command, world, "report.list", params, (*rows, *_turns(record, name, at, pages)))


def _opens(case: Case, record: Report, where: str) -> Key:
    """A line's case; where it stands comes along, for the way back."""
    press = Press(action="fv", case=case.no, arg=f"{record.id}/{where}")
    return Key(label="btn.case", press=press, params={"no": case.no, "category": case.category})


def item(case: Case, listed: Listed) -> Json:
    """A line of a list; of a sealed matter its number alone (privacy.md)."""
    kept = case.no in listed.kept if listed.kept is not None else None
    if case.sealed:
        return {"no": case.no, "sealed": True, "kept": kept}
    return {
        "no": case.no,
        "severity": case.severity,
        "category": case.category,
        "place": case.place.label if case.place else None,
        "status": case.status.value,
        "team": case.team,
        "kept": kept,
    }


def _disputes(numbers: Collection[str], listed: Listed, world: World) -> list[Json]:
    """Lines of disputes; of what is for named people only the number alone, for this may be read in a group."""
    found = (world.look_up(Dispute, no) for no in numbers) if listed.of != "cases" else ()
    return [_dispute(it, it.id in listed.kept if listed.kept is not None else None) for it in found if it is not None]


def _dispute(it: Dispute, kept: bool | None) -> Json:  # of a count there is neither
    if it.named:
        return {"no": it.id, "sealed": True, "kept": kept}
    return {
        "no": it.id, "grade": it.grade, "category": it.kind, "compound": it.compound, "step": it.step.value,
        "kept": kept,
    }  # fmt: skip


def _turns(record: Report, name: str, at: int, pages: int) -> Keys:
    back = (button("btn.earlier", "fl", record, f"{name}/{at - 1}"),) if at else ()
    on = (button("btn.later", "fl", record, f"{name}/{at + 1}"),) if at + 1 < pages else ()
    return _full((*back, button("btn.figures", "fm", record), *on), _files(record))


def _full(*rows: tuple[Key, ...]) -> Keys:
    return tuple(row for row in rows if row)


def export(command: Pressed, world: World) -> Decision:
    """The cases behind a report as a file; who asked for it is on record (privacy.md: look-ups are logged)."""
    found = _mine(command, world)
    if isinstance(found, Decision):
        return found
    record, person = found
    form = command.press.arg if command.press else ""
    if form not in FORMATS:
        return Decision(answer=say.answer(world, "ans.unknown"))
    params: dict[str, Json] = {**_title(record), "count": len(record.cases)}
    sent = say.staff(command.chat, "report.file", world.town, params=params)
    file = Attachment(kind="cases", params={"report": record.id, "format": form})
    event = Event(kind="exported", at=world.now, actor=person.id, data={"report": record.id, "format": form})
    return Decision(
        events=(event,),
        notices=(replace(sent, attachment=file),) if sent else (),
        answer=say.answer(world, "ans.file_coming"),
    )


PRESSES: Mapping[str, Callable[[Pressed, World], Decision]] = {"rd": read, "fm": menu, "fl": page, "fx": export}
