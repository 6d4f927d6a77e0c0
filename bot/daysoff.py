"""Public holidays and working weekends: China's come with the product, other countries' are asked of a library."""

from datetime import date
from functools import cache
from importlib import resources

import orjson

from core.calendar import Holidays

YEARS = range(2020, 2041)
ANNOUNCED_YEARLY = "CN"  # its working weekends are decided anew each November; no rule gives them
KEPT = "daysoff.json"


@cache
def official_holidays(country: str) -> Holidays:
    """Public holidays and working weekends of a country by its two letters; nothing is known of a strange one."""
    return _kept() if country == ANNOUNCED_YEARLY else of_library(country)


def of_library(country: str) -> Holidays:
    """The same as the library knows them, which loads all countries of the world for it (13 MB).

    For China only years with a published table count as known, so that a missing one is warned about.
    """
    import holidays  # noqa: PLC0415  # as said

    if country not in holidays.list_supported_countries():
        return Holidays()
    calendar = holidays.country_holidays(country, years=YEARS)
    published = getattr(calendar, "special_public_holidays", {})
    known = (year for year in YEARS if country != ANNOUNCED_YEARLY or year in published)
    return Holidays(off=frozenset(calendar), work_weekend=frozenset(calendar.weekend_workdays), years=frozenset(known))


def to_keep() -> bytes:
    """What `bot/data/daysoff.json` should hold: what the library of this release knows of China."""
    known = of_library(ANNOUNCED_YEARLY)
    told = {"off": sorted(known.off), "work_weekend": sorted(known.work_weekend), "years": sorted(known.years)}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _kept() -> Holidays:
    told = orjson.loads(resources.files("bot").joinpath("data", KEPT).read_bytes())
    days = {name: frozenset(map(date.fromisoformat, told[name])) for name in ("off", "work_weekend")}
    return Holidays(**days, years=frozenset(told["years"]))
