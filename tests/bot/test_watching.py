"""The alert rules and the dashboard ask for figures that exist, by labels that exist."""

import json
import re
from pathlib import Path

import pytest

from bot.metrics import Metrics
from core.messages import Lane

WATCH = Path(__file__).parents[2] / "deploy" / "watch"


def shown() -> dict[str, set[str]]:
    """Every figure that the bot shows, with the names of its labels, after each was told once."""
    metrics = Metrics()
    metrics.sent("URGENT", "Sent")
    metrics.doubted("URGENT", "left")
    metrics.handled("done", 0.1)
    metrics.due("case", 1)
    metrics.outbox({(int(Lane.URGENT), "pending"): 1}, {int(Lane.URGENT): 1.0})
    metrics.audited({"due": 1}, {"due": 1})
    metrics.copied(1.0)
    found: dict[str, set[str]] = {}
    for name, labels in re.findall(r"(?m)^(bot_\w+)(?:\{(.*)\})? ", metrics.text(ready=True).decode()):
        found.setdefault(name, set()).update(re.findall(r"(\w+)=", labels))
    return found


def expressions(name: str) -> list[str]:
    text = (WATCH / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        return [target["expr"] for panel in json.loads(text)["panels"] for target in panel["targets"]]
    return re.findall(r"(?m)^ +expr: (.+)$", text)


@pytest.mark.parametrize("name", ["alerts.yml", "dashboard.json"])
def test_every_figure_that_is_asked_for_is_shown_with_its_labels(name: str) -> None:
    known, asked = shown(), expressions(name)
    assert asked
    for expression in asked:
        for figure, labels in re.findall(r"\b(bot_\w+)(?:\{([^}]*)\})?", expression):
            assert figure in known, f"{name}: {figure}"
            assert set(re.findall(r"(\w+)[!=]", labels)) <= known[figure], f"{name}: {expression}"
        for labels in re.findall(r"\bby \(([\w, ]+)\)", expression):
            assert set(labels.split(", ")) <= set().union(*known.values()), f"{name}: {expression}"


def test_every_figure_is_on_the_dashboard() -> None:
    asked = " ".join(expressions("dashboard.json"))
    families = {re.sub(r"_(bucket|count|sum|created)$", "", it) for it in shown()}
    assert {it for it in families if it not in asked} == set()


def test_every_alert_says_what_to_do_first() -> None:
    text = (WATCH / "alerts.yml").read_text(encoding="utf-8")
    names = re.findall(r"- alert: (\w+)", text)
    assert len(names) == len(set(names)) == text.count("summary: ") == text.count("action: ") > 5
