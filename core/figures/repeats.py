"""重复投诉率: what comes back because it was not really settled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from core.figures.log import Window
from core.figures.shares import Share, share
from core.figures.story import Story, ids

REPEAT = timedelta(days=30)


def closings(cases: Iterable[Story]) -> Mapping[tuple[str | None, str], list[Story]]:
    """Cases that were ever closed, by place and kind."""
    found: dict[tuple[str | None, str], list[Story]] = {}
    for it in cases:
        if it.last_closed:
            found.setdefault((it.place, it.category), []).append(it)
    return found


def follows(it: Story, old: Story) -> bool:
    """Whether a case came within 30 days after another one was closed."""
    return old.last_closed is not None and timedelta() < it.reported_at - old.last_closed <= REPEAT


def repeats(cases: Sequence[Story], new: Sequence[Story], window: Window) -> Share:
    """重复投诉率: reopened in the window, or the same kind at the same place within 30 days after a closing."""
    earlier = closings(cases)
    again = [it for it in cases if any(window.holds(at) for at in it.reopened)]
    again += [
        it for it in new if it.place and any(follows(it, old) for old in earlier.get((it.place, it.category), ()))
    ]
    return share(dict.fromkeys(ids(again)), ids(new))
