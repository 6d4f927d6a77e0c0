"""无效: two persons agree, and the reporter may object (life.md row 36)."""

import pytest

from core.case import Status
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, Village


@pytest.fixture
def doubted() -> Village:
    """The grid head holds a case for a prank."""
    village = Village()
    village.says("宏济新居3栋楼道堆满杂物")
    head = village.grid_head()
    village.presses("btn.correct", chat=ST2, user=head) if village.has_button("btn.correct", ST2) else village.passes(
        hours=2, minutes=5
    )
    village.presses("btn.correct", chat=head, user=head)
    village.presses("btn.spam", chat=head, user=head)
    assert village.presses("btn.reason", chat=head, user=head, reason="prank").kind == "ans.to_sign"
    return village


def test_row_36_the_other_side_agrees_and_the_reporter_hears_so(doubted):
    assert doubted.case.status is not Status.SPAM, "one person was enough"
    seat = doubted.on("CTR")
    doubted.presses("btn.sign", chat=CTR, user=seat)
    assert doubted.case.status is Status.SPAM
    assert doubted.events("spam")[0].row == 36
    assert doubted.newest(RESIDENT, "case.spam")


def test_row_36_the_first_person_cannot_be_the_second(doubted):
    head = doubted.grid_head()
    assert doubted.sends_press(doubted.button("btn.sign", CTR), chat=CTR, user=head).kind == "ans.sign_other"
    assert doubted.case.status is not Status.SPAM


def test_row_36_the_other_side_says_no_and_it_goes_on(doubted):
    before = doubted.case.status
    doubted.presses("btn.sign_not", chat=CTR, user=doubted.on("CTR"))
    assert doubted.case.status is before


def test_row_36_the_reporter_objects_once_and_the_centre_has_it_again(doubted):
    doubted.presses("btn.sign", chat=CTR, user=doubted.on("CTR"))
    assert doubted.presses("btn.appeal", user=NEIGHBOUR, chat=RESIDENT).kind == "ans.not_yours"
    doubted.presses("btn.appeal")
    assert (doubted.case.status, doubted.case.team) == (Status.DISP, "CTR")
    assert doubted.presses("btn.appeal").kind == "ans.already"
    seat = doubted.on("CTR")
    doubted.presses("btn.correct", chat=CTR, user=seat)
    assert doubted.presses("btn.spam", chat=CTR, user=seat).kind == "ans.no_spam"


def test_row_36_danger_is_never_put_away():
    village = Village()
    village.says("宏济花园2栋楼道着火了")
    head = village.grid_head()
    village.presses("btn.correct", chat=head, user=head)
    assert village.presses("btn.spam", chat=head, user=head).kind == "ans.no_spam"
