"""查岗应答 from the log alone (figures.md)."""

from core.figures.checks import spot_checks
from core.figures.log import Entry, Window
from tests.core import demo

NOVEMBER = Window(demo.at("2026-11-01 00:00"), demo.at("2026-12-01 00:00"))


def entry(kind: str, at: str, person: str, check: str = "ST2.1", **data: object) -> Entry:
    known = {"check": check, "team": check.partition(".")[0], "person": person, **data}
    return Entry(case="", at=demo.at(at), kind=kind, data=known)


LOG = (
    entry("check_sent", "2026-11-16 10:00", "P011"),
    entry("check_sent", "2026-11-16 10:00", "P012"),
    entry("check_answered", "2026-11-16 10:03", "P011", in_time=True),
    entry("check_answered", "2026-11-16 10:06", "P012", in_time=False),
    entry("check_result", "2026-12-02 10:06", "P011", result="present"),
    entry("check_sent", "2026-11-30 23:59", "P002", check="ST1.9"),
    entry("check_answered", "2026-12-01 00:02", "P002", check="ST1.9", in_time=True),
    entry("check_sent", "2026-12-01 00:00", "P003", check="ST1.10"),
    Entry(case="A2611-0001", at=demo.at("2026-11-16 10:00"), kind="accepted", data={"person": "P011"}),
)


def test_answered_in_five_minutes_of_those_that_were_sent_in_the_window():
    found = spot_checks(LOG, NOVEMBER)
    assert (found.answered.n, found.answered.of) == (2, 3)
    assert found.teams == ("ST2", "ST1")
    assert dict(found.results) == {"present": 1}, "signed later, and still of this window"


def test_of_one_team_and_of_one_person():
    assert str(spot_checks(LOG, NOVEMBER, "ST2").answered) == "1/2"
    assert str(spot_checks(LOG, NOVEMBER, person="P012").answered) == "0/1"
    assert str(spot_checks(LOG, NOVEMBER, "ST3").answered) == "—"


def test_an_answer_heard_twice_counts_once():
    twice = (*LOG, entry("check_answered", "2026-11-16 10:04", "P011", in_time=True))
    assert spot_checks(twice, NOVEMBER, "ST2").answered.n == 1
