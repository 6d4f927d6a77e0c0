"""What is said in residents' groups, to whoever scanned a place's code, and about the ways to reach people."""

NOTICES: dict[str, tuple[str, ...]] = {
    "group.taken": ("no",),
    "group.more": ("no",),
    "group.private": (),  # that it is sealed is not said, nor a number
    "group.how": (),
    "group.solved": ("no",),
    "group.hint": (),  # to the writer alone
    "place.card": ("place", "count", "mark"),
    "contacts.list": ("gas_no", "stations", "departments"),
    "place.picture": ("place",),
    "place.bounds": ("place",),
    "place.map": ("place",),
    "place.map_none": ("place",),
    "place.map_down": ("place",),
    "centre.supposed": ("no", "place", "supposed"),  # supposed: picture, bounds, map
    "found.ask": (),
    "limit.human": (),
    "strikes.told": (),
    "privacy.anonymous": (),
    "case.nameless": ("no",),
    "privacy.named": (),
    "privacy.withdrawn": (),
    "home.ask": ("place",),
    "home.kept": ("place",),
    "minor.told": (),
    "duty.reporter": ("no", "name"),
    "qr.none": (),
    "qr.file": ("count",),
}

ANSWERS: dict[str, tuple[str, ...]] = {"ans.nameless": ()}
LABELS: dict[str, tuple[str, ...]] = {
    "btn.private": (), "btn.who_told": (), "btn.here": (), "btn.not_here": (), "btn.anonymous": (), "btn.named": (),
    "btn.withdraw_consent": (), "btn.withdraw_thanks": (), "btn.of_age": (),
    "btn.home_yes": (), "btn.home_no": (),
}  # fmt: skip
