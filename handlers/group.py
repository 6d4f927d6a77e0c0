"""Groups: only commands to us and replies to us are heard (privacy.md: no keyword watching)."""

from dataclasses import replace

from telegram import Update

from core.messages import Ordered, Spoke
from handlers import resident
from handlers.common import Moment, spoken


def ordered(update: Update, moment: Moment) -> Ordered | None:
    """A command in a group."""
    command = resident.ordered(update, moment)
    return replace(command, group=True) if command else None


def replied(update: Update, moment: Moment) -> Spoke | None:
    """A reply to a message of a bot; which one it was is looked up by its id."""
    message = update.message
    if message is None or message.reply_to_message is None:
        return None
    author = message.reply_to_message.from_user
    if author is None or not author.is_bot:
        return None
    return spoken(message, moment, group=True)
