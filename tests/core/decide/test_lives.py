"""Whole lives at random; `python -m benchmarks.lives` plays ten thousand."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.case import Event, Status
from core.messages import Press
from tests.core.decide.lives import STEPS, live, of_seed
from tests.core.decide.village import CLEAR, FRIDAY, ST1, Village
from tests.core.demo import at
from tests.core.replay import State, agrees, replay

CHOICE = st.integers(0, 2**12)
LIVES = st.lists(st.tuples(st.integers(0, len(STEPS) - 1), CHOICE, CHOICE), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=LIVES)
def test_no_promise_breaks_whoever_does_what_and_when(steps):
    live(steps)


@pytest.mark.parametrize("seed", range(0, 24, 6))
def test_numbered_lives_hold_too_and_a_number_is_the_same_life_again(seed):
    assert list(of_seed(seed)) == list(of_seed(seed))
    for number in range(seed, seed + 6):
        live(list(of_seed(number)))


def test_a_life_that_breaks_a_promise_is_noticed():
    """The checks are no decoration: a status that nobody wrote down is found."""
    village = Village()
    village.says(CLEAR)
    lines = [it.event for it in village.log if it.case == village.case.no]
    agrees(village.case, lines)
    with pytest.raises(AssertionError, match="the log says"):
        agrees(village.case, [*lines[:-1], Event(kind="accepted", at=at(FRIDAY), row=10, data=_moved("DISP", "ACK"))])
    with pytest.raises(AssertionError, match="but it was"):
        replay([Event(kind="accepted", at=at(FRIDAY), row=10, data=_moved("DISP", "ACK"))])


def _moved(before: str, after: str) -> dict[str, object]:
    return {"from": before, "to": after}


def test_the_log_alone_tells_whose_a_case_is_at_every_turn():
    village = Village()
    who = village.finished()
    handler = village.town.district.person(who).id
    lines = [it.event for it in village.log if it.case == village.case.no]
    told = [replay(lines[: n + 1]) for n in range(len(lines))]
    assert told[0] == State()
    assert State(status=Status.DISP, team="ST2") in told
    assert told[-1] == State(status=Status.DONE, team="ST2", handler=handler)


def test_a_grid_head_cannot_bring_a_card_into_a_group_that_was_never_asked():
    """Found by a random life: a forged button under another message of a group showed the card there."""
    village = Village()
    village.says(CLEAR)
    head, mark = village.grid_head(), village.mark()
    press = Press(action="tr", case=village.case.no, round=village.case.round)
    assert village.sends_press((None, press), chat=ST1, user=head).kind == "ans.not_yours"
    assert village.mark() == mark
