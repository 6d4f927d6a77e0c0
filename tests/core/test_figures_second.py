"""A second log, worked out by hand: two days of grid G06 with whistles, holds, reopenings, merges, transfers, nights.

The window is Tuesday 8 December 2026, 00:00 to 24:00 in Shanghai. S minutes run from 08:00 to 22:00.

| case | what happened |
|---|---|
| B01 | sev 2, Tue 09:00, taken 09:04 (due 09:10), on site 09:20 (due 09:30), done 10:00, closed 11:00, satisfied |
| B02 | sev 3, Mon 23:30 at night, taken Tue 08:20 (due 08:30) = 20 S minutes, done Tue 12:00 (due Wed 17:00) |
| B03 | sev 4, Mon 21:50, taken Tue 08:15 (due Tue 12:00) = 10 + 15 = 25 S minutes, still open, due Tue 17:00: overdue |
| B04 | sev 2, Mon 10:00, taken 10:05, whistled Mon 11:00 for D1 (due Tue 11:00), reported in Tue 10:30 in time, D1 done
        Tue 15:00 (close due Tue 10:00: late), handled 29 h |
| B05 | sev 2, Tue 13:00, taken 13:02 (due 13:10), whistled 13:30 for D1 (due 14:00), returned 13:50, not come,
        whistled 14:10 for D2 (due 14:40), D2 came 15:00: late; open, on site 13:10 (due 13:30), close due Wed |
| B06 | sev 3, Mon 09:00, taken 09:10, held Mon 12:00 until Thu (close due was Tue 17:00): nothing is due, on hold |
| B07 | sev 3, Sun 10:00, taken, done Mon 10:00 (due Tue 12:00), reopened Tue 09:00, asked (due 09:30), taken 09:40:
        too late, done again Tue 11:30 in time; handled 49.5 h; not solved, then unsatisfied |
| B08 | sev 2, Tue 09:05, merged into B01 at 09:15 |
| B09 | sev 2, Tue 16:00, merged into B01 at 16:05, split at 17:00: its own again; asked then (due 17:10), not taken
| B10 | sev 2, Tue 10:00, taken 10:03 (due 10:10), passed on 10:30 (due 10:40), taken 10:50: late; on site 11:00 (due
        10:30: late), done 14:00 (due Wed) after a hold from 11:30 to 12:30: handled 3 h |
| B11 | sev 3, Tue 11:00, declined 11:10, asked again (due 11:40), taken 11:20 = 20 minutes; open; found by a patrol
| B12 | sev 3, Tue 12:00, cancelled 12:05 before its ack due 12:30: gone from every base |
| B13 | sev 3, Tue 12:00, ack due 12:30, cancelled 13:00 unaccepted: new no more, but its late ack counts |
| B14 | sev 3, Tue 03:00, spam. B15 | a drill. B16 | of grid G07 |
| B17 | sev 1, Tue 02:00 at night, sealed, first post asked (due 02:03), backup asked (due 02:06) accepts 02:05; on site
        02:12 (due 02:10: late); done 02:40, closed by itself Tue 20:00 (auto) |
| B18 | sev 3, Mon 15:00, taken 15:05, done Mon 16:00, closed Mon 17:00, rated mostly Tue 08:00; the place of B19
| B19 | sev 3, Tue 18:00, taken 18:10, open: came back within 30 days of B18 |
"""

from dataclasses import replace

from core.figures.attendance import Attendance, attendance
from core.figures.beside import beside
from core.figures.lists import behind, behind_ledger
from core.figures.log import Entry, Window
from core.figures.mediation import ledger
from core.figures.metrics import Figures, figures_of, metrics
from core.figures.promises import kept, overdue_inspections
from core.figures.telling import stories
from core.figures.told import LISTED, Resting
from core.figures.whistles import by_department, whistles
from tests.core import demo

TUESDAY = Window(demo.at("2026-12-08 00:00"), demo.at("2026-12-09 00:00"))
DAYS = {"sun": "2026-12-06", "mon": "2026-12-07", "tue": "2026-12-08", "wed": "2026-12-09", "thu": "2026-12-10"}


def at(words: str):
    day, clock = words.split()
    return demo.at(f"{DAYS[day]} {clock}")


def one(case: str, when: str, kind: str, **data: object) -> Entry:
    moments = {name: at(str(value)) for name, value in data.items() if name in {"ack_due", "due", "until"}}
    return Entry(case=case, at=at(when), kind=kind, data={**data, **moments})


def report(case: str, when: str, severity: int, **more: object) -> Entry:
    known = {"category": "SB04", "severity": severity, "grid": "G06", "source": "resident"}
    return Entry(case=case, at=at(when), kind="reported", data={**known, **more})


def limits(case: str, when: str, close: str, arrive: str | None = None) -> Entry:
    data = {"close_due": at(close), "arrive_due": at(arrive) if arrive else None}
    return Entry(case=case, at=at(when), kind="limits", data=data)


def ask(case: str, when: str, due: str, number: int = 1, **more: object) -> Entry:
    return one(case, when, "assigned", assignment=number, team="ST2", ack_due=due, **more)


def take(case: str, when: str, number: int = 1) -> Entry:
    return one(case, when, "accepted", assignment=number, person="P011")


LOG = (
    report("B01", "tue 09:00", 2),
    limits("B01", "tue 09:00", "wed 09:00", "tue 09:30"),
    ask("B01", "tue 09:00", "tue 09:10"),
    take("B01", "tue 09:04"),
    one("B01", "tue 09:20", "arrived"),
    one("B01", "tue 10:00", "done"),
    one("B01", "tue 11:00", "answered", solved=True),
    one("B01", "tue 11:00", "closed", auto=False),
    one("B01", "tue 11:01", "rated", rating="satisfied"),
    report("B02", "mon 23:30", 3),
    limits("B02", "mon 23:30", "wed 17:00"),
    ask("B02", "mon 23:30", "tue 08:30"),
    take("B02", "tue 08:20"),
    one("B02", "tue 12:00", "done"),
    report("B03", "mon 21:50", 4),
    limits("B03", "mon 21:50", "tue 17:00"),
    ask("B03", "mon 21:50", "tue 12:00"),
    take("B03", "tue 08:15"),
    report("B04", "mon 10:00", 2),
    limits("B04", "mon 10:00", "tue 10:00", "mon 10:30"),
    ask("B04", "mon 10:00", "mon 10:10"),
    take("B04", "mon 10:05"),
    one("B04", "mon 10:20", "arrived"),
    one("B04", "mon 11:00", "whistled", whistle=1, dept="D1", due="tue 11:00"),
    one("B04", "tue 10:30", "reported_in", whistle=1),
    one("B04", "tue 15:00", "done_by_department", whistle=1),
    one("B04", "tue 15:00", "done"),
    report("B05", "tue 13:00", 2),
    limits("B05", "tue 13:00", "wed 13:00", "tue 13:30"),
    ask("B05", "tue 13:00", "tue 13:10"),
    take("B05", "tue 13:02"),
    one("B05", "tue 13:10", "arrived"),
    one("B05", "tue 13:30", "whistled", whistle=1, dept="D1", due="tue 14:00"),
    one("B05", "tue 13:50", "returned", whistle=1),
    one("B05", "tue 14:10", "whistled", whistle=2, dept="D2", due="tue 14:40"),
    one("B05", "tue 15:00", "reported_in", whistle=2),
    report("B06", "mon 09:00", 3),
    limits("B06", "mon 09:00", "tue 17:00"),
    ask("B06", "mon 09:00", "mon 09:30"),
    take("B06", "mon 09:10"),
    one("B06", "mon 12:00", "held", until="thu 17:00", reason="material"),
    report("B07", "sun 10:00", 3),
    limits("B07", "sun 10:00", "tue 12:00"),
    ask("B07", "sun 10:00", "sun 10:30"),
    take("B07", "sun 10:10"),
    one("B07", "mon 10:00", "done"),
    one("B07", "tue 09:00", "answered", solved=False),
    one("B07", "tue 09:00", "reopened"),
    ask("B07", "tue 09:00", "tue 09:30", 2),
    take("B07", "tue 09:40", 2),
    one("B07", "tue 11:30", "done"),
    one("B07", "tue 12:00", "rated", rating="unsatisfied"),
    report("B08", "tue 09:05", 2),
    one("B08", "tue 09:15", "merged", into="B01"),
    report("B09", "tue 16:00", 2),
    limits("B09", "tue 16:00", "wed 16:00", "wed 16:30"),
    one("B09", "tue 16:05", "merged", into="B01"),
    one("B09", "tue 17:00", "split"),
    ask("B09", "tue 17:00", "tue 17:10"),
    report("B10", "tue 10:00", 2),
    limits("B10", "tue 10:00", "wed 10:00", "tue 10:30"),
    ask("B10", "tue 10:00", "tue 10:10"),
    take("B10", "tue 10:03"),
    ask("B10", "tue 10:30", "tue 10:40", 2),
    take("B10", "tue 10:50", 2),
    one("B10", "tue 11:00", "arrived"),
    one("B10", "tue 11:30", "held", until="wed 09:00"),
    one("B10", "tue 12:30", "resumed"),
    one("B10", "tue 14:00", "done"),
    report("B11", "tue 11:00", 3, source="patrol"),
    limits("B11", "tue 11:00", "thu 17:00"),
    ask("B11", "tue 11:00", "tue 11:30"),
    one("B11", "tue 11:10", "declined"),
    ask("B11", "tue 11:10", "tue 11:40", 2),
    take("B11", "tue 11:20", 2),
    report("B12", "tue 12:00", 3),
    ask("B12", "tue 12:00", "tue 12:30"),
    one("B12", "tue 12:05", "cancelled"),
    report("B13", "tue 12:00", 3),
    ask("B13", "tue 12:00", "tue 12:30"),
    one("B13", "tue 13:00", "cancelled"),
    report("B14", "tue 03:00", 3),
    ask("B14", "tue 03:00", "tue 08:30"),
    one("B14", "tue 09:00", "spam"),
    report("B15", "tue 10:00", 1),
    ask("B15", "tue 10:00", "tue 10:03"),
    one("B15", "tue 10:00", "drill"),
    report("B16", "tue 10:00", 2, grid="G07"),
    ask("B16", "tue 10:00", "tue 10:10"),
    report("B17", "tue 02:00", 1, place="望江苑2栋"),
    one("B17", "tue 02:00", "sealed"),
    limits("B17", "tue 02:00", "tue 14:00", "tue 02:10"),
    ask("B17", "tue 02:00", "tue 02:03"),
    ask("B17", "tue 02:03", "tue 02:06", 2, reason="backup"),
    take("B17", "tue 02:05", 2),
    one("B17", "tue 02:12", "arrived"),
    one("B17", "tue 02:40", "done"),
    one("B17", "tue 20:00", "closed", auto=True),
    report("B18", "mon 15:00", 3, category="SB07", spot=[30.6393, 104.0966], place="宏济新居门口"),
    limits("B18", "mon 15:00", "thu 17:00"),
    ask("B18", "mon 15:00", "mon 15:30"),
    take("B18", "mon 15:05"),
    one("B18", "mon 16:00", "done"),
    one("B18", "mon 17:00", "closed", auto=False),
    one("B18", "tue 08:00", "rated", rating="mostly"),
    report("B19", "tue 18:00", 3, category="SB07", spot=[30.6396, 104.0966], place="宏济新居西门"),  # 33 m further
    limits("B19", "tue 18:00", "thu 17:00"),
    ask("B19", "tue 18:00", "tue 18:30"),
    take("B19", "tue 18:10"),
)


def figures(*more: Entry) -> Figures:
    return metrics((*LOG, *more), TUESDAY, "G06", demo.district().calendar())


def pair(it) -> tuple[int, int]:
    return it.n, it.of


def test_new_cases_and_those_that_left_the_bases():
    found = figures()
    assert found.new == ("B17", "B01", "B10", "B11", "B05", "B09", "B19")
    assert (found.merged, found.spam, found.cancelled) == (("B08",), ("B14",), ("B12", "B13"))
    assert pair(found.self_found) == (1, 7)


def test_every_promise_that_fell_due():
    found = figures()
    # due: B01 ok, B02 ok, B03 ok, B05 ok, B07 second too late, B09 nobody, B10 ok and too late, B11 first declined and
    # second ok, B13 nobody before it was cancelled, B17 first failed and backup ok, B19 ok: 14, of them 8
    assert pair(found.ack_on_time) == (8, 14)
    # B01 ok, B05 ok, B10 late, B17 late
    assert (pair(found.arrive_on_time), found.arrive_on_time.ids) == ((2, 4), ("B01", "B05"))
    # due on the day: B03 open, B04 late, B07 ok by its last resolution, B17 ok; B06 was put off until Thursday
    assert (pair(found.close_on_time), found.close_on_time.ids) == ((2, 4), ("B07", "B17"))


def test_how_long_it_took():
    found = figures()
    # first acceptances of the day: 4 (B01), 20 S (B02), 25 S (B03), 2 (B05), 3 (B10), 20 (B11), 5 (B17), 10 S (B19)
    assert (found.response_min.mean, found.response_min.median, found.response_min.n) == (89 / 8, 7.5, 8)
    assert found.response_min.p90 == 25.0
    # B01 after 20, B05 10, B10 60, B17 12 minutes
    assert (found.arrival_min.mean, found.arrival_min.median) == (25.5, 16.0)
    # in hours B01 1, B02 12.5, B04 29, B07 49.5, B10 4 less one on hold, B17 2/3
    assert found.handling_h.n == 6
    assert abs((found.handling_h.mean or 0) - (1 + 12.5 + 29 + 49.5 + 3 + 2 / 3) / 6) < 1e-9
    assert found.handling_h.median == (3 + 12.5) / 2


def test_endings_answers_and_what_came_back():
    found = figures()
    assert (found.closed, found.auto_closed) == (("B17", "B01"), ("B17",))
    assert (pair(found.rated), pair(found.satisfied), pair(found.solved)) == ((3, 2), (2, 3), (1, 2))
    assert found.reopened == ("B07",)
    assert (pair(found.repeated), found.repeated.ids) == ((2, 7), ("B07", "B19"))
    # asked on the day: B01, B05, B07, B09, twice B10, B11 and B17, B12, B13, B19
    assert (pair(found.declined), found.transfers) == ((1, 13), 1)


def test_what_is_late_at_midnight_and_why():
    found = figures()
    assert [(it.case, it.why, it.stuck, it.dept) for it in found.late] == [
        ("B09", "unacked", "unacked", None),
        ("B03", "overdue", "coming", None),
    ]
    assert found.held == ("B06",)
    assert found.hot_spots == (), "the grave one is sealed and has no place here"


def test_whistles_by_department():
    found = figures()
    assert (found.whistles.sent, found.whistles.returned) == (("B05", "B05"), ("B05",))
    # due on the day: B04 to D1 in time, B05 to D1 returned without coming, B05 to D2 too late
    assert pair(found.whistles.in_time) == (1, 3)
    cases = [it for it in stories(LOG, TUESDAY.end).values() if it.grid == "G06" and it.counts]
    each = by_department(cases, TUESDAY)
    assert {dept: (len(it.sent), pair(it.in_time), len(it.returned)) for dept, it in each.items()} == {
        "D1": (1, (1, 2), 1),
        "D2": (1, (0, 1), 0),
    }
    assert whistles(cases, TUESDAY, "D9").sent == ()


def test_a_whistle_whose_case_was_withdrawn_before_the_limit_owes_nothing():
    early = Entry(case="B05", at=at("tue 14:20"), kind="done")
    found = metrics([*(it for it in LOG if it.at <= early.at), early], TUESDAY, "G06", demo.district().calendar())
    assert pair(found.whistles.in_time) == (1, 2)


def test_each_figure_has_its_list_and_a_share_marks_what_made_it():
    lists = {it.name: it for it in behind(figures())}
    assert (lists["ack"].text, lists["close"].text) == ("57 %(8/14)", "2/4")
    assert lists["close"].cases == ("B07", "B04", "B03", "B17")
    assert lists["close"].kept == ("B07", "B17")
    assert "B10" not in (lists["ack"].kept or ()), "one of its two assignments failed"
    assert lists["late"].cases == ("B09", "B03")
    assert "auto" in lists
    assert "hot" not in lists


def test_what_was_passed_on_and_what_is_still_not_closed_open_their_cases():
    found = figures()
    lists = {it.name: it for it in behind(found)}
    assert (lists["transferred"].text, lists["transferred"].cases) == ("1", ("B10",))
    ever, still = found.closed_ever, lists["closed_ever"]
    assert still.text == str(ever)
    assert set(still.cases) == set(ever.of_ids) - set(ever.ids)
    assert len(still.cases) == ever.of - ever.n > 0
    assert still.kept == (), "none of them made it"


def test_what_rests_is_counted_and_listed_behind_what_moved_as_far_as_a_chat_shows():
    found = figures()
    before = next(it for it in behind(found) if it.name == "closed_ever")
    many = tuple(f"R{n:03}" for n in range(LISTED))
    rests = replace(found, resting=Resting(count=500, first=many))
    listed = next(it for it in behind(rests) if it.name == "closed_ever")
    assert listed.cases == (*before.cases, *many)[:LISTED]
    counted = figures_of((), TUESDAY, None, demo.district().calendar(), resting=rests.resting).closed_ever
    assert (counted.n, counted.of) == (0, 500)


def apart(when: str, kind: str, actor: str | None = None, **data: object) -> Entry:
    moments = {name: at(str(value)) for name, value in data.items() if name in {"start", "end", "due", "until"}}
    return Entry(case="", at=at(when), kind=kind, actor=actor, data={"team": "ST2", "grid": "G06", **data, **moments})


DUTY = (
    # two people rostered from 08:00 to 20:00 on the day, another shift that lies half in it
    apart("tue 08:05", "shift", start="tue 08:00", end="tue 20:00", members=["P011", "P012"]),
    apart("tue 20:05", "shift", start="tue 20:00", end="wed 08:00", members=["P013"]),
    apart("tue 07:45", "signed_in", "P011"),  # counts from 08:00
    apart("tue 10:00", "away", "P011", until="tue 10:10"),
    apart("tue 10:10", "back", "P011", person="P011"),  # ten minutes take nobody off duty
    apart("tue 12:00", "away", "P011", until="tue 12:30"),
    apart("tue 13:00", "back", "P011", person="P011"),  # an hour: 11 h are left
    apart("tue 08:30", "signed_in", "P012"),
    apart("tue 18:30", "signed_out", "P012"),  # 10 h
    apart("tue 19:45", "signed_in", "P013"),  # 4 h of the day
    apart("tue 09:00", "check_sent", check="C1", person="P011"),
    apart("tue 09:04", "check_answered", check="C1", person="P011", in_time=True),
    apart("tue 09:00", "check_sent", check="C1", person="P012"),
)


def test_hours_on_duty_by_hand():
    assert attendance(DUTY, TUESDAY, ["ST2"]) == Attendance(25.0, 28.0)
    assert attendance(DUTY, TUESDAY, ["ST1"]) == Attendance(0.0, 0.0)


PROMISES = (
    apart("mon 08:00", "point_due", id="p1", due="tue 10:00"),
    apart("tue 09:30", "point_visited", id="p1"),
    apart("mon 08:00", "point_due", id="p2", due="tue 11:00"),
    apart("tue 11:30", "point_visited", id="p2"),  # too late for a round
    apart("mon 08:00", "visit_due", id="v1", due="tue 12:00"),
    apart("tue 18:00", "visit_done", id="v1"),  # a visit may come later on the day
    apart("mon 08:00", "suggestion_taken", id="s1", due="tue 17:00"),
    apart("mon 08:00", "inspection_due", id="i1", place="KP01", due="tue 12:00"),
    apart("mon 08:00", "mediation_taken", dispute="M1"),
    apart("tue 10:00", "mediation_taken", dispute="M2"),
    apart("tue 11:00", "mediation_settled", dispute="M1"),
    apart("tue 11:00", "followup_due", id="M1", due="wed 11:00"),
    apart("tue 12:00", "mediation_graded", dispute="M2", grade="red"),
)


def test_what_goes_on_beside_the_cases():
    found = beside((*DUTY, *PROMISES), TUESDAY, "G06", ["ST2"])
    assert [str(it) for it in (found.checks, found.points, found.visits, found.suggestions)] == [
        "1/2",
        "1/2",
        "1/1",
        "0/1",
    ]
    book = found.mediation
    assert (book.taken, book.open, book.settled, book.red) == (("M2",), ("M2",), ("M1",), ("M2",))
    assert (str(book.success), book.oldest, book.due_today) == ("1/1", at("tue 10:00"), 1)
    assert str(kept(PROMISES, TUESDAY, "visits", "G07")) == "—", "another grid's"


def test_an_inspection_that_is_overdue_makes_a_place_hot():
    assert overdue_inspections(PROMISES, TUESDAY.end, "G06") == ("KP01",)
    assert [(it.place, it.overdue) for it in figures(*PROMISES).hot_spots] == [("KP01", True)]


def test_each_figure_of_mediation_lists_its_disputes_and_red_ones_are_never_named():
    more = (
        apart("mon 09:00", "mediation_taken", dispute="M3"),
        apart("tue 09:00", "mediation_failed", dispute="M3"),
        apart("mon 09:00", "followup_due", id="M1.0.0", due="tue 09:00"),
        apart("mon 09:00", "followup_done", id="M1.0.0"),
        apart("mon 09:00", "followup_due", id="M1.0.1", due="tue 10:00"),
        apart("mon 09:00", "followup_due", id="M3.0.0", due="tue 11:00"),
        apart("mon 10:00", "followup_done", id="M3.0.0"),
    )
    lists = {it.name: it for it in behind_ledger(ledger((*PROMISES, *more), TUESDAY, "G06"))}
    assert {name: (it.text, it.cases, it.kept) for name, it in lists.items()} == {
        "med_taken": ("1", ("M2",), None),
        "med_open": ("1", ("M2",), None),
        "med_settled": ("1", ("M1",), None),
        "med_failed": ("1", ("M3",), None),
        "med_success": ("1/2", ("M1", "M3"), ("M1",)),
        "med_followups": ("2/3", ("M1", "M3"), ("M3",)),
    }
    assert {it.of for it in lists.values()} == {"disputes"}


def test_what_nobody_does_yet_is_none_of_none():
    found = beside((), TUESDAY, "G06", None)
    assert [str(it) for it in (found.checks, found.points, found.mediation.success)] == ["—", "—", "—"]


def test_a_median_and_who_rated_open_the_cases_they_were_counted_from():
    found = figures()
    lists = {it.name: it for it in behind(found)}
    spreads = {"response": found.response_min, "arrival": found.arrival_min, "handling": found.handling_h}
    assert {name: len(lists[name].cases) for name in spreads} == {name: it.n for name, it in spreads.items()}
    assert "B18" not in lists["response"].cases, "accepted before the window"
    assert set(lists["rated"].kept or ()) == set(found.rated.ids) != set()
