"""平安志愿者: residents who said that they may be asked, and where they are (mechanisms F09, F34)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer(Record):
    """One volunteer; the id is the account. Open from the consent until they opt out; then the place is gone.

    WGS-84 degrees; None until a place was sent. `radius` in metres.
    """

    user: int
    radius: int = 500
    language: str = "zh-Hans"
    consented_at: datetime | None = None
    lat: float | None = None
    lng: float | None = None
