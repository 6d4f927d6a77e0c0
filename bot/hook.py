"""Whether Telegram can reach our webhook: it tells only when it is asked."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.clock import Clock
from bot.health import Health
from bot.telegram import Reply, Sent, Telegram

SILENCE = 60.0  # seconds without a look: then nobody knows
RECENT = 150  # seconds: Telegram tries again after two minutes at most
OUR_OWN = "Wrong response from the webhook: 500"  # it did reach us; why we could not keep it is told by the intake


def fault(info: dict[str, Any], url: str, now: float, kept_at: float) -> str | None:
    """What a WebhookInfo complains of, None when it is well. `now` and `kept_at`, when an update was last kept, in
    Unix seconds: whoever brings us updates reaches us, whatever happened before.
    """
    if info.get("url") != url:
        return "the webhook is not set" if not info.get("url") else "the webhook is set to another address"
    failed_at, why = info.get("last_error_date") or 0, str(info.get("last_error_message", ""))
    waits = info.get("pending_update_count", 0)
    if not waits or failed_at < max(now - RECENT, kept_at) or why.startswith(OUR_OWN):
        return None
    return f"Telegram cannot reach us, {waits} updates wait: {why}"


class HookWatch:
    """Looks from time to time; a webhook that somebody took away is set again by the process that leads."""

    def __init__(
        self,
        *,
        url: str,
        telegram: Telegram,
        clock: Clock,
        health: Health,
        kept_at: Callable[[], float],
        settle: Callable[[], Awaitable[None]],
        leads: Callable[[], bool],
    ) -> None:
        self._url, self._telegram, self._clock, self._health = url, telegram, clock, health
        self._kept_at, self._settle, self._leads = kept_at, settle, leads

    async def look(self) -> None:
        """Ask, and report it as Telegram's part of our health."""
        reply = await self._telegram.call("getWebhookInfo", {})
        why = self._complaint(reply)
        if why is None:
            self._health.well("telegram", within=SILENCE)
            return
        self._health.ill("telegram", why)
        if isinstance(reply, Sent) and not reply.result.get("url") and self._leads():
            await self._settle()

    def _complaint(self, reply: Reply) -> str | None:
        if isinstance(reply, Sent) and isinstance(reply.result, dict):
            return fault(reply.result, self._url, self._clock.real().timestamp(), self._kept_at())
        return f"Telegram cannot be asked: {getattr(reply, 'why', 'an answer of another kind')}"
