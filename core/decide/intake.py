"""A resident tells something: a case is created first, and only what is missing is asked (life.md rows 1-5, 8, 37)."""

from dataclasses import replace
from datetime import timedelta

from core import ladder
from core.case import ENDED, Case, Status
from core.decide import dispatch, evidence, people, reading, say
from core.decide.reading import Heard
from core.decide.turn import Turn
from core.messages import Json, Key, Lane, Notice, Spoke
from core.town import Town
from core.understand import Kind, public_form
from core.world import Decision, World

JOIN_ALWAYS = timedelta(seconds=90)  # life.md row 3
JOIN_BARE = timedelta(minutes=30)  # a picture or a place alone belongs to what was just told
ALARMING = 1


def report(command: Spoke, world: World) -> Decision:
    """A message in private that is no answer to anything else."""
    heard = reading.hear(command, world.town)
    case = home_of(heard, world)
    if case is None and not _is_report(heard):
        return people.small_talk(heard, world)
    return take(heard, world, case)


def take(heard: Heard, world: World, case: Case | None) -> Decision:
    """The message goes into this case, or starts one."""
    turn = Turn(case=case or new_case(heard, world), world=replace(world, case=case))
    if case is None:
        turn = turn.log("opened", actor="resident", message=heard.command.message)
    before = turn.case
    turn = replace(turn, case=reading.absorb(before, heard, world.town))
    return (proceed(turn) if before.status is Status.DRAFT else add(turn, before, heard)).decide()


def _is_report(heard: Heard) -> bool:
    command = heard.command
    if heard.meaning is None:
        return bool(command.photo or command.voice or command.video or command.spot)
    return (
        heard.emergency
        or heard.meaning.kind is Kind.HAZARD
        or bool(command.photo)
        or (heard.meaning.kind is Kind.UNCLEAR and bool(heard.meaning.guess.three))
    )


def new_case(heard: Heard, world: World) -> Case:
    """A fresh draft under a fresh number."""
    command = heard.command
    if world.number is None:
        raise LookupError("a new case needs a number")
    return Case(
        no=world.number,
        reporter=command.sender.user_id,
        reporter_name=command.sender.name,
        language=say.personal_language(world, command.sender.language),
        source="patrol" if world.town.district.person(command.sender.user_id) else "resident",
        opened_at=command.at,
        heard_at=command.at,
    )


def home_of(heard: Heard, world: World) -> Case | None:
    """The open case of this person that the message belongs to; None when it is a matter of its own."""
    command = heard.command
    if world.post is not None and world.post.case is not None:
        return next((c for c in world.cases if c.no == world.post.case and c.status not in ENDED), None)
    for case in world.cases:
        if case.status not in ENDED and _belongs(heard, command, case):
            return case
    return None


def _belongs(heard: Heard, command: Spoke, case: Case) -> bool:
    if command.album is not None and command.album == case.album:
        return True
    other_kind = heard.sure_category is not None and case.category not in {None, heard.sure_category}
    if other_kind:
        return False
    if case.status is Status.DRAFT:
        return True
    silence = command.at - case.heard_at
    return silence <= JOIN_ALWAYS or (heard.bare and silence <= JOIN_BARE)


def proceed(turn: Turn) -> Turn:
    """What a draft can become now: an alarm, a sent case, or one more question."""
    case = turn.case
    if case.emergency or (case.category and case.severity == ALARMING):
        return alarm(turn)
    if outside(case):
        return _outside(turn)
    if case.category and reading.known_place(case):
        return dispatch.start(turn.move("told"))
    if _only_voice(case):
        return listen(turn)
    return ask(turn)


def outside(case: Case) -> bool:
    """A pin that lies in no grid is not ours (row 8, automatic for pins only)."""
    return bool(case.place and case.place.precision == "pin" and case.place.grid is None)


def _outside(turn: Turn) -> Turn:
    return turn.move("rejected", reason="outside").tell(say.reporter(turn.case, "case.outside"))


def _only_voice(case: Case) -> bool:
    return bool(case.voices) and not case.words and not case.photos


def listen(turn: Turn) -> Turn:
    """A voice alone: the centre listens at once, the resident is asked for a few typed words (case.voice_wait)."""
    turn = turn.move("told_without_place").tell(say.reporter(turn.case, "case.voice_wait", menu="place"))
    return dispatch.start(turn.change(asked="place"))


def alarm(turn: Turn) -> Turn:
    """Danger: the numbers first, then the case at once, with or without a place (row 2)."""
    turn = turn.change(severity=ALARMING).move("alarmed")
    turn = dispatch.start(turn)
    turn = replace(turn, notices=(numbers_first(turn), *turn.notices))
    if reading.known_place(turn.case):
        return turn
    return turn.change(asked="place").tell(_need_place(turn.case))


def numbers_first(turn: Turn) -> Notice:
    """The numbers to call, in the manner that endangers nobody (gas: not indoors; violence: no sound)."""
    case, town = turn.case, turn.world.town
    kind = reading.MANNERS.get(case.emergency or "", "emg.top")
    station = case.team if case.team and town.district.team(case.team) else town.district.centre_team
    told: dict[str, dict[str, Json]] = {
        "emg.top": {"number": reading.numbers(case, town), "station": station},
        "emg.gas": {"gas_no": ""},
    }
    return say.reporter(case, kind, lane=Lane.URGENT, params=told.get(kind, {}))


def _need_place(case: Case) -> Notice:
    return say.reporter(case, "case.need_place", menu="place")


def ask(turn: Turn) -> Turn:
    """The one thing that is missing most, once: which of two places, what it is, where it is."""
    case = turn.case
    question = _question(case)
    if question == case.asked:
        return turn
    turn = turn.change(asked=question)
    match question:
        case "which":
            return turn.tell(say.reporter(case, "case.which_place", keys=_places(case, turn.world.town)))
        case "kind":
            return turn.tell(say.reporter(case, "case.need_kind", keys=kinds(case)))
        case "detail":
            return turn.tell(say.reporter(case, "case.need_detail", menu="place"))
        case _:
            return turn.tell(_need_place(case))


def _question(case: Case) -> str:
    if case.rivals and not reading.known_place(case):
        return "which"
    if case.category is None:
        return "kind" if case.guesses else "detail"
    return "place"


def _places(case: Case, town: Town) -> tuple[tuple[Key, ...], ...]:
    compounds = [town.district.compound(identity) for identity in case.rivals]
    return tuple((say.key("btn.place", "pl", case, it.id, name=it.name_zh),) for it in compounds if it is not None)


def kinds(case: Case) -> tuple[tuple[Key, ...], ...]:
    """The likeliest three as buttons, and a way out; never a silent guess."""
    three = tuple((say.key("btn.category", "ct", case, code, category=code),) for code in case.guesses[:3])
    return (*three, (say.key("btn.other_kind", "ct", case, "-"),))


def add(turn: Turn, before: Case, heard: Heard) -> Turn:
    """More about a case that is already on its way: kept, shown to those who have it (row 37)."""
    if before.status not in ladder.WORKING | {Status.NEW, Status.DONE}:
        return turn
    command = heard.command
    turn = turn.move("added", actor="resident", message=command.message)
    if before.status in ladder.WORKING and _worse(before, turn.case):
        turn = raise_severity(turn, before)
    if _place_came(before, turn.case) and before.status in {Status.NEW, Status.DISP}:
        return dispatch.reroute(turn.change(told_received=False))
    return _pass_on(turn, before, heard)


def _worse(before: Case, now: Case) -> bool:
    return now.severity < before.severity


def raise_severity(turn: Turn, before: Case) -> Turn:
    """Severity up: anyone may; limits anew from the first message; the centre and the head hear of a 1 (row 39)."""
    turn = turn.log("corrected", severity=turn.case.severity, was=before.severity)
    turn = dispatch.limits(turn)
    return dispatch.also_alert(turn) if turn.case.severity == ALARMING and not turn.case.sealed else turn


def _place_came(before: Case, now: Case) -> bool:
    """The place became known, or moved to another grid."""
    if not reading.known_place(now):
        return False
    return not reading.known_place(before) or (before.place is not None and now.place is not None
                                               and before.place.grid != now.place.grid)  # fmt: skip


def _pass_on(turn: Turn, before: Case, heard: Heard) -> Turn:
    case, town = turn.case, turn.world.town
    text = heard.command.text.strip()
    for chat in holders(case):
        if text and not (case.sealed and chat < 0):
            turn = turn.tell(say.staff(chat, "duty.added", town, case=case, params={"text": public_form(text)}))
        fresh = replace(
            case,
            photos=tuple(p for p in case.photos if p not in before.photos),
            voices=tuple(v for v in case.voices if v not in before.voices),
        )
        turn = turn.tell(*evidence.show(fresh, turn.world, chat))
    return turn.tell(say.reporter(case, "case.added", keys=((say.key("btn.new_case", "nc", case),),)))


def holders(case: Case) -> tuple[int, ...]:
    """The chats that have the case now: whoever accepted, else everybody who was asked."""
    taken = tuple(o.chat for o in case.offers if o.state == "accepted")
    return tuple(dict.fromkeys(taken[-1:] or (o.chat for o in case.offers if o.state == "open")))
