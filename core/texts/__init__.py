"""Every text the bot can say, by kind, with the names of its parameters; `bot/locales` holds the words.

Conventions for parameters, so that words are chosen in the reader's language and not here:
`category` a code; `team`, `target`, `station` team ids; `person`, `by` person ids; names ending in `_at` or `_due`, and
`eta`, `until`: ISO times with zone; `left`, `over`, `limit`: seconds; `status`, `reason`, `disposition`, `rating`,
`raised`: codes; `place`, `summary`, `text`, `result`, `name`: words of people, escaped when spoken.
"""

from core.texts import duty, resident, staff
from core.texts.presses import ANSWERS, LABELS

__all__ = ["ANSWERS", "DISPOSITIONS", "LABELS", "NOTICES", "RATINGS", "REASONS"]

NOTICES: dict[str, tuple[str, ...]] = resident.NOTICES | staff.NOTICES | duty.NOTICES

REASONS = ("area", "power", "hands", "other")  # 不属我处: not our area, not our power, no hands, other
DISPOSITIONS = ("removed", "dissuaded", "police", "department", "false", "unseen")  # standards.md, APCO 1.111.1
RATINGS = ("satisfied", "mostly", "unsatisfied")
