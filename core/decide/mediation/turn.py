"""One turn of a dispute: as it becomes, with what is to be remembered and said; values only."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from core.case import Event
from core.decide import say
from core.decide.mediation import cards
from core.decide.mediation.about import ref
from core.mediation import ladder
from core.mediation.life import advance, row_of
from core.messages import Answer, Command, Key, Lane, Notice, Ordered, Pressed, Spoke
from core.messages.json import Json
from core.records import Record
from core.records.mediation import Dispute, Step
from core.world import Contact, Decision, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Med:
    """Collects the outcome of one decision about one dispute. Every method gives a new turn.

    `loud`: its cards appear as new messages, so that they are heard. Nothing of a side's words is ever an event's data:
    the log is read by more people than the file (privacy.md).
    """

    dispute: Dispute
    world: World
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    records: tuple[Record, ...] = ()
    loud: bool = False
    mark: str = ""  # of the command: each message gets a slot of its own, also where nothing else has changed

    @property
    def now(self) -> datetime:
        """The moment of the decision."""
        return self.world.now

    def change(self, **fields: object) -> Self:
        """The dispute with other values."""
        return replace(self, dispute=replace(self.dispute, **fields))  # type: ignore[arg-type]  # names are checked by the dataclass

    def party(self, side: str, **fields: object) -> Self:
        """One side with other values."""
        changed = replace(self.dispute.party(side), **fields)  # type: ignore[arg-type]  # see above
        return self.change(a=changed) if side == "a" else self.change(b=changed)

    def log(self, kind: str, actor: str | None = None, row: int | None = None, **data: object) -> Self:
        """One more line of history."""
        facts = {"dispute": self.dispute.id, "grid": self.dispute.grid, **data}
        line = Event(kind=kind, at=self.now, actor=actor, row=row, data=facts)
        return replace(self, events=(*self.events, line))

    def move(self, event: str, actor: str | None = None, **data: object) -> Self:
        """A step of the life. Raises NotInMediation when there is no such step from here."""
        before = self.dispute.step
        return self.goes(event, advance(before, event), actor, **data)

    def goes(self, event: str, step: Step, actor: str | None = None, **data: object) -> Self:
        """To a step that the table leaves open: back to where it stood before it was frozen."""
        before = self.dispute.step
        turn = self.log(event, actor, row_of(event), **{"from": before.value, "to": step.value}, **data)
        if step is before:
            return turn
        return turn.change(step=step, moved_at=self.now, round=self.dispute.round + 1)

    def tell(self, *notices: Notice | None) -> Self:
        """More to say; None is left out."""
        return replace(self, notices=(*self.notices, *(it for it in notices if it is not None)))

    def to_side(
        self, side: str, kind: str, *, keys: tuple[tuple[Key, ...], ...] = (), lane: Lane = Lane.INTERACTIVE,
        photos: tuple[str, ...] = (), voices: tuple[str, ...] = (), file: tuple[str, str] | None = None,
        place: str = "", **params: Json,
    ) -> Self:  # fmt: skip
        """A message to one side, in their language, in their own chat; nothing to a side that has no account here.
        What is told again at the same `place` takes the place of what was told there."""
        party = self.dispute.party(side)
        if party.user is None or not party.reachable:
            return self
        notice = Notice(
            to=party.user, kind=kind, key="", lane=lane, params=params, keys=keys, language=party.language,
            silent=self.dispute.named, photos=photos, voices=voices, file=file,
            slot=f"{ref(self.dispute)}/{side}.{place}" if place else self._mark(side),
        )  # fmt: skip
        return self.tell(notice)

    def to_person(
        self, who: str | None, kind: str, *, keys: tuple[tuple[Key, ...], ...] = (),
        lane: Lane = Lane.INTERACTIVE, force: bool = False, **params: Json,
    ) -> Self:  # fmt: skip
        """A message to a colleague in private; a reply to it is about this dispute."""
        found = self.world.town.district.member(who)
        if found is None or found.tg_id is None:
            return self
        notice = say.staff(found.tg_id, kind, self.world.town, keys=keys, lane=lane, params=params, force=force)
        return self.tell(replace(notice, slot=self._mark(kind)) if notice else None)

    def _mark(self, what: str) -> str:
        """A slot of its own for each message, so that a reply to it is known to be about this dispute."""
        return f"{ref(self.dispute)}/{what}.{self.dispute.version}.{len(self.notices)}.{self.mark}"

    def to_mediators(self, kind: str, **given: object) -> Self:
        """The same to the owner and whoever sits in."""
        turn = self
        for person in self.dispute.team_of_mediators():
            turn = turn.to_person(person, kind, **given)  # type: ignore[arg-type]  # passed on as it came
        return turn

    def heard(self) -> Self:
        """The cards are shown anew, with a sound."""
        return replace(self, loud=True)

    def with_record(self, record: Record) -> Self:
        """Another record that changes with it: a day of a room."""
        return replace(self, records=(*self.records, record))

    def decide(self, answer: Answer | None = None, contact: Contact | None = None) -> Decision:
        """The outcome: the dispute with its next due moment, its cards brought up to date."""
        town, before = self.world.town, self.world.record
        due = ladder.due_at(self.dispute, town.calendar, town.taxonomy)
        dispute = replace(self.dispute, due_at=due, open=due is not None)
        changed = dispute != before
        known = before if isinstance(before, Dispute) and before.id == dispute.id else None
        shown = cards.refresh(dispute, known, self.world, loud=self.loud) if changed or self.loud else ()
        return Decision(
            records=(*((dispute,) if changed else ()), *self.records), events=self.events,
            notices=(*shown, *self.notices), answer=answer, contact=contact,
        )  # fmt: skip


def begin(world: World, command: Command) -> Med:
    """A turn about the world's dispute, which must be there."""
    if not isinstance(world.record, Dispute):
        raise LookupError("this decision needs a dispute")  # noqa: TRY004 - nothing is wrong with the type
    return about(world.record, world, command)


def about(dispute: Dispute, world: World, command: Command) -> Med:
    """A turn about a dispute that the command does not name itself, or that begins with it."""
    match command:
        case Pressed():
            mark = command.callback
        case Spoke() | Ordered():
            mark = f"{command.message}.{command.at:%d%H%M%S}"
        case _:
            mark = f"{command.at:%d%H%M%S%f}"
    return Med(dispute=dispute, world=world, mark=mark)
