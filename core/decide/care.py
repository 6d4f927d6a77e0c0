"""What to do and to leave alone until somebody comes: one sentence for the reporter of a live wire, a bite, a fraud."""

from collections.abc import Mapping

from core.case import Case
from core.decide import say
from core.decide.turn import Turn

# By category, and the rule that must have raised it: a dog without a lead needs no advice, a bite does (HJ04).
CARE: Mapping[str, tuple[str, str | None]] = {
    "HJ04": ("care.bite", "bitten"),
    "JT02": ("care.hole", None),
    "SB02": ("care.lift", None),
    "SB05": ("care.wire", "live_wire"),
    "ZA03": ("care.fraud", None),
}


def beside(turn: Turn, before: Case) -> Turn:
    """The advice once, as soon as the words say what it is."""
    told = advice(turn.case)
    if told is None or told == advice(before):
        return turn
    return turn.tell(say.reporter(turn.case, told, lane=say.urgent(turn.case)))


def advice(case: Case) -> str | None:
    """The kind of text that fits a case; None for most."""
    kind, rule = CARE.get(case.category or "", (None, None))
    return kind if rule is None or rule in case.raised else None
