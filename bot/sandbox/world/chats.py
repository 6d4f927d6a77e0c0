"""Chats: private ones, basic groups, supergroups and their topics."""

from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.world.keyboards import Keyboards
from bot.sandbox.world.members import Member, everything, member_of
from bot.sandbox.world.messages import Stored
from bot.sandbox.world.users import Json, User

GENERAL_TOPIC: Final = 1


@dataclass(slots=True, kw_only=True)
class Topic:
    """A thread of a forum, known by the id of the message that opened it."""

    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat and all that was said in it. A private chat's id is the user's id."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    bot: Member = field(default_factory=lambda: member_of("member"))
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=everything)
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    slow_mode_delay: int = 0
    bot_spoke_at: float = 0.0
    migrated_to: int | None = None
    deleted: bool = False
    protected: bool = False
    messages: dict[int, Stored] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboards: Keyboards = field(default_factory=Keyboards)
    last_message_id: int = 0
    actions: dict[str, float] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether this is a talk between one person and the bot."""
        return self.type == "private"

    def as_json(self) -> Json:
        """Return the Bot API `Chat`."""
        if self.user is not None:
            person = self.user.as_json()
            del person["is_bot"]
            person.pop("language_code", None)
            return {**person, "type": "private"}
        chat: Json = {"id": self.id, "title": self.title, "type": self.type}
        if self.is_forum:
            chat["is_forum"] = True
        return chat

    def allows(self, permission: str) -> bool:
        """Whether the bot may do what `permission` (a field of ChatPermissions) names."""
        if self.is_private or self.bot.is_admin:
            return True
        if self.bot.status == "restricted":
            return self.permissions.get(permission, False) and self.bot.rights.get(permission, False)
        return self.permissions.get(permission, False)
