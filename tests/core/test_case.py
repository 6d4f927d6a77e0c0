"""The life of a case as one table (life.md)."""

import pytest

from core import life
from core.case import ENDED, Status


def test_every_event_stands_once_in_the_table():
    events = [edge.event for edge in life.LIFE]
    assert len(events) == len(set(events))
    assert {edge.row for edge in life.LIFE} <= set(range(1, 45))


@pytest.mark.parametrize("edge", life.LIFE, ids=lambda edge: edge.event)
def test_an_event_leads_where_its_row_says_and_from_nowhere_else(edge):
    for status in Status:
        if status in edge.sources:
            assert life.advance(status, edge.event) is (edge.target or status)
            assert life.can(status, edge.event)
        else:
            assert not life.can(status, edge.event)
            with pytest.raises(life.NotInLife):
                life.advance(status, edge.event)


def test_nothing_leaves_an_ended_case_but_its_reopening():
    leaving = {(s, e.event) for e in life.LIFE for s in e.sources if s in ENDED}
    assert leaving == {
        (Status.CLOSED, "reopened"),
        (Status.CLOSED, "reported_again"),
        (Status.MERGED, "split"),
        (Status.SPAM, "appealed"),
    }


def test_every_status_that_is_not_an_end_has_a_way_on():
    for status in Status:
        if status not in ENDED:
            assert any(status in e.sources and e.target not in {None, status} for e in life.LIFE)


def test_an_unknown_event_is_not_in_life():
    assert not life.can(Status.NEW, "vanished")
    with pytest.raises(life.NotInLife):
        life.advance(Status.NEW, "vanished")


def test_the_row_of_an_event_is_the_one_of_the_table():
    assert life.row_of("accepted") == 10
    assert life.row_of("closed_unanswered") == 27
