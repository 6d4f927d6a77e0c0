"""重复投诉率: what comes back because it was not really settled."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from core.figures.log import Window
from core.figures.near import Places
from core.figures.shares import Share, share
from core.figures.story import Story, ids

REPEAT = timedelta(days=30)


def follows(it: Story, old: Story) -> bool:
    """Whether a case of the same kind came within 30 days after another one was closed."""
    if it.category != old.category or old.last_closed is None:
        return False
    return timedelta() < it.reported_at - old.last_closed <= REPEAT


def repeats(cases: Sequence[Story], new: Sequence[Story], window: Window) -> Share:
    """重复投诉率: reopened in the window, or the same kind at the same place within 30 days after a closing."""
    earlier: Places[Story] = Places()
    for it in cases:
        if it.last_closed:
            earlier.put(it, it)
    again = [it for it in cases if any(window.holds(at) for at in it.reopened)]
    again += [it for it in new if any(True for _ in earlier.at(it, partial(follows, it)))]
    return share(dict.fromkeys(ids(again)), ids(new))
