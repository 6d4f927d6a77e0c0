"""The card of a case in a patrol's chat: what to read first comes first, one fact a line, nothing twice.

It is read at arm's length, outdoors, at night: severity, number and kind lead, then what is late, then where.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from bot.voice import reasons
from bot.voice.lists import with_kind
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, quantity
from core.case import ENDED, Status
from core.messages import Json

Part = Callable[[Speaker, Params], Iterable[str | None]]

NEAR = frozenset({"post", "second", "backup", "transfer"})  # views of a post: metres are from there
OVERSEEING = frozenset({"centre", "head"})  # views that see who was asked
OFFERS_SHOWN = 6
WORKED_ON = frozenset({"ACK", "SITE", "REF", "HOLD", "DONE", "CLOSED"})
OVER = frozenset(str(it) for it in ENDED)

# What is promised next: the first of these that is known is told.
NEXT_DUE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "NEW": ("ack",),
        "DISP": ("ack", "arrive", "close"),
        "ACK": ("arrive", "close"),
        **dict.fromkeys(("SITE", "REF", "HOLD"), ("close",)),
    }
)
LATE: Mapping[str, str] = MappingProxyType({"DISP": "ack", "ACK": "arrive", "SITE": "close"})


def tell(speaker: Speaker, params: Params) -> str:
    """The whole card as HTML; a line whose facts are missing is left out."""
    known = with_kind({**params, "view": str(params.get("view"))})
    return "\n".join(line for part in PARTS for line in part(speaker, known) if line)


def _head(speaker: Speaker, params: Params) -> Iterable[str | None]:
    yield speaker.insist("card", params)
    if params.get("sealed"):
        yield speaker.say("card.sealed", params)
        yield speaker.say("card.minor", params) if params.get("minor") else None


def _late(speaker: Speaker, params: Params) -> Iterable[str | None]:
    for mark in ("supervised", "amber"):
        yield speaker.say(f"card.{mark}", params) if params.get(mark) and _status(params) not in OVER else None
    late = params.get("late")
    over = quantity(late.get("seconds") if isinstance(late, dict) else late)
    if over is not None and over > 0:
        kind = LATE.get(_status(params), "any")
        yield speaker.say(f"card.late.{kind}", {"over": over})


def _where_when(speaker: Speaker, params: Params) -> Iterable[str | None]:
    near = "card.place_seen" if params.get("seen_at") else "card.place"
    yield speaker.say(near if params.get("view") in NEAR else "card.place_only", params)
    yield speaker.say("card.conflict", {"conflict": params.get("conflict") or None})
    yield speaker.say("card.times", {**params, "due": _due(speaker, params)})


def _due(speaker: Speaker, params: Params) -> Told | None:
    wanted = (speaker.say(f"card.due.{it}", params) for it in NEXT_DUE.get(_status(params), ()))
    return next((it for it in wanted if it), None)


def _what(speaker: Speaker, params: Params) -> Iterable[str | None]:
    yield speaker.say("card.summary", params)
    if _status(params) in OVER:
        return
    yield speaker.say("card.photos", {"photos": params.get("photos") or None})
    yield speaker.say("card.raised", {"raised": params.get("raised") or None})
    yield speaker.say("card.reopened", {"reopened": params.get("reopened") or None})


def _who(speaker: Speaker, params: Params) -> Iterable[str | None]:
    if _status(params) == "DISP":
        yield from reasons.own(speaker, params)
        yield from _asked(speaker, params)
        yield from reasons.of_asked(speaker, params)
    elif _status(params) in WORKED_ON:
        yield _accepted(speaker, params)
    if _status(params) not in OVER:
        yield speaker.say("card.unreachable", {}) if params.get("unreachable") else None
        yield speaker.say("card.handover", params)
        yield speaker.say("card.helpers", {"people": params.get("helpers")})
        yield _beside(speaker, "card.whistle", params.get("whistle"))
        yield _beside(speaker, "card.hold", params.get("hold"))


def _kin(speaker: Speaker, params: Params) -> Iterable[str | None]:
    """How many told of it, and the cases that have to do with it."""
    yield speaker.say("card.count", {"count": params.get("count") or None, "also": params.get("also")})
    if _status(params) not in OVER:
        yield speaker.say("card.similar", {"similar": params.get("similar")})
    yield speaker.say("card.linked", {"linked": params.get("linked")})


def _beside(speaker: Speaker, key: str, facts: Json) -> str | None:
    """A department that was called in, or a delay: told by how it stands."""
    return speaker.maybe(f"{key}.{facts.get('state')}", facts) if isinstance(facts, dict) else None


def _asked(speaker: Speaker, params: Params) -> Iterable[str | None]:
    """Those who oversee see who is being waited for; a post knows that it is asked itself."""
    if params.get("view") not in OVERSEEING:
        return
    offers = params.get("offers")
    rows = [it for it in offers if isinstance(it, dict)] if isinstance(offers, list) else []
    if len(rows) < 2:
        yield speaker.say("card.waiting", params)
        return
    for row in rows[-OFFERS_SHOWN:]:
        yield speaker.say("card.offer", {**row, **_offer(speaker, row)})


def _offer(speaker: Speaker, row: Params) -> Params:
    return {name: speaker.maybe(f"offer.{name}.{row.get(name)}", {}) or row.get(name) for name in ("kind", "state")}


def _accepted(speaker: Speaker, params: Params) -> str | None:
    own = params.get("view") in {"post", "officer"} and params.get("ours", True)
    known = {**params, "team": None} if own and params.get("person") else params
    key = "card.accepted" if params.get("person") else "card.accepted_team"
    steps = (speaker.say(key, known), speaker.say("card.arrived", params) if params.get("arrived_at") else None)
    return " · ".join(it for it in steps if it)


def _end(speaker: Speaker, params: Params) -> Iterable[str | None]:
    yield speaker.say("card.result", params)
    ended = "AUTO" if _status(params) == "CLOSED" and params.get("auto_closed") else _status(params)
    yield speaker.maybe(f"card.end.{ended}", params)
    yield speaker.maybe(f"card.check.{params.get('check')}", params)
    yield speaker.say("card.rating", params)


def _status(params: Params) -> str:
    value = str(params.get("status"))
    return value if value in Status.__members__ else ""


PARTS: tuple[Part, ...] = (_head, _late, _where_when, _what, _kin, _who, _end)
