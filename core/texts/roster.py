"""What staff are told about the roster: who is missing or away, swaps and leave, hours without anybody.

`excuse`, `rule`, `lacking`: codes; `people`, `others`: lists of person ids; `cover`: the team that stands in;
`colleague`, `who`: person ids.
"""

_SHIFT = ("person", "team", "shift", "start_at", "colleague", "back_at")
_HOURS = ("team", "start_at", "until", "cover")
_COMES = (*_HOURS, "person")

NOTICES: dict[str, tuple[str, ...]] = {
    "duty.signin_remind": ("team", "shift", "start_at"),
    "duty.signin_missing": ("team", "shift", "start_at"),
    "duty.signin_vague": ("metres",),
    "duty.signin_flagged": ("person", "metres", "team"),
    "guard.missing": ("team", "people", "place", "bell_at"),
    "guard.coming": ("place", "bell_at"),  # to the school
    "school.near": ("place", "category"),  # to the school
    "duty.absent": ("team", "shift", "people", "others", "cover"),
    "duty.cover_asked": ("team", "until"),
    "duty.cover_ended": ("team",),
    "duty.empty": ("team", "cover", "until"),
    "duty.incomplete": ("team", "lacking"),
    "away.not_on_duty": (),
    "away.already": ("until",),
    "away.why": (),
    "away.how_long": ("excuse",),
    "away.noted": ("person", "excuse", "until"),
    "away.not_away": (),
    "away.back": ("person", "at"),
    "away.ask_back": ("person", "until"),
    "away.over": ("person", "until"),
    "swap.choose": (),
    "swap.no_shift": (),
    "swap.nobody": _SHIFT,
    "swap.with_whom": _SHIFT,
    "swap.asked": _SHIFT,
    "swap.please": _SHIFT,
    "swap.done": _SHIFT,
    "swap.approve": (*_SHIFT, "hours", "who"),
    "swap.with_head": _SHIFT,
    "swap.declined": _SHIFT,
    "swap.head_refused": _SHIFT,
    "swap.withdrawn": _SHIFT,
    "swap.expired": _SHIFT,
    "swap.rule": (*_SHIFT, "hours", "who", "rule"),
    "leave.choose": (),
    "leave.asked": _SHIFT,
    "leave.approve": (*_SHIFT, "others"),
    "leave.approve_last": (*_SHIFT, "others"),
    "leave.done": _SHIFT,
    "gap.told": _HOURS,
    "gap.told_nobody": _HOURS,
    "gap.nobody_rested": _HOURS,
    "gap.whom": _HOURS,
    "gap.parts": _HOURS,
    "gap.please": _COMES,
    "gap.asked": _COMES,
    "gap.thanks": _COMES,
    "gap.filled": _COMES,
    "gap.declined": _COMES,
    "gap.yours": _HOURS,
    "gap.handed": _HOURS,
    "gaps.list": ("items", "closed", "hours"),
    "whatif.ask": (),
    "whatif.plan": ("at", "station", "posts", "levels", "doubts"),
}
LABELS: dict[str, tuple[str, ...]] = {
    "btn.away_reason": ("excuse",), "btn.minutes": ("minutes",), "btn.back_on_duty": (),
    "btn.shift": ("start_at", "shift"), "btn.exchange": ("person", "start_at"), "btn.stand_in": ("person",),
    "btn.agree": (), "btn.decline": (), "btn.withdraw": (), "btn.approve": (), "btn.refuse": (),
    "btn.part": ("start_at", "until"),
    "btn.gap": ("team", "start_at"), "btn.moment": ("start_at",),
    "btn.ask_extra": (), "btn.hand_to": ("cover",), "btn.person": ("person",),
    "btn.can_come": (), "btn.cannot_come": (),
}  # fmt: skip
