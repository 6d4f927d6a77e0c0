"""One file to be made, as data: what its maker in the child process is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.voice import times
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker
from core.messages import Json

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "pdf": "application/pdf",
    "codes": "application/pdf",
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


def named(speaker: Speaker, kind: str, value: Json) -> str | None:
    """A code or id by its name; None stays None."""
    names = {"grid": speaker.names.grids, "compound": speaker.names.compounds}.get(kind, speaker.names.categories)
    own = f"category.{value}"
    if kind == "category" and own in speaker.catalogue:
        return speaker.catalogue.word(own)
    known = names.get(str(value)) if value is not None else None
    return known.told(speaker.catalogue.language) if known else (None if value is None else str(value))


def rows(value: Json) -> list[dict[str, Json]]:
    """The rows of a list that travelled as JSON."""
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def told(kind: str, value: Json, speaker: Speaker) -> str:
    """A code or id by its name: category, compound, person."""
    people = speaker.names.people.get(str(value)) if kind == "person" else None
    found = people.told(speaker.catalogue.language) if people else named(speaker, kind, value)
    return found or ""


def day(speaker: Speaker, value: Json) -> Told | None:
    """A moment as a paper dates it, with its year; None where there is none."""
    at = times.parse(str(value), speaker.zone) if value else None
    return speaker.insist("paper.day", {"year": at.year, "month": at.month, "day": at.day}) if at else None
