"""Inline buttons: the person who pressed is always real, the data may be anything (TELEGRAM.md 1.6)."""

from datetime import UTC, datetime

from telegram import Update

from core.messages import Command, Pressed
from handlers import buttons
from handlers.common import Moment, sender


def pressed(update: Update, moment: Moment) -> Command | None:
    """A press; Telegram gives no time of it, so it is meant now."""
    query = update.callback_query
    if query is None:
        return None
    message = query.message
    return Pressed(
        at=moment(datetime.now(UTC)),
        sender=sender(query.from_user),
        chat=message.chat.id if message else query.from_user.id,
        message=message.message_id if message else None,
        callback=query.id,
        press=buttons.decode(query.data),
    )
