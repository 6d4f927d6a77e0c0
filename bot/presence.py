"""Making ourselves known to Telegram: who are we, where do updates go, which commands are offered."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from typing import Any

import orjson
from telegram import User
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.health import Health
from bot.menu import menus
from bot.poller import ALLOWED, BACK_OFF
from bot.settings import Refused, Settings
from bot.telegram import Sent, Telegram
from bot.transport import Transport
from storage import meta
from storage.store import Store

log = logging.getLogger(__name__)

PTB = Application[Any, Any, Any, Any, Any, Any]
HOOKED = "webhook"  # the key under which it is kept what was set, so that a changed secret is noticed
MET = 120.0  # seconds for which a getMe counts as a sign of life
PARALLEL = 40  # webhook calls at once; Telegram's default
NOT_ACCEPTED = (
    "无法启动:服务器不认 BOT_TOKEN,请向 @BotFather 核对令牌;"
    "cannot start: the server does not accept BOT_TOKEN, check it with @BotFather."
)


def application(settings: Settings, transport: Transport) -> PTB:
    """PTB without its own updater and job queue: it parses, routes and nothing else."""
    return (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(transport)
        .get_updates_request(transport)
        .updater(None)
        .job_queue(None)
        .build()
    )


async def introduce(ptb: PTB, health: Health) -> User:
    """getMe until Telegram answers. Raises Refused when it says that the token is wrong."""
    tries = 0
    while True:
        try:
            await ptb.initialize()
            health.well("telegram", within=MET)
            me: User = ptb.bot.bot
            return me
        except InvalidToken:
            raise Refused(NOT_ACCEPTED) from None
        except TelegramError as error:
            kind = type(error).__name__
            health.ill("telegram", f"Telegram cannot be reached: {kind}")
            log.warning("Telegram cannot be reached yet: %s", kind, extra={"action": "start.waiting"})
            await asyncio.sleep(BACK_OFF[min(tries, len(BACK_OFF) - 1)])
            tries += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Webhook or polling, as the settings say; only one process of several does this (two at once get a 409)."""

    settings: Settings
    telegram: Telegram
    store: Store

    async def settle(self) -> None:
        """Point the updates to us, and offer the commands. Trouble is logged: the next start does it again."""
        await (self._hook() if self.settings.webhook_url else self._unhook())
        for call in menus(self.settings.language):
            await self._expect("setMyCommands", call)

    async def _hook(self) -> None:
        """setWebhook only when something differs: it is limited to one a second and cuts what is under way."""
        wanted = self._wanted()
        kept = await asyncio.wrap_future(self.store.read(lambda conn: meta.get_meta(conn, HOOKED)))
        info = await self.telegram.call("getWebhookInfo", {})
        url = info.result.get("url") if isinstance(info, Sent) and isinstance(info.result, dict) else None
        if url == self.settings.webhook_url and kept == wanted:
            return
        secret = self.settings.webhook_secret
        call = {
            "url": self.settings.webhook_url,
            "secret_token": secret.get_secret_value() if secret else "",
            "allowed_updates": ALLOWED,
            "max_connections": PARALLEL,
        }
        if await self._expect("setWebhook", call):
            await asyncio.wrap_future(self.store.submit(lambda conn: meta.put_meta(conn, HOOKED, wanted)))

    async def _unhook(self) -> None:
        """Polling does not work beside a webhook; what is queued there stays."""
        info = await self.telegram.call("getWebhookInfo", {})
        if isinstance(info, Sent) and isinstance(info.result, dict) and info.result.get("url"):
            await self._expect("deleteWebhook", {"drop_pending_updates": False})

    def _wanted(self) -> str:
        """A fingerprint of what Telegram does not tell back; the secret itself is not kept."""
        secret = self.settings.webhook_secret
        told = [self.settings.webhook_url, secret.get_secret_value() if secret else "", ALLOWED, PARALLEL]
        return hashlib.sha256(orjson.dumps(told)).hexdigest()

    async def _expect(self, method: str, params: dict[str, Any]) -> bool:
        reply = await self.telegram.call(method, params)
        if isinstance(reply, Sent):
            return True
        log.error("%s was not accepted: %r", method, reply, extra={"action": "start.refused"})
        return False
