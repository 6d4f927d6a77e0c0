"""Change of shift, spot checks, calls for help, volunteers."""

NOTICES: dict[str, tuple[str, ...]] = {
    # [{no, how, sealed, severity, category, place, person, due_at}]; gear: [{name, count}] that is missing
    "handover.sheet": (
        "station", "before", "after", "target", "at", "cases", "gear", "whole", "notes", "stage", "person", "taken_at",
    ),
    "handover.gear_ask": ("person", "gear"),
    "handover.gear_lack": ("station", "gear"),
    "handover.late": ("station", "at", "count"),
    "handover.no_labels": (),
    "duty.spotcheck": (),
    "duty.spotcheck_more": ("missing",),  # photo | place
    "duty.spotcheck_done": (),
    "duty.spotcheck_late": (),
    "check.photo": ("person",),
    "check.result": ("station", "at", "rows", "signed"),  # [{person, outcome, metres, why, live, seconds}]
    "check.told": ("at", "person", "outcome"),
    "check.month": ("month", "teams", "of", "person", "station", "answered", "results", "papers", "rows"),
    # a row of a sample tells index, number, kind, place, end, handler, outcome and note
    "sample.sheet": ("station", "month", "rows", "judged"),
    "sample.told": ("station", "month", "share"),
    "check.seed": ("week", "seed", "count"),
    "dept.closed": ("no", "target", "opens_at", "number"),
    "call.board": ("no", "rows", "answered"),  # [{kind, team, name, metres, coming, minutes, person}]
    "call.guard": ("team", "category", "place", "metres"),
    "call.over": (),
    "volunteer.explain": (),
    "volunteer.staff": (),
    "volunteer.place": (),
    "volunteer.waiting": ("metres",),
    "volunteer.ready": ("metres",),
    "volunteer.ask": ("category", "place", "metres"),
    "volunteer.bye": (),
}  # fmt: skip

ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.reply_gear": (),
    "ans.taken_over": ("person",),
    "ans.sign_other": (),
    "ans.called": ("count",),
    "ans.call_over": (),
    "ans.nobody_near": (),
    "ans.no_volunteers": (),
    "ans.noted": (),
    "ans.coming": (),
    "ans.take_care": (),
    "ans.radius": ("metres",),
}

LABELS: dict[str, tuple[str, ...]] = {
    "btn.gear_whole": (), "btn.gear_missing": (), "btn.take_over": (),
    "btn.check_change": ("person", "outcome"), "btn.check_sign": (),
    "btn.sample_true": ("index",), "btn.sample_false": ("index",),
    "btn.coming": ("minutes",), "btn.cannot": (), "btn.call_guards": (), "btn.call_volunteers": (),
    "btn.volunteer": (), "btn.volunteer_out": (), "btn.radius": ("metres",),
}  # fmt: skip
