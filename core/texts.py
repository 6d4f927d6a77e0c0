"""Every text the bot can say, by kind, with the names of its parameters; `bot/locales` holds the words.

Conventions for parameters, so that words are chosen in the reader's language and not here:
`category` a code; `team`, `target`, `station` team ids; `person`, `by` person ids; names ending in `_at` or `_due`, and
`eta`, `until`: ISO times with zone; `left`, `over`, `limit`: seconds; `status`, `reason`, `disposition`, `rating`,
`raised`: codes; `place`, `summary`, `text`, `result`, `name`: words of people, escaped when spoken.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    # to residents (wording.md)
    "start.hello": ("district",),
    "start.privacy": ("days",),
    "help.resident": (),
    "help.staff": (),
    "emg.top": ("number", "station"),
    "emg.gas": ("gas_no",),
    "emg.silent": (),
    "emg.selfharm": (),
    "case.received": ("no", "category", "place", "station", "limit"),
    "case.received_night": ("no", "category", "place", "opens_at"),
    "case.received_centre": ("no", "category", "place"),
    "case.received_sealed": ("no",),
    "case.need_place": ("no",),
    "case.need_kind": ("no",),
    "case.need_detail": (),  # a picture without words
    "case.need_words": (),  # neither a picture nor words that say what it is
    "case.which_place": ("options",),
    "case.voice_wait": (),
    "case.added": ("no",),
    "case.accepted": ("no", "team", "person", "eta"),
    "case.accepted_open": ("no", "team", "person"),  # sev 4 promises no arrival
    "case.transferred": ("no", "team"),
    "case.onsite": ("no",),
    "case.done_confirm": ("no", "result"),
    "case.rate": ("no",),
    "case.rated": (),
    "case.reopened": ("no", "person"),
    "case.autoclose_warn": ("no", "days", "until"),
    "case.closed_auto": ("no",),
    "case.outside": (),
    "case.cancelled": ("no",),
    "case.urge": ("no", "status", "person"),
    "mine.list": ("items",),  # [{no, category, place, status, opened_at}]
    "mine.none": (),
    "report.ask": (),
    "case.state": ("no", "status", "person"),
    "emg.silent_noted": (),
    "mine.one": ("no", "category", "place", "status", "team", "person", "opened_at", "steps"),  # steps: [{kind, at}]
    "human.ask": (),
    "human.sent": (),
    "human.answer": ("text",),
    "privacy.show": ("days", "open", "ended", "since_at"),
    "privacy.sure": (),
    "privacy.deleted": (),
    "privacy.deleted_open": ("open",),
    "mediate.soon": (),
    "suggest.ask": (),
    "suggest.thanks": (),
    "language.ask": (),
    "language.set": (),
    "err.sorry": (),
    "err.unknown_command": (),
    "err.big_file": (),
    "err.thanks": (),  # a greeting or a thank-you is answered once
    # to staff
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
    ),
    "card.sealed_number": ("no", "severity", "status"),
    "card.moved": ("no",),  # what is left of a card that was posted anew further down
    "evidence": ("no",),  # caption of a resident's photo, voice or place for the handlers
    "duty.remind": ("no", "left"),
    "duty.overdue": ("no", "over", "person", "team"),
    "duty.done_need": ("no", "person"),
    "duty.done_line": ("no",),
    "duty.done_no_photo": ("no", "text"),
    "duty.arrive_need": ("no", "person"),
    "duty.arrive_far": ("no", "metres"),
    "duty.arrive_ask": ("no",),
    "duty.arrived": ("no",),
    "sealed.police": ("no",),  # the silent answers 1, 2, 3 of emg.silent, to the officer only
    "sealed.safe": ("no",),
    "sealed.mistake": ("no",),
    "duty.signin_ask": (),
    "duty.signin": ("person", "shift", "at", "metres", "open"),
    "duty.signin_far": ("metres", "station"),
    "duty.signin_not_rostered": ("next_at",),
    "duty.signin_button": (),  # “到岗了” typed: answered with the location button (duty.md)
    "duty.signout": ("person", "at"),
    "duty.signin_late": ("person", "shift", "at", "metres", "open"),
    "duty.not_staff": (),
    "duty.board": ("posts",),  # [{team, on: [person], due: [person], open}]
    "duty.handover_case": ("no", "person", "until"),
    "duty.transfer_asked": ("no", "team", "by", "reason"),
    "duty.transfer_refused": ("no", "team"),
    "duty.confirmed": ("no", "rating"),
    "duty.added": ("no", "text"),
    "duty.urged": ("no",),
    "cases.list": ("items",),
    "cases.none": (),
    "ladder.level": ("no", "severity", "category", "place", "over", "level", "team"),
    "ladder.arrive_late": ("no", "over", "team"),
    "ladder.close_warn": ("no", "left"),
    "ladder.close_late": ("no", "over"),
    "centre.question": ("name", "text"),
    "centre.private_question": ("name",),  # that there is one, without its words
    "centre.suggestion": ("text",),
    "centre.no_place": ("no",),
    "centre.unreachable": ("no", "station", "why"),
    "centre.dead_letter": ("update", "error"),
    "backup.asked": ("no", "team", "place", "metres"),
    "digest": ("grid", "date", "attention", "figures", "spots", "duty"),
}

ANSWERS: dict[str, tuple[str, ...]] = {
    # what a press is answered with (<= 200 characters)
    "ans.ok": (),
    "ans.accepted": ("no",),
    "ans.taken": ("person", "team"),
    "ans.stale": (),
    "ans.unknown": (),
    "ans.not_yours": (),
    "ans.not_on_duty": (),
    "ans.not_now": ("status",),
    "ans.choose_target": (),
    "ans.choose_reason": (),
    "ans.asked": ("target",),
    "ans.no_target": (),
    "ans.arrived": (),
    "ans.need_proof": (),
    "ans.reply_photo": (),
    "ans.done": (),
    "ans.thanks": (),
    "ans.already": (),
    "ans.backup": (),
    "ans.read": (),
    "ans.too_late": (),
    "ans.cancelled": (),
}

LABELS: dict[str, tuple[str, ...]] = {
    # inline buttons; their words are held by people and by tests (DESIGN §6)
    "btn.accept": (), "btn.transfer": (), "btn.not_ours": (), "btn.arrive": (), "btn.done": (), "btn.backup": (),
    "btn.accept_transfer": (), "btn.refuse_transfer": (), "btn.back": (), "btn.target": ("team", "metres"),
    "btn.reason": ("reason",), "btn.disposition": ("disposition",), "btn.no_photo": (),
    "btn.solved": (), "btn.not_solved": (), "btn.rate": ("rating",),
    "btn.category": ("category",), "btn.other_kind": (), "btn.place": ("name",), "btn.case": ("no", "category"),
    "btn.cancel": (), "btn.urge": (), "btn.human": (), "btn.read": (), "btn.arrive_private": (),
    "btn.language": ("language",), "btn.new_case": (),
    "btn.erase": (), "btn.erase_sure": (), "btn.mine": (),
    # reply keyboards
    "menu.report": (), "menu.mediate": (), "menu.my_cases": (), "menu.location": (), "menu.human": (),
    "menu.signin": (), "menu.signout": (), "menu.duty": (), "menu.cases": (),
}  # fmt: skip

REASONS = ("area", "power", "hands", "other")  # 不属我处: not our area, not our power, no hands, other
DISPOSITIONS = ("removed", "dissuaded", "police", "department", "false", "unseen")  # standards.md, APCO 1.111.1
RATINGS = ("satisfied", "mostly", "unsatisfied")
