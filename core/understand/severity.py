"""How urgent a hazard is: the taxonomy's level, its inline rules, and one level up for the reasons of hazards.md."""

from datetime import datetime

from core.understand.lexicon import Lexicon, glance, plainly
from core.understand.patterns import Text
from core.understand.values import Severity

_WEATHER = ("ZH", "JZ02", "JT08")
_THIRD = 3  # the third report of the same place and kind in 30 days


def severity(
    category: str,
    text: str,
    *,
    at: datetime,
    lexicon: Lexicon,
    near_key_place: bool = False,
    repeats: int = 0,
    warning: bool = False,
) -> Severity | None:
    """Level of a hazard reported at local time `at`; None for a dispute that is no danger as well: it
    has a grade instead.

    `near_key_place`: within 100 m of a school, kindergarten, elder home or hospital. `repeats`: earlier reports of the
    same place and kind in 30 days. `warning`: an orange or red weather warning is in force. Several reasons raise by
    one level together, never more; an inline rule sets its own level (hazards.md, table).
    """
    category = lexicon.twins.get(category, category)
    if category not in lexicon.levels:
        return None
    said = glance(plainly(text, lexicon), lexicon)
    default = lexicon.levels[category]
    inline = [r for r in lexicon.severity.inline if r.category == category and said.search(r.pattern)]
    reasons = [why for why, pattern in lexicon.severity.raising if said.search(pattern)]
    reasons += _circumstances(
        category, said, at, lexicon, near_key_place=near_key_place, repeats=repeats, warning=warning
    )
    raised = max(default - 1, 1) if reasons else default
    level = min([default, raised, *(r.level for r in inline)])
    because = (*(r.why for r in inline if r.level < default), *(reasons if raised < default else ()))
    return Severity(level=level, raised_because=tuple(dict.fromkeys(because)))


def _circumstances(
    category: str, said: Text, at: datetime, lexicon: Lexicon, *, near_key_place: bool, repeats: int, warning: bool
) -> list[str]:
    rules = lexicon.severity
    by_night = at.hour >= 23 or at.hour < 5
    fiery = category.startswith(rules.night_codes) or said.search(rules.night) is not None
    reasons = {
        "near_key_place": near_key_place,
        "night": by_night and fiery,
        "repeated": repeats >= _THIRD - 1,
        "weather_warning": warning and category.startswith(_WEATHER),
    }
    return [why for why, holds in reasons.items() if holds]
