"""🔴 Any red signal: the police officer, the centre and the grid's head at once; the talks stand still until the police
agree, and nobody brings both sides together (disputes.md, Grades and “any → 红”)."""

from collections.abc import Mapping

from core.decide import say
from core.decide.mediation import about, cards, meeting
from core.decide.mediation.turn import Med
from core.district import Person
from core.messages import Lane
from core.messages.json import Json
from core.records.mediation import Step

RED = "红"


def officer(med: Med) -> Person | None:
    """The police officer of the community; any other with an account where it has none."""
    district = med.world.town.district
    community = district.community_of_grid(med.dispute.grid)
    own = district.police_officer(community.id if community else None)
    if own is not None and own.tg_id is not None:
        return own
    return next((it for it in district.with_role("社区民警") if it.tg_id is not None), None)


def freeze(med: Med, actor: str | None = None) -> Med:
    """It turns red: frozen where it stands, told to those who can help, in private but for the number."""
    was = med.dispute.step
    med = meeting.called_off(med, actor)
    med = med.change(grade=RED, named=True, back=was.value, released_by="")
    if med.dispute.chat is not None:
        med = med.heard()  # the post's card now hides what it was about
    med = med.move("med_frozen", actor, why=list(med.dispute.signals))
    med = med.log("mediation_graded", None, grade="red")
    return _alarm(med)


def _alarm(med: Med) -> Med:
    district = med.world.town.district
    police = officer(med)
    if police is not None:
        med = to_officer(med, police)
    head = district.grid_head(med.dispute.grid)
    return _tell(_tell(med, head.tg_id if head else None), district.centre_chat())


def _tell(med: Med, chat: int | None) -> Med:
    """Number, grade, and in private where it is: a group reads no more than the number (privacy.md)."""
    private = chat is not None and chat > 0
    params: dict[str, Json] = {"no": med.dispute.id, "compound": med.dispute.compound if private else None}
    return med.tell(cards.office(chat, "med.red", med.world, lane=Lane.URGENT, params=params))


def to_officer(med: Med, police: Person) -> Med:
    """What the officer needs: where, which signals, and the words that they were read in."""
    dispute = med.dispute
    keys = (
        (about.key("btn.med_seen", "seen", dispute),),
        (about.key("btn.med_release", "release", dispute), about.key("btn.med_stop", "stop", dispute)),
    )
    said = "\n".join(it.text for it in dispute.notes if it.by in {"a", "b"} or it.by == dispute.by)
    return med.to_person(
        police.id, "med.red_officer", keys=keys, lane=Lane.URGENT, no=dispute.id, category=dispute.kind,
        compound=dispute.compound, signals=list(dispute.signals), said=said or None,
    )  # fmt: skip


def seen(med: Med, person: Person) -> Med:
    """The officer has it: its half hour is kept."""
    return med.change(released_by=f"seen:{person.id}").log("med_red_seen", person.id)


def release(med: Med, person: Person) -> Med:
    """The police agree that it may go on; the grade stays, and with it the visits."""
    step = Step(med.dispute.back) if med.dispute.back else Step.NEW
    med = med.change(released_by=person.id, back="")
    return med.goes("med_released", step, person.id).to_mediators("med.released", no=med.dispute.id)


MARKS: Mapping[str, str] = {"绿": "green", "黄": "yellow", "橙": "orange", "红": "red"}  # as the figures name them


def told(med: Med, kind: str, chat: int | None) -> Med:
    """A red dispute that waits: once more, louder."""
    return med.tell(say.staff(chat, kind, med.world.town, lane=Lane.URGENT, params={"no": med.dispute.id}))
