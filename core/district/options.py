"""What a district may choose: the optional keys of `district` in its file."""

from collections.abc import Mapping
from types import MappingProxyType

from core.calendar import Span, parse_span
from core.district.sheet import Sheet
from core.district.values import LimitChange, Options

POLICIES = ("nearest", "duty_area_first")
SEVERITIES = ("1", "2", "3", "4")
USUAL = Options()


def read_limit(part: Sheet, key: str) -> Span | None:
    """One limit that is set otherwise."""
    if not part.here(key, needed=False):
        return None
    return part.parsed(key, parse_span, "span", Span(minutes=1))


def read_limits(part: Sheet) -> Mapping[str, LimitChange]:
    """Limits by severity or category code: `{"3": {"ack": "20m"}, "XF02": {"close": "1WD"}}`."""
    found = {}
    for name in part.raw:
        limits = part.sheet(name)
        keys = ("ack", "arrive", "close", "stabilise")
        found[name] = LimitChange(**{key: read_limit(limits, key) for key in keys})
    return MappingProxyType(found)


def read_confirm_days(district: Sheet) -> Mapping[int, int]:
    """Days until an unanswered resolution closes by itself: one number, or one per severity."""
    if isinstance(district.raw.get("confirm_days"), int):
        days = district.whole("confirm_days", 1, 90)
        return MappingProxyType(dict.fromkeys(USUAL.confirm_days, days))
    part = district.sheet("confirm_days", needed=False)
    for name in part.raw:
        if name not in SEVERITIES:
            part.note(name, "choice", value=name, choices=", ".join(SEVERITIES))
    usual = USUAL.confirm_days
    return MappingProxyType({level: part.whole(str(level), 1, 90, days) for level, days in usual.items()})


def read_options(part: Sheet) -> Options:
    """All choices of a district, each with its default."""
    service = part.hours("service_hours", USUAL.service_hours)
    if service.start > service.end:
        part.note("service_hours", "hours", value=str(service))
    return Options(
        routing="duty_area_first" if part.choice("routing", POLICIES, "nearest") == "duty_area_first" else "nearest",
        limits=read_limits(part.sheet("limits", needed=False)),
        ladder=MappingProxyType(dict(part.sheet("ladder", needed=False).raw)),
        digest_at=part.clock("digest_at", USUAL.digest_at),
        confirm_days=read_confirm_days(part),
        quiet_hours=part.hours("quiet_hours", USUAL.quiet_hours),
        service_hours=service if service.start < service.end else USUAL.service_hours,
        work_day_end=part.clock("work_day_end", USUAL.work_day_end),
    )
