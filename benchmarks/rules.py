"""Judges of the town's rules: limits, roster, routing, coordinates, holidays."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from benchmarks.judge import Bench, Row, Verdict, near, unordered, within
from core import coordinates, duplicates
from core.calendar import working_day
from core.deadlines import deadlines
from core.distance import Point, metres
from core.district import warnings
from core.roster import OnDuty, Rostered, everybody_signed_in, on_duty_teams, rostered
from core.routing import Route, route
from core.understand import read_place

LIMITS = ("ack_due", "arrive_due", "close_due", "close_limit")


def as_written(expected: object, got: object) -> object:
    """A moment as the row writes it, if it is the same moment."""
    if not isinstance(got, datetime):
        return got
    same = isinstance(expected, str) and datetime.fromisoformat(expected) == got
    return expected if same else got.isoformat()


def judge_deadlines(bench: Bench, label: str, row: Row) -> Verdict:
    """All limits of one report."""
    category = bench.town.taxonomy.categories[row["category"]]
    due = deadlines(category, row["severity"], datetime.fromisoformat(row["reported"]), bench.town)
    expected = {key: row[key] for key in LIMITS if key in row}
    got = {key: as_written(expected[key], getattr(due, key)) for key in expected}
    return Verdict(row=f"{label} {row['category']} {row['reported']}", expected=expected, got=got)


def as_shift(it: Rostered) -> Mapping[str, object]:
    """A rostered shift as the rows write it."""
    return {
        "group": it.group,
        "shift": it.shift,
        "shift_date": it.shift_date.isoformat(),
        "members": list(it.members),
    }


def judge_roster(bench: Bench, label: str, row: Row) -> Verdict:
    """Who is rostered at one moment."""
    district = bench.town.district
    team = district.team(row["team"])
    on = rostered(team, datetime.fromisoformat(row["at"]), district, bench.town.holidays) if team else ()
    found = [dict(as_shift(it)) for it in on]
    same = sorted(map(str, found)) == sorted(map(str, row["on"]))
    return Verdict(row=f"{label} {row['team']} {row['at']}", expected=row["on"], got=row["on"] if same else found)


def present(bench: Bench, at: datetime, silent: frozenset[str]) -> tuple[OnDuty, ...]:
    """Who is on duty if all rostered people signed in, but for those of some stations."""
    district = bench.town.district
    without = frozenset(it.id for it in district.teams if it.station in silent)
    presence = everybody_signed_in(district, at, without, bench.town.holidays)
    return on_duty_teams(district, at, presence, bench.town.holidays)


class Routed:
    """Both policies' answers to one row, and the fields a row may ask for."""

    def __init__(self, bench: Bench, row: Row, at: datetime, silent: frozenset[str]) -> None:
        self.point = Point(row["lat"], row["lng"])
        self.district = bench.town.district
        self.on = present(bench, at, silent)
        self.near = route(self.point, self.on, self.district, bench.grids, "nearest")
        self.area = route(self.point, self.on, self.district, bench.grids, "duty_area_first")

    def crew(self, it: Route) -> OnDuty | None:
        """The shift that a route chose."""
        return next((crew for crew in self.on if crew.team == it.team), None)

    def distances(self, expected: object) -> object:
        """Metres to every post that is named, within 0.5 % or 2 m."""
        named = expected if isinstance(expected, dict) else {}
        posts = {name: self.district.station(name) for name in named}
        return {name: within(named[name], metres(self.point, it.point), 0.005, 2.0) for name, it in posts.items() if it}

    def on_duty(self, expected: object) -> object:
        """The posts on duty."""
        return unordered(expected, {it.station for it in self.on if it.station})

    def members(self, expected: object) -> object:
        """The people of the shift that `duty_area_first` chose."""
        crew = self.crew(self.area)
        return unordered(expected, crew.present) if crew else None

    def shift(self, _expected: object) -> object:
        """The name of that shift."""
        crew = self.crew(self.area)
        return crew.shift if crew else None


FIELDS: Mapping[str, Callable[[Routed, object], object]] = {
    "grid": lambda it, _: it.near.grid,
    "primary": lambda it, _: it.near.primary,
    "reason": lambda it, _: it.near.reason,
    "nearest": lambda it, _: it.near.chosen,
    "duty_area_first": lambda it, _: it.area.chosen,
    "assigned": lambda it, _: it.area.chosen,
    "second": lambda it, _: it.area.second,
    "on_duty": Routed.on_duty,
    "dist_m": Routed.distances,
    "members": Routed.members,
    "shift": Routed.shift,
}


def answers(routed: Routed, expected: Row) -> Mapping[str, object]:
    """What we say to each field of a row; a field nobody knows is answered with null."""
    unknown: Callable[[Routed, object], object] = lambda _it, _expected: None  # noqa: E731 - a table's last row
    return {key: FIELDS.get(key, unknown)(routed, value) for key, value in expected.items()}


def judge_routing(bench: Bench, label: str, row: Row) -> Verdict:
    """Where one case goes."""
    at = datetime.fromisoformat(row["at"])
    routed = Routed(bench, row, at, frozenset(row.get("stations_without_signin", ())))
    return Verdict(row=label, expected=row["expect"], got=dict(answers(routed, row["expect"])))


def judge_sample_route(bench: Bench, label: str, row: Row) -> Verdict:
    """Where the case of a sample thread goes, by `duty_area_first`; its own words for the reason are not compared."""
    routed = Routed(bench, row, datetime.fromisoformat(row["at"]), frozenset())
    expected = {key: row[key] for key in ("grid", "assigned", "second") if key in row}
    return Verdict(row=label, expected=expected, got=dict(answers(routed, expected)))


def judge_coordinates(bench: Bench, label: str, row: Row) -> Verdict:
    """One place in three systems, there and back, and the grid it would be put into if misread."""
    true, drawn, baidu = (Point(*row[key]) for key in ("wgs84", "gcj02", "bd09"))
    grids = {"grid": true, "grid_if_gcj02_misread": drawn, "grid_if_bd09_misread": baidu}
    expected = {"gcj02": row["gcj02"], "bd09": row["bd09"], "back": [row["wgs84"]] * 2}
    expected |= {key: row[key] for key in grids if key in row}
    got: dict[str, object] = {
        "gcj02": near(row["gcj02"], coordinates.gcj02_from_wgs84(true)),
        "bd09": near(row["bd09"], coordinates.bd09_from_wgs84(true)),
        "back": [
            near(row["wgs84"], coordinates.wgs84_from_gcj02(drawn)),
            near(row["wgs84"], coordinates.wgs84_from_bd09(baidu)),
        ],
    }
    got |= {key: bench.grids.find(point) for key, point in grids.items() if key in row}
    return Verdict(row=label, expected=expected, got=got)


def judge_unknown_year(bench: Bench, label: str, row: Row) -> Verdict:
    """A year without a table: weekends only, with a warning; with a table there is nothing to warn about."""
    calendar, year = bench.town.calendar, int(row["year"])
    known = year in calendar.tables
    weekdays = (date(year, 3, day) for day in range(1, 32))
    got = {
        "weekends_only": known or all(working_day(day, calendar) == (day.weekday() < 5) for day in weekdays),
        "warned": known or any(it.where == f"calendar.{year}" for it in warnings(bench.town.district, year)),
    }
    return Verdict(row=label, expected={"weekends_only": True, "warned": True}, got=got)


def told(bench: Bench, row: Row, *, closed_at: datetime | None = None) -> duplicates.Report:
    """One of the two reports of a row."""
    return duplicates.Report(
        category=row["category"],
        point=Point(row["lat"], row["lng"]),
        at=datetime.fromisoformat(row["at"]),
        building=read_place(row["text"], bench.gazetteer).building,
        closed_at=closed_at,
    )


def judge_duplicates(bench: Bench, label: str, row: Row) -> Verdict:
    """Whether two reports are one matter, without anybody being asked. That the first had been closed before the second
    came stands in the row's note alone."""
    then = told(bench, row["b"])
    first = told(bench, row["a"], closed_at=then.at if "closed" in row["why"] else None)
    return Verdict(row=label, expected=row["same"], got=duplicates.likeness(first, then) == duplicates.SAME)
