"""Private messages: commands, the reply keyboard's words, and everything that may be a report."""

from dataclasses import replace

from telegram import Update

from core.messages import Command, Ordered, Spoke
from handlers import words
from handlers.common import Moment, anonymous, order, spoken


def ordered(update: Update, moment: Moment) -> Ordered | None:
    """/start pl_x -> Ordered(word="start", rest="pl_x"); a command for another bot is not ours."""
    message = update.message
    if message is None:
        return None
    head, _, rest = (message.text or message.caption or "").partition(" ")
    word, _, named = head.removeprefix("/").lower().partition("@")
    if named and named != update.get_bot().username.lower():
        return None
    number = words.number_of(head)
    return order(message, "case" if number else word, moment, rest=number or rest.strip())


def worded(update: Update, moment: Moment) -> Command | None:
    """A word of the keyboard or a plain Chinese command; any other text is something that is told."""
    message = update.message
    if message is None or anonymous(message):
        return None
    text = message.text or ""
    number = words.number_of(text) if message.reply_to_message is None else None
    word, rest = ("case", number) if number else words.begun(text) or (words.word_of(text), "")
    if word is None or word == "location":
        return spoke(update, moment)
    return order(message, word, moment, rest=rest, said=text if rest else "")


def spoke(update: Update, moment: Moment) -> Spoke | None:
    """A message in private."""
    return spoken(update.message, moment, group=False) if update.message else None


def edited(update: Update, moment: Moment) -> Spoke | None:
    """An edited message, or one more moment of a live location, its last one included."""
    message = update.edited_message
    if message is None:
        return None
    command = spoken(message, moment, group=False)
    return replace(command, edited=True, at=moment(message.edit_date or message.date)) if command else None
