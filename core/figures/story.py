"""A case as its entries tell it up to a moment: the step between the log and the figures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.figures.log import Entry, number, when, words

ADDED = frozenset({"backup", "support"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One team asked once. `added` ones ask in addition and leave the first one waiting."""

    number: int
    team: str
    at: datetime
    ack_due: datetime | None
    added: bool
    accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One case. `done_at` is the resolution that still stands; `fresh` is the first assignment of the present round,
    which begins anew when the case is reopened or passed on after somebody had accepted it."""

    case: str
    reported_at: datetime
    category: str
    severity: int
    grid: str | None
    source: str
    place: str | None
    assignments: tuple[Assignment, ...] = ()
    fresh: int = 0
    first_accept: datetime | None = None
    arrived_at: datetime | None = None
    arrive_due: datetime | None = None
    close_due: datetime | None = None
    done_at: datetime | None = None
    closed_at: datetime | None = None
    auto: bool = False
    reopened: tuple[datetime, ...] = ()
    ended: str = ""
    ended_at: datetime | None = None
    into: str | None = None
    held_since: datetime | None = None
    held: timedelta = timedelta()
    rated_at: datetime | None = None
    rating: str = ""
    answered_at: datetime | None = None
    solved: bool = False
    declines: tuple[datetime, ...] = ()
    transfers: tuple[datetime, ...] = ()
    whistles: tuple[datetime, ...] = ()
    last_closed: datetime | None = None
    trial: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something: neither resolved nor closed nor ended otherwise."""
        return not (self.done_at or self.closed_at or self.ended)

    @property
    def counts(self) -> bool:
        """Whether the case belongs to any base at all."""
        return not self.trial and self.ended not in {"merged", "spam"}

    def waiting(self) -> Assignment | None:
        """The assignment of the present round that nobody has accepted yet; None once anybody has."""
        asked = self.assignments[self.fresh :]
        if not self.open or not asked or any(it.accepted_at for it in asked):
            return None
        return asked[0]

    def owed(self, due: datetime, kept_at: datetime | None) -> bool:
        """Whether a promise stays in its base: a cancelled case leaves it, unless it fell due or was kept before."""
        if self.ended != "cancelled" or self.ended_at is None:
            return True
        return due <= self.ended_at or (kept_at is not None and kept_at <= self.ended_at)


def begin(entry: Entry) -> Story:
    """The story that a first message starts."""
    data = entry.data
    return Story(
        case=entry.case,
        reported_at=entry.at,
        category=str(data.get("category", "")),
        severity=number(data.get("severity"), 3),
        grid=words(data.get("grid")),
        source=str(data.get("source", "resident")),
        place=words(data.get("place")),
    )


def assigned(story: Story, entry: Entry) -> Story:
    """Somebody was asked. After an acceptance this passes the case on; the ack clock starts anew (life.md row 13)."""
    added = entry.data.get("reason") in ADDED
    one = Assignment(
        number=number(entry.data.get("assignment"), len(story.assignments) + 1),
        team=str(entry.data.get("team", "")),
        at=entry.at,
        ack_due=when(entry.data.get("ack_due")),
        added=added,
    )
    passed = not added and any(it.accepted_at for it in story.assignments[story.fresh :])
    return replace(
        story,
        assignments=(*story.assignments, one),
        fresh=len(story.assignments) if passed else story.fresh,
        transfers=(*story.transfers, entry.at) if passed else story.transfers,
    )


def accepted(story: Story, entry: Entry) -> Story:
    """A person took an assignment; the first acceptance of it counts."""
    if entry.data.get("person", "") is None:
        return story
    mine = number(entry.data.get("assignment"), story.assignments[-1].number if story.assignments else 0)
    taken = tuple(
        replace(it, accepted_at=entry.at) if it.number == mine and it.accepted_at is None else it
        for it in story.assignments
    )
    return replace(story, assignments=taken, first_accept=story.first_accept or entry.at)


def limits(story: Story, entry: Entry) -> Story:
    """New limits."""
    return replace(story, arrive_due=when(entry.data.get("arrive_due")), close_due=when(entry.data.get("close_due")))


def unheld(story: Story, at: datetime) -> Story:
    """The clock runs again."""
    if story.held_since is None:
        return story
    return replace(story, held=story.held + (at - story.held_since), held_since=None)


def held(story: Story, entry: Entry) -> Story:
    """An approved delay: the only thing that stops the clock, until its date at most."""
    until = when(entry.data.get("until"))
    due = max((it for it in (story.close_due, until) if it), default=None)
    return replace(story, held_since=story.held_since or entry.at, close_due=due)


def done(story: Story, entry: Entry) -> Story:
    """A resolution; it stands until the case is reopened."""
    return replace(unheld(story, entry.at), done_at=entry.at)


def closed(story: Story, entry: Entry) -> Story:
    """The confirmed end. What was closed without a resolution was resolved by that."""
    still = unheld(story, entry.at)
    auto = entry.data.get("auto") is True
    done_at = still.done_at or entry.at
    return replace(still, done_at=done_at, closed_at=entry.at, last_closed=entry.at, auto=auto)


def reopened(story: Story, entry: Entry) -> Story:
    """The resolution did not stand; the next assignment begins a new round."""
    again = (*story.reopened, entry.at)
    return replace(story, done_at=None, closed_at=None, auto=False, reopened=again, fresh=len(story.assignments))


def ended(story: Story, entry: Entry) -> Story:
    """Merged, spam or cancelled."""
    return replace(story, ended=entry.kind, ended_at=entry.at, into=words(entry.data.get("into")))


def corrected(story: Story, entry: Entry) -> Story:
    """Category, severity or grid were set right; the figures follow."""
    data = entry.data
    return replace(
        story,
        category=words(data.get("category")) or story.category,
        severity=number(data.get("severity"), story.severity),
        grid=words(data.get("grid")) or story.grid,
    )


def rated(story: Story, entry: Entry) -> Story:
    """A resident's rating; the last one counts."""
    return replace(story, rated_at=entry.at, rating=str(entry.data.get("rating", "")))


def answered(story: Story, entry: Entry) -> Story:
    """The reporter tapped 解决了 or 还没解决; the last one counts."""
    return replace(story, answered_at=entry.at, solved=entry.data.get("solved") is True)


def trial(story: Story, _entry: Entry) -> Story:
    """A drill or a test: out of every figure."""
    return replace(story, trial=True)


STEPS: Mapping[str, Callable[[Story, Entry], Story]] = {
    "assigned": assigned,
    "accepted": accepted,
    "declined": lambda story, entry: replace(story, declines=(*story.declines, entry.at)),
    "arrived": lambda story, entry: replace(story, arrived_at=story.arrived_at or entry.at),
    "limits": limits,
    "held": held,
    "resumed": lambda story, entry: unheld(story, entry.at),
    "done": done,
    "closed": closed,
    "reopened": reopened,
    "merged": ended,
    "spam": ended,
    "cancelled": ended,
    "corrected": corrected,
    "rated": rated,
    "answered": answered,
    "whistled": lambda story, entry: replace(story, whistles=(*story.whistles, entry.at)),
    "drill": trial,
    "test": trial,
}


def stories(entries: Iterable[Entry], until: datetime) -> Mapping[str, Story]:
    """Every case as it stood at a moment, in the order of their first messages.

    Later entries are not looked at, so that a figure computed again next year is the same. Entries of a case whose
    first message is not in the log are left out; so are kinds that no figure needs.
    """
    found: dict[str, Story] = {}
    for entry in sorted((it for it in entries if it.at < until), key=lambda it: it.at):
        if entry.kind == "reported":
            found.setdefault(entry.case, begin(entry))
        elif entry.case in found and entry.kind in STEPS:
            found[entry.case] = STEPS[entry.kind](found[entry.case], entry)
    return found


def ids(found: Iterable[Story]) -> tuple[str, ...]:
    """Their case numbers."""
    return tuple(it.case for it in found)
