"""What has to be looked at first: unaccepted, overdue, come back; and why it hangs (figures.md, 超期未结 / 未签收)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from core.figures.log import Window
from core.figures.story import Story

Why = Literal["unacked", "overdue", "reopened"]
Stuck = Literal["unacked", "department", "reopened", "coming", "working"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A case to look at first. `since` is its first message, `due` what was missed.

    `unacked` nobody accepted in time, `overdue` was not resolved in time, `reopened` came back in the window.
    `overdue` is true where the close limit has passed, which it need not for the first and the last. `team` and
    `person` have it (the team that was asked, while nobody accepted); `stuck` is what it waits for: somebody who takes
    it, a department (`dept`), a second try, somebody on the way, the work itself.
    """

    case: str
    why: Why
    severity: int
    category: str
    place: str | None
    since: datetime
    due: datetime
    overdue: bool
    sealed: bool = False
    team: str | None = None
    person: str | None = None
    stuck: Stuck = "working"
    dept: str | None = None


def lates(cases: Sequence[Story], window: Window) -> Iterator[Late]:
    """What has to be looked at, at the window's end; a case both unaccepted and overdue is listed as both."""
    for it in filter(lambda one: one.open, cases):
        waiting, again = it.waiting(), [at for at in it.reopened if window.holds(at)]
        overdue = it.close_due is not None and it.close_due < window.end
        if waiting and waiting.ack_due and waiting.ack_due < window.end:
            yield late(it, "unacked", waiting.ack_due, overdue=overdue)
        if again:
            yield late(it, "reopened", it.close_due or again[-1], overdue=overdue)
        elif it.close_due and overdue:
            yield late(it, "overdue", it.close_due, overdue=overdue)


def late(it: Story, why: Why, due: datetime, *, overdue: bool) -> Late:
    """One line of the list of what has to be looked at."""
    return Late(
        case=it.case,
        why=why,
        severity=it.severity,
        category=it.category,
        place=it.place,
        since=it.reported_at,
        due=due,
        overdue=overdue,
        sealed=it.sealed,
        **owner(it),
    )


def owner(it: Story) -> dict[str, Any]:
    """Who has a case, and what it waits for."""
    waiting, holder = it.waiting(), it.holder
    called = next((call.dept for call in reversed(it.whistles) if call.waits), None)
    asked = waiting or (it.assignments[-1] if it.assignments else None)
    has = asked if waiting or holder is None else holder
    return {
        "team": has.team or None if has else None,
        "person": None if waiting or holder is None else holder.person,
        "stuck": stuck(it, called),
        "dept": called,
    }


def stuck(it: Story, called: str | None) -> Stuck:
    """What an open case waits for."""
    if it.waiting() or it.holder is None:
        return "unacked"
    if called:
        return "department"
    return "reopened" if it.reopened else "working" if it.arrived_at else "coming"
