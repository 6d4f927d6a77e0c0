"""Cases, notices and moments to remember in tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.town import build_town
from core.case import Case
from core.messages import Lane, Notice
from core.town import Town

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
REPORTER = 9_000_000_555
GROUP = -1_009_000_000_001


def later(minutes: float) -> datetime:
    """So many minutes after NOW."""
    return NOW + timedelta(minutes=minutes)


def town() -> Town:
    """The demo district."""
    raw = Path(__file__).parents[2] / "bot" / "data" / "demo_district.json"
    return build_town(raw.read_text(encoding="utf-8"), 0)


def case(no: str = "A2611-0001", **changed: Any) -> Case:
    """A case that has just been opened."""
    values = {"no": no, "reporter": REPORTER, "opened_at": NOW, "heard_at": NOW, **changed}
    return Case(**values)


def notice(key: str, **changed: Any) -> Notice:
    """A notice to the group."""
    values = {"to": GROUP, "kind": "card", "key": key, "lane": Lane.INTERACTIVE, **changed}
    return Notice(**values)
