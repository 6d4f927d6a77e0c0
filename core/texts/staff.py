"""What patrols, heads and the centre are told about cases."""

NOTICES: dict[str, tuple[str, ...]] = {
    "card": (
        "no",
        "severity",
        "category",
        "place",
        "metres",
        "opened_at",
        "ack_due",
        "arrive_due",
        "close_due",
        "status",
        "summary",
        "team",
        "person",
        "view",
        "raised",
        "offers",
        "handover",
        "late",
        "result",
        "reopened",
        "sealed",
        "photos",
        "why",
        "seen_at",  # how it was chosen: core.case.Why
        "spot",
        "until",
        "declined",
        "silent",
        "absent",
        "busier",
        "guarding",
        "asked",
        "conflict",
        "whistle",
        "hold",
        "count",  # people who told of it
        "similar",
        "linked",
        "also",
        "into",
        "unreachable",
        "check",
        "amber",
        "supervised",
        "minor",  # a child under 14 told it
        "helpers",  # who was brought into a sealed one
    ),
    "card.sealed_number": ("no", "severity", "status"),
    "card.moved": ("no",),  # what is left of a card that was posted anew further down
    "evidence": ("no",),  # caption of a resident's photo, voice or place for the handlers
    "duty.details": ("no", "text"),  # the words as written, to whoever accepted, in private
    "duty.remind": ("no", "left"),
    "duty.overdue": ("no", "over", "person", "team"),
    "duty.done_need": ("no", "person"),
    "duty.done_line": ("no",),
    "duty.done_no_photo": ("no", "text"),
    "duty.arrive_need": ("no", "person"),
    "duty.arrive_far": ("no", "metres"),
    "duty.arrive_coming": ("no", "metres"),
    "duty.arrive_ask": ("no",),
    "duty.arrived": ("no",),
    "sealed.police": ("no",),  # the silent answers 1, 2, 3 of emg.silent, to the officer only
    "sealed.safe": ("no",),
    "sealed.mistake": ("no",),
    "sealed.typed_only": ("no",),
    "sealed.tidy": ("no",),
    "sealed.helper": ("no", "category", "person"),  # who is brought in by name: core.decide.helpers
    "sealed.summary": ("no", "category", "place", "summary", "person"),
    "sealed.helper_says": ("no", "person", "text"),
    "sealed.officer_says": ("no", "text"),
    "sealed.passed_on": ("no",),
    "sealed.words_only": ("no",),
    "sealed.helper_out": ("no",),
    "duty.handover_case": ("no", "person", "until"),
    "duty.transfer_asked": ("no", "team", "by", "reason"),
    "duty.transfer_refused": ("no", "team"),
    "duty.thanked": ("no", "person", "text"),
    "duty.confirmed": ("no", "rating"),
    "duty.added": ("no", "text"),
    "duty.urged": ("no",),
    "duty.returned": ("over", "open", "more"),  # presses may have been lost (life.md row 44)
    "duty.restored": ("since_at", "open", "more"),  # the database was put back from a copy
    "ladder.level": ("no", "severity", "category", "place", "over", "level", "team", "by", "reason"),
    "ladder.arrive_late": ("no", "over", "team"),
    "ladder.close_warn": ("no", "left"),
    "ladder.close_late": ("no", "over"),
    "centre.question": ("no", "name", "text"),
    "centre.private_question": ("name",),  # that there is one, without its words
    "complaint.late": ("no", "name", "since_at", "people"),
    "centre.suggestion": ("text",),
    "centre.no_place": ("no",),
    "centre.unreachable": ("no", "station", "why"),
    "centre.chat_lost": ("station", "why", "count", "text"),  # text: numbers of the cases there
    "duty.chat_lost": ("station", "why"),  # to the head of the team, who can mend it
    "bundle": ("count", "items", "waiting", "queue", "limit"),  # items: [{kind, params}], queue: [{no, category, …}]
    "bundle.which": (),  # to a reply to a message that holds several cases
    "media.next": (),  # beside the second and later pictures of an album that had to be divided
    "media.lost": (),  # beside words whose picture, voice, file or place cannot be shown
    "centre.dead_letter": ("update", "error"),
    "centre.audit": ("items", "since_at"),  # items: [{kind: a core.audit.Promise, count, text, since_at}]
    "centre.audit_over": ("since_at", "at"),
    "backup.asked": ("no", "team", "place", "metres"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.choose_helper": (), "ans.helper_sure": (), "ans.helper_in": (), "ans.helper_out": (), "ans.no_helper": (),
    "ans.raised": ("no",),
}  # fmt: skip
LABELS: dict[str, tuple[str, ...]] = {
    "btn.bring_in": (), "btn.helper": ("person", "team"), "btn.helper_sure": ("person",),
    "btn.helper_out": ("person",), "btn.summary": (), "btn.raise": (),
}  # fmt: skip
