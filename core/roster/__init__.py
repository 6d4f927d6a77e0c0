"""Who is on: the plan that shift patterns give, what changes it, and what presence makes of it (duty.md)."""

from core.roster.cover import taker, takers
from core.roster.plan import (
    BEFORE,
    EXTRA,
    Changes,
    days_back,
    next_shift,
    next_shift_of,
    rostered,
    shift_around,
    shift_of,
    shifts_between,
    shifts_from,
    shifts_of,
    shifts_on,
    teams_of,
)
from core.roster.presence import everybody_signed_in, is_away, on_duty_teams, present, signed_in
from core.roster.proof import Doubt, doubts
from core.roster.rules import Broken, broken, length, month_hours, rests
from core.roster.values import Away, Change, OnDuty, Presence, Rostered, SignIn

__all__ = [
    "BEFORE",
    "EXTRA",
    "Away",
    "Broken",
    "Change",
    "Changes",
    "Doubt",
    "OnDuty",
    "Presence",
    "Rostered",
    "SignIn",
    "broken",
    "days_back",
    "doubts",
    "everybody_signed_in",
    "is_away",
    "length",
    "month_hours",
    "next_shift",
    "next_shift_of",
    "on_duty_teams",
    "present",
    "rests",
    "rostered",
    "shift_around",
    "shift_of",
    "shifts_between",
    "shifts_from",
    "shifts_of",
    "shifts_on",
    "signed_in",
    "taker",
    "takers",
    "teams_of",
]
