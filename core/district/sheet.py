"""Reading JSON without trusting it: each getter returns a value of its type and notes what was wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.calendar import Hours, parse_clock
from core.distance import Point
from core.district.faults import Book

Value = TypeVar("Value")


def type_name(raw: object) -> str:
    """What a JSON reader would call this value."""
    names = {dict: "object", list: "array", str: "text", bool: "true/false", int: "number", float: "number"}
    return "null" if raw is None else names.get(type(raw), type(raw).__name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One object of the file. A broken one answers with empty values and notes nothing more."""

    raw: Mapping[str, object]
    where: str
    book: Book
    broken: bool = False

    def path(self, key: str) -> str:
        """The JSON path of an entry."""
        return f"{self.where}.{key}" if self.where else key

    def note(self, key: str, code: str, **words: object) -> None:
        """Note a fault of an entry."""
        if not self.broken:
            self.book.note(self.path(key), code, **words)

    def wrong_type(self, key: str, wanted: str, wanted_zh: str) -> None:
        """Note that an entry is of another type."""
        self.note(key, "type", wanted=wanted, wanted_zh=wanted_zh, got=type_name(self.raw[key]))

    def here(self, key: str, *, needed: bool) -> bool:
        """Whether the entry holds something; a needed one that does not is a fault."""
        if self.raw.get(key) is not None:
            return True
        if needed:
            self.note(key, "missing")
        return False

    def text(self, key: str) -> str:
        """A text that has to be there and to say something."""
        if not self.here(key, needed=True):
            return ""
        raw = self.raw[key]
        if not isinstance(raw, str):
            self.wrong_type(key, "text", "文字")
            return ""
        if not raw.strip():
            self.note(key, "empty")
        return raw.strip()

    def text_or(self, key: str, default: str = "") -> str:
        """A text that may be missing."""
        if not self.here(key, needed=False):
            return default
        raw = self.raw[key]
        if not isinstance(raw, str):
            self.wrong_type(key, "text", "文字")
            return default
        return raw.strip()

    def link(self, key: str) -> str | None:
        """A reference that may be missing."""
        return self.text_or(key) or None

    def names(self) -> tuple[str, str]:
        """Chinese and English name; one stands in for the other, one has to be there."""
        zh, en = self.text_or("name_zh"), self.text_or("name_en")
        if not (zh or en):
            self.note("name_zh", "missing")
        return zh or en, en or zh

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within bounds; without a default it has to be there."""
        if not self.here(key, needed=default is None):
            return default or 0
        raw = self.raw[key]
        if not isinstance(raw, int) or isinstance(raw, bool):
            self.wrong_type(key, "a whole number", "整数")
            return default or 0
        if not low <= raw <= high:
            self.note(key, "range", value=raw, low=low, high=high)
        return raw

    def account(self, key: str) -> int | None:
        """A Telegram id, of a chat or of a person, which may not be known yet."""
        if not self.here(key, needed=False):
            return None
        return self.whole(key, -(2**52), 2**52) or None

    def degrees(self, key: str, limit: int) -> float:
        """A latitude or longitude."""
        if not self.here(key, needed=True):
            return 0.0
        raw = self.raw[key]
        if not isinstance(raw, int | float) or isinstance(raw, bool):
            self.wrong_type(key, "a number", "数字")
            return 0.0
        if not -limit <= raw <= limit:
            self.note(key, "range", value=raw, low=-limit, high=limit)
            return 0.0
        return float(raw)

    def point(self) -> Point:
        """`lat` and `lng`."""
        return Point(self.degrees("lat", 90), self.degrees("lng", 180))

    def flag(self, key: str) -> bool:
        """True or false; missing is false."""
        if not self.here(key, needed=False):
            return False
        raw = self.raw[key]
        if not isinstance(raw, bool):
            self.wrong_type(key, "true or false", "true 或 false")
        return raw is True

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        """One of a few words."""
        value = self.text_or(key, default)
        if value not in choices:
            self.note(key, "choice", value=value, choices=", ".join(choices))
            return default
        return value

    def parsed(self, key: str, parse: Callable[[str], Value], code: str, default: Value) -> Value:
        """A text with a meaning; what `parse` refuses with ValueError is a fault of this code."""
        return self.understood(key, self.raw.get(key), parse, code, default)

    def understood(self, key: str, raw: object, parse: Callable[[str], Value], code: str, default: Value) -> Value:
        """The meaning of a text found at `key`."""
        try:
            return parse(raw if isinstance(raw, str) else "")
        except ValueError:
            self.note(key, code, value=repr(raw) if not isinstance(raw, str) else raw)
            return default

    def day(self, key: str) -> date:
        """A date that has to be there."""
        if not self.here(key, needed=True):
            return date.min
        return self.parsed(key, date.fromisoformat, "date", date.min)

    def clock(self, key: str, default: int) -> int:
        """A time of day in minutes."""
        return self.parsed(key, parse_clock, "time", default) if self.here(key, needed=False) else default

    def hours(self, key: str, default: Hours) -> Hours:
        """A part of the day: `22:00-07:00`, or the two ends as an array."""
        if not self.here(key, needed=False):
            return default
        raw = self.raw[key]
        text = "-".join(str(it) for it in raw) if isinstance(raw, list) else raw
        return self.understood(key, text, parse_hours, "hours", default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, which may be missing."""
        found = self.array(key, needed=False)
        for index, raw in enumerate(found):
            if not isinstance(raw, str) or not raw.strip():
                self.note(f"{key}[{index}]", "type", wanted="text", wanted_zh="文字", got=type_name(raw))
        return tuple(raw.strip() if isinstance(raw, str) else "" for raw in found)

    def array(self, key: str, *, needed: bool) -> Sequence[object]:
        """A list of anything."""
        if not self.here(key, needed=needed):
            return ()
        raw = self.raw[key]
        if not isinstance(raw, list):
            self.wrong_type(key, "a list", "列表")
            return ()
        return raw

    def sheet(self, key: str, *, needed: bool = True) -> "Sheet":
        """An object inside this one."""
        if not self.here(key, needed=needed):
            return Sheet({}, self.path(key), self.book, broken=needed)
        return sheet(self.raw[key], self.path(key), self.book)

    def sheets(self, key: str, *, needed: bool) -> Iterator["Sheet"]:
        """The objects of a list inside this one, in its order."""
        for index, raw in enumerate(self.array(key, needed=needed)):
            yield sheet(raw, f"{self.path(key)}[{index}]", self.book)


def sheet(raw: object, where: str, book: Book) -> Sheet:
    """An object of the file; anything else is one fault and a broken sheet."""
    if isinstance(raw, dict):
        return Sheet(raw, where, book)
    book.note(where or "$", "type", wanted="an object", wanted_zh="对象", got=type_name(raw))
    return Sheet({}, where, book, broken=True)


def parse_hours(text: str) -> Hours:
    """`22:00-07:00` as Hours. Raises ValueError."""
    start, _, end = text.replace("–", "-").partition("-")  # an en dash is what people type
    hours = Hours(parse_clock(start), parse_clock(end))
    if hours.start == hours.end:
        raise ValueError("an empty part of the day")
    return hours
