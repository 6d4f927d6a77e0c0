from benchmarks import backlog


async def test_a_backlog_is_taken_in_whole_without_one_refusal_and_danger_does_not_wait_for_talk() -> None:
    """The measurement in small: what it prints for ten thousand must be true of a few hundred."""
    figures = await backlog.measure(updates=250, chats=40, reports=3)

    assert (figures["updates"], figures["committed"]) == (250, 250)
    assert (figures["lost"], figures["parked"], figures["refused_429"]) == (0, 0, 0)
    assert figures["danger_ms"]["n"] == 1
    assert figures["answer_ms"]["n"] == 24
    assert figures["danger_ms"]["p50"] < figures["talk_ms"]["p99"]
