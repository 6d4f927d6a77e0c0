"""What is said when a department is called in, and when more time is asked for (life.md rows 17-23)."""

NOTICES: dict[str, tuple[str, ...]] = {
    "whistle.sign": ("no", "target", "by", "reason"),
    "whistle.refused": ("no", "target"),
    "whistle.in": ("no", "target"),
    "whistle.late": ("no", "target", "over", "person"),
    "whistle.returned": ("no", "target", "text"),
    "dept.whistle": ("no", "severity", "category", "place", "by", "team", "reason", "until", "answered"),
    "dept.late": ("no", "severity", "category", "target", "until", "over"),
    "dept.return_need": ("no",),
    "dept.done_need": ("no",),
    "hold.sign": ("no", "by", "reason", "until"),
    "hold.refused": ("no",),
    "hold.on": ("no", "reason", "until"),
    "hold.over": ("no",),
}
