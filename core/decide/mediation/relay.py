"""Separate rooms: between the mediator and each side everything goes through the bot, and between the sides nothing.

Which side somebody is follows from the account alone, never from what a message or a button says. What a mediator
sends to a side may not be forwarded and may not be the other side's own words: those are retold, or stay where they
are (privacy.md, dispute notes).
"""

from dataclasses import replace

from core.decide.mediation import about, red
from core.decide.mediation.turn import Med
from core.district import Person
from core.mediation import signals
from core.messages import Notice, Spoke
from core.records.mediation import SIDES, Dispute, Note, Step
from core.understand import normal

LONGEST, MOST = 2000, 200  # characters of a note; notes of a dispute
SAME = 10  # signs in a row that are the other side's: nobody says so many alike by chance
WRITE, SAID = "med.write", "med.said"


def files(command: Spoke) -> tuple[tuple[str, str], ...]:
    """Kind and file id of what a message carries."""
    carried = (
        ("photo", command.photo),
        ("voice", command.voice),
        ("video", command.video),
        ("document", command.document),
    )
    return tuple((kind, file) for kind, file in carried if file)


def heard(med: Med, side: str, command: Spoke) -> Med:
    """What a side says goes to its own notes and to the mediators; a red signal in it freezes the talks."""
    text = command.text.strip()[:LONGEST]
    note = Note(step="listen", side=side, by=side, at=command.at, text=text, files=files(command))
    med = with_note(med, note).log("med_said", side, side=side)
    med = pass_on(med, note)
    if med.dispute.owner is None:
        med = med.to_side(side, "mediate.kept")
    else:
        med = med.to_side(side, "mediate.passed_on", person=med.dispute.owner)
    found = signals.reds(text, med.world.town.lexicon)
    if found and med.dispute.step not in {Step.RED, Step.FILED, Step.REFUSED}:
        fresh = tuple(dict.fromkeys((*med.dispute.signals, *found)))
        return red.freeze(med.change(signals=fresh))
    return med


def with_note(med: Med, note: Note) -> Med:
    """One more note; of endless talk the first is kept and the oldest of the rest goes."""
    notes = (*med.dispute.notes, note)
    return med.change(notes=(*notes[:1], *notes[1:][-MOST:]))


def pass_on(med: Med, note: Note) -> Med:
    """To the owner and whoever sits in, as copies: who wrote it is told as a side, not as an account."""
    for person in med.dispute.team_of_mediators():
        med = _to_mediator(med, person, note)
    return med


def _to_mediator(med: Med, person: str, note: Note) -> Med:
    """The words; then each picture, voice or film in a message of its own."""
    no, side = med.dispute.id, note.side or None
    if note.text or not note.files:
        med = med.to_person(person, SAID, no=no, side=side, said=note.text or None)
    for kind, file in note.files:
        before = len(med.notices)
        med = med.to_person(person, SAID, no=no, side=side, said=None)
        carried = tuple(carrying(it, kind, file) for it in med.notices[before:])
        med = replace(med, notices=(*med.notices[:before], *carried))
    return med


def carrying(notice: Notice, kind: str, file: str) -> Notice:
    """The message with a file, as Telegram takes it."""
    if kind == "photo":
        return replace(notice, photos=(file,))
    return replace(notice, voices=(file,)) if kind == "voice" else replace(notice, file=(kind, file))


def history(med: Med, person: str) -> Med:
    """What was told before somebody had it."""
    for note in (it for it in med.dispute.notes if it.step == "listen" and it.by in {*SIDES, med.dispute.by}):
        med = _to_mediator(med, person, note)
    return med


def may_write(med: Med, side: str) -> str | None:
    """Why nothing can be written to a side now, as the kind of an answer; None when it can."""
    party = med.dispute.party(side)
    if med.dispute.step in {Step.FILED, Step.REFUSED}:
        return "med.closed"
    if party.user is None or not party.reachable:
        return "med.not_here"
    return None


def written(med: Med, person: Person, side: str, command: Spoke) -> Med:
    """The mediator's words to one side, if they are the mediator's own."""
    why = may_write(med, side) or unfit(med.dispute, side, command, med)
    if why is not None:
        return med.to_person(person.id, why)
    text, carried = command.text.strip()[:LONGEST], files(command)
    keys = ((about.key("btn.med_answer", "answer", med.dispute),),)
    before = len(med.notices)
    med = med.to_side(side, "mediate.from_mediator", keys=keys, no=med.dispute.id, person=person.id, said=text or None)
    for kind, file in carried[:1]:
        told = tuple(carrying(it, kind, file) for it in med.notices[before:])
        med = replace(med, notices=(*med.notices[:before], *told))
    if side == "a" and med.dispute.contacted_at is None:
        med = med.change(contacted_at=med.now).log("med_contacted", person.id)
    return med.log("med_wrote", person.id, side=side).to_person(person.id, "med.sent", side=side)


def unfit(dispute: Dispute, side: str, command: Spoke, med: Med) -> str | None:
    """Forwarded, or the other side's own words: nothing of it may reach this side."""
    if command.forwarded:
        return "med.no_forward"
    other = "b" if side == "a" else "a"
    theirs = {file for it in dispute.notes if it.side == other for file in it.files}
    if theirs & set(files(command)):
        return "med.no_forward"
    return "med.no_quote" if quotes(command.text, dispute, other, med) else None


def quotes(text: str, dispute: Dispute, other: str, med: Med) -> bool:
    """Whether so many signs in a row are what the other side has written."""
    lexicon = med.world.town.lexicon
    said = _bare(normal(text, lexicon.simple))
    pieces = {said[at : at + SAME] for at in range(len(said) - SAME + 1)}
    theirs = (_bare(normal(it.text, lexicon.simple)) for it in dispute.notes if it.side == other)
    return any(piece in words for words in theirs for piece in pieces)


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
