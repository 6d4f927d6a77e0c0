"""What residents send along — pictures, voice, the exact place — shown to those who handle it, and to nobody else."""

from core.case import Case
from core.decide import say
from core.messages import Notice
from core.understand import public_form, without_health
from core.world import World

LONGEST = 600  # characters of what is told in private
GROUP_PICTURES_UP_TO = 2  # privacy.md: a post's group sees pictures and voice of severities 1 and 2 only


def show(case: Case, world: World, chat: int) -> tuple[Notice, ...]:
    """Pictures, voices and the pin of a case for one chat, one message each so that each can be resent alone.

    The centre sees and hears what nobody has understood yet; somebody has to find out what it is.
    """
    group = chat < 0
    if case.sealed and group:
        return ()
    unheard = case.category is None and chat == world.town.district.centre_chat()
    notices: list[Notice] = []
    if not group or unheard or case.severity <= GROUP_PICTURES_UP_TO:
        notices += [_notice(case, world, chat, photos=case.photos[:10])] if case.photos else []
        notices += [_notice(case, world, chat, voices=(voice,)) for voice in case.voices[:3]]
        notices += [_notice(case, world, chat, file=file) for file in case.files[:3]]
    place = case.place
    if place and place.precision == "pin" and place.lat is not None and place.lng is not None:
        notices.append(_notice(case, world, chat, spot=(place.lat, place.lng)))
    return tuple(notices)


def own_words(case: Case, words: str, world: World, user: int | None) -> Notice | None:
    """What a group's card had to mask, flat, phone, illness, for the one who goes there; None where it masked
    nothing."""
    if words == without_health(public_form(words), case.health):
        return None
    told = {"text": words[:LONGEST]}
    return say.staff(user, "duty.details", world.town, case=case, lane=say.urgent(case), params=told)


def _notice(
    case: Case,
    world: World,
    chat: int,
    *,
    photos: tuple[str, ...] = (),
    voices: tuple[str, ...] = (),
    file: tuple[str, str] | None = None,
    spot: tuple[float, float] | None = None,
) -> Notice:
    return Notice(
        to=chat,
        kind="evidence",
        key="",
        lane=say.urgent(case),
        params={"no": case.no},
        photos=photos,
        voices=voices,
        file=file,
        spot=spot,
        case=case.no,
        language=say.staff_language(world.town),
        silent=True,  # the card itself is heard
    )
