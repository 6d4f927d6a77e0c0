"""The rungs of the escalation ladder as data (life.md, ladder): when each falls due, by severity.

A district may write its own under `district.ladder`; what it leaves out stays as usual. `-` takes a rung away. The rung
`overdue` is not among them: it is the acknowledgement limit itself (`district.limits`), which the card promises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from core.calendar import DAY, Basis, Span, parse_span

SEVERITIES = (1, 2, 3, 4)
TEN_MINUTES, A_DAY = Span(minutes=10), Span(minutes=24 * 60)
BY_CLOCK: Basis = "N"
After = tuple[Span, Basis] | None


def parse_after(words: str) -> After:
    """`3m` on the clock, `20m S` in service time, `1WD` in working days, `-` never. Raises ValueError."""
    if words.strip() == "-":
        return None
    span, _, basis = words.strip().partition(" ")
    if basis not in {"", "N", "S"}:
        raise ValueError(f"not a basis: {basis!r}")
    return parse_span(span), "S" if basis == "S" else "N"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: its name, and per severity after which span it is due (None: this severity has no such rung)."""

    name: str
    after: Mapping[int, After]

    def changed(self, after: Mapping[int, After]) -> Self:
        """The rung as a district wants it; a severity that has no such rung here gets none."""
        merged = {level: after.get(level) if self.after[level] else None for level in SEVERITIES}
        return replace(self, after=MappingProxyType(merged))

    def by_the_clock(self) -> Self:
        """The same spans without service hours or working days."""
        after = {level: (on_the_clock(it[0]), BY_CLOCK) if it else None for level, it in self.after.items()}
        return replace(self, after=MappingProxyType(after))


def on_the_clock(span: Span) -> Span:
    """A span without a calendar: a working day is 24 hours."""
    return span if span.working_days is None else Span(minutes=span.working_days * DAY)


def _step(name: str, *after: str) -> Step:
    """Spans for severities 1 to 4."""
    return Step(name, MappingProxyType(dict(zip(SEVERITIES, map(parse_after, after), strict=True))))


def _parts(*parts: float) -> Mapping[int, float]:
    return MappingProxyType(dict(zip(SEVERITIES, parts, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All rungs of a town.

    `unaccepted` is counted from the offer, while nobody has accepted it. `upper` are the upper levels of the lower
    severities: severity 2 counted from the first message (street: while nobody is on site), severities 3 and 4 from
    the limit to close, whoever has accepted meanwhile. `closing` are parts of the time from the first message to the
    limit; with `reopens` a slight matter is supervised at once. `silent` is counted from the last sign of life of
    whoever has accepted, `silent_there` once they are on site. `answer`: how long the reporter's answer to a question
    is waited for. `draft`: row 4; `handover`: when an unanswered transfer goes back; `confirm_warn`: how long before
    it closes by itself the reporter is told (row 27).
    """

    unaccepted: tuple[Step, ...] = (
        _step("remind", "2m", "7m", "20m S", "3h S"),
        _step("overdue", "3m", "10m", "30m S", "4h S"),
        _step("head", "3m", "20m", "2h S", "8h S"),
        _step("community", "6m", "60m", "1WD", "2WD"),
        _step("street", "10m", "-", "-", "-"),
        _step("district", "15m", "-", "-", "-"),
    )
    upper: tuple[Step, ...] = (
        _step("street", "-", "4h", "1WD", "2WD"),
        _step("district", "-", "24h", "3WD", "5WD"),
    )
    closing: Mapping[str, Mapping[int, float]] = field(
        default_factory=lambda: MappingProxyType(
            {
                "close_warn": _parts(0.5, 0.5, 0.8, 0.8),
                "close_late": _parts(1.0, 1.0, 1.0, 1.0),
                "supervise": _parts(1.2, 1.5, 1.5, 2.0),
            }
        )
    )
    silent: tuple[Step, ...] = (
        _step("alive", "10m", "20m", "4h S", "1WD"),
        _step("amber", "15m", "30m", "6h S", "2WD"),
        _step("silent_up", "20m", "45m", "10h S", "3WD"),
    )
    silent_there: tuple[Step, ...] = (
        _step("alive", "30m", "60m", "1WD", "2WD"),
        _step("amber", "45m", "90m", "2WD", "3WD"),
        _step("silent_up", "60m", "2h", "3WD", "4WD"),
    )
    answer: Step = field(default_factory=lambda: _step("answer", "10m", "30m", "4h S", "1WD"))
    reopens: int = 2
    draft: Span = TEN_MINUTES
    handover: Span = TEN_MINUTES
    confirm_warn: Span = A_DAY

    def by_the_clock(self) -> Self:
        """The ladder of a storm: what waits for acceptance or for a sign of life waits day and night alike."""
        unaccepted, silent, there = (
            tuple(step.by_the_clock() for step in steps) for steps in (self.unaccepted, self.silent, self.silent_there)
        )
        return replace(self, unaccepted=unaccepted, silent=silent, silent_there=there)

    def with_step(self, name: str, after: Mapping[int, After]) -> Self:
        """The ladder with one rung changed, wherever it stands."""
        return replace(
            self,
            unaccepted=tuple(it.changed(after) if it.name == name else it for it in self.unaccepted),
            upper=tuple(it.changed(after) if it.name == name else it for it in self.upper),
            silent=tuple(it.changed(after) if it.name == name else it for it in self.silent),
        )

    def with_parts(self, name: str, parts: Mapping[int, float]) -> Self:
        """The ladder with one warning at other parts of the limit."""
        return replace(self, closing=MappingProxyType({**self.closing, name: parts}))

    def with_span(self, name: str, span: Span | None) -> Self:
        """The ladder with another patience: draft, handover or confirm_warn; None leaves it."""
        kept = {it: getattr(self, it) for it in SPANS} | ({name: span} if span else {})
        return replace(self, draft=kept["draft"], handover=kept["handover"], confirm_warn=kept["confirm_warn"])


SPANS = ("draft", "handover", "confirm_warn")
USUAL = Ladder()
STEPS = ("remind", "head", "community", "street", "district", "alive", "amber", "silent_up")
PARTS = ("close_warn", "supervise")
