"""What Telegram says: token, webhook, and the bot's rights in every group."""

import asyncio
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.clinic.findings import right, wrong
from bot.telegram import Reply, Sent, Telegram
from core.messages import Finding
from core.town import Town

OWNS = frozenset({"administrator", "creator"})
GONE = frozenset({"left", "kicked"})
AT_ONCE = 4  # calls; a town has a hundred groups, and cards must not wait behind the check-up
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


class Room(NamedTuple):
    """A group the bot has to write in. `works`: of people on the street, where it has to hear every message; elsewhere
    buttons and replies are enough."""

    chat: int
    name: str
    works: bool


def rooms(town: Town) -> list[Room]:
    """Every group of the town's people, of communities, departments and guards, once, with a name. Residents' groups
    are not asked about: nobody is called there."""
    here = town.district
    named = (
        *((it.chat_id, it.name_zh, True) for it in here.teams),
        *((it.chat_id, it.name_zh, False) for it in here.communities),
        *((it.chat_id, it.name_zh, False) for it in here.departments),
        *((it.management_chat, f"{it.name_zh}物业", False) for it in here.compounds),
    )
    first: dict[int, Room] = {}
    for chat, name, works in named:
        if chat is not None:
            first.setdefault(chat, Room(chat, name, works))
    return list(first.values())


async def standing(telegram: Telegram, me: dict[str, Any], town: Town) -> list[Finding]:
    """The bot's standing in each of them, in their order."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def look(room: Room) -> list[Finding]:
        async with gate:
            return await _room(telegram, me, room, pins=room.chat == town.district.centre_chat())

    return [it for found in await asyncio.gather(*map(look, rooms(town))) for it in found]


async def _room(telegram: Telegram, me: dict[str, Any], room: Room, *, pins: bool) -> list[Finding]:
    member = await telegram.call("getChatMember", {"chat_id": room.chat, "user_id": me["id"]})
    known = _dict(member)
    if not known or known.get("status") in GONE:
        return [_lost(room, str(known.get("status") or _why(member)), me)]
    if room.works and known.get("status") not in OWNS:
        return [wrong("chat_plain", name=room.name, url=_invite(me))]
    about = _dict(await telegram.call("getChat", {"chat_id": room.chat}))
    if not _may_write(known, about):
        return [wrong("room_muted", name=room.name)]
    return list(_rights(known, about, room.name, pins=pins)) or [right("chat_ok", name=room.name)]


def _lost(room: Room, why: str, me: dict[str, Any]) -> Finding:
    if room.works:
        return wrong("chat_lost", name=room.name, text=why, url=_invite(me))
    return wrong("room_lost", name=room.name, text=why, url=_invite(me, works=False))


def _may_write(member: dict[str, Any], chat: dict[str, Any]) -> bool:
    """Administrators always; others as they or their group are allowed to."""
    if member.get("status") in OWNS:
        return True
    allowed = member if member.get("status") == "restricted" else chat.get("permissions") or {}
    return bool(allowed.get("can_send_messages", True))


def _rights(member: dict[str, Any], chat: dict[str, Any], name: str, *, pins: bool) -> Iterator[Finding]:
    if pins and member.get("status") != "creator" and not member.get("can_pin_messages", False):
        yield wrong("chat_no_pin", name=name)
    if chat.get("is_forum"):
        yield right("chat_topics", name=name)


def _invite(me: dict[str, Any], *, works: bool = True) -> str:
    """A link that asks for the group and makes the bot its administrator where it has to be one."""
    asked = "startgroup=post&admin=pin_messages" if works else "startgroup=back"
    return f"https://t.me/{me.get('username', '')}?{asked}"


def _dict(reply: Reply) -> dict[str, Any]:
    return reply.result if isinstance(reply, Sent) and isinstance(reply.result, dict) else {}


def _why(reply: Reply) -> str:
    return str(getattr(reply, "why", type(reply).__name__))
