"""How notices are addressed: to the reporter, to staff, to a chat; in whose language, by day or by night."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core import texts
from core.case import Case
from core.messages import Answer, Json, Key, Lane, Notice, Press
from core.town import Town
from core.world import Contact, World

LANGUAGES: Mapping[str, str] = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-hans": "zh-Hans", "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant",
    "en": "en", "en-us": "en", "en-gb": "en",
}  # fmt: skip
LATE = timedelta(minutes=1)  # between what was done and its coming to us: from here on both times are told
DEFAULT_LANGUAGE = "zh-Hans"
LOUD_UP_TO = 2  # severities of which colleagues are told with a sound, sealed or not


def language_of(code: str | None) -> str:
    """Our language for a client's code; Chinese first when the code says nothing."""
    if not code:
        return DEFAULT_LANGUAGE
    lower = code.lower()
    return LANGUAGES.get(lower) or LANGUAGES.get(lower.partition("-")[0]) or DEFAULT_LANGUAGE


def staff_language(town: Town) -> str:
    """Patrol cards speak the district's first language."""
    return language_of(town.district.languages[0] if town.district.languages else None)


def personal_language(world: World, code: str | None) -> str:
    """The language a person chose, else the one of their client."""
    chosen = world.contact.language if world.contact else None
    return chosen or language_of(code)


def contact_of(world: World, user_id: int, name: str = "") -> Contact:
    """The person as remembered, or a new one."""
    return world.contact or Contact(user_id=user_id, name=name)


def unasked(contact: Contact) -> Contact:
    """The person of whom no answer is waited for any more: the next message means what it says."""
    return replace(contact, awaiting=None, awaiting_until=None)


def iso(at: datetime | None) -> str | None:
    """A moment as it travels in parameters."""
    return at.isoformat() if at else None


def _number(case: Case | None, kind: str) -> dict[str, Json]:
    """The case's number, where the text of this kind says it."""
    return {"no": case.no} if case and "no" in texts.NOTICES[kind] else {}


def reporter(
    case: Case,
    kind: str,
    *,
    keys: tuple[tuple[Key, ...], ...] = (),
    lane: Lane = Lane.INTERACTIVE,
    menu: str | None = None,
    photos: tuple[str, ...] = (),
    params: Mapping[str, Json] | None = None,
) -> Notice:
    """A message to the person who reported; a sealed matter arrives without a sound (privacy.md)."""
    return Notice(
        to=case.reporter,
        kind=kind,
        key="",
        lane=lane,
        params={**_number(case, kind), **(params or {})},
        keys=keys,
        menu=menu,
        case=case.no,
        language=case.language,
        silent=case.sealed,
        photos=photos,
    )


def staff(
    chat: int | None,
    kind: str,
    town: Town,
    *,
    case: Case | None = None,
    lane: Lane = Lane.INTERACTIVE,
    keys: tuple[tuple[Key, ...], ...] = (),
    params: Mapping[str, Json] | None = None,
    force: bool = False,
    report: bool = False,
) -> Notice | None:
    """A message to a team's group or to a colleague in private; None when there is no such chat."""
    if chat is None:
        return None
    return Notice(
        to=chat,
        kind=kind,
        key="",
        lane=lane,
        params={**_number(case, kind), **(params or {})},
        keys=keys,
        case=case.no if case else None,
        language=staff_language(town),
        silent=case is not None and hushed(case),
        force=force,
        report=report,
    )


def hushed(case: Case) -> bool:
    """Whether colleagues get word of a case without a sound. Only whoever reported a sealed matter must never be given
    away by a sound; a colleague who sleeps through violence at home helps nobody."""
    return case.sealed and case.severity > LOUD_UP_TO


def urgent(case: Case) -> Lane:
    """The class of a case's own messages: severities 1 and 2 go before everything else."""
    return Lane.URGENT if case.severity <= LOUD_UP_TO else Lane.INTERACTIVE


def listed(case: Case) -> dict[str, Json]:
    """A case as a line of a list, without a word of whoever reported it."""
    return {
        "no": case.no,
        "category": case.category,
        "place": case.place.label if case.place else None,
        "status": case.status.value,
        "severity": case.severity,
        "opened_at": iso(case.opened_at),
    }


def key(label: str, action: str, case: Case | None = None, arg: str = "", **params: Json) -> Key:
    """An inline button about a case."""
    press = Press(action=action, case=case.no if case else "", round=case.round if case else 0, arg=arg)
    return Key(label=label, press=press, params=params)


def key_of(label: str, action: str, about: str, serial: int, arg: str = "", **params: Json) -> Key:
    """An inline button about a record (`record_ref`); `serial` tells a stale one."""
    return Key(label=label, press=Press(action=action, case=about, round=serial, arg=arg), params=params)


def taken(world: World, case: Case) -> Answer:
    """Somebody was quicker: who, when, and when this press came, which may be long after it was made."""
    late = case.accepted_at is not None and world.now - case.accepted_at > LATE
    seen = iso(world.now) if late else None
    return answer(world, "ans.taken", person=case.handler, team=case.team, at=iso(case.accepted_at), seen_at=seen)


def answer(world: World, kind: str, *, alert: bool = False, **params: Json) -> Answer:
    """The answer to a press, in the district's language when a colleague pressed, else in the person's own."""
    known = world.contact.language if world.contact else None
    return Answer(kind=kind, params=params, alert=alert, language=known or staff_language(world.town))
