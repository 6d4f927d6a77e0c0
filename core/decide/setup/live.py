"""From draft to town: what is wrong, what would change, and the one tap that makes it true, whole."""

from dataclasses import replace

from core import access
from core.case import Event
from core.decide import say
from core.decide.roles import leaving
from core.decide.setup import screens
from core.decide.setup.desk import Desk, key
from core.district import Change, District, DistrictFaults, diff, read_district
from core.messages import Json, Notice, Pressed
from core.records import Checkup
from core.setup import Document, blocking, doubtful, edit, parsed, written
from core.town import check_phrases
from core.world import Decision

SHOWN = 12  # faults or changes in one message


def check(desk: Desk) -> tuple[Notice, ...]:
    """The preview, or what has to be done first."""
    return (_checked(desk)[0],)


def _checked(desk: Desk) -> tuple[Notice, District | None]:
    """The town that the draft would be, None while it cannot be one."""
    missing = blocking(desk.people)
    if missing:
        items: list[Json] = [{"stage": it} for it in missing]
        return desk.tell("setup.blocked", (screens.back(),), items=items), None
    try:
        new = _read(desk, desk.merged())
    except DistrictFaults as faults:
        return faulty(desk, faults), None
    return _preview(desk, new), None if _busy(desk, changes_of(desk, new)) else new


def _read(desk: Desk, doc: Document) -> District:
    """The town of a document. Raises DistrictFaults with all that is wrong with it."""
    new = read_district(doc)
    check_phrases(new, desk.world.town.lexicon)
    return new


def faulty(desk: Desk, faults: DistrictFaults, *, again: bool = False) -> Notice:
    """Each fault with its place and its remedy."""
    items: list[Json] = [
        {"where": it.where, "zh-Hans": f"{it.what}{it.remedy}", "zh-Hant": f"{it.what_hant}{it.remedy_hant}",
         "en": f"{it.what_en} {it.remedy_en}"}
        for it in faults.faults[:SHOWN]
    ]  # fmt: skip
    more = max(0, len(faults.faults) - SHOWN) or None
    return desk.tell("setup.faults", (screens.back(),), again=again, items=items, count=len(faults.faults), more=more)


def changes_of(desk: Desk, new: District) -> tuple[Change, ...]:
    """What would be other than now; nothing to compare with before the first time."""
    live = desk.world.file()
    return diff(read_district(parsed(live)), new) if live else ()


def _preview(desk: Desk, new: District, *, again: bool = False) -> Notice:
    changes = changes_of(desk, new)
    if desk.world.town.live and not changes:
        return desk.tell("setup.same", (screens.back(),))
    items: list[Json] = [
        {"how": it.how, "what": it.what, "name": it.name or it.id, "entry": it.entry, "old": it.old, "new": it.new}
        for it in changes[:SHOWN]
    ]
    doubts: list[Json] = [{"stage": it} for it in doubtful(desk.people)]
    busy = _busy(desk, changes)
    live = () if busy else (key("btn.su_live", "live", desk.draft.version),)
    keys = ((*live, key("btn.su_back", screens.BACK)),)
    return desk.tell(
        "setup.preview", keys, again=again,
        district=new.name_zh, stations=len(new.stations), staff=len(new.people), grids=len(new.grids),
        items=items, more=max(0, len(changes) - SHOWN) or None, doubts=doubts, busy=busy,
    )  # fmt: skip


def _busy(desk: Desk, changes: tuple[Change, ...]) -> list[Json]:
    """Teams and people that would go and still have something to do: nobody could go on with it, so they stay until it
    is done or handed on."""
    gone = [it for it in changes if it.how == "removed"]
    teams = {it.id: it.name or it.id for it in gone if it.what == "teams"}
    loads = desk.world.loads_of([*teams]) if teams else {}
    busy = [(name, load.open) for team, name in teams.items() if (load := loads.get(team)) is not None]
    district = desk.world.town.district
    people = [person for it in gone if it.what == "people" and (person := district.member(it.id)) is not None]
    busy += [(it.name, count) for it in people if (count := leaving.held(it, desk.world))]
    return [{"name": name, "count": count} for name, count in busy]


def imported(desk: Desk, doc: Document) -> Decision:
    """A whole document takes the draft's place; it is shown before it counts."""
    new = _read(desk, doc)
    desk = replace(desk, draft=replace(desk.draft, base="")).kept(doc)
    shown = replace(desk, draft=replace(desk.draft, base=""))  # a file means what it says: nothing is merged into it
    return Decision(records=(shown.draft,), notices=(_preview(_next(shown), new, again=True),))


def _next(desk: Desk) -> Desk:
    """The desk as it will be stored: buttons name the version that they were made for."""
    return replace(desk, draft=replace(desk.draft, version=desk.draft.version + 1))


def confirmed(desk: Desk, command: Pressed) -> Decision:
    """✅: live from now on, whole; a draft that was changed since it was shown is shown again."""
    if command.press is None or command.press.round != desk.draft.version or not desk.draft.raw:
        return Decision(notices=check(desk), answer=say.answer(desk.world, "ans.su_again", alert=True))
    shown, new = _checked(desk)
    if new is None:
        return Decision(notices=(shown,), answer=say.answer(desk.world, "ans.su_again", alert=True))
    return _live(desk, command, new)


def _live(desk: Desk, command: Pressed, new: District) -> Decision:
    raw, first = written(_owned(desk)), not desk.world.town.live
    changes = changes_of(desk, new)
    data = {"first": first, "changes": [f"{it.how} {it.what} {it.id} {it.entry}".strip() for it in changes[:100]]}
    by = edit.person_of(desk.doc, desk.user) or {}
    done = Event(kind="district_live", at=desk.world.now, actor=str(by.get("id") or "admin"), data=data)
    told = desk.tell("setup.live_first" if first else "setup.live", district=new.name_zh)
    told = replace(told, commands=_commands(desk, raw)) if first else told
    wanted = Checkup(id=f"{desk.user}.live.{command.callback}", user=desk.user, language=told.language)
    return Decision(
        district=raw,
        records=(replace(desk.draft, raw="", base="", open=False), wanted),
        events=(done,),
        notices=(told, *_groups_told(desk, new)),
        answer=say.answer(desk.world, "ans.ok"),
    )


def _commands(desk: Desk, raw: str) -> str:
    """What "/" offers to whoever has just made the town, which they are of from now on."""
    town = replace(desk.world.town, district=read_district(parsed(raw)))
    return access.offered(town.district.person(desk.user), desk.user, town)


def _owned(desk: Desk) -> Document:
    """Who came by the code stays an administrator by their entry in the document."""
    doc, centre = desk.merged(), edit.centre_of(desk.doc)
    if desk.user not in desk.draft.owners or edit.person_of(doc, desk.user) is not None:
        return doc
    doc = edit.joined(doc, centre, desk.user, desk.sender.name)
    return edit.administering(doc, desk.user)


def _groups_told(desk: Desk, new: District) -> tuple[Notice, ...]:
    """Groups that begin to work: how to sign in, and that cards come here."""
    old = {it.chat_id for it in desk.world.town.district.teams} if desk.world.town.live else set()
    language = say.language_of(next(iter(new.languages), None))
    return tuple(
        Notice(to=it.chat_id, kind="setup.group_live", key="", params={"name": it.name_zh}, language=language)
        for it in new.teams
        if it.chat_id is not None and it.chat_id not in old
    )
