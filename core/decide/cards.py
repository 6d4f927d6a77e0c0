"""The living card of a case: what each chat may see of it, and which buttons hang on it."""

from collections.abc import Collection, Mapping

from core import erasure, ladder
from core.case import ENDED, Case, Offer, Status
from core.changing import changed
from core.decide import say, why
from core.life import can
from core.messages import Json, Key, Notice
from core.town import Town
from core.world import World

CHILD = "minor"  # a step of a case that a child under 14 told (core.decide.profile)
SUMMARY = 300  # characters; the whole of it is in the history
GRAVE = 1


def refresh(case: Case, world: World, loud: tuple[int, ...], told: Collection[int] = ()) -> tuple[Notice, ...]:
    """The card in every chat that holds it, where it says something new; in `loud` chats as a new message. Chats that
    are `told` of it by a message of its own are not woken twice: a card that comes there beside it makes no sound.

    An edit that changes nothing would still use up a group's twenty messages a minute.
    """
    before = world.case if world.case and world.case.no == case.no else None
    found = (
        card(case, world, chat, again=chat in loud)
        for chat in case.watchers
        if chat in loud or before is None or chat not in before.watchers or _differs(before, case, world, chat)
    )
    return tuple(changed(it, silent=True) if it.to in told and it.to not in loud else it for it in found)


def _differs(before: Case, case: Case, world: World, chat: int) -> bool:
    if changed(before, told_received=case.told_received, due_at=case.due_at) == case:  # what no card tells
        return False
    was, now = card(before, world, chat), card(case, world, chat)
    return (was.kind, was.params, was.keys) != (now.kind, now.params, now.keys)


def card(
    case: Case, world: World, chat: int, *, again: bool = False, keys: tuple[tuple[Key, ...], ...] | None = None
) -> Notice:
    """The card for one chat. A sealed case shows its number only, except to the officer (privacy.md)."""
    view = view_of(case, world.town, chat)
    sealed = case.sealed and view != "officer"
    return Notice(
        to=chat,
        kind="card.sealed_number" if sealed else "card",
        key="",
        lane=say.urgent(case),
        params=_number_only(case) if sealed else params(case, world, chat, view),
        keys=buttons(case, world.town, chat, view) if keys is None else keys,
        slot=f"card:{case.no}",
        again=again,
        case=case.no,
        language=say.staff_language(world.town),
        silent=say.hushed(case),
        report=again,
    )


def view_of(case: Case, town: Town, chat: int) -> str:
    """In which part a chat looks at the case: officer, post, second, backup, transfer, centre, or head."""
    offer = offer_of(case, chat)
    if offer is not None:
        return offer.kind
    return "centre" if chat == town.district.centre_chat() else "head"


def offer_of(case: Case, chat: int) -> Offer | None:
    """The newest offer that was made to this chat."""
    return next((o for o in reversed(case.offers) if o.chat == chat), None)


def _number_only(case: Case) -> dict[str, Json]:
    return {"no": case.no, "severity": case.severity, "status": case.status.value}


def summary(case: Case) -> str:
    """The resident's words as a group may read them: masked, joined, cut (privacy.md)."""
    return masked(as_written(case), case)[:SUMMARY]


def masked(words: str, case: Case, within: Case | None = None) -> str:
    """Words of a case as a group may read them. Of what is told of somebody's health nothing, except while it (or the
    case `within` which it is shown) is an emergency: a mask over 糖尿病 beside somebody who lies there costs a life."""
    open_ = case if within is None else within
    grave = open_.severity == GRAVE or open_.emergency is not None or case.acute
    needed = grave and open_.status not in ENDED | {Status.DONE}
    return (erasure.with_health if needed else erasure.nameless)(words, case)


def as_written(case: Case) -> str:
    """The resident's words with phone and flat, which only whoever handles it may read, in private (privacy.md)."""
    return " / ".join(case.words)


def params(case: Case, world: World, chat: int, view: str) -> Mapping[str, Json]:
    """Everything the card says, as plain values."""
    offer = offer_of(case, chat)
    return {
        "no": case.no,
        "severity": case.severity,
        "category": case.category,
        "place": case.place.label if case.place else None,
        "conflict": case.conflict.label if case.conflict else None,
        "metres": offer.metres if offer else None,
        "status": case.status.value,
        "summary": as_written(case)[:SUMMARY] if _alone(case, view, chat) else summary(case),
        "team": case.team,
        "person": case.handler,
        "view": view,
        "raised": list(case.raised),
        "offers": [] if offer else [{"team": o.team, "kind": o.kind, "state": o.state} for o in case.offers],
        "handover": case.handover.target if case.handover else None,
        "late": _late(case, world),
        "result": case.result,
        "reopened": case.reopened,
        "sealed": case.sealed,
        "photos": len(case.photos),
        "why": _why(offer),
        **why.params(offer),
        "asked": _asked(case) if offer is None else None,
        "ours": offer is not None and offer.team == case.team,
        "auto_closed": case.auto_closed,
        "rating": case.rating,
        "whistle": _whistle(case),
        "hold": _hold(case),
        **_times(case, offer),
        **_kin(case),
        "amber": ladder.amber(case) or None,
        "minor": (CHILD in case.steps and _alone(case, view, chat)) or None,
        "helpers": [*case.helpers] or None if view == "officer" else None,
        "supervised": any(it.startswith("supervise:") for it in case.steps) or None,
    }


def _alone(case: Case, view: str, chat: int) -> bool:
    """Whether this is the named officer's own chat: somebody who cannot read the flat's number finds nobody."""
    return case.sealed and view == "officer" and chat > 0


def _times(case: Case, offer: Offer | None) -> dict[str, Json]:
    """What happened when, and by when what is owed."""
    return {
        "opened_at": say.iso(case.opened_at),
        "ack_due": say.iso(offer.due) if offer and offer.state == "open" else None,
        "arrive_due": say.iso(case.arrive_due) if case.severity <= 2 else None,
        "close_due": say.iso(case.close_due),
        "accepted_at": say.iso(case.accepted_at),
        "arrived_at": say.iso(case.arrived_at),
        "done_at": say.iso(case.done_at),
    }


def _kin(case: Case) -> dict[str, Json]:
    """What other cases have to do with it, and what came of a second look."""
    return {
        "count": case.reporters if case.reporters > 1 else None,
        "similar": "、".join(case.similar) or None,
        "linked": "、".join(case.linked) or None,
        "also": "、".join(case.also) or None,
        "into": case.into,
        "unreachable": case.unreachable or None,
        "check": case.check.state if case.check else None,
    }


def _whistle(case: Case) -> dict[str, Json] | None:
    """The department that was called in last, while its answer matters."""
    last = case.whistles[-1] if case.whistles else None
    if last is None or last.state == "refused":
        return None
    return {"target": last.dept, "until": say.iso(last.due), "state": last.state}


def _hold(case: Case) -> dict[str, Json] | None:
    if case.hold is None or case.hold.state not in {"asked", "on"}:
        return None
    return {"until": say.iso(case.hold.until), "reason": case.hold.reason, "state": case.hold.state}


def _why(offer: Offer | None) -> str | None:
    """Why this chat was asked, as a code (core.case.Why)."""
    if offer is None or offer.state == "passed" or offer.why is None:
        return None
    return "nearest" if offer.why.rule == "primary" else offer.why.rule


def _asked(case: Case) -> dict[str, Json] | None:
    """Who is asked now and why, for those who oversee."""
    offer = next((o for o in reversed(case.offers) if o.state == "open" and o.kind != "transfer"), None)
    if offer is None:
        return None
    return {"station": offer.team, "metres": offer.metres, "why": _why(offer), **why.params(offer)}


def _late(case: Case, world: World) -> dict[str, Json] | None:
    """What is overdue, and by how many seconds; said from the rung of the ladder on that found it so."""
    due, rung = None, ""
    if case.status is Status.DISP:
        offer = next((o for o in reversed(case.offers) if o.kind in {"post", "centre", "officer"}), None)
        due, rung = (offer.due, f"overdue:{offer.serial}") if offer else (None, "")
    elif case.status is Status.ACK and case.severity <= 2:
        due, rung = case.arrive_due, f"arrive_late:{case.reopened}"
    elif case.status is Status.SITE:
        due, rung = case.close_due, f"close_late:{case.reopened}"
    if due is None or rung not in case.steps:
        return None
    return {"seconds": max(int((world.now - due).total_seconds()), 0)}


def buttons(case: Case, town: Town, chat: int, view: str) -> tuple[tuple[Key, ...], ...]:
    """The buttons of the card, by status and part (DESIGN §6 keeps their words)."""
    offer = offer_of(case, chat)
    if view == "head" or (view == "centre" and (offer is None or offer.state == "passed")):
        return _deciding(case, town, chat)
    if case.status is Status.DISP or (view == "transfer" and case.handover is not None):
        return _offered(case, chat)
    if case.status in {Status.ACK, Status.SITE} and _holds(case, chat):
        return (*_handling(case, view), *_beyond(case), *_between(case, view))
    if case.status is Status.HOLD and _holds(case, chat):
        return ((say.key("btn.resume", "hr", case),),)
    if case.status is Status.DONE and _holds(case, chat):
        return _company(case) if case.sealed else (_correct(case),)
    return ()


def _holds(case: Case, chat: int) -> bool:
    return any(o.chat == chat and o.state == "accepted" and o.team == case.team for o in case.offers)


def _deciding(case: Case, town: Town, chat: int) -> tuple[tuple[Key, ...], ...]:
    """The grid head and the centre, no other level, may send it elsewhere until somebody is on site (row 13); a
    sealed matter stays where it is."""
    head = town.district.grid_head(case.place.grid if case.place else None)
    deciders = {town.district.centre_chat(), head.tg_id if head else None}
    if case.sealed or chat not in deciders:
        return ()
    move = (say.key("btn.transfer", "tr", case),) if case.status in {Status.DISP, Status.ACK} else ()
    row = (*move, *_correct(case))
    return (row,) if row else ()


def _correct(case: Case) -> tuple[Key, ...]:
    """What was told can be set right as long as somebody is at it (rows 31, 39, 40); what it has to do with is often
    seen only when it is done (row 41)."""
    if can(case.status, "set_right"):
        return (say.key("btn.correct", "co", case),)
    return (say.key("btn.link", "ln", case),) if can(case.status, "linked") else ()


def _offered(case: Case, chat: int) -> tuple[tuple[Key, ...], ...]:
    offer = offer_of(case, chat)
    if offer is None or offer.state != "open":
        return ()
    if offer.kind == "transfer":
        return ((say.key("btn.accept_transfer", "ac", case), say.key("btn.refuse_transfer", "rf", case)),)
    accept = (say.key("btn.accept", "ac", case),)
    if offer.kind in {"post", "centre"} and not case.sealed:
        return (accept, _away(case), _correct(case)) if offer.kind == "centre" else (accept, _away(case))
    return (accept,)


def _away(case: Case) -> tuple[Key, ...]:
    return (say.key("btn.transfer", "tr", case), say.key("btn.not_ours", "no", case))


def _company(case: Case) -> tuple[tuple[Key, ...], ...]:
    """Whoever was brought into a sealed matter can be taken out as long as it runs."""
    return ((say.key("btn.bring_in", "hp", case),),) if case.helpers else ()


def _beyond(case: Case) -> tuple[tuple[Key, ...], ...]:
    """What the team cannot end by itself: a department, more time (rows 17, 22); of a sealed matter, a named person."""
    if case.sealed:
        return ((say.key("btn.bring_in", "hp", case),),)
    more = (say.key("btn.hold", "hd", case),) if case.hold is None else ()
    return ((say.key("btn.whistle", "wh", case), *more, *_correct(case)),)


def _between(case: Case, view: str) -> tuple[tuple[Key, ...], ...]:
    """A question to the reporter; a colleague who takes it over, where there is one; who told of it."""
    ask = (say.key("btn.ask_reporter", "aq", case),) if case.question is None else ()
    alone = case.sealed or view == "officer"
    row = ask if alone else (*ask, say.key("btn.mine_now", "mt", case))
    return ((*row, say.key("btn.who_told", "rp", case)),)


def _handling(case: Case, view: str) -> tuple[tuple[Key, ...], ...]:
    done = say.key("btn.done", "dn", case)
    backup = ((say.key("btn.backup", "bk", case),),) if not case.sealed else ()
    if case.status is Status.SITE:
        return ((done,), *backup)
    first = (say.key("btn.arrive", "ar", case), done)
    if case.sealed or view == "officer":
        return (first,)
    urgent = backup if case.severity < ladder.SLIGHT else ()  # who sees from afar that it is more than two can do
    return (first, *urgent, _away(case))
