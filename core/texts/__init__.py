"""Every text the bot can say, by kind, with the names of its parameters; `bot/locales` holds the words.

Conventions for parameters, so that words are chosen in the reader's language and not here:
`category` a code; `team`, `target`, `station` team ids; `person`, `by` person ids; names ending in `_at` or `_due`, and
`eta`, `until`: ISO times with zone; `left`, `over`, `limit`: seconds; `status`, `reason`, `disposition`, `rating`,
`raised`: codes; `place`, `summary`, `text`, `result`, `name`: words of people, escaped when spoken.
"""

from core.texts import (
    board,
    care,
    departments,
    doctor,
    duty,
    finding,
    kinship,
    ladder,
    mediation,
    presses,
    reports,
    resident,
    roles,
    roster,
    setup,
    shifts,
    staff,
    storm,
    tables,
    ways,
)

__all__ = [
    "ANSWERS",
    "AWAY_REASONS",
    "CHECK_REASONS",
    "CLAIM_REASONS",
    "DISPOSITIONS",
    "EXPLAIN_REASONS",
    "GRADE_REASONS",
    "HOLD_REASONS",
    "LABELS",
    "NOTICES",
    "NOT_OURS",
    "RATINGS",
    "REASONS",
    "SPAM_REASONS",
    "WHISTLE_REASONS",
]

TOPICS = (
    board, care, departments, doctor, duty, finding, kinship, ladder, mediation, presses, reports, resident, roles,
    roster, setup, shifts, staff, storm, tables, ways,
)  # fmt: skip


def _all(table: str) -> dict[str, tuple[str, ...]]:
    """What the topics declare under one name; not each of them has something to declare."""
    return {kind: names for topic in TOPICS for kind, names in getattr(topic, table, {}).items()}


NOTICES = _all("NOTICES")
ANSWERS = _all("ANSWERS")
LABELS = _all("LABELS")

REASONS = ("area", "power", "hands", "other")  # 不属我处: not our area, not our power, no hands, other
DISPOSITIONS = ("removed", "dissuaded", "police", "department", "false", "unseen")  # standards.md, APCO 1.111.1
WHISTLE_REASONS = ("power", "tools", "joint", "other")  # 吹哨: not our power, no tools, several needed, other
HOLD_REASONS = ("material", "dept", "weather", "owner", "other")  # 延期
AWAY_REASONS = ("meal", "round", "errand", "other")  # 离岗
CLAIM_REASONS, EXPLAIN_REASONS = ladder.CLAIM_REASONS, ladder.EXPLAIN_REASONS
CHECK_REASONS, SPAM_REASONS = kinship.CHECK_REASONS, kinship.SPAM_REASONS
GRADE_REASONS, NOT_OURS = kinship.GRADE_REASONS, kinship.NOT_OURS
RATINGS = ("satisfied", "mostly", "unsatisfied")
