"""Private messages: commands, the reply keyboard's words, and everything that may be a report."""

import re
from dataclasses import replace

from telegram import Message, Update

from core.messages import Command, Ordered, Spoke
from handlers import words
from handlers.common import Moment, anonymous, order, spoken

_SPACE = re.compile(r"\s+")  # people write the report in a new line, too
TELLS = frozenset({"report", "found"})  # what follows these is the report itself


def told(update: Update, moment: Moment) -> Ordered | Spoke | None:
    """A command in private. One that is followed by the report is that report; so is what stands under a picture."""
    command, message = ordered(update, moment), update.message
    if command is None or message is None or not (message.caption or (command.word in TELLS and command.rest)):
        return command
    return spoke(update, moment)


def ordered(update: Update, moment: Moment) -> Ordered | None:
    """/start pl_x -> Ordered(word="start", rest="pl_x"); a command for another bot is not ours."""
    message = update.message
    if message is None:
        return None
    head, word, named, rest = _parts(message.text or message.caption or "")
    if named and named != update.get_bot().username.lower():
        return None
    number = words.number_of(head)
    return order(message, "case" if number else words.ALIASES.get(word, word), moment, rest=number or rest)


def _parts(text: str) -> tuple[str, str, str, str]:
    """ "/report@a_bot 3栋" -> "/report@a_bot", "report", "a_bot", "3栋"."""
    head, rest = (*_SPACE.split(text.strip(), maxsplit=1), "")[:2]
    word, _, named = head.removeprefix("/").lower().partition("@")
    return head, word, named, rest


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
    return order(message, word, moment, rest=rest, said=text if rest and not number else "")  # a number tells nothing


def spoke(update: Update, moment: Moment) -> Spoke | None:
    """A message in private."""
    return _spoken(update.message, moment) if update.message else None


def _spoken(message: Message, moment: Moment) -> Spoke | None:
    """A message as it is meant: the command that says that it is a report is none of its words."""
    command = spoken(message, moment, group=False)
    if command is None or not command.text.startswith("/"):
        return command
    _, word, _, rest = _parts(command.text)
    return replace(command, text=rest) if word in TELLS else command


def edited(update: Update, moment: Moment) -> Spoke | None:
    """An edited message, or one more moment of a live location, its last one included."""
    message = update.edited_message
    if message is None:
        return None
    command = _spoken(message, moment)
    return replace(command, edited=True, at=moment(message.edit_date or message.date)) if command else None
