"""吹哨: departments called in, and whether they reported in on time (figures.md; life.md rows 17-21)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.figures.log import Window
from core.figures.shares import Share, share
from core.figures.story import Called, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Whistles:
    """`sent` in the window; `in_time` of those whose limit to report in lies in it, as with every other promise;
    `returned` in it. A case may be whistled for more than once, so numbers may repeat."""

    sent: tuple[str, ...]
    in_time: Share
    returned: tuple[str, ...]


def whistles(cases: Iterable[Story], window: Window, dept: str | None = None) -> Whistles:
    """All whistles, or those of one department."""
    known = [(it, call) for it in cases for call in it.whistles if dept in {None, call.dept}]
    due = [(it, call) for it, call in known if _owed(it, call, window)]
    return Whistles(
        sent=tuple(it.case for it, call in known if window.holds(call.at)),
        in_time=share((it.case for it, call in due if _in_time(call)), (it.case for it, _ in due)),
        returned=tuple(it.case for it, call in known if window.holds(call.returned_at)),
    )


def _owed(it: Story, call: Called, window: Window) -> bool:
    """A department that gave it back without having come has failed to report in; one whose case was withdrawn before
    the limit owes nothing."""
    if call.due is None or not window.holds(call.due) or not it.owed(call.due, call.answered_at):
        return False
    return call.answered_at is not None or not it.done_at or it.done_at > call.due


def _in_time(call: Called) -> bool:
    return call.answered_at is not None and call.due is not None and call.answered_at <= call.due


def by_department(cases: Sequence[Story], window: Window) -> Mapping[str, Whistles]:
    """Each department that was called in, answered or was due in the window, most called first."""
    named = dict.fromkeys(call.dept for it in cases for call in it.whistles)
    found = {dept: whistles(cases, window, dept) for dept in named}
    here = {dept: it for dept, it in found.items() if it.sent or it.in_time.of or it.returned}
    return dict(sorted(here.items(), key=lambda it: (-len(it[1].sent), it[0])))
