"""Small text files of colleagues are read before a command is decided, since deciding knows no network."""

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.telegram import Telegram
from core import rights
from core.messages import Command, Spoke
from core.town import Town

log = logging.getLogger(__name__)

NAMES = (".txt", ".csv", ".json", ".geojson")
MOST = 64 * 1024  # bytes
MOST_OF_TOWN = 4 * 1024 * 1024  # of a district file, or of its grids
WHOLE = (".json", ".geojson")
ENCODINGS = ("utf-8-sig", "gb18030")  # the second is what Excel writes in China


class Papers:
    """Reads what is meant to be read. `town` is None until one was needed."""

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
        most = MOST_OF_TOWN if name.endswith(WHOLE) else MOST
        small = name.endswith(NAMES) and command.document_bytes <= most and not command.group
        return small and (self._sets_up(command, town) or self._colleague(command, town))

    def _sets_up(self, command: Spoke, town: Town | None) -> bool:
        """Until the town is live nobody is known yet; what is read then counts for administrators alone."""
        whole = command.document_name.lower().endswith(WHOLE)
        return whole and (town is None or not town.live or rights.administers(command.sender.user_id, town))

    def _colleague(self, command: Spoke, town: Town | None) -> bool:
        return town is not None and town.district.person(command.sender.user_id) is not None


def _text(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data[:MOST_OF_TOWN].decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
