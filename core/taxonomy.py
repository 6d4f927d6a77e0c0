"""The kinds of matters and their limits (hazards.md, disputes.md), as read from the taxonomy file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from core.calendar import Basis, Span, parse_span

LEVELS = (1, 2, 3, 4)
BASES: Mapping[str, Basis] = MappingProxyType({"N": "N", "S": "S", "W": "W"})


@dataclass(frozen=True, slots=True)
class Limit:
    """A span and the clock it runs on."""

    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """1 特急 … 4 轻微 with its limits; None where there is no such limit."""

    level: int
    zh: str
    en: str
    colour: str
    ack: Limit
    arrive: Limit | None
    close: Limit
    stabilise: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A hazard: its usual severity and close limit, who goes first, who is whistled for, whether it is sealed.

    `volunteers`: why they may be asked to help: "always", or a reason for which the severity was raised; empty: never.
    `violent`: no volunteer goes where its words were said, whatever kind was found.
    """

    code: str
    group: str
    zh: str
    en: str
    severity: int
    close: Span
    first: str
    dept: str
    dept_ids: tuple[str, ...]
    numbers: tuple[str, ...]
    sealed: bool
    words: tuple[str, ...]
    why: str
    volunteers: tuple[str, ...] = ()
    violent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A kind of dispute, with its usual risk grade and the time for the first contact."""

    code: str
    group: str
    zh: str
    en: str
    grade: str
    first_contact: Span
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """绿 黄 橙 红: time for the first contact and the days after which a settlement is followed up."""

    name: str
    en: str
    contact: Span
    follow_up_days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A code with its names: a group of kinds, or a matter that is neither hazard nor dispute."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All kinds. `categories` and `disputes` are keyed by code in the file's order."""

    severities: Mapping[int, Severity]
    groups: tuple[Name, ...]
    categories: Mapping[str, Category]
    dispute_groups: tuple[Name, ...]
    disputes: Mapping[str, Dispute]
    grades: Mapping[str, Grade]
    others: tuple[Name, ...]
    raise_one_level: tuple[str, ...] = field(default=())

    def category(self, code: str) -> Category | None:
        """The hazard of this code."""
        return self.categories.get(code)

    def severity(self, level: int) -> Severity:
        """The severity of this level. Raises KeyError outside 1 to 4."""
        return self.severities[level]


class TaxonomyFault(ValueError):  # noqa: N818 - a fault of a file, told to whoever wrote it
    """The file does not hold what a taxonomy needs; the message names the entry."""


Raw = Mapping[str, Any]


def read_limit(raw: Raw, key: str) -> Limit | None:
    """A limit of a severity; None where the file says null."""
    if raw[key] is None:
        return None
    return Limit(parse_span(raw[key]), BASES[raw[f"{key}_basis"]])


def needed(limit: Limit | None) -> Limit:
    """A limit that every severity has to have. Raises ValueError."""
    if limit is None:
        raise ValueError("a limit is missing")
    return limit


def read_severity(level: int, raw: Raw) -> Severity:
    """One severity."""
    return Severity(
        level=level,
        zh=raw["zh"],
        en=raw["en"],
        colour=raw["colour"],
        ack=needed(read_limit(raw, "ack")),
        arrive=read_limit(raw, "arrive"),
        close=needed(read_limit(raw, "close")),
        stabilise=parse_span(raw["stabilise"]) if raw["stabilise"] else None,
    )


def read_category(group: str, raw: Raw) -> Category:
    """One hazard. `dept_ids` may be missing in a file that was written for people."""
    if raw["sev"] not in LEVELS:
        raise ValueError(f"severity {raw['sev']}")
    return Category(
        code=raw["code"],
        group=group,
        zh=raw["zh"],
        en=raw["en"],
        severity=raw["sev"],
        close=parse_span(raw["close"]),
        first=raw["first"],
        dept=raw["dept"],
        dept_ids=tuple(raw.get("dept_ids", ())),
        numbers=tuple(raw["numbers"]),
        sealed=bool(raw["conf"]),
        words=tuple(raw["words"]),
        why=raw.get("why", ""),
        volunteers=tuple(raw.get("volunteers", ())),
        violent=bool(raw.get("violent", False)),
    )


def read_dispute(group: str, raw: Raw) -> Dispute:
    """One kind of dispute."""
    return Dispute(
        code=raw["code"],
        group=group,
        zh=raw["zh"],
        en=raw["en"],
        grade=raw["grade"],
        first_contact=parse_span(raw["first_contact"]),
        words=tuple(raw["words"]),
    )


def read_grade(name: str, raw: Raw) -> Grade:
    """One risk grade."""
    days = tuple(raw["follow_up_days"])
    return Grade(name=name, en=raw["en"], contact=parse_span(raw["contact"]), follow_up_days=days)


def read_names(raw: Sequence[Raw]) -> tuple[Name, ...]:
    """Codes with their names."""
    return tuple(Name(code=it["code"], zh=it["zh"], en=it["en"]) for it in raw)


def items(groups: Sequence[Raw]) -> Iterator[tuple[str, Raw]]:
    """Every item with the code of its group."""
    return ((group["code"], item) for group in groups for item in group["items"])


def read_taxonomy(raw: Raw) -> Taxonomy:
    """The taxonomy of a decoded JSON file. Raises TaxonomyFault."""
    try:
        hazards = [read_category(group, item) for group, item in items(raw["hazards"])]
        disputes = [read_dispute(group, item) for group, item in items(raw.get("disputes", ()))]
        return Taxonomy(
            severities=MappingProxyType({level: read_severity(level, raw["severity"][str(level)]) for level in LEVELS}),
            groups=read_names(raw["hazards"]),
            categories=MappingProxyType({it.code: it for it in hazards}),
            dispute_groups=read_names(raw.get("disputes", ())),
            disputes=MappingProxyType({it.code: it for it in disputes}),
            grades=MappingProxyType({name: read_grade(name, it) for name, it in raw.get("grades", {}).items()}),
            others=read_names(raw.get("other_kinds", ())),
            raise_one_level=tuple(raw.get("raise_one_level", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise TaxonomyFault(f"taxonomy: {type(fault).__name__} {fault}") from fault
