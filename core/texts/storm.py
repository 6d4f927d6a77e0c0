"""风雨模式 (core.decide.storm).

`rows`: [{place, open, urgent, opened_at}], one a compound or grid; `sealed`: how many of those that wait; `done`: dealt
with in the last hour; `on`: whether it is on.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "storm.sheet": ("at", "on", "by", "since_at", "until", "waiting", "rows", "more", "sealed", "done"),
    "storm.where": (),
    "storm.begun": ("until",),
    "storm.longer": ("until",),
    "storm.over": ("since_at",),
    "storm.over_centre": ("since_at",),
    "storm.ask": ("until",),
    "storm.rest": ("since_at",),
    "storm.rest_of": ("person", "team", "since_at"),
}
ANSWERS: dict[str, tuple[str, ...]] = {"ans.storm_on": (), "ans.storm_off": ()}
LABELS: dict[str, tuple[str, ...]] = {"btn.storm_hours": ("hours",), "btn.storm_off": (), "btn.storm_look": ()}
