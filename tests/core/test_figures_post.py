"""The four counts of a post from the log alone (mechanism F18): each rule with what is counted and what is not."""

import pytest

from core.figures.lists import behind_post
from core.figures.log import Entry, Window
from core.figures.post import Post, post
from core.figures.telling import stories
from tests.core import demo

DAY = Window(demo.at("2026-11-20 00:00"), demo.at("2026-11-21 00:00"))


def entry(case: str, when: str, kind: str, **data: object) -> Entry:
    return Entry(case=case, at=demo.at(f"2026-11-{when}"), kind=kind, data=data)


def told(case: str, *, team: str = "ST2", source: str = "resident", severity: int = 3, day: str = "20") -> list[Entry]:
    data = {"category": "SB07", "severity": severity, "grid": "G05", "source": source}
    return [
        entry(case, f"{day} 10:00", "reported", **data),
        entry(case, f"{day} 10:00", "assigned", assignment=1, team=team, ack_due=demo.at("2026-11-20 10:10")),
        entry(case, f"{day} 10:05", "accepted", assignment=1, person="P011"),
    ]


def limits(case: str) -> Entry:
    return entry(case, "20 10:00", "limits", arrive_due=demo.at("2026-11-20 10:20"), close_due=None)


def med(no: str, kind: str, when: str = "20 11:00", **data: object) -> Entry:
    return entry("", when, kind, dispute=no, grid="G05", **data)


CLOSED = entry("A1", "20 15:00", "closed", auto=False)
ROWS = {
    "a resident's report that was first asked of it": (told("A1"), {"received": ("A1",)}),
    "of a patrol's own finding nobody was received": (told("A1", source="patrol"), {}),
    "what another post was asked": (told("A1", team="ST1"), {}),
    "what was told the day before": (told("A1", day="19"), {}),
    "closed in its hands": ([*told("A1"), CLOSED], {"received": ("A1",), "solved": ("A1",)}),
    "put together with another one": ([*told("A1"), entry("A1", "20 11:00", "merged", into="A0")], {}),
    "a drill": ([*told("A1"), entry("A1", "20 10:01", "drill")], {}),
    "reached in time": (
        [*told("A1", source="patrol", severity=2), limits("A1"), entry("A1", "20 10:15", "arrived")],
        {"quick": ("A1",)},
    ),
    "reached too late": (
        [*told("A1", source="patrol", severity=2), limits("A1"), entry("A1", "20 10:25", "arrived")], {}
    ),
    "slight, though reached at once": (
        [*told("A1", source="patrol", severity=3), limits("A1"), entry("A1", "20 10:15", "arrived")], {}
    ),
    "a dispute sent to it twice is one": (
        [med("M1", "med_sent", team="ST2"), med("M1", "med_sent", team="ST2")], {"received": ("M1",)}
    ),
    "a dispute sent to nobody's group": ([med("M1", "med_sent", team=None)], {}),
    "taken on and settled": (
        [med("M1", "mediation_taken", team="ST2"), med("M1", "mediation_settled", team="ST2")],
        {"mediated": ("M1",), "solved": ("M1",)},
    ),
    "calmed on the spot": (
        [med("M1", "mediation_taken", team="ST2", spot=True), med("M1", "mediation_settled", team="ST2", spot=True)],
        {"received": ("M1",), "mediated": ("M1",), "solved": ("M1",)},
    ),
    "settled the day after": ([med("M1", "mediation_settled", "21 00:00", team="ST2")], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_post_counts(name: str) -> None:
    log, expected = ROWS[name]
    found = post(stories(log, DAY.end).values(), log, DAY, ("ST2",))
    assert found == Post(**expected)


def test_the_street_counts_what_all_posts_count() -> None:
    log = [*told("A1"), *told("A2", team="ST1"), med("M1", "mediation_taken", team="ST4")]
    found = post(stories(log, DAY.end).values(), log, DAY, None)
    assert (found.received, found.mediated) == (("A1", "A2"), ("M1",))


def test_each_count_opens_the_list_behind_it_and_nothing_opens_no_list() -> None:
    lists = behind_post(Post(received=("A1", "M1"), solved=("A1",)))
    assert [(it.name, it.text, it.cases, it.of) for it in lists] == [
        ("post_received", "2", ("A1", "M1"), "both"), ("post_solved", "1", ("A1",), "both")
    ]  # fmt: skip
    assert behind_post(None) == ()
