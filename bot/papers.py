"""Small text files of colleagues are read before a command is decided, since deciding knows no network."""

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.telegram import Telegram
from core.messages import Command, Spoke
from core.town import Town

log = logging.getLogger(__name__)

NAMES = (".txt", ".csv", ".json")
MOST = 64 * 1024  # bytes
ENCODINGS = ("utf-8-sig", "gb18030")  # the second is what Excel writes in China


class Papers:
    """Reads what is meant to be read. `town` is None until a district is loaded."""

    def __init__(self, telegram: Telegram, town: Callable[[], Town | None]) -> None:
        self._telegram, self._town = telegram, town

    async def read(self, command: Command | None) -> Command | None:
        """The command with the text of its file (`Spoke.paper`), empty where it could not be read; most commands have
        none and stay as they are."""
        if not isinstance(command, Spoke) or command.document is None or not self._wanted(command):
            return command
        data = await self._telegram.fetch(command.document)
        if data is None:
            log.warning("a file of a colleague could not be fetched", extra={"action": "paper.lost"})
        return replace(command, paper=_text(data or b""))

    def _wanted(self, command: Spoke) -> bool:
        town, name = self._town(), command.document_name.lower()
        small = name.endswith(NAMES) and command.document_bytes <= MOST and not command.group
        return small and town is not None and town.district.person(command.sender.user_id) is not None


def _text(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data[:MOST].decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
