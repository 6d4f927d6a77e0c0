"""The ladder's table cell by cell (life.md), and the policy that a case keeps from its beginning."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core import deadlines, ladder
from core.case import Case, Known, Offer, Status
from core.deadlines import in_force
from core.district import read_district
from core.policy import policy_of
from tests.core import demo
from tests.core.decide.village import town

START = demo.at("2026-11-16 09:00")  # a Monday
LIMIT = demo.at("2026-11-19 17:00")


def at(text: str) -> datetime:
    return demo.at(f"2026-11-{text}")


def case(severity: int, status: Status, **fields) -> Case:
    offer = Offer(
        serial=1, team="ST2", chat=-1, kind="post", at=START, due=deadlines.ack_due(severity, START, town()),
        state="open" if status is Status.DISP else "accepted",
    )  # fmt: skip
    return Case(
        no="A1",
        reporter=1,
        opened_at=START,
        heard_at=START,
        severity=severity,
        status=status,
        offers=(offer,),
        **fields,
    )


def moments(it: Case) -> dict[str, datetime]:
    return {due.name.partition(":")[0] if due.offer else due.name: due.at for due in ladder.upcoming(it, town())}


# Steps 1 to 6 while nobody has accepted: name, then severities 1 to 4; None is a dash of the table.
UNACCEPTED = {
    "remind": ("16 09:02", "16 09:07", "16 09:20", "16 12:00"),
    "overdue": ("16 09:03", "16 09:10", "16 09:30", "16 13:00"),
    "head": ("16 09:03", "16 09:20", "16 11:00", "16 17:00"),
    "community": ("16 09:06", "16 10:00", "17 17:00", "18 17:00"),
    "street": ("16 09:10", None, None, None),
    "district": ("16 09:15", None, None, None),
}
UPPER = {
    "street:r0": (None, "16 13:00", "20 17:00", "23 17:00"),  # severity 2: not on site; 3 and 4 from the limit
    "district:r0": (None, "17 09:00", "24 17:00", "26 17:00"),
}
SPAN = LIMIT - START
CLOSING = {
    "close_warn:0": (0.5, 0.5, 0.8, 0.8),
    "close_late:0": (1.0, 1.0, 1.0, 1.0),
    "supervise:0": (1.2, 1.5, 1.5, 2.0),
}


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
@pytest.mark.parametrize("step", UNACCEPTED)
def test_every_step_of_the_unaccepted_is_due_as_the_table_says(step: str, severity: int) -> None:
    expected = UNACCEPTED[step][severity - 1]
    assert moments(case(severity, Status.DISP)).get(step) == (at(expected) if expected else None)


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
@pytest.mark.parametrize("step", UPPER)
def test_every_upper_step_is_due_as_the_table_says(step: str, severity: int) -> None:
    expected = UPPER[step][severity - 1]
    found = moments(case(severity, Status.ACK, close_due=LIMIT, accepted_at=START))
    assert found.get(step) == (at(expected) if expected else None)


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
@pytest.mark.parametrize("step", CLOSING)
def test_every_colour_of_the_limit_comes_at_its_part(step: str, severity: int) -> None:
    found = moments(case(severity, Status.SITE, close_due=LIMIT, accepted_at=START))
    assert found[step] == START + SPAN * CLOSING[step][severity - 1]


@pytest.mark.parametrize(("severity", "minutes"), [(1, 10), (2, 30), (3, None), (4, None)])
def test_coming_late_is_told_of_grave_matters_alone(severity: int, minutes: int | None) -> None:
    category = town().taxonomy.category("XF01")
    assert category is not None
    due = deadlines.deadlines(category, severity, START, town()).arrive_due
    found = moments(case(severity, Status.ACK, arrive_due=due, close_due=LIMIT, accepted_at=START))
    assert found.get("arrive_late:0") == (START + timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(("severity", "at_once"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_second_reopening_of_a_slight_matter_supervises_it(severity: int, *, at_once: bool) -> None:
    again = case(severity, Status.SITE, close_due=LIMIT, reopened=2, reopened_at=START, accepted_at=START)
    assert (moments(again)["supervise:2"] == START) is at_once


def test_a_date_puts_off_what_climbs_and_nothing_else() -> None:
    until = at("18 08:30")
    known = Known(by="P045", at=START, until=until)
    it = case(3, Status.DISP, close_due=LIMIT, known=known)
    found = moments(it)
    assert min(found.values()) == until
    assert found["close_warn:0"] == START + SPAN * 0.8
    assert min(moments(replace(it, severity=1)).values()) == at("16 09:02")


STRICT = {"ladder": {"head": ["1m", "2m", "5m", "6m"]}, "limits": {"2": {"ack": "4m", "close": "2h"}}}


def strict_town():
    raw = demo.raw_district()
    raw["district"] |= STRICT
    return replace(town(), district=read_district(raw))


def test_a_case_keeps_the_ladder_and_the_limits_it_began_with() -> None:
    now, then = strict_town(), town()
    kept = case(2, Status.DISP, policy=then.district.options.policy)
    assert ladder.upcoming(kept, now) == ladder.upcoming(kept, then)
    fresh = replace(kept, policy=now.district.options.policy)
    assert ladder.upcoming(fresh, now) != ladder.upcoming(kept, now)
    assert deadlines.ack_due(2, START, in_force(kept.policy, now)) == START + timedelta(minutes=10)
    assert deadlines.ack_due(2, START, in_force(fresh.policy, now)) == START + timedelta(minutes=4)


def test_what_a_case_keeps_is_read_back_as_it_was() -> None:
    options = strict_town().district.options
    again = policy_of(options.policy)
    assert (again.ladder, again.limits) == (options.ladder, options.limits)


def test_a_district_that_chooses_nothing_costs_a_case_nothing() -> None:
    assert town().district.options.policy == ""
    assert in_force("", town()) is town()
    assert in_force(None, strict_town()).policy is None
