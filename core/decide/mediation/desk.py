"""What the mediators press: consents in person, the link for the other side, notes, the next step, who sits in."""

import hashlib
import hmac
from dataclasses import replace

from core.decide.mediation import about, consent, relay
from core.decide.mediation.turn import Med
from core.district import Person
from core.life import can
from core.mediation import jotting
from core.mediation.filing import FOUR
from core.messages import Answer, Bond, Key, Pressed, Spoke, Tied
from core.records.mediation import SIDES, Note, Party
from core.world import Decision

SIDED = frozenset({"listen"})  # notes of one side's own words; the other three may be about either
NOTE, LINK, TIE = "med.note_write", "md_", "med.tie_ask"


def write(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """To which side is in the button; the words come as a reply to the question."""
    side = _side(command)
    if side is None:
        return Answer(kind="ans.stale")
    why = relay.may_write(med, side)
    if why is not None:
        return med.to_person(person.id, why)
    return med.to_person(person.id, relay.WRITE, force=True, no=med.dispute.id, side=side)


def _side(command: Pressed) -> str | None:
    given = command.press.arg if command.press else ""
    return given if given in SIDES else None


def notes(med: Med, command: Pressed, person: Person) -> Med:
    """望、闻、问、切: which of them?"""
    del command
    rows: list[tuple[Key, ...]] = [(_note_key(med, "look"),)]
    rows.append(tuple(_note_key(med, "listen", side) for side in SIDES))
    rows.append((_note_key(med, "ask"), _note_key(med, "root")))
    return med.to_person(person.id, "med.note_which", keys=tuple(rows), no=med.dispute.id)


def _note_key(med: Med, step: str, side: str = "") -> Key:
    if side:
        return about.key("btn.med_note_of", "note", med.dispute, f"{step}.{side}", four=step, side=side)
    return about.key("btn.med_note_step", "note", med.dispute, f"{step}.", four=step)


def note(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """Asked for; text, voice and pictures will do."""
    step, _, side = (command.press.arg if command.press else "").partition(".")
    if step not in FOUR or (side not in SIDES) is (step in SIDED):
        return Answer(kind="ans.stale")
    return med.to_person(person.id, NOTE, force=True, no=med.dispute.id, four=step, side=side or None)


def noted(med: Med, person: Person, command: Spoke, step: str, side: str) -> Med:
    """Kept, for the mediators alone."""
    text = command.text.strip()[: relay.LONGEST]
    line = Note(step=step, at=med.now, by=person.id, text=text, side=side, files=relay.files(command))
    med = relay.with_note(med, line).log("med_noted", person.id, what=step, side=side or None)
    return med.to_person(person.id, "med.noted", four=step)


def jotted(med: Med, person: Person, command: Spoke) -> Med:
    """Several notes in one reply to the card; nothing of it is kept where a line cannot be read."""
    found = jotting.read(command.text)
    if not found:
        return med.to_person(person.id, "med.reply_how")
    for it in found:
        line = Note(step=it.step, at=med.now, by=person.id, text=it.text[: relay.LONGEST], side=it.side)
        med = relay.with_note(med, line).log("med_noted", person.id, what=it.step, side=it.side or None)
    return med.to_person(person.id, "med.noted_all", count=len(found))


def read(med: Med, command: Pressed, person: Person) -> Med:
    """All notes, to whoever asks and may."""
    del command
    for it in med.dispute.notes:
        said = it.text or None
        med = med.to_person(
            person.id, "med.note_shown", four=it.step, side=it.side or None, at=it.at.isoformat(), said=said
        )
        for kind, file in it.files:
            med = replace(med, notices=(*med.notices[:-1], relay.carrying(med.notices[-1], kind, file)))
    return med.log("med_read", person.id)


def consents(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """In person or by phone; with it the rights were told (the button says so)."""
    side, _, how = (command.press.arg if command.press else "").partition(".")
    if side not in SIDES:
        return Answer(kind="ans.stale")
    if med.dispute.party(side).consent not in {"", "asked"}:
        return Answer(kind="ans.already")
    if how not in consent.HOWS:
        keys = tuple(
            (about.key("btn.med_how", "consents", med.dispute, f"{side}.{it}", manner=it),) for it in consent.HOWS
        )
        none = (about.key("btn.med_says_no", "declines", med.dispute, side),)
        return med.to_person(person.id, "med.consent_how", keys=(*keys, none), no=med.dispute.id, side=side)
    return consent.yes(med, side, how, person.id)


def declines(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """They said no to the mediator."""
    side = _side(command)
    if side is None:
        return Answer(kind="ans.stale")
    return consent.ends(med, side, "no", person.id)


def invite(med: Med, command: Pressed, person: Person) -> Med:
    """A link for the other side, to be given to them by hand: whoever opens it is confirmed before anything is told.

    The code is made of the press's own id, which nobody else has seen; a new link makes the old one worthless.
    """
    seed = f"{command.callback}|{med.dispute.id}|{med.now.isoformat()}|{command.sender.user_id}"
    code = hashlib.blake2s(seed.encode(), digest_size=12).hexdigest()
    med = med.change(invite=code).log("med_invited", person.id)
    link = f"https://t.me/{med.world.bot_name}?start={LINK}{med.dispute.id}_{code}"
    return med.to_person(person.id, "med.link", no=med.dispute.id, link=link)


def opened(med: Med, code: str, guest: Party) -> Med | None:
    """Somebody has come by the link; None when it is not (or no longer) the right one."""
    known = med.dispute.invite
    if not known or not hmac.compare_digest(known.encode(), code.encode()) or med.dispute.b.user is not None:
        return None
    med = med.change(guest=guest, invite="").log("med_guest", None)
    keys = (
        (about.key("btn.med_is_them", "them", med.dispute), about.key("btn.med_not_them", "stranger", med.dispute)),
    )
    return med.to_mediators("med.guest", keys=keys, no=med.dispute.id, name=guest.name)


def them(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """The mediator knows them: now they are the other side, and are asked."""
    del command
    guest = med.dispute.guest
    if guest is None or med.dispute.b.user is not None:
        return Answer(kind="ans.stale")
    before = med.dispute.b
    kept = {"consent": before.consent, "answered_at": before.answered_at, "how": before.how, "by": before.by,
            "informed_at": before.informed_at}  # fmt: skip
    med = med.change(guest=None, b=Party(user=guest.user, language=guest.language, **kept))  # type: ignore[arg-type]  # the fields of Party
    med = med.log("med_joined", person.id, side="b")
    return consent.ask(med, "b") if med.dispute.accepted_at is not None else med


def stranger(med: Med, command: Pressed, person: Person) -> Med | Answer:
    """Somebody else has opened the link: they learn nothing more, a new link is needed."""
    del command
    if med.dispute.guest is None:
        return Answer(kind="ans.stale")
    return med.change(guest=None).log("med_stranger", person.id).heard()


def inquire(med: Med, command: Pressed, person: Person) -> Med:
    """开始调查."""
    del command
    return med.move("med_inquiry", person.id)


def talks(med: Med, command: Pressed, person: Person) -> Med:
    """开始调解."""
    del command
    return med.move("med_talks", person.id)


def tie_ask(med: Med, command: Pressed, person: Person) -> Med:
    """🔗 A hazard about the same thing: its number as a reply (mechanism F66)."""
    del command
    return med.to_person(person.id, TIE, force=True, no=med.dispute.id)


def tie(med: Med, person: Person, command: Spoke) -> Decision:
    """Both name each other; a sealed case is tied to nothing, and a card that a group reads does not name what is for
    named people only."""
    number = command.text.strip().upper()
    case = next(iter(med.world.cases_of((number,))), None)
    if case is None or case.sealed or not can(case.status, "linked"):
        return med.to_person(person.id, TIE, force=True, no=med.dispute.id).decide()
    bond = Bond(at=med.now, case=case.no, other=med.dispute.id, kind="linked", by=person.id)
    own = () if med.dispute.named else (bond,)
    return Decision(then=(*own, Tied(at=med.now, dispute=med.dispute.id, case=case.no, by=person.id)))
