"""The whole bot's pace, with loops that are blocked, ways that sway and alarms in between."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.pump.pace import AHEAD, GAP, KEPT, LATE, LIMIT, LINGER, LOST, SELDOM, SPAN, Pace
from core.messages import Lane

LANES = st.sampled_from([Lane.URGENT, Lane.INTERACTIVE, Lane.BROADCAST])
WAY = 0.03  # seconds to the server when all is well, and as many back
# A request leaves at once, after a moment, or only when what blocks the loop is over; the way may be longer, and back.
BLOCKS = st.one_of(st.just(0.0), st.floats(0, 0.05), st.floats(0.3, 2.5))
SWAYS = st.one_of(st.just(0.0), st.floats(0, LINGER))


@dataclass
class Road:
    """Messages that are wished, let go when they may, leave, arrive and are answered some time after that."""

    pace: Pace = field(default_factory=Pace)
    now: float = 100.0
    there: list[tuple[float, int]] = field(default_factory=list)
    _ahead: list[tuple[float, int, Callable[[int, float], None], int]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.let_go(Lane.BROADCAST)  # shows how long the way is
        self.until(self.now + 10)
        self.there.clear()

    def let_go(self, lane: Lane, cost: int = 1, block: float = 0.0, out: float = 0.0, back: float = 0.0) -> float:
        """Wait for the turn of one message; the moment at which it was let go."""
        while (ready := self.pace.ready(lane, self.now)) > self.now:
            self.until(ready)
        ticket = self.pace.take(lane, self.now, cost)
        left = self.now + block
        self._later(left, self.pace.left, ticket)
        self._later(left + WAY + out + WAY + back, self.pace.over, ticket)
        self.there.append((left + WAY + out, cost))
        self.until(self.now)
        return self.now

    def until(self, moment: float) -> None:
        """Time goes on, and the bot learns what happened meanwhile."""
        while self._ahead and self._ahead[0][0] <= moment:
            at, _, learn, ticket = heapq.heappop(self._ahead)
            learn(ticket, at)
        self.now = max(self.now, moment)

    def broadcast_until(self, moment: float) -> None:
        """Routine, as much as may go."""
        while max(self.now, self.pace.ready(Lane.BROADCAST, self.now)) < moment:
            self.let_go(Lane.BROADCAST)
        self.until(moment)

    @property
    def most(self) -> int:
        """The most messages that the server had in any second."""
        return max(sum(cost for at, cost in self.there if begin <= at < begin + 1.0) for begin, _ in self.there)

    def _later(self, at: float, learn: Callable[[int, float], None], ticket: int) -> None:
        heapq.heappush(self._ahead, (at, next(self._order), learn, ticket))


@given(st.lists(st.tuples(st.floats(0, 0.2), LANES, BLOCKS, SWAYS, SWAYS), min_size=1, max_size=120))
def test_no_second_sees_more_than_thirty_however_late_requests_are(
    wishes: list[tuple[float, Lane, float, float, float]],
) -> None:
    road = Road()
    for pause, lane, block, out, back in wishes:
        road.until(road.now + pause)
        road.let_go(lane, block=block, out=out, back=back)
    assert road.most <= LIMIT


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), SWAYS), min_size=1, max_size=12))
def test_alarms_and_blocked_loops_inside_a_broadcast_pass_no_limit(troubles: list[tuple[float, float, float]]) -> None:
    road = Road()
    for pause, blocked, out in troubles:
        road.broadcast_until(road.now + pause)
        for _ in range(4):
            road.let_go(Lane.URGENT, out=out)
        road.until(road.now + blocked)
    assert road.most <= LIMIT


@given(st.lists(st.tuples(st.floats(0, 0.2), st.integers(1, 10)), min_size=1, max_size=80))
def test_an_album_leaves_as_one_and_is_paid_for_after_it(wishes: list[tuple[float, int]]) -> None:
    road = Road()
    for pause, cost in wishes:
        road.until(road.now + pause)
        road.let_go(Lane.INTERACTIVE, cost)
    assert road.most <= LIMIT + max(cost for _, cost in wishes) - 1


@given(st.lists(st.floats(0, GAP / 2), min_size=1, max_size=9), st.lists(st.floats(0, GAP / 2), min_size=1, max_size=9))
def test_late_timers_and_a_way_that_sways_cost_a_busy_bot_nothing_of_its_pace(
    lates: list[float], sways: list[float]
) -> None:
    road = Road()
    begun = road.now
    for _, late, out in zip(range(145), cycle(lates), cycle(sways)):
        while (ready := road.pace.ready(Lane.BROADCAST, road.now)) > road.now:
            road.until(ready + late)
        road.let_go(Lane.BROADCAST, out=out)
    assert road.now - begun < (145 + 2) * GAP


def test_routine_leaves_evenly_also_after_a_rest() -> None:
    road = Road()
    moments = [road.let_go(Lane.BROADCAST) for _ in range(100)]
    assert all(later - earlier >= (1 - LATE) * GAP - 1e-9 for earlier, later in pairwise(moments))
    assert all(abs(later - earlier - GAP) < 1e-9 for earlier, later in pairwise(moments[LIMIT + 1 :]))


@given(st.floats(1.5, 2))
def test_an_alarm_takes_the_turn_of_others_and_they_give_way(pause: float) -> None:
    road = Road()
    heard = road.now + pause
    road.broadcast_until(heard)
    first, second = road.let_go(Lane.URGENT), road.let_go(Lane.URGENT)
    assert first - heard <= SPAN - 1.0 + 1e-9, "not even the rest of a turn"
    assert second - first <= GAP + 1e-9, "at most a turn apart"
    assert road.let_go(Lane.BROADCAST) - heard >= AHEAD * GAP - 1e-9, "what was taken ahead is given back"


@given(st.floats(1.5, 2), st.floats(0.005, KEPT))
def test_an_alarm_that_was_heard_is_not_overtaken_while_it_is_decided(pause: float, deciding: float) -> None:
    road = Road()
    heard = road.now + pause
    road.broadcast_until(heard)
    road.pace.expect(heard)
    assert road.pace.ready(Lane.INTERACTIVE, heard) >= heard + KEPT
    road.until(heard + deciding)
    first, second = road.let_go(Lane.URGENT), road.let_go(Lane.URGENT)
    assert first == heard + deciding, "at once"
    assert second <= heard + max(deciding, GAP + SPAN - 1.0) + 1e-9
    assert road.pace.ready(Lane.BROADCAST, second) <= second + 3 * GAP, "and then everybody goes on"
    assert road.most <= LIMIT


def test_who_cries_for_help_all_the_time_holds_up_little() -> None:
    road, told = Road(), 0
    end = road.now + 10.0
    while road.now < end:
        road.pace.expect(road.now)
        road.let_go(Lane.BROADCAST)
        told += 1
    assert told >= 10 / GAP * (1 - KEPT / SELDOM) - 1


def test_after_a_rest_numbers_and_card_leave_in_the_same_breath() -> None:
    road = Road()
    begun = road.now
    assert [road.let_go(Lane.URGENT) for _ in range(1 + AHEAD)] == [begun] * (1 + AHEAD)
    assert road.let_go(Lane.URGENT) > begun


def test_what_never_leaves_does_not_hold_up_alarms_for_longer_than_a_moment() -> None:
    road = Road()
    for _ in range(LIMIT):
        road.let_go(Lane.BROADCAST, block=60.0)
    assert road.pace.ready(Lane.URGENT, road.now) <= road.now + LOST


def test_refusals_of_three_chats_at_once_hold_the_whole_bot_and_slow_it_afterwards() -> None:
    pace = Pace()
    for chat in (1, 2, 3):
        pace.refused(chat, 10.0 + chat / 10, seconds=5)
    assert pace.ready(Lane.URGENT, 10.3) == 15.3
    moments, now = [], 15.3
    for _ in range(10):
        now = max(now, pace.ready(Lane.BROADCAST, now))
        pace.over(pace.take(Lane.BROADCAST, now), now)
        moments.append(now)
    assert moments[-1] - moments[0] > 2 * GAP * (9 - LATE)


def test_refusals_far_apart_or_of_one_chat_do_not_hold_the_bot() -> None:
    pace = Pace()
    for now, chat in ((0.0, 1), (0.1, 1), (0.2, 1), (0.3, 2), (20.0, 3), (40.0, 4)):
        pace.refused(chat, now, seconds=5)
    assert pace.ready(Lane.BROADCAST, 40.0) <= 40.0
