"""The daily digest of a grid: one phone screen, lines of about 20 full-width characters (figures.md).

Parameters, all optional:
`attention`: [{no, category, what: unacked|overdue|reopened, over: seconds}], worst first; `more`: how many
are left off it.
`figures`: {new, split: {resident, patrol, device, department}, merged, spam, cancelled, ack_on_time, arrive_on_time,
close_on_time, satisfied: each [n, of], closed, auto_closed, reopened, rated: [n, of], response_median_min,
response_mean_min, handling_median_h, handling_mean_h}.
`spots`: [{place, category, count, reports, days, overdue}]. `mediation`: {open, due_today}.
`duty`: [{team, group, people}], people a number or a list. `scope`: "brief" for the day so far.
`read`: {person, at}. A row of `attention` that is `sealed` has its number alone.
"""

from collections.abc import Callable, Iterable, Mapping
from unicodedata import east_asian_width

from bot.voice.lists import with_kind
from bot.voice.markup import MORE, Told, plain
from bot.voice.speaker import Params, Speaker, quantity
from core.messages import Json

TOP_SPOTS = 3
ROOM, SHORTEST = 40, 8  # columns of a line on a phone, and of a name that is cut
FEW = 10  # below this a percentage misleads (figures.md)
SOURCES = ("resident", "patrol", "device", "department")
RATIOS = ("ack_on_time", "arrive_on_time", "close_on_time", "satisfied")
LINES = ("new", "aside", *RATIOS[:3], "closed", "response", "handling", "satisfied")


def tell(speaker: Speaker, params: Params) -> str:
    """The whole digest as HTML."""
    return "\n".join(line for part in PARTS for line in part(speaker, params) if line)


def _head(speaker: Speaker, params: Params) -> Iterable[str | None]:
    key = "digest.title.brief" if params.get("scope") == "brief" else "digest"
    yield speaker.insist(key, with_grid(speaker, params))


def with_grid(speaker: Speaker, params: Params) -> Params:
    """The same parameters, with a name for the whole street where no grid is meant."""
    return (
        params
        if params.get("grid", "") is not None
        else {**params, "grid": Told(speaker.catalogue.word("digest.street"))}
    )


def _attention(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("attention"))
    yield speaker.insist("digest.attention" if rows else "digest.calm", {})
    for index, row in enumerate(rows, start=1):
        yield attention(speaker, row, index, "digest.attention")
    yield speaker.say("digest.attention.more", {"count": params.get("more") or None})


def attention(speaker: Speaker, row: Params, index: int, key: str) -> Told:
    """A line of what has to be looked at; the kind is cut where the line would not fit on a phone."""
    told: dict[str, Json] = {**row, "index": index, "what": _what(speaker, row)}
    if row.get("sealed"):
        return speaker.insist(f"{key}.sealed", told)
    told = {**with_kind(told)}
    without = speaker.insist("digest.attention.item", {**told, "short": Told("")})
    kind = speaker.insist("digest.kind", told)
    return speaker.insist(f"{key}.item", {**told, "short": Told(shortened(kind, max(ROOM - width(without), SHORTEST)))})


def width(text: str) -> int:
    """Columns on a phone: a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in plain(text))


def shortened(text: str, room: int) -> str:
    """As much of a name as fits; escaped signs are never cut apart, since names hold hardly any."""
    if width(text) <= room or "&" in text:
        return text
    while text and width(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + MORE


def _what(speaker: Speaker, row: Params) -> Json:
    what = row.get("what")
    return speaker.maybe(f"digest.what.{what}", row) or speaker.maybe(f"digest.what.{what}_any", {}) or what


def _figures(speaker: Speaker, params: Params) -> Iterable[str | None]:
    figures = params.get("figures")
    if not isinstance(figures, dict):
        return
    yield speaker.insist("digest.figures.brief" if params.get("scope") == "brief" else "digest.figures", {})
    told = {**figures, **{name: ratio(speaker, figures.get(name)) for name in RATIOS}}
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


def ratio(speaker: Speaker, value: Json) -> Told | None:
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
        yield speaker.say(_spot(row), with_kind({**row, "reports": _others(row)}))


def _spot(row: Params) -> str:
    """Once is told by its kind, several times by their days, none by the inspection that is overdue."""
    count = row.get("count")
    return "digest.spot_overdue" if not count else "digest.spot_one" if count == 1 else "digest.spot"


def _others(spot: Params) -> Json:
    """How many people told of it, when they were more than the cases."""
    count, reports = spot.get("count"), spot.get("reports")
    return reports if isinstance(count, int) and isinstance(reports, int) and reports > count else None


def _mediation(speaker: Speaker, params: Params) -> Iterable[str | None]:
    found = params.get("mediation")
    if isinstance(found, dict):
        yield speaker.say("digest.mediation", found)


def _duty(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("duty"))
    told = [speaker.say("digest.duty.item", {**row, "people": _heads(row.get("people"))}) for row in rows]
    posts = "\n".join(it for it in told if it)
    if posts:
        yield speaker.say("digest.duty", {"posts": Told(f"\n{posts}" if "\n" in posts else posts)})


def read(speaker: Speaker, params: Params) -> Iterable[str | None]:
    """Who has read it."""
    seen = params.get("read")
    if isinstance(seen, dict):
        yield speaker.say("digest.read", seen)


def _heads(people: Json) -> Json:
    return len(people) if isinstance(people, list) else people


def _rows(value: Json) -> list[Mapping[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


PARTS: tuple[Callable[[Speaker, Params], Iterable[str | None]], ...] = (
    _head,
    _attention,
    _figures,
    _spots,
    _mediation,
    _duty,
    read,
)
