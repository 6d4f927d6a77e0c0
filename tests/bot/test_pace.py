"""The whole bot's pace, with loops that are blocked, connections that take long and alarms in between."""

from dataclasses import dataclass, field
from itertools import cycle, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.pump.pace import AHEAD, GAP, KEPT, LATE, LIMIT, LOST, SELDOM, SPAN, SWAY, Pace
from core.messages import Lane

LANES = st.sampled_from([Lane.URGENT, Lane.INTERACTIVE, Lane.BROADCAST])
# Whether a request leaves at once, after a moment, or only when what blocks the loop is over.
WAYS = st.one_of(st.just(0.0), st.floats(0, 0.05), st.floats(0.3, 2.5))


@dataclass
class Road:
    """Messages that are wished, let go when they may, and leave some time after that."""

    pace: Pace = field(default_factory=Pace)
    now: float = 100.0
    left: list[tuple[float, int]] = field(default_factory=list)
    going: list[tuple[float, int, int]] = field(default_factory=list)

    def let_go(self, lane: Lane, cost: int = 1, way: float = 0.0) -> float:
        """Wait for the turn of one message; the moment at which it was let go."""
        while (ready := self.pace.ready(lane, self.now)) > self.now:
            self.until(ready)
        ticket = self.pace.take(lane, self.now, cost)
        self.going.append((self.now + way, ticket, cost))
        self.until(self.now)
        return self.now

    def until(self, moment: float) -> None:
        """Time goes on, and what leaves meanwhile has left."""
        for at, ticket, cost in sorted(it for it in self.going if it[0] <= moment):
            self.pace.left(ticket, at)
            self.left.append((at, cost))
        self.going = [it for it in self.going if it[0] > moment]
        self.now = moment

    def most_within(self, seconds: float) -> int:
        """The most messages that left in any window of so many seconds."""
        self.until(self.now + 10)
        return max(sum(cost for at, cost in self.left if begin <= at < begin + seconds) for begin, _ in self.left)


@given(st.lists(st.tuples(st.floats(0, 0.2), LANES, WAYS), min_size=1, max_size=150))
def test_no_second_sees_more_than_thirty_however_late_requests_leave(wishes: list[tuple[float, Lane, float]]) -> None:
    road = Road()
    for pause, lane, way in wishes:
        road.until(road.now + pause)
        road.let_go(lane, way=way)
    assert road.most_within(SPAN) <= LIMIT


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.0, 1.0)), min_size=1, max_size=12))
def test_alarms_and_blocked_loops_inside_a_broadcast_pass_no_limit(troubles: list[tuple[float, float]]) -> None:
    road = Road()
    for pause, blocked in troubles:
        end = road.now + pause
        while road.now < end:
            road.let_go(Lane.BROADCAST)
        for _ in range(4):
            road.let_go(Lane.URGENT)
        road.until(road.now + blocked)
    assert road.most_within(SPAN) <= LIMIT


@given(st.lists(st.tuples(st.floats(0, 0.2), st.integers(1, 10)), min_size=1, max_size=80))
def test_an_album_leaves_as_one_and_is_paid_for_after_it(wishes: list[tuple[float, int]]) -> None:
    road = Road()
    for pause, cost in wishes:
        road.until(road.now + pause)
        road.let_go(Lane.INTERACTIVE, cost)
    assert road.most_within(SPAN) <= LIMIT + max(cost for _, cost in wishes) - 1


@given(st.lists(st.floats(0, GAP / 2), min_size=1, max_size=9))
def test_late_timers_cost_a_busy_bot_nothing_of_its_pace(lates: list[float]) -> None:
    road = Road()
    for _, late in zip(range(145), cycle(lates)):
        while (ready := road.pace.ready(Lane.BROADCAST, road.now)) > road.now:
            road.until(ready + late)
        road.let_go(Lane.BROADCAST)
    assert road.now - 100.0 < (145 + 1) * GAP


def test_routine_leaves_evenly_also_after_a_rest() -> None:
    road = Road()
    moments = [road.let_go(Lane.BROADCAST) for _ in range(100)]
    assert all(later - earlier >= (1 - LATE) * GAP - 1e-9 for earlier, later in pairwise(moments))
    assert all(abs(later - earlier - GAP) < 1e-9 for earlier, later in pairwise(moments[LIMIT + 1 :]))


@given(st.floats(3, 4))
def test_an_alarm_takes_the_turn_of_others_and_they_give_way(moment: float) -> None:
    road = Road()
    while max(road.now, road.pace.ready(Lane.BROADCAST, road.now)) < 100 + moment:
        road.let_go(Lane.BROADCAST)
    road.until(100 + moment)
    first, second = road.let_go(Lane.URGENT), road.let_go(Lane.URGENT)
    assert first - (100 + moment) <= SWAY + 1e-9, "not even the rest of a turn"
    assert second - first <= GAP + 1e-9, "at most a turn apart"
    assert road.let_go(Lane.BROADCAST) - (100 + moment) >= AHEAD * GAP - 1e-9, "what was taken ahead is given back"


@given(st.floats(3, 4), st.floats(0.005, KEPT))
def test_an_alarm_that_was_heard_is_not_overtaken_while_it_is_decided(moment: float, deciding: float) -> None:
    road = Road()
    while max(road.now, road.pace.ready(Lane.BROADCAST, road.now)) < 100 + moment:
        road.let_go(Lane.BROADCAST)
    road.until(100 + moment)
    road.pace.expect(road.now)
    assert road.pace.ready(Lane.INTERACTIVE, road.now) >= 100 + moment + KEPT
    road.until(100 + moment + deciding)
    first, second = road.let_go(Lane.URGENT), road.let_go(Lane.URGENT)
    assert first <= 100 + moment + max(deciding, SWAY) + 1e-9
    assert second <= 100 + moment + max(deciding, GAP + SWAY) + 1e-9
    assert road.pace.ready(Lane.BROADCAST, second) <= second + 3 * GAP, "and then everybody goes on"
    assert road.most_within(SPAN) <= LIMIT


def test_who_cries_for_help_all_the_time_holds_up_little() -> None:
    road, told = Road(), 0
    while road.now < 110.0:
        road.pace.expect(road.now)
        road.let_go(Lane.BROADCAST)
        told += 1
    assert told >= 10 / GAP * (1 - KEPT / SELDOM) - 1


def test_after_a_rest_numbers_and_card_leave_in_the_same_breath() -> None:
    road = Road()
    assert [road.let_go(Lane.URGENT) for _ in range(1 + AHEAD)] == [100.0] * (1 + AHEAD)
    assert road.let_go(Lane.URGENT) > 100.0


def test_what_never_leaves_does_not_hold_up_alarms_for_longer_than_a_moment() -> None:
    road = Road()
    for _ in range(LIMIT):
        road.let_go(Lane.BROADCAST, way=60.0)
    assert road.pace.ready(Lane.URGENT, road.now) <= road.now + LOST


def test_refusals_of_three_chats_at_once_hold_the_whole_bot_and_slow_it_afterwards() -> None:
    pace = Pace()
    for chat in (1, 2, 3):
        pace.refused(chat, 10.0 + chat / 10, seconds=5)
    assert pace.ready(Lane.URGENT, 10.3) == 15.3
    moments, now = [], 15.3
    for _ in range(10):
        now = max(now, pace.ready(Lane.BROADCAST, now))
        pace.left(pace.take(Lane.BROADCAST, now), now)
        moments.append(now)
    assert moments[-1] - moments[0] > 2 * GAP * (9 - LATE)


def test_refusals_far_apart_or_of_one_chat_do_not_hold_the_bot() -> None:
    pace = Pace()
    for now, chat in ((0.0, 1), (0.1, 1), (0.2, 1), (0.3, 2), (20.0, 3), (40.0, 4)):
        pace.refused(chat, now, seconds=5)
    assert pace.ready(Lane.BROADCAST, 40.0) <= 40.0
