"""A resident tells something: a case is created first, and only what is missing is asked (life.md rows 1-5, 8, 37)."""

from dataclasses import replace
from datetime import timedelta

from core import ladder
from core.case import ENDED, Case, Status
from core.changing import changed
from core.decide import (
    care,
    complaints,
    dispatch,
    evidence,
    inquiries,
    joining,
    maps,
    mediation,
    more,
    people,
    profile,
    questions,
    reading,
    say,
    storm,
    supposing,
    talk,
)
from core.decide.reading import Heard
from core.decide.turn import Turn
from core.distance import Point
from core.messages import Json, Spoke
from core.policy import is_stormy
from core.town import Town
from core.understand import Kind, Understanding
from core.world import Decision, World

JOIN_ALWAYS = timedelta(seconds=90)  # life.md row 3
JOIN_BARE = timedelta(minutes=30)  # a picture or a place alone belongs to what was just told
SAME_BREATH = timedelta(seconds=20)


def report(command: Spoke, world: World) -> Decision:
    """A message in private that is no answer to anything else."""
    heard = reading.hear(command, world.town)
    case = home_of(heard, world)
    if case is None and _is_report(heard) and profile.over_the_limit(heard, world):
        return people.to_centre(command, world, "limit.human")
    if not (_is_report(heard) or profile.told_at_code(heard, world) or profile.is_hurt_child(heard, world)) and (
        case is None or _only_talk(heard, world, case)
    ):
        if heard.meaning is not None and heard.meaning.kind is Kind.DISPUTE:
            return profile.for_grown_ups(command, world) or mediation.told(command, world)
        return _talk(heard, world)
    return take(heard, world, case)


def _talk(heard: Heard, world: World) -> Decision:
    """What opens no case: a question that has its answer, a complaint about a colleague, and all that is for people."""
    if heard.complains:
        return complaints.taken(heard.command, world)
    return inquiries.known(heard, world) or people.small_talk(heard, world)


def _only_talk(heard: Heard, world: World, case: Case) -> bool:
    """“谢谢” after a report is no news about it; an answer to a question of ours always is, and so is a place that it
    lacks. A complaint about whoever handles it is not for them to read."""
    if heard.complains:
        return True
    meaning = heard.meaning
    if meaning is None or meaning.kind not in {Kind.CHAT, Kind.PRAISE} or case.status is Status.DRAFT or world.post:
        return False
    return reading.known_place(case) or reading.spoken_place(meaning, world.town) is None


def take(heard: Heard, world: World, case: Case | None) -> Decision:
    """The message goes into this case, or starts one."""
    turn = Turn(case=case or new_case(heard, world), world=changed(world, case=case))
    if case is None:
        turn = turn.log("opened", actor="resident", message=heard.command.message)
        first = turn.case.watched and not any(it.watched for it in world.cases)
        turn = turn.tell(say.reporter(turn.case, "strikes.told")) if first else turn
    before = turn.case
    turn = changed(turn, case=profile.of_child(reading.absorb(before, heard, world.town), before, world))
    turn = profile.placed(profile.without_name(turn, heard.command))
    turn = proceed(turn) if before.status is Status.DRAFT else add(turn, before, heard)
    child = profile.noticed(heard.command, world)
    turn = turn.tell(profile.told_plainly(turn.case, before))
    turn = care.beside(turn, before)
    lookups, turn = maps.question(turn), maps.asked(turn)
    decision = turn.tell(profile.asked(turn.case, turn.world)).decide()
    contact = profile.settled(child or world.contact, world) or child
    return changed(decision, records=(*decision.records, *lookups), contact=contact)


def _is_report(heard: Heard) -> bool:
    command = heard.command
    if heard.meaning is None:
        return bool(command.photo or command.voice or command.video or command.document or command.spot)
    return (
        heard.emergency
        or heard.meaning.kind is Kind.HAZARD
        or (bool(command.photo) and not heard.complains)  # with its picture it would reach the group complained about
        or (heard.meaning.kind is Kind.UNCLEAR and (bool(heard.meaning.guess.three) or _names_a_place(heard.meaning)))
    )


def _names_a_place(meaning: Understanding) -> bool:
    """“3栋门口的线掉下来了”: whoever says where it is tells of something, though nobody has taught us the words."""
    return bool(meaning.place.compound or meaning.place.key_place or meaning.place.candidates)


def new_case(heard: Heard, world: World) -> Case:
    """A fresh draft under a fresh number."""
    command = heard.command
    return Case(
        no=world.new_number(_spot(heard, world.town), (storm.RECORD,)),
        reporter=command.sender.user_id,
        reporter_name="" if profile.nameless(command, world) else command.sender.name,
        anonymous=profile.nameless(command, world),
        language=say.personal_language(world, command.sender.language),
        source="patrol" if world.town.district.person(command.sender.user_id) else "resident",
        opened_at=command.at,
        heard_at=command.at,
        place=profile.place_at_hand(command, world),
        watched=profile.watched(world),
        policy=storm.policy(world),
    )


def _spot(heard: Heard, town: Town) -> tuple[str, Point] | None:
    """Kind and place where the words say both: what lies near it will be asked for."""
    place = reading.spoken_place(heard.meaning, town) if heard.meaning else None
    if heard.sure_category is None or place is None or place.lat is None or place.lng is None:
        return None
    return heard.sure_category, Point(place.lat, place.lng)


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
    if other_kind and not case.sealed:  # what is told next to a sealed matter must not reach a group by itself
        return False
    if case.status is Status.DRAFT:
        return True
    silence = command.at - case.heard_at
    return silence <= JOIN_ALWAYS or ((heard.bare or _says_where(heard, case)) and silence <= JOIN_BARE)


def _says_where(heard: Heard, case: Case) -> bool:
    """The place that was asked for, typed a few minutes later: of an alarm that went out without one."""
    waits = case.asked == "place" and not reading.known_place(case)
    return waits and heard.meaning is not None and _names_a_place(heard.meaning) and heard.sure_category is None


def proceed(turn: Turn) -> Turn:
    """What a draft can become now: an alarm, a sent case, or one more question."""
    alarming = turn.case.emergency or (turn.case.category and turn.case.severity == more.ALARMING)
    if alarming or turn.case.sealed:
        turn = replace(turn, case=supposing.settled(turn.case))  # no time to ask, or nothing to be shown
    if alarming:
        return alarm(turn)
    case = turn.case
    if case.conflict is not None:
        return ask(turn)
    if outside(case):
        return _outside(turn)
    if case.category and reading.known_place(case):
        return joining.settled(turn)
    if _only_voice(case):
        return listen(turn)
    if _enough_in_storm(case):
        return joining.settled(turn)
    return ask(turn)


def _enough_in_storm(case: Case) -> bool:
    """In a storm nobody is asked what kind it is: place and danger are enough, the rest is seen on site (F28)."""
    return is_stormy(case.policy) and reading.known_place(case) and bool(case.words or case.photos)


def outside(case: Case) -> bool:
    """A pin that lies in no grid is not ours (row 8, automatic for pins only)."""
    return bool(case.place and case.place.precision == "pin" and case.place.grid is None)


def _outside(turn: Turn) -> Turn:
    return turn.move("rejected", reason="outside").tell(say.reporter(turn.case, "case.outside"))


def _only_voice(case: Case) -> bool:
    return bool(case.voices or case.files) and not case.words and not case.photos


def listen(turn: Turn) -> Turn:
    """A voice alone: the centre listens at once, the resident is asked for a few typed words (case.voice_wait)."""
    turn = turn.move("told" if reading.known_place(turn.case) else "told_without_place")
    turn = turn.tell(
        say.reporter(
            turn.case, "case.voice_wait" if turn.case.voices else questions.detail_kind(turn.case), menu="place"
        )
    )
    return dispatch.start(turn.change(asked="place"))


def alarm(turn: Turn) -> Turn:
    """Danger: the numbers first, then the case at once, with or without a place (row 2)."""
    turn = turn.change(severity=more.ALARMING).move("alarmed")
    turn = dispatch.start(turn)
    turn = turn.tell_first(more.numbers_first(turn))
    if reading.known_place(turn.case):
        return joining.beside(turn.tell(more.which_is_right(turn)))
    return turn.change(asked="place").tell(supposing.question(turn.case) or questions.need_place(turn.case))


def ask(turn: Turn) -> Turn:
    """The one thing that is missing most, once: which of two places, what it is, where it is."""
    case = turn.case
    question = questions.next_of(case)
    if question == case.asked and not _said_in_answer(turn):
        return turn
    turn = turn.change(asked=question)
    match question:
        case "pin":
            return turn.tell(more.which_is_right(turn))
        case "supposed":
            return turn.tell(supposing.question(case))
        case "which":
            keys = questions.places(case, turn.world.town)
            options: list[Json] = [key.params["name"] for row in keys for key in row]
            return turn.tell(say.reporter(case, "case.which_place", keys=keys, params={"options": options}))
        case "kind":
            return turn.tell(say.reporter(case, "case.need_kind", keys=questions.kinds(case)))
        case "detail":
            return turn.tell(say.reporter(case, questions.detail_kind(case), menu="place"))
        case _:
            return turn.tell(questions.need_place(case))


def _said_in_answer(turn: Turn) -> bool:
    """Whether new words came a while after the question: they did not answer it, so it is asked again. Pieces that
    follow each other quickly are one message."""
    before, now = turn.world.case, turn.case
    return before is not None and before.words != now.words and now.heard_at - before.heard_at > SAME_BREATH


def add(turn: Turn, before: Case, heard: Heard) -> Turn:
    """More about a case that is already on its way: kept, shown to those who have it (row 37)."""
    if before.status not in ladder.WORKING | {Status.NEW, Status.DONE}:
        return turn
    command = heard.command
    turn = turn.move("added", actor="resident", message=command.message)
    was_asked = turn.case.round
    turn = more.settled(turn, before)
    if reading.known_place(turn.case) and (before.category is None or not reading.known_place(before)):
        turn = joining.beside(turn)
    return turn if turn.case.round != was_asked else _pass_on(turn, before, heard)


def _pass_on(turn: Turn, before: Case, heard: Heard) -> Turn:
    case = turn.case
    text = heard.command.text.strip()
    for chat in holders(case):
        if text and not (case.sealed and chat < 0):
            turn = turn.tell(talk.passed(case, text, chat, turn.world))
        fresh = replace(
            case,
            photos=tuple(p for p in case.photos if p not in before.photos),
            voices=tuple(v for v in case.voices if v not in before.voices),
            files=tuple(f for f in case.files if f not in before.files),
        )
        turn = turn.tell(*talk.shown(fresh, chat, turn.world))
    handler = turn.world.town.district.member(case.handler)
    if handler is not None and not case.sealed:
        turn = turn.tell(evidence.own_words(case, text, turn.world, handler.tg_id))
    turn = turn.change(question=None)
    if heard.command.album is not None and not text:
        return turn  # the other pictures of an album were answered with the first
    return turn.tell(say.reporter(case, "case.added", keys=((say.key("btn.new_case", "nc", case),),)))


def holders(case: Case) -> tuple[int, ...]:
    """The chats that have the case now: whoever accepted, else everybody who was asked."""
    taken = tuple(o.chat for o in case.offers if o.state == "accepted")
    return tuple(dict.fromkeys(taken[-1:] or (o.chat for o in case.offers if o.state == "open")))
