"""望闻问切 in one message: a line for each note, such as `望 楼板很薄` or `闻乙:上夜班` (mechanism F16)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

STEPS: Mapping[str, str] = MappingProxyType(
    {"望": "look", "闻": "listen", "聞": "listen", "问": "ask", "問": "ask", "切": "root"}
    | {it: it for it in ("look", "listen", "ask", "root")}
)
SIDES: Mapping[str, str] = MappingProxyType({"甲": "a", "乙": "b", "a": "a", "b": "b"})
_BETWEEN = r"\s*[:\uff1a,\uff0c、]?\s*"
_LINE = re.compile(
    rf"^\s*(?:([望闻聞问問切])\s*(?:([甲乙])方?)?|(look|listen|ask|root)\b(?:\s+([ab])\b)?){_BETWEEN}(\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Jotted:
    """One note. `side` is empty but for what one side has said (闻), which belongs to that side alone."""

    step: str
    side: str
    text: str


def read(text: str) -> tuple[Jotted, ...]:
    """All lines as notes; nothing where any line is none: half of what was written must not get lost unsaid."""
    lines = [_jotted(line) for line in text.splitlines() if line.strip()]
    return tuple(it for it in lines if it is not None) if None not in lines else ()


def _jotted(line: str) -> Jotted | None:
    hit = _LINE.match(line)
    if hit is None:
        return None
    step, side = STEPS[(hit[1] or hit[3]).lower()], SIDES.get((hit[2] or hit[4] or "").lower(), "")
    if (step == "listen") is (side == ""):
        return None  # whose words it is must be said, or they might be read to the wrong side
    return Jotted(step=step, side=side, text=hit[5].strip())
