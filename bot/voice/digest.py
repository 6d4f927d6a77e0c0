"""The daily digest of a grid: one phone screen, lines of about 20 full-width characters (figures.md).

Parameters, all optional:
`attention`: [{no, category, what: unacked|overdue|reopened, over: seconds}], worst first; `more`: how many
are left off it.
`figures`: {new, split: {resident, patrol, device, department}, merged, spam, cancelled, ack_on_time, arrive_on_time,
close_on_time, satisfied: each [n, of], closed, auto_closed, reopened, rated: [n, of], response_median_min,
response_mean_min, handling_median_h, handling_mean_h}.
`spots`: [{place, category, count, reports, days}]. `duty`: [{team, group, people}], people a number or a list.
"""

from collections.abc import Callable, Iterable, Mapping

from bot.voice.lists import with_kind
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, quantity
from core.messages import Json

TOP_SPOTS = 3
FEW = 10  # below this a percentage misleads (figures.md)
SOURCES = ("resident", "patrol", "device", "department")
RATIOS = ("ack_on_time", "arrive_on_time", "close_on_time", "satisfied")
LINES = ("new", "aside", *RATIOS[:3], "closed", "response", "handling", "satisfied")


def tell(speaker: Speaker, params: Params) -> str:
    """The whole digest as HTML."""
    return "\n".join(line for part in PARTS for line in part(speaker, params) if line)


def _head(speaker: Speaker, params: Params) -> Iterable[str | None]:
    yield speaker.insist("digest", params)


def _attention(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("attention"))
    yield speaker.insist("digest.attention" if rows else "digest.calm", {})
    for index, row in enumerate(rows, start=1):
        yield speaker.insist("digest.attention.item", {**with_kind(row), "index": index, "what": _what(speaker, row)})
    yield speaker.say("digest.attention.more", {"count": params.get("more") or None})


def _what(speaker: Speaker, row: Params) -> Json:
    what = row.get("what")
    return speaker.maybe(f"digest.what.{what}", row) or speaker.maybe(f"digest.what.{what}_any", {}) or what


def _figures(speaker: Speaker, params: Params) -> Iterable[str | None]:
    figures = params.get("figures")
    if not isinstance(figures, dict):
        return
    yield speaker.insist("digest.figures", {})
    told = {**figures, **{name: _ratio(speaker, figures.get(name)) for name in RATIOS}}
    told |= {
        "rated": _part(figures.get("rated")),
        "split": _split(speaker, figures),
        "auto_closed": figures.get("auto_closed") or None,
    }
    told |= {f"response_{it}_min": _whole(figures.get(f"response_{it}_min")) for it in ("median", "mean")}
    told["reopened"] = figures.get("reopened") or None
    for line in LINES:
        yield _aside(speaker, figures) if line == "aside" else speaker.say(f"digest.{line}", told)


def _split(speaker: Speaker, figures: Params) -> Told | None:
    split = figures.get("split")
    return _counts(speaker, "digest.split.", split if isinstance(split, dict) else {}, SOURCES)


def _aside(speaker: Speaker, figures: Params) -> Told | None:
    return _counts(speaker, "digest.", figures, ("merged", "spam", "cancelled"))


def _counts(speaker: Speaker, prefix: str, counts: Params, names: Iterable[str]) -> Told | None:
    told = [speaker.insist(prefix + name, {"count": counts[name]}) for name in names if counts.get(name)]
    return Told(speaker.catalogue.word("pause").join(told)) if told else None


def _ratio(speaker: Speaker, value: Json) -> Told | None:
    """4/5 when few, 86 %(43/50) when many; nothing when there was nothing to count."""
    match value:
        case [int(part), int(whole)] if whole > 0:
            percent = int(100 * part / whole + 0.5)
            key = "ratio.small" if whole < FEW else "ratio.large"
            return speaker.insist(key, {"part": part, "whole": whole, "percent": percent})
        case _:
            return None


def _part(value: Json) -> Json:
    return value[0] if isinstance(value, list) and value else value


def _whole(value: Json) -> Json:
    number = quantity(value)
    return None if number is None else int(number + 0.5)


def _spots(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("spots"))[:TOP_SPOTS]
    if rows:
        yield speaker.insist("digest.spots", {})
    for row in rows:
        yield speaker.say("digest.spot", {**row, "reports": _others(row)})


def _others(spot: Params) -> Json:
    """How many people told of it, when they were more than the cases."""
    count, reports = spot.get("count"), spot.get("reports")
    return reports if isinstance(count, int) and isinstance(reports, int) and reports > count else None


def _duty(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("duty"))
    told = [speaker.say("digest.duty.item", {**row, "people": _heads(row.get("people"))}) for row in rows]
    posts = "\n".join(it for it in told if it)
    if posts:
        yield speaker.say("digest.duty", {"posts": Told(f"\n{posts}" if "\n" in posts else posts)})


def _heads(people: Json) -> Json:
    return len(people) if isinstance(people, list) else people


def _rows(value: Json) -> list[Mapping[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


PARTS: tuple[Callable[[Speaker, Params], Iterable[str | None]], ...] = (_head, _attention, _figures, _spots, _duty)
