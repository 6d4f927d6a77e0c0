"""Updates as Telegram sends them, in JSON, for the parsers."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from telegram import Update

SENT = 1_795_000_000
LATER = SENT + 60
PERSON = {"id": 700001, "is_bot": False, "first_name": "Li", "last_name": "Hua", "language_code": "zh-hans"}
BOT = {"id": 42, "is_bot": True, "first_name": "bot", "username": "pinganbot"}
US = SimpleNamespace(id=BOT["id"], username=BOT["username"])
PRIVATE = {"id": 700001, "type": "private", "first_name": "Li"}
GROUP = {"id": -100123, "type": "supergroup", "title": "post"}


def moment(at: datetime) -> datetime:
    """The bot's clock in these tests: Telegram's."""
    return at


def at(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def update(**parts: Any) -> Update:
    found = Update.de_json({"update_id": 1, **parts}, US)  # type: ignore[arg-type]  # its name and id are all that is asked
    assert found is not None
    return found


def message(chat: dict[str, Any] = PRIVATE, **fields: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": SENT, "chat": chat, "from": PERSON, **fields}


def ours(**fields: Any) -> dict[str, Any]:
    """A message of the bot, to be replied to."""
    return {"message_id": 5, "date": SENT, "chat": GROUP, "from": BOT, "text": "card", **fields}
