"""A place that nobody has said outright: where a photograph was taken, an address that fits no building there is, what
a map answered. It is shown to the reporter and counts once they say so: people would be sent to a wrong door.

Nothing of it is asked about a sealed matter: the telephone may be in other hands.
"""

from core.case import Case, Place, Supposed
from core.changing import changed
from core.decide import say
from core.messages import Key, Notice
from core.town import Town

PICTURE, BOUNDS, MAP = "picture", "bounds", "map"
MEANT = "meant:"  # a step: which of these the reporter has said to be right
YES, NO = "yes", "no"


def suppose(case: Case, place: Place, why: str) -> Case:
    """The case with a place to ask about; one that is known already, or was said to be right or wrong, is not asked
    about again."""
    if (case.place is not None and case.place.lat is not None) or _step(place) in case.steps:
        return case
    return changed(case, supposed=Supposed(place=place, why=why))


def doubted(case: Case, spoken: Place) -> Case:
    """An address that fits no building: asked about once. Said again it counts: the compound is known at least."""
    known = case.supposed is not None and case.supposed.place.label == spoken.label
    if known or _step(spoken) in case.steps:
        return changed(case, place=spoken, supposed=None, rivals=())
    return changed(suppose(case, spoken, BOUNDS), rivals=())


def settled(case: Case) -> Case:
    """Where nobody can be asked, of a doubtful address the compound is known all the same; nothing else counts."""
    kept = case.supposed
    if kept is None or kept.why != BOUNDS:
        return case
    return changed(case, place=kept.place, supposed=None)


def answered(case: Case, which: str) -> Case:
    """The case after the reporter said yes or no."""
    kept = case.supposed
    if kept is None:
        return case
    steps = (*case.steps, _step(kept.place))
    return changed(case, place=kept.place if which == YES else case.place, supposed=None, steps=steps)


def question(case: Case) -> Notice | None:
    """Is it here? None where there is nothing to ask."""
    kept = case.supposed
    if kept is None or case.sealed:
        return None
    keys: tuple[tuple[Key, ...], ...] = (
        (say.key("btn.here", "pl", case, YES), say.key("btn.not_here", "pl", case, NO)),
    )
    return say.reporter(case, f"place.{kept.why}", keys=keys, params={"place": kept.place.label}, menu="place")


def hint(case: Case, chat: int | None, town: Town) -> Notice | None:
    """To whoever has to find out where it is: what is supposed, and that nobody has said so."""
    kept = case.supposed
    if kept is None or case.sealed:
        return None
    return say.staff(chat, "centre.supposed", town, case=case, params={"place": kept.place.label, "supposed": kept.why})


def _step(place: Place) -> str:
    return f"{MEANT}{place.label}"
