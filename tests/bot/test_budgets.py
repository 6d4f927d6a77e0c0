from hypothesis import given
from hypothesis import strategies as st

from bot.pump import budgets
from bot.pump.books import Books
from core.messages import Lane

LANES = st.sampled_from(list(Lane))


def sendings(chat: int, wishes: list[tuple[float, Lane, int]]) -> list[tuple[float, int, Lane]]:
    """Times at which messages leave when each is wished so many seconds after the one before."""
    use, now, left = budgets.ChatUse(), 0.0, []
    for pause, lane, cost in wishes:
        now = max(now + pause, budgets.chat_ready(use, chat, lane, cost))
        use = budgets.chat_spent(use, chat, now, cost)
        left.append((now, cost, lane))
    return left


def most_within(left: list[tuple[float, int, Lane]], seconds: float) -> int:
    return max(sum(cost for at, cost, _ in left if start <= at < start + seconds) for start, _, _ in left)


@given(st.lists(st.tuples(st.floats(0, 5), LANES, st.just(1)), min_size=1, max_size=120))
def test_a_private_chat_gets_a_burst_of_three_and_then_one_a_second(wishes: list[tuple[float, Lane, int]]) -> None:
    left = sendings(7, wishes)
    for seconds in (1, 5, 20):
        assert most_within(left, seconds) <= budgets.BURST + seconds


@given(st.lists(st.tuples(st.floats(0, 5), LANES, st.integers(1, 3)), min_size=1, max_size=120))
def test_a_group_never_gets_more_than_twenty_a_minute(wishes: list[tuple[float, Lane, int]]) -> None:
    assert most_within(sendings(-100, wishes), 60) <= 20


@given(st.lists(st.tuples(st.floats(0, 1), LANES.filter(lambda lane: lane is not Lane.URGENT), st.just(1)),
                min_size=17, max_size=60))  # fmt: skip
def test_three_of_a_groups_minute_are_kept_for_what_is_urgent(wishes: list[tuple[float, Lane, int]]) -> None:
    assert most_within(sendings(-100, wishes), 60) <= 17


def test_an_urgent_card_goes_where_routine_has_used_up_its_share() -> None:
    use, now = budgets.ChatUse(), 0.0
    for _ in range(17):
        now = max(now, budgets.chat_ready(use, -100, Lane.REMINDER))
        use = budgets.chat_spent(use, -100, now)
    assert budgets.chat_ready(use, -100, Lane.REMINDER) > now + 30
    assert budgets.chat_ready(use, -100, Lane.URGENT) <= now + 1


def test_slow_mode_of_one_group_stops_that_group_alone() -> None:
    books = Books()
    books.refused(-1, now=100.0, seconds=900)
    assert books.skips(100.1).all == {-1}
    assert books.ready(-2, Lane.BROADCAST, 1) <= 100.1
    assert books.pace.ready(Lane.BROADCAST, 100.1) <= 100.1


def test_chats_at_rest_are_forgotten() -> None:
    books = Books()
    books.spend(7, 1, now=0.0)
    books.spend(-7, 1, now=0.0)
    books.skips(0.5)
    assert len(books._chats) == 2
    books.skips(100.0)
    assert books._chats == {}


def test_a_group_that_has_only_its_urgent_share_left_is_skipped_for_routine_alone() -> None:
    books = Books()
    for second in range(17):
        books.spend(-5, 1, now=float(second))
    skips = books.skips(30.0)
    assert (skips.all, skips.unless_urgent) == (frozenset(), {-5})
    assert skips.until == budgets.WINDOW


def test_edits_of_a_message_wait_for_one_another() -> None:
    books = Books()
    books.written(-5, "card:A", now=10.0)
    assert books.slot_wait(-5, "card:A", now=11.0) == 2.0
    assert books.slot_wait(-5, "card:B", now=11.0) == 0.0
    assert books.slot_wait(-5, "card:A", now=14.0) == 0.0
