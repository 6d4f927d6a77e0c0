"""Claims, the ladder's questions and answers, lists of what is overdue, talk between handler and reporter, rulings."""

NOTICES: dict[str, tuple[str, ...]] = {
    "ladder.sheet": ("no", "category", "place", "opened_at", "close_due", "over"),
    "ladder.supervised": ("no", "over"),
    "ladder.silent": ("no", "team", "person", "over"),
    "ladder.list": ("count", "items", "hint"),  # items: [{no, category, place, over, team, rung}]
    "plan.ask": ("no",),
    "plan.noted": ("no", "by", "until"),
    "plan.dropped": ("no", "team", "until"),
    "explain.ask": ("no",),
    "explain.noted": ("no", "by", "reason"),
    "duty.alive": ("no", "person", "over"),
    "duty.late_reply": ("no", "at", "seen_at", "status", "person"),
    "duty.question_need": ("no", "person"),
    "duty.question_sent": ("no", "until"),
    "duty.answered": ("no", "text"),
    "duty.unanswered": ("no",),
    "relay.question": ("no", "text", "until"),
    "relay.write": ("no",),
    "relay.over": ("no",),
    "centre.policy": ("count",),
    "centre.policy_all": ("by", "count"),
    "centre.policy_new": ("by",),
    "centre.no_table": ("year",),
}

ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.released": (),
    "ans.planned": ("until",),
    "ans.no_plan": (),
    "ans.write_question": (),
}

LABELS: dict[str, tuple[str, ...]] = {
    "btn.take_it": (), "btn.assign": (), "btn.known": (), "btn.known_case": ("no",), "btn.explain": (),
    "btn.plan_until": ("until",), "btn.still": (), "btn.need_backup": (), "btn.release": (), "btn.mine_now": (),
    "btn.ask_reporter": (), "btn.answer": (), "btn.policy_new": (), "btn.policy_all": (),
}  # fmt: skip

CLAIM_REASONS = ("near", "agreed", "silent", "other")  # why a colleague takes it over after the grace
EXPLAIN_REASONS = ("on_way", "called", "material", "dept", "other")  # 说明 of a level
