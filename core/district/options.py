"""What a district may choose: the optional keys of `district` in its file."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from core import rungs
from core.calendar import Span, parse_span
from core.coordinates import TO_WGS84
from core.district.sheet import Sheet
from core.district.values import Escalation, LimitChange, Options, Policy, Ranking
from core.rungs import After, Ladder, parse_after

POLICIES = ("nearest", "duty_area_first")
POLICY = ("ladder", "limits")
RANKING = ("policy", "fresh_minutes", "accuracy_m", "tolerance_m", "backup_order")
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


def read_after(part: Sheet, key: str) -> Mapping[int, After] | None:
    """Four spans, one per severity: `["2m", "7m", "20m S", "-"]`."""
    spans = part.texts(key)
    if len(spans) != len(SEVERITIES):
        part.note(key, "four", got=len(spans))
        return None
    parsed = [part.understood(key, span, parse_after, "after", None) for span in spans]
    return MappingProxyType(dict(enumerate(parsed, start=1)))


def read_parts(part: Sheet, key: str) -> Mapping[int, float] | None:
    """Four parts of the limit, one per severity: `[0.5, 0.5, 0.8, 0.8]`."""
    parts = [it for it in part.array(key, needed=True) if isinstance(it, int | float) and 0 < it < 10]
    if len(parts) != len(SEVERITIES):
        part.note(key, "four", got=len(parts))
        return None
    return MappingProxyType(dict(enumerate(map(float, parts), start=1)))


def read_ladder(part: Sheet) -> Ladder:
    """The rungs a district sets otherwise; the rest stays as usual."""
    ladder = rungs.USUAL
    for name in part.raw:
        if name in rungs.STEPS:
            ladder = ladder.with_step(name, read_after(part, name) or {})
        elif name in rungs.PARTS:
            ladder = ladder.with_parts(name, read_parts(part, name) or ladder.closing[name])
        elif name in rungs.SPANS:
            ladder = ladder.with_span(name, read_limit(part, name))
        else:
            part.note(name, "choice", value=name, choices=", ".join((*rungs.STEPS, *rungs.PARTS, *rungs.SPANS)))
    return ladder


def read_escalation(part: Sheet) -> Escalation:
    """Who is told above the street: `{"chat_id": -100…}` or `{"person": "P001"}`; nobody where it is left out."""
    given = part.sheet("escalation", needed=False)
    return Escalation(chat_id=given.account("chat_id"), person=given.link("person"))


def chosen(part: Sheet) -> str:
    """What a running case keeps of the choices, as text: ladder and limits; empty where all is as usual."""
    kept = {name: part.raw[name] for name in POLICY if part.raw.get(name)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if kept else ""


def read_datums(part: Sheet) -> Mapping[str, str]:
    """In which datum a source sends its points: `{"venue": "gcj02"}` where venues are picked on a Chinese map."""
    usual = USUAL.datums
    for name in part.raw:
        if name not in usual:
            part.note(name, "choice", value=name, choices=", ".join(usual))
    return MappingProxyType({name: part.choice(name, tuple(TO_WGS84), datum) for name, datum in usual.items()})


def read_policy(part: Sheet) -> Policy:
    """Which post goes: `"routing": "nearest"`, or the `policy` of the object that `read_ranking` reads."""
    named = part.sheet("routing") if isinstance(part.raw.get("routing"), Mapping) else part
    key = "policy" if named is not part else "routing"
    return "duty_area_first" if named.choice(key, POLICIES, USUAL.routing) == "duty_area_first" else "nearest"


def read_ranking(part: Sheet) -> Ranking:
    """How posts are ranked: `"routing": {"policy": "nearest", "fresh_minutes": 15, "tolerance_m": 200, …}`."""
    if not isinstance(part.raw.get("routing"), Mapping):
        return USUAL.ranking
    given, usual = part.sheet("routing"), USUAL.ranking
    for name in given.raw:
        if name not in RANKING:
            given.note(name, "choice", value=name, choices=", ".join(RANKING))
    return Ranking(
        fresh_minutes=given.whole("fresh_minutes", 1, 120, usual.fresh_minutes),
        accuracy_m=given.whole("accuracy_m", 5, 1500, usual.accuracy_m),
        tolerance_m=given.whole("tolerance_m", 0, 5000, usual.tolerance_m),
        backup_order=given.flag("backup_order"),
    )


def read_options(part: Sheet) -> Options:
    """All choices of a district, each with its default."""
    service = part.hours("service_hours", USUAL.service_hours)
    if service.start > service.end:
        part.note("service_hours", "hours", value=str(service))
    return Options(
        routing=read_policy(part),
        ranking=read_ranking(part),
        limits=read_limits(part.sheet("limits", needed=False)),
        ladder=read_ladder(part.sheet("ladder", needed=False)),
        policy=chosen(part),
        escalation=read_escalation(part),
        claim_grace=part.whole("claim_grace", 0, 3600, USUAL.claim_grace),
        digest_at=part.clock("digest_at", USUAL.digest_at),
        confirm_days=read_confirm_days(part),
        quiet_hours=part.hours("quiet_hours", USUAL.quiet_hours),
        service_hours=service if service.start < service.end else USUAL.service_hours,
        datums=read_datums(part.sheet("coordinates", needed=False)),
        school_hours=part.hours("school_hours", USUAL.school_hours),
        work_day_end=part.clock("work_day_end", USUAL.work_day_end),
        rest_hours=part.whole("rest_hours", 0, 48, USUAL.rest_hours),
        month_hours=part.whole("month_hours", 1, 744, USUAL.month_hours),
        gas_no=part.text_or("gas_no"),
        gaps_at=part.clock("gaps_at", USUAL.gaps_at),
    )
