"""The check-up (`doctor`, in chat and on the command line): each finding with its remedy in the same words.

`items`: [{kind, …}] of the findings that have to be mended, `count` how many were looked at and are right; elsewhere
`text` holds names or the words of a server, `name` a group, `over` seconds.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "doctor.looking": (),
    "doctor.report": ("items", "more", "count"),
    "doctor.well": ("count",),
    "doctor.token": ("text",),
    "doctor.token_ok": ("name",),
    "doctor.no_groups": (),
    "doctor.hook_other": ("text",),
    "doctor.hook_failing": ("text", "count"),
    "doctor.hook_left": (),
    "doctor.hook_ok": (),
    "doctor.chat_lost": ("name", "text"),
    "doctor.chat_plain": ("name",),
    "doctor.chat_no_pin": ("name",),
    "doctor.chat_topics": ("name",),
    "doctor.chat_ok": ("name",),
    "doctor.people_unknown": ("count", "text"),
    "doctor.people_never": ("count", "text"),
    "doctor.people_blocked": ("count", "text"),
    "doctor.people_ok": ("count",),
    "doctor.no_chat": ("team",),
    "doctor.no_head": ("team",),
    "doctor.gap": ("team", "at", "hours", "cover"),
    "doctor.gap_all": (),
    "doctor.ladder": ("text",),
    "doctor.level": ("level", "text"),
    "doctor.no_centre": (),
    "doctor.year": ("year",),
    "doctor.clock": ("over",),
    "doctor.clock_ok": (),
    "doctor.disk": ("text", "count"),
    "doctor.disk_ok": ("text", "count"),
    "doctor.copy_none": (),
    "doctor.copy_old": ("over",),
    "doctor.copy_ok": ("over",),
    "doctor.database": ("text",),
    "doctor.database_late": (),
    "doctor.database_ok": (),
    "doctor.no_district": (),
    "doctor.district_ok": ("name",),
    "doctor.no_key": (),
    "doctor.trail": ("trail", "count"),
    "doctor.trail_ok": ("count",),
}
LABELS: dict[str, tuple[str, ...]] = {
    "btn.mend_chat": ("name",), "btn.mend_group": ("team",), "btn.mend_head": ("team",), "btn.mend_shifts": (),
    "btn.mend_people": (),
}  # fmt: skip
