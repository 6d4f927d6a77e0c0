"""Groups: staff let us in and say what the group is for; colleagues come by a tap; strangers' groups are left."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from core.decide import say
from core.decide.setup import asks, screens
from core.decide.setup.desk import SLOT, Desk, desk_of, document, draft_of, key, staff
from core.messages import Notice, Ordered, Pressed, Spoke, StatusChanged
from core.records import Draft
from core.setup import CENTRE, Document, edit, known_chats, parsed
from core.world import Decision, World

NOBODY_MORE = 500  # people of a draft that takes somebody by a tap: strangers might press, and press again


def invited(command: StatusChanged, world: World) -> Decision | None:
    """We were let into a group, or given rights there; None where nothing is to be said. Who is nobody of ours sees us
    go, but never out of a group in which we have served."""
    if not command.group or not command.present or command.who is None or world.served:
        return None
    if world.town.district.team_of_chat(command.chat) is not None or _of_town(command.chat, world):
        return None
    draft = draft_of(world)
    known = dict(draft.groups)
    if command.chat in known or command.chat in _chats(document(draft, world)):
        return None
    if not staff(command.who.user_id, world, draft):
        return Decision(notices=(_farewell(command),))
    noted = replace(draft, groups=(*draft.groups, (command.chat, command.title)))
    return Decision(records=(noted,), notices=(_what_for(command.chat, command.title, world),))


def _of_town(chat: int, world: World) -> bool:
    raw = world.file()
    return bool(raw) and chat in _chats(parsed(raw))


def _chats(doc: Document) -> frozenset[int]:
    return frozenset(known_chats(doc))


def _farewell(command: StatusChanged) -> Notice:
    language = say.language_of(command.who.language if command.who else None)
    return Notice(to=command.chat, kind="setup.leave", key="", language=language, leaves=True)


def _what_for(chat: int, title: str, world: World) -> Notice:
    keys = ((key("btn.su_is_post", "is:post"), key("btn.su_is_centre", "is:centre")),)
    language = say.staff_language(world.town)
    return Notice(to=chat, kind="setup.group", key="", params={"name": title}, keys=keys, slot=SLOT, language=language)


def started(command: Ordered, world: World) -> Decision | None:
    """/start post, as Telegram sends it for whoever came by one of our links; None for any other /start in a group."""
    kind, _, team = command.rest.partition("-")
    if not command.group or command.word != "start" or kind not in KINDS:
        return None
    desk = desk_of(command.sender, world)
    if desk is None or _of_town(command.chat, world):
        return Decision()
    if team and edit.row_of(desk.doc, "teams", team) is not None:
        return _again(desk, command.chat, team, command.title)
    return KINDS[kind](desk, command.chat, command.title)


def _again(desk: Desk, chat: int, team: str, title: str) -> Decision:
    """A team that the town has already gets its group."""
    desk = desk.kept(edit.grouped(desk.doc, team, chat))
    shown = screens.overview(desk, again=True)
    return Decision(records=(desk.draft,), notices=(shown, _joining(desk.world, chat, team, title)))


def _is(command: Pressed, world: World, draft: Draft, about: str) -> Decision:
    """What a group is for, said in the group itself."""
    desk = desk_of(command.sender, world)
    if desk is None:
        return Decision(answer=say.answer(world, "ans.su_admin", alert=True))
    title = dict(draft.groups).get(command.chat, "")
    if about not in KINDS or command.chat > 0:
        return Decision(answer=say.answer(world, "ans.unknown"))
    return replace(KINDS[about](desk, command.chat, title), answer=say.answer(world, "ans.ok"))


def _post(desk: Desk, chat: int, title: str) -> Decision:
    """A post named after its group; its place is asked in private, where nobody else has to scroll by."""
    known = next((it for it in edit.rows(desk.doc, "stations") if it.get("chat_id") == chat), None)
    if known is not None:
        return Decision(notices=(_joining(desk.world, chat, screens.team_of(desk, known["id"]), title),))
    doc, name = edit.with_post(desk.doc, chat, title[: screens.LONGEST] or "岗站")
    desk = desk.kept(doc)
    asked = asks.awaiting(desk, f"place:{name}", asks.place(desk, name, again=True))
    return replace(asked, records=(desk.draft,), notices=(*asked.notices, _joining(desk.world, chat, name, title)))


def _centre(desk: Desk, chat: int, title: str) -> Decision:
    """The centre's group; whoever says so has a seat there."""
    doc = edit.with_centre(desk.doc, chat)
    centre = edit.centre_of(doc)
    if edit.person_of(doc, desk.user) is None:
        doc = edit.joined(doc, centre, desk.user, desk.sender.name)
        doc = edit.led(edit.administering(doc, desk.user), centre, desk.user)
    desk = desk.kept(doc)
    shown = screens.overview(desk, again=True, note="centre")
    return Decision(records=(desk.draft,), notices=(shown, _joining(desk.world, chat, centre, title)))


def _joining(world: World, chat: int, team: str, title: str) -> Notice:
    keys = ((key("btn.su_join", f"join:{team}"),),)
    kind = "setup.group_centre" if team == CENTRE else "setup.group_post"
    language = say.staff_language(world.town)
    return Notice(to=chat, kind=kind, key="", params={"name": title}, keys=keys, slot=SLOT, language=language)


def _join(command: Pressed, world: World, draft: Draft, about: str) -> Decision:
    """A colleague comes to the team of this group. It counts when an administrator says so, by bringing the draft to
    life; who presses in another chat than the team's own is sent nowhere."""
    doc = document(draft, world)
    team = edit.row_of(doc, "teams", about)
    if team is None or _chat_of(doc, team) != command.chat or len(edit.rows(doc, "people")) >= NOBODY_MORE:
        return Decision(answer=say.answer(world, "ans.stale"))
    known = edit.person_of(doc, command.sender.user_id)
    if known is not None and known.get("team") == about:
        return Decision(answer=say.answer(world, "ans.su_joined_already"))
    desk = Desk(sender=command.sender, world=world, draft=draft, doc=doc)
    joined = edit.joined(doc, about, command.sender.user_id, command.sender.name)
    desk = desk.kept(joined)
    by = draft.by or next(iter((*draft.owners, *sorted(world.town.admins))), None)
    desk = replace(desk, draft=replace(desk.draft, by=by))
    return Decision(
        records=(desk.draft,),
        notices=_owner_told(desk, by, command),
        answer=say.answer(world, "ans.su_joined", alert=True),
    )


def _owner_told(desk: Desk, by: int | None, command: Pressed) -> tuple[Notice, ...]:
    """The administrator's screen shows who came; once the town is live, it is a message of its own."""
    if by is None:
        return ()
    known = replace(desk.world, contact=None)
    owner = replace(desk, sender=replace(desk.sender, user_id=by, language=None), world=known)
    if not desk.world.town.live:
        return (screens.overview(owner),)
    keys = ((key("btn.su_check", "check"),),)
    return (owner.tell("setup.came", keys, slot=None, name=command.sender.name),)


def _chat_of(doc: Document, team: edit.Row) -> int | None:
    station = edit.row_of(doc, "stations", team.get("station") or "") or {}
    chat = team.get("chat_id", station.get("chat_id"))
    return chat if isinstance(chat, int) else None


def replied(command: Spoke, world: World) -> Decision | None:
    """A place sent as a reply in the group of a post that waits for one; None for anything else."""
    if command.spot is None or world.post is None or not world.post.kind.startswith("setup."):
        return None
    desk = desk_of(command.sender, world)
    if desk is None:
        return None
    known = next((it for it in edit.rows(desk.doc, "stations") if it.get("chat_id") == command.chat), None)
    return asks.placed(desk, known["id"], command) if known is not None else None


Kind = Callable[[Desk, int, str], Decision]
KINDS: Mapping[str, Kind] = {"post": _post, "centre": _centre}

GroupVerb = Callable[[Pressed, World, Draft, str], Decision]
VERBS: Mapping[str, GroupVerb] = {"is": _is, "join": _join}
