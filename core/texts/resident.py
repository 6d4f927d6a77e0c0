"""What residents are told (wording.md)."""

NOTICES: dict[str, tuple[str, ...]] = {
    "start.hello": ("district",),
    "start.privacy": ("days",),
    "help.resident": (),
    "help.staff": (),
    "emg.top": ("number", "station"),
    "emg.perhaps": ("number", "station"),  # it only sounds like danger: handled alike, asked about
    "emg.gas": ("gas_no",),
    "emg.silent": (),
    "emg.selfharm": (),
    "emg.selfharm_taken": (),  # a person has taken it: the warm hand-over
    "case.received": ("no", "category", "place", "station", "nearby", "limit"),
    "case.received_night": ("no", "category", "place", "opens_at"),
    "case.received_centre": ("no", "category", "place"),
    "case.received_sealed": ("no",),
    "case.accepted_sealed": ("no",),  # names nobody
    "case.done_confirm_sealed": ("no",),  # repeats nothing of what was done
    "case.tidy_sealed": ("no",),  # the chat may be deleted on both sides (privacy.md, Storage)
    "case.received_wait": ("no", "limit"),  # the post's group takes no more just now
    "case.need_place": ("no",),
    "case.need_kind": ("no",),
    "case.need_detail": (),  # a picture without words
    "case.need_words": (),  # neither a picture nor words that say what it is
    "case.which_place": ("options",),
    "case.pin_conflict": ("pin_place", "text_place"),
    "case.voice_wait": (),
    "case.added": ("no",),
    "case.accepted": ("no", "team", "person", "eta"),
    "case.accepted_open": ("no", "team", "person"),  # sev 4 promises no arrival
    "case.transferred": ("no", "team"),
    "case.onsite": ("no",),
    "case.referred": ("no", "target", "until"),
    "case.extended": ("no", "reason", "until"),
    "case.done_confirm": ("no", "result"),
    "case.rate": ("no",),
    "case.rated": (),
    "case.reopened": ("no", "person"),
    "case.autoclose_warn": ("no", "days", "until"),
    "case.asked_again": ("no", "over"),  # the answer may have been lost in an outage
    "case.closed_auto": ("no",),
    "case.outside": (),
    "case.cancelled": ("no",),
    "case.urge": ("no", "status", "person"),
    "mine.list": ("items",),  # [{no, category, place, status, into, opened_at}]
    "mine.none": (),
    "thanks.ask": ("person",),
    "thanks.noted": (),
    "report.ask": (),
    "case.state": ("no", "status", "person"),
    "emg.silent_noted": (),
    "mine.one": (
        "no",
        "category",
        "place",
        "status",
        "into",
        "team",
        "person",
        "opened_at",
        "steps",
    ),  # steps: [{kind, at}]
    "human.ask": (),
    "human.sent": (),
    "praise.noted": (),
    "case.raised": ("no",),
    "complaint.noted": ("no", "level", "until"),
    "complaint.answer": ("no", "text"),
    "complaint.why": ("no",),
    "complaint.last": ("no",),
    "complaint.waits": ("no", "level", "until", "since_at"),
    "complaint.over": ("no", "level", "at", "since_at"),
    "inquiry.on_duty": ("stations",),
    "inquiry.hours": ("text",),
    "human.answer": ("text",),
    "privacy.show": ("days", "open", "ended", "since_at", "home", "metres", "count", "minor"),
    "privacy.unpublished": (),
    "privacy.of_age": (),
    "privacy.copy": (),
    "privacy.sure": (),
    "privacy.deleted": (),
    "privacy.deleted_open": ("open",),
    "suggest.ask": (),
    "suggest.thanks": (),
    "language.ask": (),
    "language.set": (),
    "err.sorry": (),
    "err.unknown_command": (),
    "err.big_file": (),
    "err.thanks": (),  # a greeting or a thank-you is answered once
}
