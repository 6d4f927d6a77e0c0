"""The policy that is frozen into a case when it begins: the ladder and the limits of its district at that moment.

People are held to what they were promised: a stricter ladder must not make a case late that was in time, nor a laxer
one lose a promise. A case keeps the district's own words about it (mostly none), not a copy of every rung.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.district.faults import Book
from core.district.options import read_ladder, read_limits
from core.district.sheet import sheet
from core.district.values import LimitChange
from core.rungs import Ladder

STORM = "storm"
_TIGHT = (",", ":")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Ladder and limits, as `Options` has them."""

    ladder: Ladder
    limits: Mapping[str, LimitChange]
    storm: bool = False  # begun in storm mode: by the clock, by severity alone


@lru_cache(maxsize=16)
def policy_of(kept: str) -> Policy:
    """The policy that a case keeps (`Options.policy` of its day). It was read before, hence has no faults to be told;
    what this version no longer knows stays as usual.
    """
    part = sheet(json.loads(kept or "{}"), "", Book())
    storm = part.raw.get(STORM) is True
    ladder = read_ladder(part.sheet("ladder", needed=False))
    return Policy(
        ladder=ladder.by_the_clock() if storm else ladder,
        limits=read_limits(part.sheet("limits", needed=False)),
        storm=storm,
    )


def in_storm(kept: str) -> str:
    """The same policy for a case that begins in storm mode."""
    return json.dumps({**json.loads(kept or "{}"), STORM: True}, ensure_ascii=False, sort_keys=True, separators=_TIGHT)


def is_stormy(kept: str | None) -> bool:
    """Whether a case that keeps this policy began in storm mode."""
    return bool(kept) and policy_of(kept or "").storm
