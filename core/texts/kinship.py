"""What is said when cases have to do with each other, are looked at again, set right or put away (life.md 8, 28-42).

`other`, `no`: case numbers; `body`, `where`, `check`, `change`: codes; `count`: people.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "case.same_ask": ("category", "place", "opened_at", "status"),
    "case.again_ask": ("category", "place", "opened_at", "status"),
    "case.merged": ("no",),  # the number of the case that goes on
    "case.merged_own": ("no",),
    "case.split": ("no",),
    "case.closed_together": ("no",),
    "case.checked_again": ("no",),
    "case.rejected": ("body", "where"),
    "case.other_kind": ("no",),
    "case.spam": ("no",),
    "case.appealed": ("no",),
    "case.cancel_noted": ("no",),
    "case.cancel_others": ("no",),
    "merge.maybe": ("no", "other", "category", "place"),
    "again.maybe": ("no", "other", "category", "place"),
    "duty.joined": ("no", "count", "place", "text"),
    "duty.corrected": ("no", "by", "change"),
    "duty.cancel_asked": ("no",),
    "check.ask": ("no", "category", "place", "team", "result", "check"),
    "check.why": ("no",),
    "check.failed": ("no", "reason", "by"),
    "spam.sign": ("no", "by", "reason"),
    "fix.need_place": ("no",),
    "fix.need_number": ("no",),
    "fix.need_link": ("no",),
}

ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.joined": (),
    "ans.merged": ("no",),
    "ans.choose_case": (),
    "ans.choose_change": (),
    "ans.choose_body": (),
    "ans.reply_number": (),
    "ans.reply_place": (),
    "ans.no_case": (),
    "ans.too_late_split": (),
    "ans.head_only": (),
    "ans.no_spam": (),
    "ans.cancel_noted": (),
}

LABELS: dict[str, tuple[str, ...]] = {
    "btn.same": (), "btn.not_same": (), "btn.again": (), "btn.appeal": (),
    "btn.merge_it": (), "btn.two_matters": (), "btn.reopen_it": (),
    "btn.correct": (), "btn.fix_severity": (), "btn.fix_category": (), "btn.fix_place": (), "btn.merge": (),
    "btn.split": (), "btn.link": (), "btn.reject": (), "btn.spam": (), "btn.no_hazard": (),
    "btn.kind_suggestion": (), "btn.kind_inquiry": (), "btn.kind_praise": (),
    "btn.merge_with": ("no", "place"), "btn.by_number": (), "btn.severity": ("severity",), "btn.group": ("group",),
    "btn.body": ("body",), "btn.check_ok": (), "btn.check_not": (),
}  # fmt: skip

CHECK_REASONS = ("still_there", "partly", "wrong_photo", "not_found")  # 核查不通过
SPAM_REASONS = ("prank", "false_report", "abusive")  # 无效、恶意
GRADE_REASONS = ("seen", "made_safe", "mistold")  # 降级
NOT_OURS = ("area", "labour", "consumer", "law", "medical", "transport", "hotline")  # 不予受理: whose it is
