"""Twenty kills in the middle of a town's day; `python -m benchmarks.crash --kills 500` is the long version."""

import asyncio

import pytest

from benchmarks.crash.matrix import Matrix
from benchmarks.crash.nursery import Nursery
from benchmarks.crash.verdict import Death, Verdict, explained

CHAT, OTHER = 7, 8


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_day_with_ten_kills_loses_doubles_and_skips_nothing(
    sqlite_url: str, postgres_url: str, webhook: bool
) -> None:
    """Side by side on a file and on a server: each is mostly waited for."""
    async with Nursery.opened() as nursery:
        days = [Matrix(url, nursery, webhook=webhook, kills=5, seed=3) for url in (sqlite_url, postgres_url)]
        verdicts = await asyncio.gather(*(day.run() for day in days))

    assert [verdict.kills for verdict in verdicts] == [5, 5]
    assert [verdict.reports >= 6 for verdict in verdicts] == [True, True]
    assert [verdict for verdict in verdicts if not verdict.holds] == []


@pytest.mark.parametrize(
    ("orphans", "count"),
    [
        ([(CHAT, 5)], 1),
        ([(CHAT, 5), (CHAT, 4)], 1),
        ([(OTHER, 5)], 0),
        ([(CHAT, 11)], 1),
        ([(CHAT, 16)], 0),
    ],
    ids=["in the life that was ended", "only one of two", "another chat", "still on the wire", "long after"],
)
def test_a_repeated_message_is_explained_only_by_a_kill_that_cut_it_off(
    orphans: list[tuple[int, int]], count: int
) -> None:
    deaths = [
        Death(said={CHAT: 3}, open=frozenset()),
        Death(said={CHAT: 10}, open=frozenset({CHAT})),
        Death(said={CHAT: 15, OTHER: 9}, open=frozenset()),
    ]

    assert explained(orphans, deaths) == count


def test_a_verdict_holds_only_when_nothing_was_lost_or_doubled() -> None:
    assert Verdict(kills=100, outside=1, repeated=50).holds
    assert not Verdict(kills=100, outside=2).holds
    assert not [name for name in ("lost", "doubled", "acted_twice", "not_acted", "skipped", "unsent")
                if Verdict(kills=100, **{name: 1}).holds]  # fmt: skip
