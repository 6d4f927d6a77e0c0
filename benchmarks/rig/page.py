"""docs/benchmarks.md: what stands between two marks is written by the measurements, the words around it by people.

The figures are kept beside it in benchmarks.json, so that a measurement that is run alone changes its own table and the
list of goals, and nothing else.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.rig.goals import GOALS
from benchmarks.rig.machine import line
from benchmarks.rig.report import Report, Table, drawn, markdown
from benchmarks.rig.rounds import Spread

DOCS = Path(__file__).parents[2] / "docs"
PAGE, FIGURES = "benchmarks.md", "benchmarks.json"
MARK = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
Kept = dict[str, dict[str, Any]]


def keep(reports: Mapping[str, Report], machine: Mapping[str, str], folder: Path = DOCS) -> None:
    """Keep these reports instead of the earlier ones of their names, and write the page anew."""
    file = folder / FIGURES
    kept: Kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept |= {name: {"machine": dict(machine), "report": asdict(report)} for name, report in reports.items()}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = folder / PAGE
    page.write_text(filled(page.read_text(encoding="utf-8"), kept), encoding="utf-8")


def filled(page: str, kept: Kept) -> str:
    """The page with every marked place filled from the figures; a place without figures says so."""
    sections = {name: section(it) for name, it in kept.items()} | {"goals": goals(kept)}
    return MARK.sub(lambda at: f"{at[1]}{sections.get(at[2], 'Not measured yet.')}\n{at[3]}", page)


def section(it: Mapping[str, Any]) -> str:
    """One measurement: with what, and its tables."""
    return f"{markdown(read(it['report']))}\n\n*{line(it['machine'])}*"


def goals(kept: Kept) -> str:
    """All goals in one table, in their order; what was not measured stands empty."""
    reached = {goal: value for it in kept.values() for goal, value in it["report"]["goals"].items()}
    rows = tuple(
        (name, goal.what, reached.get(name), f"{goal.good:g} / {goal.excellent:g}", goal.unit, _word(name, reached))
        for name, goal in GOALS.items()
    )
    return drawn(Table(title="Goals", head=("goal", "what", "reached", "good / excellent", "unit", ""), rows=rows))


def _word(name: str, reached: Mapping[str, float]) -> str:
    return GOALS[name].word(reached[name]) if name in reached else "not measured"


def read(raw: Mapping[str, Any]) -> Report:
    """A report from its kept form."""
    tables = tuple(
        Table(title=it["title"], head=tuple(it["head"]), rows=tuple(tuple(map(_cell, row)) for row in it["rows"]))
        for it in raw["tables"]
    )
    return Report(name=raw["name"], setup=raw["setup"], tables=tables, goals=raw["goals"], notes=tuple(raw["notes"]))


def _cell(raw: Any) -> Any:
    return Spread(**raw) if isinstance(raw, dict) else raw
