"""归档: what a file has to hold before it is closed (disputes.md, step 12)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.mediation import terms
from core.records.mediation import SIDES, Dispute, Step

FOUR = ("look", "listen", "ask", "root")  # 望、闻、问、切 (mechanism F16)


def _settled(dispute: Dispute) -> bool:
    """Whether it was settled by an agreement: of what was calmed on the spot nobody has signed anything."""
    return dispute.settled_at is not None and not dispute.on_the_spot


def _talked(dispute: Dispute) -> bool:
    """Whether the talks had begun: what was never taken up needs no notes of them."""
    return any(dispute.party(side).informed_at is not None for side in SIDES) and dispute.reason not in {"no", "silent"}


CHECKS: Mapping[str, Callable[[Dispute], bool]] = MappingProxyType(
    {
        "owner": lambda it: it.owner is not None,
        "place": lambda it: it.grid is not None or it.on_the_spot,
        "accepted": lambda it: (
            it.accepted_at is not None or it.on_the_spot or it.step is Step.REFUSED or it.reason in {"no", "withdrawn"}
        ),
        "consent": lambda it: not _settled(it) or all(it.party(side).consent == "yes" for side in SIDES),
        "rights": lambda it: not _settled(it) or all(it.party(side).informed_at is not None for side in SIDES),
        "notes": lambda it: not _talked(it) or {note.step for note in it.notes} >= set(FOUR),
        "agreement": lambda it: not _settled(it) or (it.agreement is not None and it.agreement.effect_at is not None),
        "performed": lambda it: not _settled(it) or terms.performed(it.agreement),
        "visits": lambda it: all(visit.done_at is not None for visit in it.visits),
        "reason": lambda it: it.settled_at is not None or it.reason != "",
    }
)


def lacking(dispute: Dispute) -> tuple[str, ...]:
    """What the file still lacks, by name; empty when it is complete."""
    return tuple(name for name, there in CHECKS.items() if not there(dispute))
