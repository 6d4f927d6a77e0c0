"""The weekly report: seven bars, the figures against last week, what is late and why, what is to be done (figures.md).

Parameters: core.texts.reports ("week"). What there was none of is left out, but the duty figures, which say `—`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from bot.voice.digest import FEW, attention, ratio, read, with_grid
from bot.voice.lists import with_kind
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, quantity
from core.messages import Json

BAR, LONGEST = "▇", 8  # signs of the longest bar
NONE = "—"
SHARES = ("ack", "close", "satisfied")
AGAINST: Mapping[str, str] = {"ack": "ack_on_time", "close": "close_on_time", "satisfied": "satisfied"}
BESIDE: Mapping[str, str] = {"closed_of_new": "not_yet_due", "declined": "transfers"}
FEWER = 5  # sealed matters below this are not counted out (privacy.md)

Part = Callable[[Speaker, Params], Iterable[str | None]]


def tell(speaker: Speaker, params: Params) -> str:
    """The whole report as HTML."""
    return "\n".join(line for part in PARTS for line in part(speaker, params) if line)


def _rows(value: Json) -> list[dict[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def _dict(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _head(speaker: Speaker, params: Params) -> Iterable[str | None]:
    yield speaker.insist("week", with_grid(speaker, params))
    if params.get("small"):
        yield speaker.insist("week.small", {})


def _days(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("days"))
    most = max((quantity(row.get("new")) or 0 for row in rows), default=0)
    if rows:
        yield speaker.insist("week.days", {})
    for row in rows:
        count = quantity(row.get("new")) or 0
        bar = BAR * round(LONGEST * count / most) if most else ""
        weekday = _weekday(speaker, row.get("day"))
        told: dict[str, Json] = {"weekday": Told(weekday), "bar": Told(bar or "·"), "count": row.get("new")}
        yield speaker.say("week.day", {**told, "usual": row.get("usual")})


def _weekday(speaker: Speaker, day: Json) -> str:
    try:
        return speaker.catalogue.word(f"weekday.{date.fromisoformat(str(day)).weekday()}")
    except ValueError:
        return speaker.words(day, 10)


def _figures(speaker: Speaker, params: Params) -> Iterable[str | None]:
    now, before = _dict(params.get("figures")), _dict(params.get("before"))
    usual = {"usual": params.get("usual"), "before": before.get("new")}
    yield speaker.say("week.new", {**now, **usual})
    counts = {name: now.get(name) or None for name in ("auto_closed", "reopened")}
    yield speaker.say("week.closed", {**now, **counts, "before": before.get("closed")})
    for name in SHARES:
        yield _share(speaker, f"week.{name}", now.get(AGAINST[name]), before=before.get(name), rated=now.get("rated"))
    for name, value in (("arrive", now.get("arrive_on_time")), ("solved", now.get("solved"))):
        yield _share(speaker, f"week.{name}", value)
    for name in ("repeated", "self_found", "closed_of_new", "declined", "closed_ever"):
        yield _share(speaker, f"week.{name}", params.get(name), count=params.get(BESIDE.get(name, "")) or None)
    yield speaker.say("digest.response", now)
    yield speaker.say("week.arrival", now)
    yield speaker.say("digest.handling", now)
    yield _sealed(speaker, params)


def _share(speaker: Speaker, key: str, value: Json, *, count: Json = None, **beside: Json) -> Told | None:
    """A share, with others beside it where they are known."""
    shares = {"share": value, **beside}
    return speaker.say(key, {"count": count, **{name: ratio(speaker, it) for name, it in shares.items()}})


def _sealed(speaker: Speaker, params: Params) -> Told | None:
    """Of what is sealed the street hears a number, and no small one."""
    count = quantity(params.get("sealed")) or 0
    few = params.get("grid") is None and 0 < count < FEWER
    shown: Json = Told(speaker.catalogue.word("week.few")) if few else params.get("sealed")
    return speaker.say("week.sealed", {"count": shown}) if count else None


def _counted(title: str, line: str, field: str) -> Part:
    """A part that lists names with their numbers."""

    def part(speaker: Speaker, params: Params) -> Iterable[str | None]:
        rows = _rows(params.get(field))
        if rows:
            yield speaker.insist(title, {})
        yield from (speaker.say(line, with_kind(row)) for row in rows)

    return part


def _late(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("attention"))
    yield speaker.insist("week.late" if rows else "digest.calm", {})
    for index, row in enumerate(rows, start=1):
        who = speaker.maybe("list.who", {"person": row.get("person"), "team": row.get("team")})
        why = speaker.maybe(f"week.stuck.{row.get('stuck')}", {"target": row.get("dept")})
        yield attention(speaker, {**row, "who": who, "why": why}, index, "week.late")
    yield speaker.say("digest.attention.more", {"count": params.get("more") or None})


def _held(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("held"))
    if rows:
        yield speaker.insist("week.held", {})
    for row in rows:
        yield speaker.say("week.held.sealed" if row.get("sealed") else "week.held.item", with_kind(row))


def _whistles(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("whistles"))
    if rows:
        yield speaker.insist("week.whistles", {})
    for row in rows:
        share = ratio(speaker, row.get("in_time")) or Told(NONE)
        yield speaker.say("week.whistle", {**row, "share": share, "returned": row.get("returned") or None})


def _duty(speaker: Speaker, params: Params) -> Iterable[str | None]:
    names = ("checks", "points", "visits", "suggestions")
    told: dict[str, Json] = {name: ratio(speaker, params.get(name)) or Told(NONE) for name in names}
    told["attendance"] = _hours(speaker, params.get("attendance"))
    for key in ("week.duty", "week.duty.checks", "week.duty.visits"):
        yield speaker.say(key, told)


def _hours(speaker: Speaker, value: Json) -> Told:
    match value:
        case [int() | float() as there, int() | float() as planned] if planned > 0:
            key = "week.hours" if planned < FEW else "week.hours_large"
            percent = int(100 * there / planned + 0.5)
            return speaker.insist(key, {"there": there, "planned": planned, "percent": percent})
        case _:
            return Told(NONE)


def _mediation(speaker: Speaker, params: Params) -> Iterable[str | None]:
    book = _dict(params.get("mediation"))
    shares = {name: ratio(speaker, book.get(name)) or Told(NONE) for name in ("success", "performed", "followups")}
    yield speaker.say("week.mediation", book)
    yield speaker.say("week.mediation.result", shares)
    yield speaker.say("week.mediation.oldest", {**book, "red": book.get("red") or None})


def _post(speaker: Speaker, params: Params) -> Iterable[str | None]:
    """接待、解决、调解、快速处置 of the grid's post; of the street those of all posts."""
    counts = _dict(params.get("post"))
    if counts:
        yield speaker.say("week.post", counts)


def _thanks(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("thanks"))
    praised = _rows(params.get("praised"))
    if rows or praised:
        yield speaker.insist("week.thanks", {})
    yield from (speaker.say("week.thank", {**row, "count": row.get("count") or None}) for row in rows)
    yield from (speaker.say("week.praised", row) for row in praised)


def _todo(speaker: Speaker, params: Params) -> Iterable[str | None]:
    rows = _rows(params.get("todo"))
    if rows:
        yield speaker.insist("week.todo", {})
    yield from (speaker.maybe(f"week.todo.{row.get('kind')}", row) for row in rows)


PARTS: tuple[Part, ...] = (
    _head,
    _days,
    _figures,
    _counted("week.categories", "week.category", "categories"),
    _counted("week.compounds", "week.compound", "compounds"),
    _late,
    _held,
    _whistles,
    _duty,
    _post,
    _mediation,
    _thanks,
    _todo,
    read,
)


def menu(speaker: Speaker, params: Params) -> str:
    """The figures as buttons: whose, of when."""
    return speaker.insist("report.menu", with_grid(speaker, params))


def caption(kind: str) -> Callable[[Speaker, Params], str]:
    """The words beside a file."""
    return lambda speaker, params: speaker.insist(kind, with_grid(speaker, params))


def page(speaker: Speaker, params: Params) -> str:
    """One page of the cases behind a figure; of a share each with whether it made it."""
    told = [_item(speaker, row) for row in _rows(params.get("items"))]
    return speaker.insist("report.list", {**params, "items": Told("\n".join(it for it in told if it)) or None})


def _item(speaker: Speaker, row: Params) -> Told | None:
    kept = row.get("kept")
    mark = None if kept is None else Told(speaker.catalogue.word("report.kept" if kept else "report.missed") + " ")
    key = "report.item.sealed" if row.get("sealed") else "report.item.dispute" if "step" in row else "report.item"
    return speaker.say(key, with_kind({**row, "mark": mark}))
