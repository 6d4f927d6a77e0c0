"""What every parser needs: who, when, and what a message carries."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Message, User

from core.messages import Ordered, Sender, Spoke, Spot

_NUMBER = re.compile(r"\b[A-Z]\d{4}-\d{4,}\b", re.ASCII)  # A2611-0042
CRY = "🆘"
Moment = Callable[[datetime], datetime]


def sender(user: User) -> Sender:
    """The person behind an update."""
    return Sender(user_id=user.id, name=user.full_name, language=user.language_code)


def anonymous(message: Message) -> bool:
    """Written in the name of a group or a channel: nobody we could know (TELEGRAM.md 1.6)."""
    return message.sender_chat is not None or message.from_user is None


def spot(message: Message, moment: Moment) -> Spot | None:
    """A sent place: a venue, a pin, or one moment of a live location."""
    venue, location = message.venue, message.location
    if venue is not None:
        at = venue.location
        return Spot(lat=at.latitude, lng=at.longitude, title=venue.title, address=venue.address)
    if location is None:
        return None
    period = location.to_dict().get("live_period")  # the attribute itself is about to change its type, and warns
    return Spot(
        lat=location.latitude,
        lng=location.longitude,
        accuracy=location.horizontal_accuracy,
        live=period is not None,
        until=moment(message.date) + timedelta(seconds=period) if period is not None else None,
    )


def spoken(message: Message, moment: Moment, *, group: bool) -> Spoke | None:
    """A message as a command; None for one without a person behind it."""
    if anonymous(message) or message.from_user is None:
        return None
    reply = message.reply_to_message
    base = Spoke(
        at=moment(message.date),
        sender=sender(message.from_user),
        chat=message.chat_id,
        message=message.message_id,
        group=group,
        text=message.text or message.caption or _cry(message),
        spot=spot(message, moment),
        album=message.media_group_id,
        reply_to=reply.message_id if reply else None,
        about=_number_in(reply),
        forwarded=message.forward_origin is not None,
    )
    return _with_files(base, message)


def order(message: Message, word: str, moment: Moment, rest: str = "", said: str = "") -> Ordered | None:
    """A command, or words that stand for one; None when nobody in particular said it."""
    if message.from_user is None or anonymous(message):
        return None
    return Ordered(
        at=moment(message.date),
        sender=sender(message.from_user),
        chat=message.chat_id,
        message=message.message_id,
        word=word,
        rest=rest,
        said=said,
        title=message.chat.title or "",
    )


def _cry(message: Message) -> str:
    """A sticker of 🆘 is a cry for help, whoever drew it; all others are stickers."""
    return CRY if message.sticker and message.sticker.emoji == CRY else ""


def _number_in(reply: Message | None) -> str | None:
    """The case number in a message of a bot; who may do what with it is decided by the person, not by the text."""
    if reply is None or reply.from_user is None or not reply.from_user.is_bot:
        return None
    found = _NUMBER.search(reply.text or reply.caption or "")
    return found.group() if found else None


def _with_files(base: Spoke, message: Message) -> Spoke:
    """Files by Telegram's ids."""
    document = message.document
    voice, video = message.voice or message.audio, message.video or message.video_note
    return replace(
        base,
        photo=message.photo[-1].file_id if message.photo else None,
        voice=voice.file_id if voice else None,
        video=video.file_id if video else None,
        document=document.file_id if document else None,
        document_name=(document.file_name or "") if document else "",
        document_bytes=max(_size(document), _size(video), _size(voice)),
        sticker=message.sticker.emoji or "?" if message.sticker else None,
    )


def _size(file: object) -> int:
    size = getattr(file, "file_size", None)
    return size if isinstance(size, int) else 0
