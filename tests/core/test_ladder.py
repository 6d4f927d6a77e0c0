"""The rungs as pure data: what is due when, and what is not (life.md, ladder)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import ladder
from core.case import Case, Handover, Offer, Status
from tests.core import demo
from tests.core.decide.village import town

NOW = demo.at("2026-11-20 09:00")
MINUTE = timedelta(minutes=1)


def offer(serial: int, kind: str = "post", state: str = "open") -> Offer:
    return Offer(serial=serial, team="ST2", chat=-1, kind=kind, at=NOW, due=NOW + 10 * MINUTE, state=state)


def case(**fields) -> Case:
    return Case(no="A1", reporter=1, opened_at=NOW, heard_at=NOW, **fields)


def names(it: Case) -> list[str]:
    return [due.name for due in ladder.upcoming(it, town())]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.REJECTED, Status.CANCELLED])
def test_nothing_is_due_of_an_ended_case(status):
    ended = case(status=status, offers=(offer(1),), close_due=NOW, confirm_due=NOW)
    assert ladder.due_at(ended, town()) is None


def test_a_draft_is_due_after_ten_minutes_and_a_case_of_the_night_at_its_hour():
    assert ladder.due_at(case(status=Status.DRAFT), town()) == NOW + 10 * MINUTE
    assert ladder.due_at(case(status=Status.NEW, route_at=NOW + 60 * MINUTE), town()) == NOW + 60 * MINUTE


def test_only_the_holders_offer_drives_the_ladder():
    kinds = ("post", "second", "backup", "transfer")
    it = case(status=Status.DISP, severity=1, offers=tuple(offer(i, kind) for i, kind in enumerate(kinds, 1)))
    assert {due.offer for due in ladder.upcoming(it, town())} == {1}
    assert [o.serial for o in ladder.first_open(it)] == [1]


def test_overdue_is_when_the_card_said():
    it = case(status=Status.DISP, severity=2, offers=(replace(offer(1), due=NOW + 4 * MINUTE),))
    assert {d.rung: d.at for d in ladder.upcoming(it, town())}["overdue"] == NOW + 4 * MINUTE


def test_a_step_that_was_done_does_not_come_again():
    it = case(status=Status.DISP, severity=2, offers=(offer(1),))
    assert names(it)[0] == "remind:1"
    assert "remind:1" not in names(replace(it, steps=("remind:1",)))


def test_the_order_is_that_of_time():
    it = case(status=Status.DISP, severity=1, offers=(offer(1),), close_due=NOW + 60 * MINUTE)
    moments = [due.at for due in ladder.upcoming(it, town())]
    assert moments == sorted(moments)


def test_a_waiting_transfer_has_ten_minutes_of_its_own():
    waiting = Handover(target="ST1", offer=2, by="P011", reason="transfer")
    it = case(status=Status.ACK, offers=(offer(1, state="accepted"), offer(2, "transfer")), handover=waiting)
    assert ladder.due_at(it, town()) == NOW + 10 * MINUTE


def test_the_parts_of_the_limit_count_from_the_reopening_of_a_reopened_case():
    again = NOW + timedelta(days=3)
    it = case(status=Status.SITE, severity=3, reopened=1, reopened_at=again, close_due=again + 100 * MINUTE)
    due = {d.name: d.at for d in ladder.upcoming(it, town())}
    assert due["close_warn:1"] == again + 80 * MINUTE
    assert due["close_late:1"] == again + 100 * MINUTE


def test_with_a_day_or_less_to_answer_there_is_no_second_warning():
    it = case(status=Status.DONE, done_at=NOW, confirm_due=NOW + timedelta(days=1))
    assert names(it) == ["confirm:0"]


def test_an_open_case_never_runs_out_of_rungs():
    it = case(status=Status.SITE, severity=3, close_due=NOW, steps=("close_warn:0", "close_late:0", "supervise:0"))
    for _ in range(40):
        due = ladder.upcoming(it, town())
        assert due
        it = replace(it, steps=(*it.steps, due[0].name))


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
def test_after_hours_that_nobody_knows_every_rung_waits_until_people_could_press_anew(severity):
    waiting = case(status=Status.DISP, severity=severity, offers=(offer(1),), close_due=NOW + timedelta(days=2))
    rest = NOW + timedelta(days=1)
    rested = replace(waiting, rest_until=rest)
    assert ladder.due_at(rested, town()) == rest
    assert sorted(names(rested)) == sorted(names(waiting))
    later = {due.name: due.at for due in ladder.upcoming(waiting, town()) if due.at > rest}
    assert later
    assert {due.name: due.at for due in ladder.upcoming(rested, town()) if due.at > rest} == later
