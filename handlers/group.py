"""Groups: only commands to us, mentions of us and replies to us are heard (privacy.md: no keyword watching)."""

from dataclasses import replace

from telegram import Bot, Message, MessageEntity, Update

from core.messages import Ordered, Spoke
from handlers import resident
from handlers.common import Moment, order, spoken
from handlers.words import word_of

CALLS = frozenset({"report"})  # commands that say in a group what a mention says
SAID = frozenset({"storm"})  # words that a mention may say instead of its command: nobody reports a hazard by them


def ordered(update: Update, moment: Moment) -> Ordered | Spoke | None:
    """A command in a group; /report with words, or as a reply to what somebody wrote, is a report."""
    command = resident.ordered(update, moment)
    if command is None or update.message is None:
        return None
    if command.word in CALLS:
        return _call(update.message, command.rest, moment)
    return replace(command, group=True)


def spoke(update: Update, moment: Moment) -> Ordered | Spoke | None:
    """A reply to us, else a mention of us; anything else was not said to us."""
    return replied(update, moment) or mentioned(update, moment)


def mentioned(update: Update, moment: Moment) -> Ordered | Spoke | None:
    """@bot 3栋路灯坏了, @bot 风暴模式; a mention of somebody else is none of our business."""
    message = update.message
    named = _mention(message, update.get_bot()) if message is not None else None
    if message is None or named is None:
        return None
    words = (message.text or message.caption or "").replace(named, " ", 1).strip()
    return _worded(message, words, moment) or _call(message, words, moment)


def _worded(message: Message, words: str, moment: Moment) -> Ordered | None:
    word = word_of(words)
    told = order(message, word, moment) if word in SAID else None
    return replace(told, group=True) if told else None


def _mention(message: Message, bot: Bot) -> str | None:
    """The words that name us, as they were written."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    for entity, words in found.items():
        if entity.user is not None and entity.user.id == bot.id:
            return words
        if words.lower() == f"@{bot.username}".lower():
            return words
    return None


def _call(message: Message, words: str, moment: Moment) -> Spoke | None:
    """The caller's words and picture; where there are none, those of the message that is replied to."""
    told = spoken(message, moment, group=True)
    if told is None:
        return None
    told = replace(told, text=words, called=True, reply_to=None, about=None)
    other = message.reply_to_message
    if other is None or other.from_user is None or other.from_user.is_bot:
        return told
    picture = told.photo or (other.photo[-1].file_id if other.photo else None)
    if words:
        return replace(told, photo=picture)
    return replace(told, text=other.text or other.caption or "", photo=picture, quoted=True)


def replied(update: Update, moment: Moment) -> Spoke | None:
    """A reply to a message of a bot; which one it was is looked up by its id."""
    message = update.message
    if message is None or message.reply_to_message is None:
        return None
    author = message.reply_to_message.from_user
    if author is None or not author.is_bot:
        return None
    return spoken(message, moment, group=True)
