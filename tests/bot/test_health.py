from bot.health import Health


def test_a_bot_that_was_not_started_is_not_ready() -> None:
    assert Health().reasons() == {"start": "not yet started"}


def test_a_part_that_promised_to_beat_and_falls_silent_is_ill_until_it_beats() -> None:
    now = [0.0]
    health = Health(monotonic=lambda: now[0])
    health.well("start")
    health.well("pump", within=20)
    assert health.reasons() == {}
    now[0] = 21
    assert health.reasons() == {"pump": "silent for more than 20 s"}
    health.well("pump", within=20)
    assert health.reasons() == {}


def test_the_reason_given_by_a_part_is_shown_until_it_is_well() -> None:
    health = Health()
    health.well("start")
    health.ill("telegram", "the token is not accepted")
    assert health.reasons() == {"telegram": "the token is not accepted"}
    health.well("telegram")
    assert health.reasons() == {}


def test_a_part_that_no_longer_promises_may_be_silent() -> None:
    now = [0.0]
    health = Health(monotonic=lambda: now[0])
    health.well("start")
    health.well("telegram", within=10)
    health.well("telegram")
    now[0] = 100
    assert health.reasons() == {}
