"""What Telegram says: token, webhook, and the bot's rights in every group."""

from collections.abc import Iterator
from typing import Any

from bot.clinic.findings import right, wrong
from bot.telegram import Reply, Sent, Telegram
from core.messages import Finding
from core.town import Town

OWNS = frozenset({"administrator", "creator"})
LATE = 300  # seconds for which an error of the webhook is news


async def token(telegram: Telegram) -> tuple[dict[str, Any], list[Finding]]:
    """Who we are, as far as the server knows us."""
    me = await telegram.call("getMe", {})
    known = _dict(me)
    if not known:
        return {}, [wrong("token", text=_why(me))]
    groups = [] if known.get("can_join_groups", True) else [wrong("no_groups")]
    return known, [right("token_ok", name=str(known.get("username", ""))), *groups]


async def webhook(telegram: Telegram, url: str | None, now: float) -> Finding:
    """Whether updates go where we wait for them; `now` in Unix seconds."""
    info = _dict(await telegram.call("getWebhookInfo", {}))
    there = str(info.get("url") or "")
    if there != (url or ""):
        return wrong("hook_other", text=there or "—") if url else wrong("hook_left")
    failed, waiting = info.get("last_error_date"), info.get("pending_update_count", 0)
    if isinstance(failed, int) and now - failed < LATE:
        return wrong("hook_failing", text=str(info.get("last_error_message", "")), count=waiting)
    return right("hook_ok")


def chats(town: Town) -> list[tuple[int, str]]:
    """Every group the bot has to write in, once, with a name."""
    named = [(team.chat_id, team.name_zh) for team in town.district.teams]
    return list({chat: (chat, name) for chat, name in named if chat is not None}.values())


async def standing(telegram: Telegram, me: dict[str, Any], town: Town) -> list[Finding]:
    """The bot's standing in each of them."""
    return [it for chat, name in chats(town) for it in await _chat(telegram, me, town, chat, name)]


async def _chat(telegram: Telegram, me: dict[str, Any], town: Town, chat: int, name: str) -> list[Finding]:
    member = await telegram.call("getChatMember", {"chat_id": chat, "user_id": me["id"]})
    known = _dict(member)
    if not known:
        return [wrong("chat_lost", name=name, text=_why(member), url=_invite(me))]
    if known.get("status") not in OWNS:
        return [wrong("chat_plain", name=name, url=_invite(me))]
    about = _dict(await telegram.call("getChat", {"chat_id": chat}))
    return list(_rights(known, about, name, pins=chat == town.district.centre_chat())) or [right("chat_ok", name=name)]


def _rights(member: dict[str, Any], chat: dict[str, Any], name: str, *, pins: bool) -> Iterator[Finding]:
    if pins and member.get("status") != "creator" and not member.get("can_pin_messages", False):
        yield wrong("chat_no_pin", name=name)
    if chat.get("is_forum"):
        yield right("chat_topics", name=name)


def _invite(me: dict[str, Any]) -> str:
    """A link that asks for the group and makes the bot its administrator."""
    return f"https://t.me/{me.get('username', '')}?startgroup=post&admin=pin_messages"


def _dict(reply: Reply) -> dict[str, Any]:
    return reply.result if isinstance(reply, Sent) and isinstance(reply.result, dict) else {}


def _why(reply: Reply) -> str:
    return str(getattr(reply, "why", type(reply).__name__))
