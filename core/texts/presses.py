"""What a press is answered with, and what buttons say."""

ANSWERS: dict[str, tuple[str, ...]] = {
    # what a press is answered with (<= 200 characters)
    "ans.ok": (),
    "ans.accepted": ("no",),
    "ans.taken": ("person", "team", "at", "seen_at"),
    "ans.stale": (),
    "ans.unknown": (),
    "ans.lost_case": (),
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
    "ans.too_late": (),
    "ans.cancelled": (),
    "ans.whistled": ("target",),
    "ans.to_sign": (),
    "ans.need_ground": (),
    "ans.no_hold": (),
    "ans.choose_date": (),
    "ans.held": (),
}

LABELS: dict[str, tuple[str, ...]] = {
    # inline buttons; their words are held by people and by tests (DESIGN §6)
    "btn.accept": (), "btn.accept_case": ("no",),
    "btn.transfer": (), "btn.not_ours": (), "btn.arrive": (), "btn.done": (), "btn.backup": (),
    "btn.accept_transfer": (), "btn.refuse_transfer": (), "btn.back": (), "btn.target": ("team", "metres"),
    "btn.reason": ("reason",), "btn.disposition": ("disposition",), "btn.no_photo": (),
    "btn.solved": (), "btn.not_solved": (), "btn.rate": ("rating",),
    "btn.category": ("category",), "btn.other_kind": (), "btn.place": ("name",), "btn.case": ("no", "category"),
    "btn.cancel": (), "btn.thank": (), "btn.urge": (), "btn.human": (), "btn.arrive_private": (),
    "btn.complaint_fine": (), "btn.complaint_up": (),
    "btn.language": ("language",), "btn.new_case": (),
    "btn.whistle": (), "btn.hold": (), "btn.resume": (), "btn.department": ("target",),
    "btn.whistle_kind": ("whistle",),
    "btn.sign": (), "btn.sign_not": (), "btn.dept_in": (), "btn.dept_return": (), "btn.hold_until": ("until",),
    "btn.erase": (), "btn.copy": (), "btn.erase_sure": (), "btn.mine": (),
    # reply keyboards
    "menu.report": (), "menu.mediate": (), "menu.my_cases": (), "menu.location": (), "menu.human": (),
    "menu.signin": (), "menu.signout": (), "menu.duty": (), "menu.cases": (),
    "menu.away": (), "menu.swap": (),
}  # fmt: skip
