"""The buttons on the card of whoever has a dispute: what can be done at its step, and nothing else."""

from collections.abc import Callable, Mapping

from core.decide.mediation.about import Keys, key
from core.mediation.life import ENDED
from core.messages import Key
from core.records.mediation import SIDES, Dispute, Step
from core.world import World

GONE = frozenset({"no", "withdrawn", "silent"})  # sides that are not written to while nobody has to go there


def buttons(dispute: Dispute, chat: int, world: World) -> Keys:
    """What can be done now; the owner decides, whoever sits in speaks and writes notes."""
    person = world.town.district.person(chat)
    owns = person is not None and person.id == dispute.owner
    rows = BUTTONS.get(dispute.step, _speaking)(dispute) if owns else _speaking(dispute)
    return tuple(row for row in rows if row)


def _speaking(dispute: Dispute) -> Keys:
    """To either side, in that side's own room; and the notes."""
    if dispute.step in ENDED:
        return ((key("btn.med_read", "read", dispute),),)
    to = tuple(key("btn.med_write", "write", dispute, side, side=side) for side in SIDES if _is_there(dispute, side))
    return (to, (key("btn.med_note", "notes", dispute), key("btn.med_read", "read", dispute)))


def _is_there(dispute: Dispute, side: str) -> bool:
    party = dispute.party(side)
    return party.user is not None and party.reachable and party.consent not in GONE


def _new(dispute: Dispute) -> Keys:
    reached = () if dispute.contacted_at else (key("btn.med_reached", "reached", dispute),)
    return (
        (key("btn.med_accept", "accept", dispute), key("btn.med_refuse", "refuse", dispute)),
        *_speaking(dispute),
        (*reached, key("btn.med_avoid", "avoid", dispute)),
    )


def _consent(dispute: Dispute) -> Keys:
    """Who has no account is asked in person or by phone, and it is written down who did so."""
    waits = tuple(
        key("btn.med_consents", "consents", dispute, side, side=side)
        for side in SIDES
        if dispute.party(side).consent in {"", "asked"}
    )
    return (waits, _invite(dispute), *_speaking(dispute), (key("btn.med_avoid", "avoid", dispute),), *_more(dispute))


def _invite(dispute: Dispute) -> tuple[Key, ...]:
    return () if dispute.b.user is not None else (key("btn.med_invite", "invite", dispute),)


def _more(dispute: Dispute) -> Keys:
    """Who sits in, who has it, and the brake; two in a row, for four break every label on a narrow phone."""
    freeze = () if dispute.step is Step.FOLLOW else (key("btn.med_freeze", "freeze", dispute),)
    tie = key("btn.med_tie", "tie", dispute)
    return ((key("btn.med_panel", "panel", dispute), key("btn.med_hand", "hand", dispute)), (tie, *freeze))


def _informed(dispute: Dispute) -> Keys:
    return ((key("btn.med_inquire", "inquire", dispute),), *_speaking(dispute), *_more(dispute))


def _inquiry(dispute: Dispute) -> Keys:
    first = (key("btn.med_talks", "talks", dispute), key("btn.med_agree", "agree", dispute))
    return (first, *_speaking(dispute), (key("btn.med_fail", "fail", dispute),), *_more(dispute))


def _talk(dispute: Dispute) -> Keys:
    waiting = any(it.state in {"offered", "booked"} for it in dispute.sessions)
    meet = key("btn.med_off", "off", dispute) if waiting else key("btn.med_meet", "meet", dispute)
    longer = () if dispute.extended else (key("btn.med_extend", "extend", dispute),)
    return (
        (meet, key("btn.med_agree", "agree", dispute)),
        *_speaking(dispute),
        (key("btn.med_fail", "fail", dispute), *longer),
        *_more(dispute),
    )


def _agreed(dispute: Dispute) -> Keys:
    serial = dispute.agreement.serial if dispute.agreement else 0
    signs = tuple(
        key("btn.med_signed", "signed", dispute, side, side=side)
        for side in SIDES
        if dispute.party(side).user is None and dispute.party(side).confirmed != serial
    )
    anew = (key("btn.med_agree", "agree", dispute), key("btn.med_fail", "fail", dispute))
    return (signs, anew, _paper(dispute), *_speaking(dispute), *_more(dispute))


def _paper(dispute: Dispute) -> tuple[Key, ...]:
    return (key("btn.med_paper", "paper", dispute),)


def _perform(dispute: Dispute) -> Keys:
    terms = dispute.agreement.terms if dispute.agreement else ()
    done = [
        (key("btn.med_done", "done", dispute, str(n), index=n + 1),) for n, it in enumerate(terms) if not it.done_at
    ]
    return (
        *done,
        *_visit(dispute),
        *_speaking(dispute),
        (key("btn.med_broken", "broken", dispute), *_paper(dispute)),
        *_more(dispute),
    )


def _over(dispute: Dispute) -> Keys:
    again = (key("btn.med_again", "again", dispute),) if dispute.step is Step.FAILED else ()
    return (again, *_visit(dispute), *_speaking(dispute))


def _visit(dispute: Dispute) -> Keys:
    """The visit that comes next."""
    waits = [
        (key("btn.med_well", "well", dispute, str(n)), key("btn.med_trouble", "trouble", dispute, str(n)))
        for n, it in enumerate(dispute.visits)
        if it.done_at is None
    ]
    return tuple(waits[:1])


def _follow(dispute: Dispute) -> Keys:
    if dispute.on_the_spot:
        return (*_visit(dispute), (key("btn.med_hand", "hand", dispute),))
    file = (key("btn.med_file", "file", dispute), _file(dispute))
    return (*_visit(dispute), *_speaking(dispute), file, *_more(dispute))


def _filed(dispute: Dispute) -> Keys:
    return (*_speaking(dispute), () if dispute.on_the_spot else (_file(dispute),))


def _file(dispute: Dispute) -> Key:
    return key("btn.med_dossier", "dossier", dispute)


BUTTONS: Mapping[Step, Callable[[Dispute], Keys]] = {
    Step.NEW: _new,
    Step.CONSENT: _consent,
    Step.INFORMED: _informed,
    Step.INQUIRY: _inquiry,
    Step.TALK: _talk,
    Step.AGREED: _agreed,
    Step.PERFORM: _perform,
    Step.FAILED: _over,
    Step.WITHDRAWN: _over,
    Step.FOLLOW: _follow,
    Step.FILED: _filed,
}
