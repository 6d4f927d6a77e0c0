"""Who speaks, and from where."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote or pressed; `language` is the client's code as Telegram gives it."""

    user_id: int
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place as Telegram sends it: WGS-84 degrees, accuracy in metres; `title`/`address` when it is a venue.

    `live` while the place moves by itself, which ends at `until`.
    """

    lat: float
    lng: float
    accuracy: float | None = None
    live: bool = False
    until: datetime | None = None
    title: str = ""
    address: str = ""
