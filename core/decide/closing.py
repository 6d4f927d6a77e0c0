"""On site and done, each with proof: a photo, a position, the head's word, or a reason (life.md rows 15, 24)."""

from dataclasses import replace
from datetime import timedelta

from core import erasure
from core.case import Case, Closing
from core.decide import reading, say, verify
from core.decide.actor import Actor
from core.decide.turn import Turn
from core.distance import Point, metres
from core.life import can
from core.messages import Key, Notice, Pressed, Spoke
from core.texts import DISPOSITIONS
from core.world import Decision

NEAR_ENOUGH = 150.0  # metres, life.md row 15
REASON = 4  # characters: “没有” is no reason
AWAIT = timedelta(hours=2)


def arrive(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """📍: the head's word is enough; anybody else shows it by a photo here or a position in private (row 15)."""
    case = turn.case
    if not can(case.status, "arrived"):
        return turn.decide(say.answer(turn.world, "ans.not_now", status=case.status.value))
    if actor.head:
        return on_site(turn, actor.person.id, "head").decide(say.answer(turn.world, "ans.arrived"))
    keys: tuple[tuple[Key, ...], ...] = ()
    if turn.world.bot_name:
        url = f"https://t.me/{turn.world.bot_name}?start=at_{case.no}"
        keys = ((Key(label="btn.arrive_private", url=url),),)
    ask = say.staff(
        command.chat, "duty.arrive_need", turn.world.town, case=case, keys=keys, params={"person": actor.person.id}
    )
    return turn.tell(ask).decide(say.answer(turn.world, "ans.need_proof", alert=True))


def on_site(turn: Turn, person: str, proof: str, off: int | None = None) -> Turn:
    """Somebody is there; the reporter hears it."""
    turn = turn.move("arrived", actor=person, proof=proof, metres=off).change(arrived_at=turn.now)
    return turn if turn.case.sealed else turn.tell(say.reporter(turn.case, "case.onsite"))


def by_position(turn: Turn, person: str, here: Point) -> tuple[Turn, float | None]:
    """Arrival by a position sent in private; gives the metres when they are too many."""
    place = turn.case.place
    if place is None or place.lat is None or place.lng is None:
        return turn, None
    off = metres(here, Point(place.lat, place.lng))
    if off > NEAR_ENOUGH:
        return turn, off
    return on_site(turn, person, "position", round(off)), None


def done(turn: Turn, actor: Actor, command: Pressed) -> Decision:
    """✅: asks for the after-photo and a line, as a reply (row 24); what comes with the press is kept."""
    action = command.press.arg if command.press else ""
    case = turn.case
    if not can(case.status, "done"):
        return turn.decide(say.answer(turn.world, "ans.not_now", status=case.status.value))
    if action in DISPOSITIONS:
        return _finish_by_button(turn, actor, action)
    if action == "nophoto":
        return _without_photo(turn, actor)
    turn = turn.change(closing=case.closing or Closing(by=actor.person.id))
    ask = say.staff(
        command.chat, "duty.done_need", turn.world.town, case=case, params={"person": actor.person.id}, force=True
    )
    return turn.tell(ask).decide(say.answer(turn.world, "ans.reply_photo"))


def _finish_by_button(turn: Turn, actor: Actor, disposition: str) -> Decision:
    closing = turn.case.closing
    if closing is None or not closing.photo:
        return Decision(answer=say.answer(turn.world, "ans.reply_photo", alert=True))
    turn = turn.change(closing=replace(closing, disposition=disposition))
    return finish(turn, actor.person.id).decide(say.answer(turn.world, "ans.done"))


def _without_photo(turn: Turn, actor: Actor) -> Decision:
    closing = turn.case.closing
    if closing is None or len(closing.line) < REASON:
        return Decision(answer=say.answer(turn.world, "ans.reply_photo", alert=True))
    return finish(turn, actor.person.id).decide(say.answer(turn.world, "ans.done"))


def evidence(turn: Turn, person: str, command: Spoke) -> Turn:
    """A reply with the proof: photo and line end it; a photo alone asks what came of it, a line alone why no photo."""
    case, town = turn.case, turn.world.town
    known = case.closing or Closing(by=person)
    text = command.text.strip()
    closing = replace(known, by=person, photo=command.photo or known.photo, line=text or known.line)
    turn = turn.change(closing=closing)
    if closing.photo and closing.line:
        return finish(turn, person)
    if closing.photo:
        return turn.tell(say.staff(command.chat, "duty.done_line", town, case=case, keys=_dispositions(turn.case)))
    keys = ((say.key("btn.no_photo", "dn", case, "nophoto"),),)
    return turn.tell(say.staff(command.chat, "duty.done_no_photo", town, case=case, keys=keys, params={"text": text}))


def _dispositions(case: Case) -> tuple[tuple[Key, ...], ...]:
    pairs = [say.key("btn.disposition", "dn", case, code, disposition=code) for code in DISPOSITIONS]
    return tuple(tuple(pairs[i : i + 2]) for i in range(0, len(pairs), 2))


def finish(turn: Turn, person: str) -> Turn:
    """办结: the handler says it is done, with its proof; now the reporter has the last word (row 24)."""
    closing = turn.case.closing or Closing(by=person)
    turn = turn.move(
        "done",
        actor=person,
        photo=bool(closing.photo),
        disposition=closing.disposition,
        reason=None if closing.photo else closing.line,
    )
    return ask_reporter(turn.change(handler=person), closing)


def ask_reporter(turn: Turn, closing: Closing) -> Turn:
    """The case rests with the reporter now, who is asked whether it is solved."""
    days = turn.world.town.district.options.confirm_days[turn.case.severity]
    turn = replace(turn, case=reading.with_health(turn.case, closing.line, turn.world.town))
    turn = turn.change(
        done_at=turn.now,
        confirm_due=turn.now + timedelta(days=days),
        result=erasure.nameless(closing.line, turn.case),
        result_photo=closing.photo,
        closing=None,
        handover=None,
    )
    turn = turn.tell(confirm_question(turn))
    return verify.wanted(turn, closing.by, photo=closing.photo is not None)


def confirm_question(turn: Turn) -> Notice:
    """解决了吗: the handler's line and photo, and the two buttons."""
    case = turn.case
    keys = ((say.key("btn.solved", "ok", case), say.key("btn.not_solved", "re", case)),)
    if case.sealed:  # whoever looks over a shoulder must not read what was done
        return say.reporter(case, "case.done_confirm_sealed", keys=keys)
    result = case.result or "done"
    photos = (case.result_photo,) if case.result_photo else ()
    return say.reporter(case, "case.done_confirm", keys=keys, params={"result": result}, photos=photos)
