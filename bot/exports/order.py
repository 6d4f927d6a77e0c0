"""One file to be made, as data: what its maker in the child process is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.voice.speaker import Params, Speaker

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "pdf": "application/pdf",
    "json": "application/json",
}


class NothingToMake(LookupError):  # noqa: N818 - reads as what it says
    """What the file was to be made of is not there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One file to be made. `field`: as what Telegram takes it (photo, document); `make`: png, csv, xlsx, pdf, json.

    `keep`: whether Telegram's id of it may be remembered, to send it again; never of what tells about somebody.
    """

    field: str
    name: str
    make: str
    data: Mapping[str, Any]
    keep: bool = True


Ordering = Callable[[Connection, Speaker, Params], Order]
