"""/privacy: what is kept about a person, and erasing it at their word (privacy.md, Deletion)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from core import erasure
from core.case import ENDED, Event
from core.decide import calls, mediation, people, profile, reading, retelling, say, thanks, volunteers
from core.mediation.life import ENDED as OVER
from core.messages import Attachment, Key, Ordered, Pressed, Spoke
from core.records import Complaint, Dispute, Volunteer
from core.understand import Kind
from core.understand.lexicon import plainly
from core.world import Contact, Decision, World

RIGHTS = re.compile(  # what somebody wants done with what is kept of them, wherever the talk just is
    r"(?:删除?|清除|清空|注销|导出|撤回|撤销|取消)[^,。!?]{0,6}(?:信息|资料|数据|隐私|同意|账号)"
    r"|(?:信息|资料|数据|账号)[^,。!?]{0,4}(?:删|注销|导出|清除)"
    r"|(?:delete|erase|export|download) (?:all )?(?:of )?my\b|withdraw (?:my )?consent"
)
LONGEST = 30  # characters: who writes more tells of something


def heard(command: Spoke, world: World) -> Decision | None:
    """“把我的信息删掉”, “撤回同意”: the page with its buttons, and nothing of it goes to whoever has a case; whether
    the other side hears who it was: the rule, where no answer is waited for."""
    said = reading.hear(command, world.town).meaning
    if said is None or said.kind is not Kind.PRIVACY or command.photo or command.edited or len(command.text) > LONGEST:
        return None
    if profile.wants_no_name(command) and any(it.status not in ENDED for it in world.cases):
        return None  # of that report nobody is to know who told it (core.decide.profile.without_name)
    if profile.wants_no_name(command) or RIGHTS.search(plainly(command.text, world.town.lexicon)):
        volunteer = world.look_up(Volunteer, str(command.sender.user_id))
        return show(command, replace(world, record=volunteer))
    if people.awaited(world.contact, world) or world.post is not None:
        return None
    return Decision(notices=(people.tell(command, world, "start.privacy", params={"days": erasure.KEPT.days}),))


def show(command: Ordered | Spoke, world: World) -> Decision:
    """What is kept, and a button to erase it. A colleague's account is the district file's business: they are told
    the rule alone."""
    if _is_staff(command, world):
        days = {"days": erasure.KEPT.days}
        return Decision(notices=(people.tell(command, world, "start.privacy", params=days),))
    home, volunteer = world.contact.home if world.contact else None, volunteers.own(world)
    matters = _matters(command.sender.user_id, world)
    ended = sum(over for _, over in matters)
    first = min((at for at, _ in matters), default=None)
    params = {
        "days": erasure.KEPT.days, "open": len(matters) - ended, "ended": ended, "since_at": say.iso(first),
        "home": home.label if home else None, "metres": volunteer.radius if volunteer else None,
        "count": len(thanks.published(world)) or None, "minor": "✓" if _is_minor(world) else None,
    }  # fmt: skip
    keys = ((say.key("btn.erase", "pe"),), (say.key("btn.copy", "px"), say.key("btn.mine", "pm")), *_choices(world))
    return Decision(notices=(people.tell(command, world, "privacy.show", params=params, keys=keys),))


def _matters(user: int, world: World) -> list[tuple[datetime, bool]]:
    """When each report, dispute and complaint of theirs that is still kept began, and whether it is over."""
    disputes = ((it.opened_at, it.step in OVER) for it in world.every(Dispute) if it.side_of(user) is not None)
    complaints = ((it.at, not it.waits) for it in world.every(Complaint) if it.user == user)
    return [*((it.opened_at, it.status in ENDED) for it in world.cases), *disputes, *complaints]


def _choices(world: World) -> tuple[tuple[Key, ...], ...]:
    """Anonymous or not, as it stands; each consent that was given is taken back by a button of its own."""
    contact = world.contact
    named = "btn.named" if contact is not None and contact.anonymous else "btn.anonymous"
    home = contact is not None and contact.home is not None
    back = (
        *((say.key("btn.withdraw_consent", "pw"),) if home else ()),
        *((say.key("btn.volunteer_out", "vo"),) if volunteers.own(world) else ()),
        *((say.key("btn.withdraw_thanks", "pw", None, "thanks"),) if thanks.published(world) else ()),
        *((say.key("btn.of_age", "pw", None, "minor"),) if _is_minor(world) else ()),
    )
    return ((say.key(named, "pn"),), *((it,) for it in back))


def _is_minor(world: World) -> bool:
    return world.contact is not None and world.contact.minor


def anonymous(command: Pressed, world: World) -> Decision:
    """🕶 on and off: reports from now on go without a name, to whoever handles them too."""
    if _not_theirs(command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    contact = say.contact_of(world, command.sender.user_id, command.sender.name)
    contact = replace(contact, anonymous=not contact.anonymous)
    kind = "privacy.anonymous" if contact.anonymous else "privacy.named"
    return Decision(contact=contact, notices=(people.tell(command, world, kind),), answer=say.answer(world, "ans.ok"))


def withdraw(command: Pressed, world: World) -> Decision:
    """↩️ 撤回同意, each by itself: what was kept by consent goes at once; cases go on."""
    if _not_theirs(command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    what = (command.press.arg if command.press else "") or "home"
    if what not in CONSENTS:
        return Decision(answer=say.answer(world, "ans.stale"))
    kind, change = CONSENTS[what]
    contact = change(say.contact_of(world, command.sender.user_id, command.sender.name), world)
    data = {"what": what, **({"cases": list(thanks.published(world))} if what == "thanks" else {})}
    event = Event(kind="consent_withdrawn", at=world.now, actor="resident", data=data)
    told = people.tell(command, world, kind)
    return Decision(contact=contact, events=(event,), notices=(told,), answer=say.answer(world, "ans.ok"))


def _unpublished(contact: Contact, world: World) -> Contact:
    return replace(contact, unpublished=(*contact.unpublished, *thanks.published(world)))


# What is taken back: what is said about it, and what is kept of the person then.
CONSENTS: Mapping[str, tuple[str, Callable[[Contact, World], Contact]]] = {
    "home": ("privacy.withdrawn", lambda contact, _: replace(contact, home=None)),
    "thanks": ("privacy.unpublished", _unpublished),
    "minor": ("privacy.of_age", lambda contact, _: replace(contact, minor=False)),
}


def copy(command: Pressed, world: World) -> Decision:
    """📄: what is kept, as a file; that it was asked for is on record, and nothing of it."""
    if _not_theirs(command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    made = Attachment(kind="own", params={"user": command.sender.user_id})
    asked = Event(kind="copy_asked", at=world.now, actor="resident")
    told = people.tell(command, world, "privacy.copy", attachment=made)
    return Decision(notices=(told,), events=(asked,), answer=say.answer(world, "ans.ok"))


def ask(command: Pressed, world: World) -> Decision:
    """🗑: asked once more, since nobody can bring it back."""
    if _not_theirs(command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    keys = ((say.key("btn.erase_sure", "py"),),)
    return Decision(
        notices=(people.tell(command, world, "privacy.sure", keys=keys),), answer=say.answer(world, "ans.ok")
    )


def erase(command: Pressed, world: World) -> Decision:
    """Yes: ended cases at once, open ones as soon as they end, for their handlers still need to find the place."""
    if _not_theirs(command, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    left = sum(case.status not in ENDED for case in world.cases)
    kind = "privacy.deleted_open" if left else "privacy.deleted"
    notice = people.tell(command, world, kind, params={"open": left} if left else {})
    return Decision(
        forget=command.sender.user_id,
        records=(
            *volunteers.forgotten(world),
            *calls.forgotten(command.sender.user_id, world),
            *mediation.forgotten(command.sender.user_id, world),
            *retelling.forgotten(command.sender.user_id, world),
        ),
        notices=(notice,),
        answer=say.answer(world, "ans.ok"),
    )


def _not_theirs(command: Pressed, world: World) -> bool:
    """Only the person themselves, in their own chat."""
    return command.chat != command.sender.user_id or _is_staff(command, world)


def _is_staff(command: Ordered | Pressed | Spoke, world: World) -> bool:
    return world.town.district.person(command.sender.user_id) is not None
