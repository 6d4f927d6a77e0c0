"""The figures of what goes on beside the cases: duty, rounds, visits, suggestions, disputes (figures.md)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.figures.attendance import Attendance, attendance
from core.figures.checks import spot_checks
from core.figures.log import Entry, Window
from core.figures.mediation import Ledger, ledger
from core.figures.promises import kept
from core.figures.shares import Share, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A window of a grid; what nobody does there yet is 0 of 0, which is told as `—`."""

    attendance: Attendance
    checks: Share
    points: Share
    visits: Share
    suggestions: Share
    mediation: Ledger


def beside(entries: Iterable[Entry], window: Window, grid: str | None, teams: Collection[str] | None) -> Beside:
    """All of them. `teams` are those of the grid's post, whose duty is its own; None for every team."""
    log = tuple(it for it in entries if not it.case)
    found = [spot_checks(log, window, team).answered for team in ([None] if teams is None else sorted(teams))]
    return Beside(
        attendance=attendance(log, window, teams),
        checks=share((one for it in found for one in it.ids), (one for it in found for one in it.of_ids)),
        points=kept(log, window, "points", grid),
        visits=kept(log, window, "visits", grid),
        suggestions=kept(log, window, "suggestions", grid),
        mediation=ledger(log, window, grid),
    )
