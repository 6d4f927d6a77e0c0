"""People (and bots) of the sandbox."""

from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]

GROUP_ANONYMOUS_BOT: Final = 1087968824


@dataclass(slots=True, kw_only=True)
class User:
    """A Telegram account as this bot meets it.

    `started`: has pressed Start, so the bot may write first. `blocked`: has blocked the bot. `deactivated`: account
    deleted.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_json(self) -> Json:
        """Return the Bot API `User`."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


def anonymous_admin() -> User:
    """Return GroupAnonymousBot, in whose name anonymous administrators speak."""
    return User(id=GROUP_ANONYMOUS_BOT, first_name="Group", username="GroupAnonymousBot", is_bot=True)
