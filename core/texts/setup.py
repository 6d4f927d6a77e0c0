"""/setup: the steps, what is asked, what would change, what groups and newcomers are told.

`items` of setup.screen: [{stage, state: done, todo or doubt, text}], of setup.blocked and `doubts`: [{stage}], of
setup.people: [{name, text}], of setup.week: [{name, date, text, steps: who}], of setup.faults: [{where, and the words
in each language}], of setup.preview: [{how, what, name, entry, old, new}] (core.district.Change); `busy`: [{name,
count}].
`state`: new, draft or live; `note`: what just happened. `stations`, `staff`, `grids`: how many.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "setup.closed": (),
    "setup.refused": (),
    "setup.code_wrong": (),
    "setup.code_old": (),
    "setup.screen": ("items", "state", "note"),
    "setup.clock": ("text", "language"),
    "setup.area": ("count", "metres"),
    "setup.post": ("name", "lacking", "head", "text"),
    "setup.people": ("items",),
    "setup.shifts": (),
    "setup.days": ("name",),
    "setup.week": ("items",),
    "setup.ask_name": (),
    "setup.ask_gas": (),
    "setup.ask_title": (),
    "setup.ask_place": ("name",),
    "setup.bad_name": (),
    "setup.bad_number": (),
    "setup.no_place": (),
    "setup.no_grids": (),
    "setup.no_json": ("line",),
    "setup.file": ("name",),
    "setup.blocked": ("items",),
    "setup.faults": ("items", "count", "more"),
    "setup.same": (),
    "setup.preview": ("district", "stations", "staff", "grids", "items", "more", "doubts", "busy"),
    "setup.live": ("district",),
    "setup.live_first": ("district",),
    "setup.group": ("name",),
    "setup.group_post": ("name",),
    "setup.group_centre": ("name",),
    "setup.group_live": ("name",),
    "setup.came": ("name",),
    "setup.leave": (),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.su_again": (),
    "ans.su_admin": (),
    "ans.su_joined": (),
    "ans.su_joined_already": (),
    "ans.su_posts_first": (),
    "ans.su_nothing": (),
    "ans.su_grids_used": (),
}
LABELS: dict[str, tuple[str, ...]] = {
    "btn.su_name": (), "btn.su_clock": (), "btn.su_numbers": (), "btn.su_centre": (), "btn.su_add": (),
    "btn.su_post": ("name", "mark"), "btn.su_people": (), "btn.su_shifts": (), "btn.su_area": (), "btn.su_file": (),
    "btn.su_drop": (), "btn.su_check": (), "btn.su_back": (), "btn.su_zone": ("text",), "btn.su_metres": ("count",),
    "btn.su_place": (), "btn.su_group": (),
    "btn.su_rename": (), "btn.su_head": ("name",), "btn.su_remove": (), "btn.su_out": ("name",),
    "btn.su_template": ("name",), "btn.su_day": ("date",), "btn.su_use": (), "btn.su_live": (),
    "btn.su_is_post": (), "btn.su_is_centre": (), "btn.su_join": (),
}  # fmt: skip
