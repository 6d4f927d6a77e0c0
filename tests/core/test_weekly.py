"""The weekly report as data: days, comparisons, what is late, held, thanked for and to be done."""

from core.figures.log import Entry, Window
from core.figures.told import told as told_of
from core.weekly import Past, Week, past, week
from tests.core import demo

CALENDAR = demo.district().calendar()
WINDOW = Window(demo.at("2026-11-16 00:00"), demo.at("2026-11-23 00:00"))


def entry(case: str, when: str, kind: str, **data: object) -> Entry:
    return Entry(case=case, at=demo.at(f"2026-{when}"), kind=kind, data=data)


def report(case: str, when: str, category: str = "SB07", grid: str = "G05", **more: object) -> Entry:
    data = {"category": category, "severity": 3, "grid": grid, "source": "resident", **more}
    return entry(case, when, "reported", **data)


def told(*log: Entry, grid: str | None = "G05") -> Week:
    return week(known(*log), grid, None, CALENDAR)


def known(*log: Entry) -> Past:
    cases = [[it for it in log if it.case == case] for case in dict.fromkeys(it.case for it in log if it.case)]
    apart = [it for it in log if not it.case]
    return past(told_of(cases, (WINDOW.start, WINDOW.end)), apart, log, WINDOW, CALENDAR)


def test_each_day_has_its_new_and_closed_cases_on_the_towns_clock():
    found = told(
        report("A1", "11-16 00:00"), report("A2", "11-16 23:59"),
        report("A3", "11-22 23:59"), report("A4", "11-23 00:00"),
        entry("A1", "11-17 09:00", "closed", auto=False),
    )  # fmt: skip
    assert [(it.new, it.closed) for it in found.days] == [(2, 0), (0, 1), (0, 0), (0, 0), (0, 0), (0, 0), (1, 0)]


def test_usual_is_the_mean_of_the_same_day_of_the_weeks_that_are_known():
    found = told(report("A1", "11-02 10:00"), report("A2", "11-09 10:00"), report("A3", "11-09 11:00"))
    assert [it.usual for it in found.days[:2]] == [1.5, 0.0]
    assert [it.usual for it in told(report("A1", "11-16 10:00")).days] == [None] * 7


def test_what_is_merged_spam_or_a_drill_is_usual_nowhere():
    log = [report(f"A{n}", "11-09 10:00") for n in range(4)]
    log += [entry("A0", "11-09 11:00", "merged", into="A3"), entry("A1", "11-09 11:00", "spam")]
    log += [entry("A2", "11-09 11:00", "drill")]
    assert told(*log).days[0].usual == 1.0


def test_the_week_before_is_told_as_it_stood_then():
    log = (report("A1", "11-12 10:00"), entry("A1", "11-17 10:00", "closed", auto=False))
    found = told(*log)
    assert (found.before.new, found.before.closed) == (("A1",), ())
    assert found.figures.closed == ("A1",)


def test_kinds_and_compounds_are_counted_most_first_and_sealed_ones_not_at_all():
    log = [report(f"A{n}", "11-17 10:00", "XF03" if n < 3 else "SB07", compound="X01") for n in range(5)]
    log.append(entry("A4", "11-17 10:00", "sealed"))
    found = told(*log)
    assert (found.categories, found.compounds, found.sealed) == ((("XF03", 3), ("SB07", 1)), (("X01", 4),), 1)


def test_the_street_hears_of_a_sealed_case_by_its_number_of_them_alone():
    log = [report("A1", "11-17 10:00"), entry("A1", "11-17 10:00", "sealed")]
    log.append(entry("A1", "11-17 10:00", "assigned", assignment=1, team="ST2", ack_due=demo.at("2026-11-17 10:30")))
    log.append(entry("A1", "11-17 11:00", "held", until="2026-11-26T17:00:00+08:00"))
    assert [it.case for it in told(*log).attention] == ["A1"]
    assert (told(*log, grid=None).attention, told(*log, grid=None).held) == ((), ())


def test_thanks_go_to_whom_residents_were_satisfied_with_and_words_that_may_be_passed_on():
    log = []
    for n, rating in enumerate(("satisfied", "satisfied", "unsatisfied")):
        log += [report(f"A{n}", "11-17 10:00"), entry(f"A{n}", "11-17 10:00", "assigned", assignment=1, team="ST2")]
        log.append(entry(f"A{n}", "11-17 10:05", "accepted", assignment=1, person="P011" if n < 2 else "P012"))
        log.append(entry(f"A{n}", "11-18 10:05", "rated", rating=rating))
    log.append(entry("", "11-18 12:00", "thanked", person="P013", words="谢谢", grid="G05"))
    assert [(it.person, it.cases, it.words) for it in told(*log).thanks] == [("P011", 2, None), ("P013", 0, "谢谢")]


def test_next_week_comes_from_what_is_late_hot_held_and_due():
    log = [report(f"A{n}", "11-17 10:00", place="宏济新居门口") for n in range(3)]
    log += [entry("A0", "11-18 10:00", "held", until="2026-11-26T17:00:00+08:00", reason="material")]
    log += [entry("A1", "11-17 10:00", "limits", close_due=demo.at("2026-11-18 17:00"))]
    log += [
        entry("", "11-10 10:00", "inspection_due", id="i1", grid="G05", place="KP01", due="2026-11-25T12:00:00+08:00")
    ]
    log += [entry("", "11-10 10:00", "followup_due", id="m1", grid="G05", due="2026-11-24T12:00:00+08:00")]
    found = told(*log)
    assert [(it.kind, it.count, it.place) for it in found.todo] == [
        ("overdue", 1, None),
        ("hot", 3, "宏济新居门口"),
        ("inspection", 1, "KP01"),
        ("holds", 1, None),
        ("followups", 1, None),
    ]
    assert [(it.case, it.reason) for it in found.held] == [("A0", "material")]


def test_a_long_list_of_late_ones_is_cut_and_counted():
    log = []
    for n in range(11):
        log += [report(f"A{n:02}", "11-17 10:00")]
        log += [entry(f"A{n:02}", "11-17 10:00", "limits", close_due=demo.at("2026-11-18 17:00"))]
    assert (len(told(*log).attention), told(*log).more) == (8, 3)


def test_all_grids_are_told_from_one_reading():
    log = (report("A1", "11-17 10:00"), report("A2", "11-17 10:00", grid="G06"))
    read = known(*log)
    counts = {grid: len(week(read, grid, None, CALENDAR).figures.new) for grid in ("G05", "G06", None)}
    assert counts == {"G05": 1, "G06": 1, None: 2}
