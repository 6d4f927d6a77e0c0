"""One turn of a case: the case as it becomes, with what is to be remembered and said; values only."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from core import ladder
from core.case import ENDED, Case, Event, Offer
from core.changing import changed
from core.decide import cards, company, plans, why
from core.erasure import NOBODY
from core.life import advance, row_of
from core.messages import Answer, Command, Notice
from core.world import Contact, Decision, World

# Asked beside the first one, which stays waiting; not a transfer.
ASKED_IN_ADDITION = {"second": "support", "backup": "backup"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Collects the outcome of one decision about one case. Every method gives a new turn.

    `loud` are the chats in which the card appears as a new message, so that it is heard; elsewhere it is edited.
    `ahead` goes out before everything else: the numbers to call in danger.
    """

    case: Case
    world: World
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    loud: tuple[int, ...] = ()
    ahead: tuple[Notice, ...] = ()
    then: tuple[Command, ...] = ()  # what follows for other cases, in the same transaction

    @property
    def now(self) -> datetime:
        """The moment of the decision."""
        return self.world.now

    def change(self, **fields: object) -> Self:
        """The case with other values."""
        return changed(self, case=changed(self.case, **fields))

    def log(self, kind: str, actor: str | None = None, at: datetime | None = None, **data: object) -> Self:
        """One more line of history that is no step of the life."""
        return changed(self, events=(*self.events, Event(kind=kind, at=at or self.now, actor=actor, data=data)))

    def move(self, event: str, actor: str | None = None, at: datetime | None = None, **data: object) -> Self:
        """A step of the life. Raises NotInLife when there is no such step from here."""
        before, after = self.case.status, advance(self.case.status, event)
        line = Event(
            kind=event,
            at=at or self.now,
            actor=actor,
            row=row_of(event),
            data={"from": before.value, "to": after.value, **data},
        )
        return changed(self, case=changed(self.case, status=after), events=(*self.events, line))

    def tell(self, *notices: Notice | None) -> Self:
        """More to say; None is left out, so that callers need not ask whether there is anybody to tell.

        To groups a sealed case speaks by its number card alone (privacy.md): whatever else was meant for a group
        makes that card heard again, so that no caller can forget it.
        """
        given = [n for n in notices if n is not None]
        if not (given and self.case.sealed):
            return changed(self, notices=(*self.notices, *given)) if given else self
        turn = changed(self, notices=(*self.notices, *(n for n in given if n.to >= 0)))
        return turn.watch(*(n.to for n in given if n.to < 0))

    def follow(self, *commands: Command) -> Self:
        """What it means for other cases."""
        return changed(self, then=(*self.then, *commands))

    def tell_first(self, notice: Notice) -> Self:
        """What must arrive before everything else of this decision."""
        return changed(self, ahead=(*self.ahead, notice))

    def watch(self, *chats: int | None, loud: bool = True) -> Self:
        """These chats hold the living card from now on."""
        fresh = tuple(dict.fromkeys(chat for chat in chats if chat is not None))
        new = tuple(chat for chat in fresh if chat not in self.case.watchers)
        case = changed(self.case, watchers=(*self.case.watchers, *new)) if new else self.case
        return changed(self, case=case, loud=(*self.loud, *fresh) if loud and fresh else self.loud)

    def offer(self, offer: Offer) -> Self:
        """One more offer. The second post of severity 1 is alerted, not assigned: it owes nothing unless it accepts."""
        turn = self.change(offers=(*self.case.offers, offer))
        if offer.kind == "second":
            return turn.log("alerted", assignment=offer.serial, team=offer.team, why=why.plain(offer.why, offer.metres))
        return turn.assigned(offer)

    def assigned(self, offer: Offer) -> Self:
        """An assignment, logged for the figures (figures.md counts assignments, not cases)."""
        due = offer.due.isoformat() if offer.due else None
        reason = ASKED_IN_ADDITION.get(offer.kind)
        return self.log(
            "assigned",
            at=offer.at,
            assignment=offer.serial,
            team=offer.team,
            ack_due=due,
            reason=reason,
            why=why.plain(offer.why, offer.metres),
        )

    def settle(self, serial: int, state: str) -> Self:
        """An offer has found its end."""
        offers = tuple(replace(o, state=state) if o.serial == serial else o for o in self.case.offers)
        return self.change(offers=offers)

    def pass_others(self, serial: int | None) -> Self:
        """All other offers are off the table, an acceptance before this one included."""
        standing = {"open", "accepted"}
        offers = tuple(
            replace(o, state="passed") if o.state in standing and o.serial != serial else o for o in self.case.offers
        )
        return self.change(offers=offers)

    def settle_open(self, state: str) -> Self:
        """Whatever is still only asked has found its end; who accepted stays."""
        offers = tuple(replace(o, state=state) if o.state == "open" else o for o in self.case.offers)
        return self.change(offers=offers)

    def next_serial(self) -> int:
        """The number of the next assignment."""
        return len(self.case.offers) + 1

    def decide(self, answer: Answer | None = None, contact: Contact | None = None) -> Decision:
        """The outcome: the case with its next due moment, and its cards brought up to date wherever they hang."""
        if plans.others_promise(self.case, self.world):
            freed = self.tell(plans.told(self.case, self.world))
            return freed.change(known=None).log("plan_dropped").decide(answer, contact)
        case = changed(self.case, due_at=ladder.due_at(self.case, self.world.town))
        others = company.shared(self.notices, case, self.world)
        first, mine = _to_somebody(self.ahead), _to_somebody(self.notices)
        told = (*first, *cards.refresh(case, self.world, self.loud, {it.to for it in mine}), *mine, *others)
        before = self.world.case
        over = case.status in ENDED and before is not None and before.status not in ENDED
        then = (*self.then, *company.ended(case, self.world)) if over else self.then
        told = (*told, *company.group_told(case, self.world)) if over else told
        if case == self.world.case and not self.events:
            heard = tuple(cards.card(case, self.world, chat, again=True) for chat in dict.fromkeys(self.loud))
            return Decision(notices=(*first, *heard, *mine, *others), answer=answer, contact=contact, then=then)
        events = _with_owner(self.events, case, before)
        return Decision(case=case, events=events, notices=told, answer=answer, contact=contact, then=then)


def _to_somebody(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Without those to the reporter of a case that was erased."""
    return tuple(it for it in notices if it.to != NOBODY)


def _with_owner(events: tuple[Event, ...], case: Case, before: Case | None) -> tuple[Event, ...]:
    """The last line of a decision that gave the case to another team or person says whose it is now: with it the log
    alone tells at any moment who had the case."""
    held = (before.team, before.handler) if before is not None and before.no == case.no else (None, None)
    if not events or held == (case.team, case.handler):
        return events
    last = events[-1]
    return (*events[:-1], changed(last, data={**last.data, "owner": [case.team, case.handler]}))


def begin(world: World) -> Turn:
    """A turn about the world's case, which must be there."""
    if world.case is None:
        raise LookupError("this decision needs a case")
    return Turn(case=world.case, world=world)
