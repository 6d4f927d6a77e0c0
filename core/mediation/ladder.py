"""What falls due of a dispute, and when: its own ladder beside the hazard's (disputes.md, column “limit”).

As with cases there are no timers: the names of the rungs that were climbed are kept, and `due_at` is the earliest that
is still to come, so that a restart can neither lose one nor do it twice.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from core import calendar
from core.calendar import Calendar, Span
from core.mediation.life import ENDED
from core.records.mediation import SIDES, Dispute, Step
from core.taxonomy import Taxonomy

DAY = timedelta(days=1)
REVIEW = Span(working_days=3)  # accept or refuse
CONSENT_REMIND, CONSENT_SILENT = Span(working_days=2), Span(working_days=5)
INQUIRY, TALK, MORE = 7 * DAY, 30 * DAY, 30 * DAY
STUCK = 7 * DAY  # every week after a limit, until somebody moves it on
RED_WITHIN = timedelta(minutes=30)
PLACE_WAITS = timedelta(minutes=10)
WRITE = Span(working_days=1)
BEFORE_TALK, AFTER_TALK = DAY, timedelta(hours=3)
FILE_AFTER = 15 * DAY
IDENTITY, WORDS = 30 * DAY, 730 * DAY  # after its end
# A noise between neighbours heals by staying in touch (disputes.md, template): talk on D5, visits on D12 and D30.
NOISE = "ML01"
TEMPLATE: Mapping[str, tuple[tuple[str, int], ...]] = MappingProxyType(
    {NOISE: (("calm", 0), ("hear", 1), ("reach", 3), ("meet", 5))}
)
TEMPLATE_VISITS: Mapping[str, tuple[int, ...]] = MappingProxyType({NOISE: (7, 25)})  # after the talk of D5
GRAVER = frozenset({"橙", "红"})  # their own visits, more often than a template's


@dataclass(frozen=True, slots=True)
class Due:
    """A rung: `name` as kept in `Dispute.steps` (`rung` or `rung:what`), and its moment."""

    name: str
    at: datetime

    @property
    def rung(self) -> str:
        """The name of what is done."""
        return self.name.partition(":")[0]

    @property
    def about(self) -> str:
        """What it is about: a side, a number."""
        return self.name.partition(":")[2]


def contact_within(dispute: Dispute, taxonomy: Taxonomy) -> timedelta:
    """By when somebody speaks with whoever asked: the shorter one of the grade's limit and the kind's."""
    kind = taxonomy.disputes.get(dispute.kind)
    spans = [taxonomy.grades[dispute.grade].contact] + ([kind.first_contact] if kind else [])
    return timedelta(minutes=min(it.minutes or 24 * 60 for it in spans))


def visit_days(dispute: Dispute, taxonomy: Taxonomy) -> tuple[int, ...]:
    """The days after its settlement, or the end of the talks, on which it is followed up."""
    usual = taxonomy.grades[dispute.grade].follow_up_days
    return usual if dispute.grade in GRAVER or dispute.on_the_spot else TEMPLATE_VISITS.get(dispute.kind, usual)


def upcoming(dispute: Dispute, town: Calendar, taxonomy: Taxonomy) -> tuple[Due, ...]:
    """All rungs still to come, earliest first."""
    done = set(dispute.steps)
    found = (it for it in _rungs(dispute, town, taxonomy) if it.name not in done)
    return tuple(sorted(found, key=lambda it: (it.at, it.name)))


def due_at(dispute: Dispute, town: Calendar, taxonomy: Taxonomy) -> datetime | None:
    """When something is owed next; None when nobody owes anything."""
    found = upcoming(dispute, town, taxonomy)
    return found[0].at if found else None


def _rungs(dispute: Dispute, town: Calendar, taxonomy: Taxonomy) -> Iterator[Due]:
    if dispute.step in ENDED:
        yield from _kept(dispute)
        return
    if dispute.step is Step.NEW:
        yield from _new(dispute, town, taxonomy)
    else:
        yield from STEPS[dispute.step](dispute, town)
        yield from _ownerless(dispute)
    if dispute.step is not Step.RED:
        yield from _sessions(dispute)
        yield from _template(dispute)
        yield from _visits(dispute)


def _kept(dispute: Dispute) -> Iterator[Due]:
    """Who they were goes after thirty days, what was said after two years (privacy.md, dispute notes)."""
    end = _since(dispute)
    yield Due("identity", end + IDENTITY)
    yield Due("words", end + WORDS)


def _since(dispute: Dispute) -> datetime:
    return dispute.moved_at or dispute.opened_at


def _tag(dispute: Dispute) -> str:
    """The same step may be come to twice: its rungs are named by how often the dispute has moved."""
    return str(dispute.round)


def _stuck(dispute: Dispute, limit: datetime) -> Iterator[Due]:
    """After its limit, and every week from then on: told to the owner and the grid's head."""
    for week in range(sum(it.startswith("late:") for it in dispute.steps) + 1):
        yield Due(f"late:{_tag(dispute)}.{week}", limit + week * STUCK)


def _new(dispute: Dispute, town: Calendar, taxonomy: Taxonomy) -> Iterator[Due]:
    """Taken by a tap, else given to somebody; spoken with in time; accepted or refused in three working days."""
    contact = contact_within(dispute, taxonomy)
    if dispute.chat is None and dispute.owner is None and not dispute.named:
        yield Due("place", dispute.opened_at + PLACE_WAITS)
    elif dispute.owner is None:
        yield Due(f"assign:{len(dispute.conflicts)}", _taken_by(dispute, contact))
        yield Due("nobody:head", dispute.opened_at + contact)
        yield Due("nobody:centre", dispute.opened_at + 2 * contact)
    if dispute.owner is not None and dispute.contacted_at is None:
        yield from _contact(dispute, contact)
    review = calendar.due(dispute.opened_at, REVIEW, "W", town)
    yield Due("review", review - DAY)
    yield from _stuck(dispute, review)


def _taken_by(dispute: Dispute, contact: timedelta) -> datetime:
    """Half of the time for the first contact is the post's; whoever was given it and may not is replaced at once."""
    return dispute.owned_at or dispute.opened_at + contact / 2


def _ownerless(dispute: Dispute) -> Iterator[Due]:
    """Its mediator had to leave and there was nobody else: every day somebody is looked for again."""
    if dispute.owner is None and dispute.accepted_at is not None and dispute.owned_at is not None:
        tries = sum(it.startswith("seek:") for it in dispute.steps)
        yield Due(f"seek:{tries}", dispute.owned_at + DAY)


def _contact(dispute: Dispute, contact: timedelta) -> Iterator[Due]:
    limit = max(dispute.opened_at + contact, (dispute.owned_at or dispute.opened_at) + contact / 2)
    name = dispute.owner
    yield Due(f"contact:{name}.remind", limit - contact / 4)
    yield Due(f"contact:{name}.head", limit)
    yield Due(f"contact:{name}.centre", limit + contact)


def _consent(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    """One reminder, then silence is no."""
    for side in SIDES:
        party = dispute.party(side)
        if party.consent == "asked" and party.asked_at is not None:
            mark = f"{side}.{_tag(dispute)}"
            yield Due(f"ask_again:{mark}", calendar.due(party.asked_at, CONSENT_REMIND, "W", town))
            yield Due(f"silent:{mark}", calendar.due(party.asked_at, CONSENT_SILENT, "W", town))
    yield from _stuck(dispute, calendar.due(_since(dispute), CONSENT_SILENT, "W", town) + DAY)


def _informed(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    del town
    yield from _stuck(dispute, _since(dispute) + 2 * DAY)


def _inquiry(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    del town
    yield from _stuck(dispute, _since(dispute) + INQUIRY)


def talk_until(dispute: Dispute) -> datetime:
    """By when the talks have to end: thirty days after acceptance, thirty more once if both sides agree."""
    return (dispute.accepted_at or dispute.opened_at) + TALK + (MORE if dispute.extended else timedelta())


def _talk(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    del town
    until = max(talk_until(dispute), _since(dispute) + DAY)
    yield Due(f"talk_ends:{_tag(dispute)}.{dispute.extended}", until - 3 * DAY)
    yield from _stuck(dispute, until)


def _agreed(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    for side in SIDES:
        if dispute.agreement and dispute.party(side).confirmed != dispute.agreement.serial:
            at = calendar.due(dispute.agreement.written_at, WRITE, "W", town)
            yield Due(f"confirm:{side}.{dispute.agreement.serial}", at)
    yield from _stuck(dispute, calendar.due(_since(dispute), CONSENT_SILENT, "W", town))


def _perform(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    """Three days before, on the day, a day late; after a week somebody goes there (disputes.md, step 9)."""
    del town
    agreement = dispute.agreement
    if agreement is None:
        return
    for index, term in enumerate(agreement.terms):
        if term.done_at is None:
            mark = f"{agreement.serial}.{index}"
            begins = agreement.effect_at or agreement.written_at
            morning = max(term.due - timedelta(hours=15), begins)
            if max(term.due - 3 * DAY, begins) < morning:  # else one word says both
                yield Due(f"perform:{mark}.before", max(term.due - 3 * DAY, begins))
            yield Due(f"perform:{mark}.today", morning)
            yield Due(f"perform:{mark}.after", term.due + DAY)
            yield Due(f"unperformed:{mark}", term.due + 7 * DAY)
    if agreement.effect_at is not None:
        yield Due(f"court:{agreement.serial}", agreement.effect_at + 20 * DAY)
    last = max(it.due for it in agreement.terms)
    yield from _stuck(dispute, last + 14 * DAY)


def _over(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    """Follow-ups begin by themselves a day after the talks have ended."""
    del town
    yield Due(f"follow:{_tag(dispute)}", _since(dispute) + DAY)


def _follow(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    """What the agreement still reminds of, and the file when the last visit is done."""
    del town
    agreement = dispute.agreement
    if agreement is not None and agreement.effect_at is not None and dispute.settled_at is not None:
        yield Due(f"court:{agreement.serial}", agreement.effect_at + 20 * DAY)
    if dispute.visits and all(it.done_at is not None for it in dispute.visits):
        last = max(it.done_at for it in dispute.visits if it.done_at is not None)
        yield Due(f"file:{_tag(dispute)}", last)
        yield from _stuck(dispute, last + FILE_AFTER)


def _red(dispute: Dispute, town: Calendar) -> Iterator[Due]:
    """Nobody of the police answered in half an hour; then every day until they say that it may go on."""
    del town
    since = _since(dispute)
    days = sum(it.startswith("frozen:") for it in dispute.steps) + 1
    if not dispute.released_by:
        yield Due(f"red:{_tag(dispute)}", since + RED_WITHIN)
    for day in range(1, days + 1):
        yield Due(f"frozen:{_tag(dispute)}.{day}", since + day * DAY)


def _sessions(dispute: Dispute) -> Iterator[Due]:
    for it in dispute.sessions:
        if it.state == "offered" and it.slots:
            yield Due(f"slots:{it.serial}", min(slot.at for slot in it.slots) - timedelta(hours=6))
        if it.state == "booked" and it.booked is not None:
            yield Due(f"meet:{it.serial}", it.booked.at - BEFORE_TALK)
            yield Due(f"met:{it.serial}", it.booked.at + AFTER_TALK)


def _template(dispute: Dispute) -> Iterator[Due]:
    """The owner is told what the template does today, as long as the talks go on."""
    if dispute.owner is None or dispute.step not in {Step.CONSENT, Step.INFORMED, Step.INQUIRY, Step.TALK}:
        return
    for name, day in TEMPLATE.get(dispute.kind, ()):
        yield Due(f"plan:{name}", dispute.opened_at + day * DAY)


def _visits(dispute: Dispute) -> Iterator[Due]:
    if dispute.step not in {Step.PERFORM, Step.FOLLOW, Step.FAILED, Step.WITHDRAWN}:
        return
    for index, it in enumerate(dispute.visits):
        if it.done_at is None:
            mark = f"{dispute.reopened}.{index}"
            yield Due(f"visit:{mark}", it.due)
            yield Due(f"visit_late:{mark}.remind", it.due + 3 * DAY)
            yield Due(f"visit_late:{mark}.head", it.due + 7 * DAY)


STEPS: Mapping[Step, Callable[[Dispute, Calendar], Iterator[Due]]] = MappingProxyType(
    {
        Step.CONSENT: _consent,
        Step.INFORMED: _informed,
        Step.INQUIRY: _inquiry,
        Step.TALK: _talk,
        Step.AGREED: _agreed,
        Step.PERFORM: _perform,
        Step.FAILED: _over,
        Step.WITHDRAWN: _over,
        Step.FOLLOW: _follow,
        Step.RED: _red,
    }
)
