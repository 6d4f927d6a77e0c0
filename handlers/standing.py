"""The bot's own standing in chats: blocked, back, kicked; and groups that become supergroups."""

from telegram import ChatMember, ChatMemberRestricted, Update

from core.messages import Command, Migrated, StatusChanged
from handlers.common import Moment, sender

GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


def changed(update: Update, moment: Moment) -> Command | None:
    """my_chat_member: in private a block or its end, in a group coming and going."""
    change = update.my_chat_member
    if change is None:
        return None
    return StatusChanged(
        at=moment(change.date),
        chat=change.chat.id,
        group=change.chat.type != "private",
        present=_can_write(change.new_chat_member),
        title=change.chat.title or "",
        who=sender(change.from_user),
    )


def _can_write(bot: ChatMember) -> bool:
    """A bot that is there and may say nothing reaches nobody: that chat is as lost as one that put it out."""
    muted = isinstance(bot, ChatMemberRestricted) and not (bot.is_member and bot.can_send_messages)
    return bot.status not in GONE and not muted


def migrated(update: Update, moment: Moment) -> Command | None:
    """migrate_to_chat_id arrives in the old group, migrate_from_chat_id in the new one; either is enough."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id:
        return Migrated(at=moment(message.date), old=message.chat_id, new=message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return Migrated(at=moment(message.date), old=message.migrate_from_chat_id, new=message.chat_id)
    return None
