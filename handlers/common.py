"""What every parser needs: who, when, and what a message carries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from telegram import Message, User

from core.messages import Sender, Spoke, Spot

Moment = Callable[[datetime], datetime]


def sender(user: User) -> Sender:
    """The person behind an update."""
    return Sender(user_id=user.id, name=user.full_name, language=user.language_code)


def anonymous(message: Message) -> bool:
    """Written in the name of a group or a channel: nobody we could know (TELEGRAM.md 1.6)."""
    return message.sender_chat is not None or message.from_user is None


def spot(message: Message) -> Spot | None:
    """A sent place: a venue, a pin, or one moment of a live location."""
    venue, location = message.venue, message.location
    if venue is not None:
        at = venue.location
        return Spot(lat=at.latitude, lng=at.longitude, title=venue.title, address=venue.address)
    if location is None:
        return None
    return Spot(
        lat=location.latitude,
        lng=location.longitude,
        accuracy=location.horizontal_accuracy,
        live=location.live_period is not None,
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
        text=message.text or message.caption or "",
        spot=spot(message),
        album=message.media_group_id,
        reply_to=reply.message_id if reply else None,
        forwarded=message.forward_origin is not None,
    )
    return _with_files(base, message)


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
        document_bytes=max(_size(document), _size(video), _size(voice)),
        sticker=message.sticker.emoji or "?" if message.sticker else None,
    )


def _size(file: object) -> int:
    size = getattr(file, "file_size", None)
    return size if isinstance(size, int) else 0
