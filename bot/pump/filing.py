"""Files that are made for a notice when its turn has come, and what Telegram's answer means for the next time."""

import logging
from typing import Any

from bot.answers import Kind
from bot.exports.workshop import Made, Workshop
from bot.log import trace
from bot.pump.parcel import Ways
from bot.telegram import Otherwise, Reply, Sent
from storage.taking import Claimed

log = logging.getLogger(__name__)


class Filing:
    """Stands between the pump and the workshop."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def file_for(self, row: Claimed, ways: Ways) -> tuple[Ways, Made | None]:
        """The file that a notice asks for; where it cannot be made, its words say so, and nothing else waits for it."""
        if row.notice.attachment is None or Kind.WORDS in ways:
            return ways, None
        try:
            return ways, await self._workshop.made(row.notice)
        except Exception as error:
            about = {"action": "send.no_file"}
            log.error("no file for %s: %s", row.notice.kind, trace(error), extra=about)  # noqa: TRY400  # no words
            return ways | {Kind.WORDS}, None

    async def settled(self, made: Made, reply: Reply) -> bool:
        """What Telegram has is sent by its id the next time. False when it did not know the id: then that is forgotten,
        and the file has to be made anew."""
        if isinstance(reply, Otherwise) and made.file_id is not None:
            await self._workshop.lost(made)
            return False
        if (
            isinstance(reply, Sent)
            and made.file_id is None
            and made.keep
            and (file_id := file_id_in(reply.result, made.field))
        ):
            await self._workshop.sent(made, file_id)
        return True


def file_id_in(message: Any, field: str) -> str | None:
    """The id of the file in a message that was sent; of a photo that of its largest size."""
    file = message.get(field) if isinstance(message, dict) else None
    largest = file[-1] if isinstance(file, list) and file else file
    return largest.get("file_id") if isinstance(largest, dict) else None
