"""Each chat's own list of commands, by part and language, once its person said /start or chose a language.

It is a convenience: a call that fails is not repeated, and the lists for everybody stand behind it.
"""

from bot.menu import own
from bot.telegram import Reply, Sent, Telegram
from core.messages import Notice


async def offered(notice: Notice, reply: Reply, telegram: Telegram) -> None:
    """After a greeting was sent: the commands that go with it."""
    if notice.commands is not None and notice.to > 0 and isinstance(reply, Sent):
        await telegram.call("setMyCommands", own(notice.to, notice.commands, notice.language))
