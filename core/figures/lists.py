"""Each figure as the list of cases behind it (figures.md: each tappable to a list)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from core.figures.mediation import Ledger
from core.figures.metrics import Figures
from core.figures.post import Post
from core.figures.shares import Share, share_text
from core.figures.told import LISTED
from core.records import Listed


def _late(it: Figures) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.case for one in it.late))


COUNTS: Mapping[str, Callable[[Figures], Iterable[str]]] = MappingProxyType(
    {
        "late": _late,
        "new": lambda it: it.new,
        "closed": lambda it: it.closed,
        "auto": lambda it: it.auto_closed,
        "reopened": lambda it: it.reopened,
        "transferred": lambda it: it.transferred,
        "held": lambda it: it.held,
        "whistled": lambda it: it.whistles.sent,
        "returned": lambda it: it.whistles.returned,
        "hot": lambda it: (no for spot in it.hot_spots for no in spot.cases),
        "merged": lambda it: it.merged,
        "spam": lambda it: it.spam,
        "cancelled": lambda it: it.cancelled,
        "response": lambda it: it.response_min.ids,
        "arrival": lambda it: it.arrival_min.ids,
        "handling": lambda it: it.handling_h.ids,
    }
)
SHARES: Mapping[str, Callable[[Figures], Share]] = MappingProxyType(
    {
        "ack": lambda it: it.ack_on_time,
        "arrive": lambda it: it.arrive_on_time,
        "close": lambda it: it.close_on_time,
        "reported_in": lambda it: it.whistles.in_time,
        "satisfied": lambda it: it.satisfied,
        "rated": lambda it: it.rated,
        "solved": lambda it: it.solved,
        "repeated": lambda it: it.repeated,
        "closed_of_new": lambda it: it.closed_of_new,
        "declined": lambda it: it.declined,
        "self_found": lambda it: it.self_found,
    }
)
ORDER = (
    "late", "new", "ack", "arrive", "close", "closed", "auto", "reopened", "response", "arrival", "handling",
    "satisfied", "rated", "solved", "repeated", "declined", "transferred", "held", "whistled", "reported_in",
    "returned", "hot", "self_found", "closed_of_new", "closed_ever", "merged", "spam", "cancelled",
)  # fmt: skip
# How many are red is told; which ones is not, since a group may read of those no more than the number (disputes.md).
DISPUTES: Mapping[str, Callable[[Ledger], Iterable[str]]] = MappingProxyType(
    {
        "med_taken": lambda it: it.taken,
        "med_open": lambda it: it.open,
        "med_settled": lambda it: it.settled,
        "med_failed": lambda it: it.failed,
    }
)
DISPUTE_SHARES: Mapping[str, Callable[[Ledger], Share]] = MappingProxyType(
    {
        "med_success": lambda it: it.success,
        "med_performed": lambda it: it.performed,
        "med_followups": lambda it: it.followups,
    }
)


def behind_ledger(book: Ledger) -> tuple[Listed, ...]:
    """The figures of mediation that have any dispute behind them."""
    counts = (_listing(name, tuple(of(book))) for name, of in DISPUTES.items())
    shares = (_sharing(name, of(book)) for name, of in DISPUTE_SHARES.items())
    return tuple(replace(it, of="disputes") for it in (*counts, *shares) if it.cases)


POST: Mapping[str, Callable[[Post], tuple[str, ...]]] = MappingProxyType(
    {
        "received": lambda it: it.received,
        "solved": lambda it: it.solved,
        "mediated": lambda it: it.mediated,
        "quick": lambda it: it.quick,
    }
)


def behind_post(found: Post | None) -> tuple[Listed, ...]:
    """The four counts of a post that have anything behind them: cases and disputes together."""
    counts = (_listing(f"post_{name}", of(found)) for name, of in POST.items()) if found else ()
    return tuple(replace(it, of="both") for it in counts if it.cases)


def behind(figures: Figures) -> tuple[Listed, ...]:
    """The figures that have any case behind them, in the order of a report."""
    found = (_listed(name, figures) for name in ORDER)
    return tuple(it for it in found if it.cases)


def _listed(name: str, figures: Figures) -> Listed:
    if name == "closed_ever":
        return _not_closed(figures)
    return _counted(name, figures) if name in COUNTS else _shared(name, figures)


def _not_closed(figures: Figures) -> Listed:
    """Of all there ever was those that are not closed, what moved lately before what rests, and no more than a chat can
    show: thousands help nobody who opens the list, and would be in every day's report."""
    share = figures.closed_ever
    still = (*sorted(_minus(share.of_ids, share.ids)), *figures.resting.first)
    return Listed(name="closed_ever", text=share_text(share), cases=still[:LISTED], kept=())


def _counted(name: str, figures: Figures) -> Listed:
    return _listing(name, tuple(COUNTS[name](figures)))


def _listing(name: str, cases: tuple[str, ...]) -> Listed:
    return Listed(name=name, text=str(len(cases)), cases=tuple(dict.fromkeys(cases)))


def _shared(name: str, figures: Figures) -> Listed:
    return _sharing(name, SHARES[name](figures))


def _sharing(name: str, found: Share) -> Listed:
    """All that were counted; of an assignment that failed beside one that did not, the case is among both."""
    missed = {_number(it) for it in _minus(found.of_ids, found.ids)}
    cases = tuple(dict.fromkeys(_number(it) for it in (*found.of_ids, *found.ids)))
    kept = tuple(it for it in cases if it not in missed)
    return Listed(name=name, text=share_text(found), cases=cases, kept=kept)


def _number(counted: str) -> str:
    """A visit or a term of a dispute is counted under the dispute's number, with its own behind a point."""
    return counted.partition(".")[0]


def _minus(base: Iterable[str], kept: Iterable[str]) -> set[str]:
    return set(Counter(base) - Counter(kept))
