"""Who may what (core.decide.roles).

`role`, `power`: codes; `place`: what the place of a role is called; `who`: the other person it is about; `cases`,
`sealed`, `disputes`, `tasks`: how many are handed on; `link` is told once and kept nowhere.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "role.audit": (),
    "role.denied": ("parts", "people"),
    "role.home": ("count", "missing_accounts", "waiting"),
    "role.which": (),
    "role.where": ("role",),
    "role.group": ("role",),
    "role.link": ("role", "place", "group", "until", "link"),
    "role.void": ("role", "place", "group", "until"),
    "role.link_over": ("role", "place", "group", "until"),
    "role.link_dead": (),
    "role.already": (),
    "role.welcome": ("role", "place", "group", "until"),
    "role.welcome_office": ("role", "place", "group", "until"),
    "role.came": ("role", "place", "group", "until", "name"),
    "role.undone": ("name",),
    "role.teams": (),
    "role.team": ("team", "count"),
    "role.one": ("name", "text", "team", "grid", "group", "powers", "until", "since", "unlinked"),
    "role.lasts": ("until",),
    "role.lasts_set": ("person", "until"),
    "role.ends": ("until",),
    "role.ends_of": ("person", "until"),
    "role.ended": ("name", "who"),
    "role.stand_who": ("person",),
    "role.stand_when": ("person", "who"),
    "role.stands_in": ("person", "who", "since", "until"),
    "role.stand_begins": ("person", "who", "until"),
    "role.stand_ends": ("person", "who", "until"),
    "role.heir": ("person",),
    "role.leaving": ("person", "who", "cases", "sealed", "disputes", "tasks"),
    "role.left": ("name", "who", "cases", "sealed", "disputes", "tasks"),
    "role.bye": ("who",),
    "role.inherited": ("name", "cases", "sealed", "disputes", "tasks"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.role_several": ("count",),
    "ans.role_days": ("days",),
    "ans.role_last": (),
}
LABELS: dict[str, tuple[str, ...]] = {
    "btn.role": ("role",), "btn.role_known": (), "btn.role_name": ("name",), "btn.role_no_group": (),
    "btn.role_new": (), "btn.role_list": (), "btn.role_others": (), "btn.role_before": (), "btn.role_more": (),
    "btn.role_back": (), "btn.role_void": (), "btn.role_days": ("days",), "btn.role_several": ("count",),
    "btn.role_undo": (), "btn.role_invite": (), "btn.role_for_ever": (), "btn.role_stand": (), "btn.role_out": (),
    "btn.role_stand_end": (), "btn.role_now": ("days",), "btn.role_tomorrow": ("days",), "btn.role_go": (),
}  # fmt: skip
