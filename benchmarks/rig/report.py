"""What a measurement says: tables and goals, for people, as JSON, and for docs/benchmarks.md."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from rich.console import Console
from rich.table import Table as RichTable

from benchmarks.rig.goals import GOALS
from benchmarks.rig.rounds import Spread

Cell = str | float | int | Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads; figures stay figures until they are shown."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of one command: `goals` by the keys of GOALS; `setup` says in a line how it was measured."""

    name: str
    setup: str
    tables: tuple[Table, ...]
    goals: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def as_json(self) -> str:
        """One object, figures as they were measured."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def verdicts(self) -> list[tuple[str, str, str, str]]:
        """Goal, what it is about, value with its marks, word."""
        return [_verdict(name, value) for name, value in self.goals.items()]


def _verdict(name: str, value: float) -> tuple[str, str, str, str]:
    goal = GOALS[name]
    marks = f"{shown(goal.good)} / {shown(goal.excellent)}"
    return name, goal.what, f"{shown(value)}{' ' + goal.unit if goal.unit else ''} ({marks})", goal.word(value)


def shown(cell: Cell) -> str:
    """A cell for the eye: three significant figures, a spread as `mid (low–high)`, a spread of one as its figure."""
    if isinstance(cell, Spread) and cell.low == cell.high:
        return shown(cell.mid)
    if isinstance(cell, Spread):
        return f"{shown(cell.mid)} ({shown(cell.low)}–{shown(cell.high)})"
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) or abs(cell) >= 100 or cell == 0:
        return f"{cell:,.0f}"
    return f"{cell:.3g}" if abs(cell) >= 0.001 else f"{cell:.1e}"


def print_report(report: Report, *, as_json: bool) -> None:
    """To standard output."""
    if as_json:
        print(report.as_json())
        return
    console = Console(width=160)
    console.print(f"[bold]{report.name}[/bold] {report.setup}", markup=True)
    for table in report.tables:
        grid = RichTable(*table.head, title=table.title, title_justify="left")
        for row in table.rows:
            grid.add_row(*(shown(cell) for cell in row))
        console.print(grid)
    for name, what, value, word in report.verdicts():
        console.print(f"{name}: {what}: {value}: {word}", markup=False)
    for note in report.notes:
        console.print(note, markup=False)


def markdown(report: Report) -> str:
    """The section of docs/benchmarks.md that belongs to this report."""
    parts = [report.setup, *(drawn(table) for table in report.tables)]
    if report.goals:
        goals = Table(
            title="Goals (good / excellent)",
            head=("goal", "what", "reached", ""),
            rows=tuple(report.verdicts()),
        )
        parts.append(drawn(goals))
    return "\n\n".join([*parts, *report.notes])


def drawn(table: Table) -> str:
    """A table in Markdown, columns of figures to the right."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.head)
    marks = ["---" if all(isinstance(cell, str) for cell in column) else "---:" for column in columns]
    lines = [f"**{table.title}**", "", _line(table.head), _line(marks)]
    return "\n".join([*lines, *(_line([shown(cell) for cell in row]) for row in table.rows)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


Measure = Callable[..., Report]
