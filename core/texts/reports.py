"""Reports of days and weeks, the lists behind their figures, and their files."""

NOTICES: dict[str, tuple[str, ...]] = {
    # what the lists hold: bot/voice/digest.py and week.py
    "digest": ("grid", "date", "attention", "figures", "spots", "mediation", "duty"),
    "digest.nothing": (),
    "week": (
        "grid", "date", "until",
        "days",
        "usual", "figures", "before", "categories", "compounds", "sealed", "attention", "more", "held",
        "whistles",
        "attendance", "checks", "points", "visits", "suggestions", "mediation", "post", "thanks", "praised",
        "todo", "repeated",
        "closed_of_new", "not_yet_due", "declined", "transfers", "self_found", "closed_ever", "small",
    ),
    "week.picture": ("grid", "date"),  # its caption
    "report.menu": ("grid", "date"),
    "report.list": ("grid", "date", "figure", "share", "items", "page", "pages"),
    "report.file": ("grid", "date", "count"),
}  # fmt: skip

ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.read": (),
    "ans.file_coming": (),
    "ans.brief_on": (),
    "ans.brief_off": (),
}

LABELS: dict[str, tuple[str, ...]] = {
    "btn.open_card": (),
    "btn.read": (), "btn.late_list": (), "btn.figures": (), "btn.figure": ("figure", "share"),
    "btn.earlier": (), "btn.later": (), "btn.csv": (), "btn.xlsx": (), "btn.brief_on": (), "btn.brief_off": (),
}  # fmt: skip
