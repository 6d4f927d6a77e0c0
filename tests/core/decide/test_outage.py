"""Who hears of an outage, and what is said to them (life.md row 44)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.case import Case, Status
from core.decide import decide
from core.decide.outage import ANSWER_WITHIN, CARDS, Outage, Plan, plan
from core.messages import Command, Lane, Resumed, Returned, Unheard
from core.world import Decision
from tests.core.decide.village import CLEAR, CTR, RESIDENT, ST2, Village

HOUR = timedelta(hours=1)


def planned(village: Village, *cases: Case, over: timedelta = HOUR) -> Plan:
    """The plan for an outage that begins a minute after the last thing that was said."""
    since = village.now + timedelta(minutes=1)
    return plan(cases or (village.case,), Outage(since=since, until=since + over), village.town)


def decided(village: Village, command: Command) -> Decision:
    return decide(command, village.world(command))


def waiting() -> Village:
    village = Village()
    village.says(CLEAR)
    return village


def test_a_chat_that_was_asked_hears_of_it_and_the_resident_does_not():
    (lost,) = planned(waiting()).chats
    assert (lost.chat, lost.open, lost.urgent) == (ST2, 1, False)
    assert planned(waiting()).asked == ()


def test_an_offer_that_was_made_after_the_outage_began_cannot_have_been_pressed_in_vain():
    village = waiting()
    before = Outage(since=village.now - timedelta(minutes=5), until=village.now + HOUR)
    assert plan([village.case], before, village.town).chats == ()


@pytest.mark.parametrize("status", [Status.CLOSED, Status.CANCELLED, Status.REJECTED, Status.DRAFT, Status.NEW])
def test_what_has_no_buttons_for_colleagues_is_not_told(status: Status):
    village = waiting()
    assert planned(village, replace(village.case, status=status)).chats == ()


def test_row_44_of_many_the_most_urgent_and_oldest_are_shown_and_all_are_counted():
    village = waiting()
    cases = [replace(village.case, no=f"A2611-{n:04}", severity=3, opened_at=village.now + n * HOUR) for n in range(9)]
    cases.append(replace(village.case, no="A2611-0099", severity=2, opened_at=village.now + 99 * HOUR))
    (lost,) = planned(village, *cases).chats
    assert (lost.open, len(lost.shown), lost.urgent) == (10, CARDS, True)
    assert lost.shown[:2] == ("A2611-0099", "A2611-0000")


@pytest.mark.parametrize(
    ("asked_before", "closes_after", "again"),
    [
        (timedelta(minutes=10), timedelta(days=3), True),
        (ANSWER_WITHIN + HOUR, timedelta(days=3), False),
        (timedelta(days=3), timedelta(minutes=30), True),
        (timedelta(days=3), HOUR + ANSWER_WITHIN + HOUR, False),
    ],
)
def test_a_resident_is_asked_again_only_when_an_answer_is_likely_to_be_lost(
    asked_before: timedelta, closes_after: timedelta, again: bool
):
    village = waiting()
    since = village.now + timedelta(minutes=1)
    done = replace(
        village.case,
        status=Status.DONE,
        result="已清走",
        done_at=since - asked_before,
        confirm_due=since + closes_after,
    )
    assert planned(village, done).asked == (((done.no, RESIDENT),) if again else ())
    withdrawn = replace(done, result="", result_photo=None)
    assert planned(village, withdrawn).asked == ()


def test_the_summary_goes_in_the_lane_of_the_first_card_and_says_what_is_left():
    village = waiting()
    at = village.now
    for urgent, shown, lane, more in ((True, 5, Lane.URGENT, 2), (False, 7, Lane.INTERACTIVE, None)):
        (notice,) = decided(village, Returned(at=at, chat=ST2, over=600, open=7, shown=shown, urgent=urgent)).notices
        assert (notice.kind, notice.to, notice.lane) == ("duty.returned", ST2, lane)
        assert notice.params == {"over": 600, "open": 7, "more": more}


def test_the_card_comes_anew_with_its_buttons_and_only_while_it_has_some():
    village = waiting()
    again = Resumed(at=village.now, case=village.case.no, chat=ST2, over=600)
    (card,) = decided(village, again).notices
    assert (card.kind, card.again, bool(card.keys)) == ("card", True, True)
    assert decided(village, replace(again, chat=CTR)).notices == ()
    assert decided(village, replace(again, case="A2611-9999")).notices == ()


def test_a_press_that_could_not_be_answered_renews_the_card_where_there_is_one():
    village = waiting()
    (card,) = decided(village, Unheard(at=village.now, case=village.case.no, chat=ST2)).notices
    assert (card.kind, card.again) == ("card", False)
    assert decided(village, Unheard(at=village.now, case=village.case.no, chat=RESIDENT)).notices == ()
