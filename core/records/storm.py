"""大风大雨 mode of a town (duty.md, storm/big-event mode; mechanism F28): one record, on or off."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record

ONLY = "now"  # the one there is; what went before is in the log


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm(Record):
    """`open` while it is on. `serial` counts what was decided, so that an older sheet's button changes nothing.

    `by`: the colleague who decided last. `asked`: the centre was asked whether it goes on. `rested`: who was told to
    rest, as `person@beginning`; told once for one stretch of work.
    """

    open: bool = False
    serial: int = 0
    by: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    asked: bool = False
    rested: tuple[str, ...] = ()
