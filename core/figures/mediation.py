"""调解: the ledger of disputes (figures.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from core.figures.log import Entry, Window
from core.figures.promises import KINDS as PROMISED
from core.figures.promises import coming, kept
from core.figures.shares import Share, share

ENDS: Mapping[str, str] = MappingProxyType(
    {"mediation_settled": "settled", "mediation_failed": "failed", "mediation_withdrawn": "withdrawn"}
)
AGAIN = "mediation_reopened"
RED = "red"
TOLD = frozenset({"mediation_taken", "mediation_graded", AGAIN, *ENDS})
KINDS = frozenset({*TOLD, *PROMISED})  # all that a ledger is made of
# A dispute may be talked over for two months and visited for three more, twice: what is open, owed and kept is not to
# be seen in the few weeks that other figures look back.
LASTING = TOLD | {"performance_due", "performed", "followup_due", "followup_done"}
LASTS = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One dispute. `end`: settled, failed, withdrawn (neither of both), or nothing while it goes on."""

    id: str
    at: datetime
    end: str = ""
    end_at: datetime | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """受理, in progress, settled, failed; `success` is settled ÷ (settled + failed). `due_today`: follow-ups and
    performances that fall due within a day after the window and are not done."""

    taken: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    success: Share
    performed: Share
    followups: Share
    oldest: datetime | None = None
    red: tuple[str, ...] = ()
    due_today: int = 0


def ledger(entries: Iterable[Entry], window: Window, grid: str | None) -> Ledger:
    """The disputes of a grid (None: all) as they stood at the window's end."""
    log = tuple(entries)
    known = disputes((it for it in log if it.at < window.end), grid)
    still = [it for it in known if not it.end]
    settled = _ended(known, "settled", window)
    failed = _ended(known, "failed", window)
    return Ledger(
        taken=tuple(it.id for it in known if window.holds(it.at)),
        open=tuple(it.id for it in still),
        settled=settled,
        failed=failed,
        success=share(settled, (*settled, *failed)),
        performed=kept(log, window, "performed", grid),
        followups=kept(log, window, "followups", grid),
        oldest=min((it.at for it in still), default=None),
        red=tuple(it.id for it in still if it.grade == RED),
        due_today=due_within(log, window.end, grid),
    )


def _ended(known: Iterable[Dispute], how: str, window: Window) -> tuple[str, ...]:
    return tuple(it.id for it in known if it.end == how and window.holds(it.end_at))


def disputes(entries: Iterable[Entry], grid: str | None) -> tuple[Dispute, ...]:
    """Each dispute from its taking on."""
    found: dict[str, Dispute] = {}
    for it in entries:
        name = str(it.data.get("dispute"))
        if it.kind == "mediation_taken" and grid in {None, it.data.get("grid")}:
            found.setdefault(name, Dispute(id=name, at=it.at))
        elif name in found and it.kind in ENDS:
            found[name] = replace(found[name], end=ENDS[it.kind], end_at=it.at)
        elif name in found and it.kind == AGAIN:
            found[name] = replace(found[name], end="", end_at=None)
        elif name in found and it.kind == "mediation_graded":
            found[name] = replace(found[name], grade=str(it.data.get("grade", "")))
    return tuple(found.values())


def due_within(entries: tuple[Entry, ...], at: datetime, grid: str | None, span: timedelta = timedelta(days=1)) -> int:
    """Follow-ups and performances that fall due within a span and are not done."""
    day = Window(at, at + span)
    return sum(len(coming(entries, name, day, grid)) for name in ("followups", "performed"))
