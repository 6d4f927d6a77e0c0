"""Codes of mediation and of roles, and the texts that tell them: a parameter's name, and the first part of its keys."""

from collections.abc import Mapping
from types import MappingProxyType

ONE: Mapping[str, str] = MappingProxyType(
    {
        "a": "med_state",
        "b": "med_state",
        "came": "came",
        "ended": "med_ended",
        "four": "four",
        "grade": "grade",
        "manner": "manner",
        "plan": "med_plan",
        "power": "power",
        "refusal": "refusal",
        "refusal:short": "ground",
        "role": "role",
        "side": "side",
        "step": "med_step",
        "trail": "trail",
        "unlinked": "unlinked",
        "unread": "unread",
        "who_side": "who_side",
        "word": "med_word",
        "you": "you",
    }
)
SEVERAL: Mapping[str, str] = MappingProxyType(
    {"lacks": "lack", "parts": "part", "powers": "power", "signals": "signal"}
)
