"""The methods the sandbox answers, one module per family; `METHODS` is all of them by documented name."""

from typing import Final

from bot.sandbox.methods import chats, delivery, editing, media, messages, profile
from bot.sandbox.methods.request import Handler

METHODS: Final[dict[str, Handler]] = {
    name: handler
    for family in (delivery, profile, messages, media, editing, chats)
    for name, handler in family.METHODS.items()
}
