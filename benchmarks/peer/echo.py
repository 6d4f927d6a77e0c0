"""`python -m benchmarks.peer.echo URL how [PORT SECRET]`: python-telegram-bot as it comes, saying back what it hears.

`default` is what its manual shows: httpx, one update after the other. `transport` is the same echo on our transport, 64
updates at once. `limited` sends through PTB's reference limiter, to a group instead of back. It ends when its standard
input does; a number there starts a broadcast to so many people.
"""

import asyncio
import sys
from typing import Any

from telegram import Bot, Update
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, MessageHandler, filters

from benchmarks.rig.audience import AUDIENCE
from bot.transport import Transport

TOKEN = "7000000001:bench"  # noqa: S105  # opens nothing but the stand-in
AT_ONCE = 64
GROUP = -1_007_000_000_000


async def echo(update: Update, _context: Any) -> None:
    """Say it back."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def alert(update: Update, context: Any) -> None:
    """Say it to a group: the peer's urgent card."""
    if update.message is not None:
        await context.bot.send_message(GROUP, update.message.text or "")


async def broadcast(bot: Bot, count: int) -> None:
    """All at once; the limiter is to spread them."""
    await asyncio.gather(*(bot.send_message(AUDIENCE + person, "told") for person in range(count)))


def application(url: str, how: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bare bot, `default` or `transport`."""
    builder: Any = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot")
    if how == "transport":
        builder = builder.request(Transport()).get_updates_request(Transport()).concurrent_updates(AT_ONCE)
    if how == "limited":
        builder = builder.rate_limiter(AIORateLimiter(max_retries=10)).concurrent_updates(AT_ONCE)
    built: Application[Any, Any, Any, Any, Any, Any] = builder.build()
    built.add_handler(MessageHandler(filters.ALL, alert if how == "limited" else echo))
    return built


async def main(url: str, how: str, port: str = "", secret: str = "") -> None:
    """Poll, or serve a webhook (with Tornado) on the port, until standard input is closed."""
    async with application(url, how) as running:
        await running.start()
        assert running.updater is not None
        if port:
            await running.updater.start_webhook(
                "127.0.0.1", int(port), "hook", webhook_url=f"http://127.0.0.1:{port}/hook", secret_token=secret
            )
        else:
            await running.updater.start_polling(timeout=10)
        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            await broadcast(running.bot, int(line))
        await running.updater.stop()
        await running.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
