"""What a reporter may be asked about a draft, and the buttons that answer it; when it is asked is for `intake`."""

from core.case import Case
from core.decide import reading, say
from core.messages import Key, Notice
from core.town import Town


def need_place(case: Case) -> Notice:
    """The question where it is."""
    return say.reporter(case, "case.need_place", menu="place")


def next_of(case: Case) -> str:
    """What is missing most: pin, which, kind, detail, supposed or place."""
    if case.conflict is not None:
        return "pin"
    if case.rivals and not reading.known_place(case):
        return "which"
    if case.category is None:
        return "kind" if case.guesses else "detail"
    return "supposed" if case.supposed is not None and not case.sealed else "place"


def detail_kind(case: Case) -> str:
    """How to ask what it is: thanks for the picture only where there is one."""
    return "case.need_detail" if case.photos else "case.need_words"


def places(case: Case, town: Town) -> tuple[tuple[Key, ...], ...]:
    """The compounds of like names, as buttons."""
    compounds = [town.district.compound(identity) for identity in case.rivals]
    return tuple((say.key("btn.place", "pl", case, it.id, name=it.name_zh),) for it in compounds if it is not None)


def kinds(case: Case) -> tuple[tuple[Key, ...], ...]:
    """The likeliest three as buttons, and a way out; never a silent guess."""
    three = tuple((say.key("btn.category", "ct", case, code, category=code),) for code in case.guesses[:3])
    return (*three, (say.key("btn.other_kind", "ct", case, "-"),))
