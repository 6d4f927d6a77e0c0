"""Where people on duty are: kept only while they are, for a week, and each sees their own alone (privacy.md)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.distance import Point, metres
from core.district.values import Ranking

KEPT = timedelta(days=7)  # privacy.md, 轨迹
STILL_M = 15.0  # metres; a telephone that lies on a table moves about as much
STILL = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where somebody was at a moment, in WGS-84 degrees; `accuracy` in metres, None when the telephone did not say.

    `source` is `live` or `sent` (a single place); `until` is when a live location ends, None for a single place.
    """

    person: str
    at: datetime
    lat: float
    lng: float
    accuracy: float | None = None
    source: str = "sent"
    until: datetime | None = None

    @property
    def point(self) -> Point:
        """The place."""
        return Point(self.lat, self.lng)


def counts(position: Position, now: datetime, ranking: Ranking) -> bool:
    """Whether a position is young and right enough to stand for its person."""
    young = now - position.at <= timedelta(minutes=ranking.fresh_minutes)
    return young and (position.accuracy is None or position.accuracy <= ranking.accuracy_m)


def says_more(position: Position, known: Position | None) -> bool:
    """Whether a position is worth keeping beside the one that is known: a telephone at rest repeats itself."""
    if known is None or position.source != known.source or position.until != known.until:
        return known is None or position.at >= known.at
    rested = position.at - known.at < STILL and metres(position.point, known.point) < STILL_M
    return position.at > known.at and not rested
