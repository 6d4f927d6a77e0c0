import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.hook import fault
from tests.bot.street import Street, street, until
from tests.bot.test_door import hooked

URL = "https://town.example/hook"
NOW = 1_800_000_000.0


def info(**more: Any) -> dict[str, Any]:
    return {"url": URL, "pending_update_count": 3, "last_error_date": NOW - 5, "last_error_message": "Timeout"} | more


@pytest.mark.parametrize(
    ("told", "kept_at", "complaint"),
    [
        (info(), 0.0, "Telegram cannot reach us, 3 updates wait: Timeout"),
        (info(pending_update_count=0), 0.0, None),
        (info(last_error_date=NOW - 200), 0.0, None),
        (info(), NOW - 1, None),
        ({"url": URL, "pending_update_count": 3}, 0.0, None),
        (info(last_error_message="Wrong response from the webhook: 500 Internal Server Error"), 0.0, None),
        (info(last_error_message="Wrong response from the webhook: 401 Unauthorized"), 0.0,
         "Telegram cannot reach us, 3 updates wait: Wrong response from the webhook: 401 Unauthorized"),
        (info(url=""), 0.0, "the webhook is not set"),
        (info(url="https://other.example/"), 0.0, "the webhook is set to another address"),
    ],
)  # fmt: skip
def test_what_telegram_says_of_the_webhook(told: dict[str, Any], kept_at: float, complaint: str | None) -> None:
    assert fault(told, URL, NOW, kept_at) == complaint


async def test_a_webhook_that_telegram_cannot_reach_makes_the_bot_unready_and_passes(tmp_path: Path) -> None:
    async with street(tmp_path, **hooked()) as here:
        door, look = here.app.door, by_hand(here)
        real, door._runners = door._runners, []
        for runner in real:
            await runner.cleanup()
        here.sandbox.world.say(7, 7, text="hello")
        await until(lambda: _refused(here))
        await look()
        assert "Telegram cannot reach us" in here.app.health.reasons()["telegram"]
        await door.serve("127.0.0.1", here.app.port)
        here.sandbox.world.advance(200)
        await until(lambda: here.texts(7))
        await look()
        assert "telegram" not in here.app.health.reasons()


def by_hand(here: Street) -> Callable[[], Awaitable[None]]:
    """The look of the table of jobs, taken out of it: no other look comes in between, however slow the machine."""
    job = here.app.scheduler.get_job("hook")
    job.remove()
    look: Callable[[], Awaitable[None]] = job.func
    return look


def _refused(here: Any) -> bool:
    return here.sandbox._desk.webhook.last_error is not None


async def test_a_webhook_that_somebody_took_away_is_set_again(tmp_path: Path) -> None:
    async with street(tmp_path, **hooked()) as here:
        look = by_hand(here)
        await here.app.telegram.call("deleteWebhook", {})
        here.sandbox.world.advance(2)  # setWebhook is limited to one a second
        await look()
        assert here.app.health.reasons() == {"telegram": "the webhook is not set"}
        await look()
        assert here.app.health.reasons() == {}
        here.sandbox.world.say(7, 7, text="hello")
        await until(lambda: here.texts(7))


async def test_when_telegram_cannot_be_asked_the_reason_says_so(tmp_path: Path) -> None:
    async with street(tmp_path, **hooked()) as here:
        await here.sandbox.stop()
        await asyncio.wait_for(by_hand(here)(), 60)
        assert "Telegram cannot be asked" in here.app.health.reasons()["telegram"]
