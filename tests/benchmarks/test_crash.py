"""Twenty kills in the middle of a town's day; `python -m benchmarks.crash --kills 500` is the long version."""

import pytest

from benchmarks.crash.matrix import Matrix


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
async def test_a_day_with_five_kills_loses_doubles_and_skips_nothing(
    database: str, webhook: bool, request: pytest.FixtureRequest
) -> None:
    url: str = request.getfixturevalue(database)
    verdict = await Matrix(url, webhook=webhook, kills=5, seed=3, lives=(0.2, 1.2)).run()
    assert verdict.reports >= 6
    assert verdict.kills == 5
    assert verdict.holds, verdict
