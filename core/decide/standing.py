"""Chats that are lost and come back (TELEGRAM.md 1.2): told at once to the level above and to whoever can mend it; each
open case there moves on, and its card hangs there again when the chat is back."""

from dataclasses import replace

from core.case import ENDED, Case, Offer
from core.decide import mediation, say
from core.decide.turn import Turn, begin
from core.district import Team
from core.messages import ChatBack, ChatGone, Command, Lane, Notice, Regained, ReporterGone, StatusChanged, Undelivered
from core.world import Decision, Standing, World

LISTED = 10  # case numbers that the word about a lost chat names


def changed(command: StatusChanged, world: World) -> Decision:
    """Telegram tells of it by itself. Who was forgotten and then blocks us, or comes back, stays forgotten."""
    reports = any(it.status not in ENDED and not it.forget for it in world.cases)
    if not command.group and world.contact is None and not world.there and not reports:
        return Decision()
    if command.present:
        decision = back(ChatBack(at=command.at, chat=command.chat), world)
    else:
        decision = gone(ChatGone(at=command.at, chat=command.chat, why=""), world)
    chats = tuple(replace(it, title=command.title) for it in decision.chats)
    contact = None if world.contact is None else replace(world.contact, reachable=command.present)
    return replace(decision, chats=chats, contact=None if command.group else contact)


def gone(command: ChatGone, world: World) -> Decision:
    """Known already: nothing is told twice. Else the level above hears it once, and every case there goes its way."""
    if not world.reachable:
        return Decision()
    lost = tuple(
        Undelivered(at=command.at, case=case.no, chat=command.chat, kind="chat", why=command.why, gone=True)
        for case in world.there
    )
    mine = tuple(ReporterGone(at=command.at, case=it.no) for it in world.cases if it.status not in ENDED)
    standing = Standing(chat=command.chat, reachable=False)
    return Decision(
        chats=(standing,),
        notices=_told(command, world),
        then=(*lost, *mine, *_parties(command.chat, world, back=False)),
    )


def _parties(chat: int, world: World, *, back: bool) -> tuple[Command, ...]:
    """The disputes of the person whose private chat it is; a group is no side of any."""
    return mediation.parties_gone(chat, world, back=back) if chat > 0 else ()


def reporter_gone(command: ReporterGone, world: World) -> Decision:
    """Whoever has the case sees that its reporter cannot be reached: it will end by a photo and a visit (row 42)."""
    case = world.case
    if case is None or case.status in ENDED or case.unreachable is not command.back:
        return Decision()
    turn = begin(world)
    turn = turn.log("reporter_back") if command.back else turn.move("reporter_lost")
    return turn.change(unreachable=not command.back).decide()


def _told(command: ChatGone, world: World) -> tuple[Notice, ...]:
    """The centre, and in private the head of the team, who can let the bot in again; nobody for a person's chat."""
    district = world.town.district
    team = team_of(command.chat, world)
    if team is None:
        return ()
    numbers = "、".join(case.no for case in world.there[:LISTED])
    params = {"station": team.id, "why": command.why, "count": len(world.there) or None, "text": numbers}
    head = district.head(team.id)
    centre = district.centre_chat()
    told = (
        say.staff(centre if centre != command.chat else None, "centre.chat_lost", world.town, lane=Lane.URGENT,
                  params=params),
        say.staff(head.tg_id if head else None, "duty.chat_lost", world.town, lane=Lane.URGENT,
                  params={"station": team.id, "why": command.why}),
    )  # fmt: skip
    return tuple(notice for notice in told if notice is not None)


def team_of(chat: int, world: World) -> Team | None:
    """The team whose group a chat is."""
    return next((team for team in world.town.district.teams if team.chat_id == chat), None)


def back(command: ChatBack, world: World) -> Decision:
    """The cards that could not be shown come now."""
    cases = (ReporterGone(at=command.at, case=it.no, back=True) for it in world.cases if it.unreachable)
    mine = (*cases, *_parties(command.chat, world, back=True))
    if world.reachable:
        return Decision(then=mine)
    regained = tuple(
        Regained(at=command.at, case=case.no, chat=command.chat) for case in world.there if command.chat in case.unheard
    )
    return Decision(chats=(Standing(chat=command.chat, reachable=True),), then=(*regained, *mine))


def regained(command: Regained, world: World) -> Decision:
    """The card again, unless the case has long been with others; whoever went on in private has it in the group too."""
    case = world.case
    if case is None or command.chat not in case.unheard or case.status in ENDED:
        return Decision()
    team = team_of(command.chat, world)
    turn = begin(world)
    turn = turn.change(
        unheard=tuple(chat for chat in case.unheard if chat != command.chat),
        offers=tuple(replace(it, chat=command.chat) if _held_apart(it, team) else it for it in case.offers),
    ).log("reachable", chat=command.chat)
    return (turn.watch(command.chat) if _concerned(turn.case, command.chat) else turn).decide()


def _held_apart(offer: Offer, team: Team | None) -> bool:
    return team is not None and offer.team == team.id and offer.state == "accepted" and offer.chat > 0


def _concerned(case: Case, chat: int) -> bool:
    """Asked or at work; or never asked, as those who oversee."""
    offers = [offer for offer in case.offers if offer.chat == chat]
    return not offers or offers[-1].state in {"open", "accepted"}


def without(turn: Turn, chat: int) -> Turn:
    """The card hangs no longer in a chat that cannot be reached, and is owed to it."""
    case = turn.case
    owed = chat in case.watchers or any(o.chat == chat and o.state in {"open", "accepted"} for o in case.offers)
    turn = turn.change(watchers=tuple(it for it in case.watchers if it != chat))
    return turn.change(unheard=(*case.unheard, chat)) if owed and chat not in case.unheard else turn
