"""From the log to the stories: what each kind of entry does to a case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Literal

from core.distance import Point
from core.figures.log import Entry, number, when, words
from core.figures.story import Assignment, Called, Story

ADDED = frozenset({"backup", "support"})
UNTOLD = {it.name: it.default for it in fields(Story) if it.default is not MISSING}


class Draft(SimpleNamespace):
    """A story that is still being told, with the fields of Story: a town's month has a hundred thousand entries, and to
    make a new frozen value for each takes seconds."""


Step = Callable[[Draft, Entry], Draft]


def became(draft: Draft, **changed: object) -> Draft:
    """The story goes on."""
    vars(draft).update(changed)
    return draft


def begin(entry: Entry) -> Draft:
    """The story that a first message starts."""
    data = entry.data
    return became(
        Draft(**UNTOLD),
        case=entry.case,
        reported_at=entry.at,
        category=str(data.get("category", "")),
        severity=number(data.get("severity"), 3),
        grid=words(data.get("grid")),
        source=str(data.get("source", "resident")),
        **placed(data),
    )


def placed(data: Mapping[str, object]) -> dict[str, Any]:
    """What an entry says of where it is."""
    spot = data.get("spot")
    return {
        "place": words(data.get("place")),
        "compound": words(data.get("compound")),
        "spot": Point(*spot) if isinstance(spot, list | tuple) and len(spot) == 2 else None,
    }


def assigned(story: Draft, entry: Entry) -> Draft:
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
    return became(
        story,
        assignments=(*story.assignments, one),
        fresh=len(story.assignments) if passed else story.fresh,
        transfers=(*story.transfers, entry.at) if passed else story.transfers,
    )


def accepted(story: Draft, entry: Entry) -> Draft:
    """A person took an assignment; the first acceptance of it counts."""
    if entry.data.get("person", "") is None:
        return story
    mine = number(entry.data.get("assignment"), story.assignments[-1].number if story.assignments else 0)
    person = words(entry.data.get("person"))
    taken = tuple(
        replace(it, accepted_at=entry.at, person=person) if it.number == mine and it.accepted_at is None else it
        for it in story.assignments
    )
    return became(story, assignments=taken, first_accept=story.first_accept or entry.at)


def limits(story: Draft, entry: Entry) -> Draft:
    """New limits."""
    return became(story, arrive_due=when(entry.data.get("arrive_due")), close_due=when(entry.data.get("close_due")))


def unheld(story: Draft, at: datetime) -> Draft:
    """The clock runs again."""
    if story.held_since is None:
        return story
    return became(story, held=story.held + (at - story.held_since), held_since=None)


def held(story: Draft, entry: Entry) -> Draft:
    """An approved delay: the only thing that stops the clock, until its date at most."""
    until = when(entry.data.get("until"))
    due = max((it for it in (story.close_due, until) if it), default=None)
    return became(
        story,
        held_since=story.held_since or entry.at,
        close_due=due,
        held_until=until,
        held_for=words(entry.data.get("reason")),
    )


def done(story: Draft, entry: Entry) -> Draft:
    """A resolution; it stands until the case is reopened."""
    return became(unheld(story, entry.at), done_at=entry.at)


def closed(story: Draft, entry: Entry) -> Draft:
    """The confirmed end. What was closed without a resolution was resolved by that."""
    still = unheld(story, entry.at)
    auto = entry.data.get("auto") is True
    done_at = still.done_at or entry.at
    return became(still, done_at=done_at, closed_at=entry.at, last_closed=entry.at, auto=auto)


def reopened(story: Draft, entry: Entry) -> Draft:
    """The resolution did not stand; the next assignment begins a new round."""
    again = (*story.reopened, entry.at)
    return became(story, done_at=None, closed_at=None, auto=False, reopened=again, fresh=len(story.assignments))


def ended(story: Draft, entry: Entry) -> Draft:
    """Merged, spam or cancelled."""
    return became(story, ended=entry.kind, ended_at=entry.at, into=words(entry.data.get("into")))


def corrected(story: Draft, entry: Entry) -> Draft:
    """Category, severity, grid or place were set right; the figures follow. A place brings all of where it is: the old
    spot would be wrong."""
    data = entry.data
    return became(
        story,
        **(placed(data) if data.get("place") else {}),
        category=words(data.get("category")) or story.category,
        severity=number(data.get("severity"), story.severity),
        grid=words(data.get("grid")) or story.grid,
    )


def whistled(story: Draft, entry: Entry) -> Draft:
    """A department was called in."""
    called = Called(
        number=number(entry.data.get("whistle"), len(story.whistles) + 1),
        dept=str(entry.data.get("dept", "")),
        at=entry.at,
        due=when(entry.data.get("due")),
    )
    return became(story, whistles=(*story.whistles, called))


Answer = Literal["in_at", "returned_at", "done_at"]


def answering(name: Answer) -> Step:
    """A step that notes a department's answer on its whistle: the first answer of each kind counts."""

    def noted(story: Draft, entry: Entry) -> Draft:
        mine = number(entry.data.get("whistle"), story.whistles[-1].number if story.whistles else 0)
        changed: dict[str, Any] = {name: entry.at}
        calls = tuple(
            replace(it, **changed) if it.number == mine and getattr(it, name) is None else it for it in story.whistles
        )
        return became(story, whistles=calls)

    return noted


def unresolved(story: Draft, _entry: Entry) -> Draft:
    """A second person found that it is not done: the resolution does not stand (life.md row 28)."""
    return became(story, done_at=None)


def parted(story: Draft, _entry: Entry) -> Draft:
    """Taken out of the case it was merged into: it counts by itself again (life.md row 32)."""
    return became(story, ended="", ended_at=None, into=None)


def rated(story: Draft, entry: Entry) -> Draft:
    """A resident's rating; the last one counts."""
    return became(story, rated_at=entry.at, rating=str(entry.data.get("rating", "")))


def answered(story: Draft, entry: Entry) -> Draft:
    """The reporter tapped 解决了 or 还没解决; the last one counts."""
    return became(story, answered_at=entry.at, solved=entry.data.get("solved") is True)


def trial(story: Draft, _entry: Entry) -> Draft:
    """A drill or a test: out of every figure."""
    return became(story, trial=True)


STEPS: Mapping[str, Step] = {
    "assigned": assigned,
    "accepted": accepted,
    "declined": lambda story, entry: became(story, declines=(*story.declines, entry.at)),
    "arrived": lambda story, entry: became(story, arrived_at=story.arrived_at or entry.at),
    "limits": limits,
    "held": held,
    "resumed": lambda story, entry: unheld(story, entry.at),
    "done": done,
    "closed": closed,
    "reopened": reopened,
    "merged": ended,
    "spam": ended,
    "cancelled": ended,
    "rejected": ended,
    "check_failed": unresolved,
    "appealed": parted,
    "corrected": corrected,
    "rated": rated,
    "answered": answered,
    "whistled": whistled,
    "reported_in": answering("in_at"),
    "returned": answering("returned_at"),
    "done_by_department": answering("done_at"),
    "sealed": lambda story, _entry: became(story, sealed=True),
    "split": parted,
    "drill": trial,
    "test": trial,
}


def stories(entries: Iterable[Entry], until: datetime) -> Mapping[str, Story]:
    """Every case as it stood at a moment, in the order of their first messages.

    Later entries are not looked at, so that a figure computed again next year is the same. Entries of a case whose
    first message is not in the log are left out; so are kinds that no figure needs.
    """
    found: dict[str, Draft] = {}
    for entry in sorted((it for it in entries if it.at < until), key=lambda it: it.at):
        if entry.kind == "reported":
            found.setdefault(entry.case, begin(entry))
        elif entry.case in found and entry.kind in STEPS:
            found[entry.case] = STEPS[entry.kind](found[entry.case], entry)
    return {case: Story(**vars(draft)) for case, draft in found.items()}
