"""`python -m bot lessons`: what people said where the bot was set right, in the form of bot/data/examples.json."""

import json

from bot.districts import NONE
from bot.town import build_town
from core.case import Case
from core.decide import reading
from core.town import Town
from core.understand import categories, emergency, lesson_of
from storage import districts, lessons
from storage.migrate import migrate
from storage.store import Store

GRAVEST = 1


def lines(url: str) -> list[str]:
    """One JSON object: each category with the words that were not understood as it, names and numbers taken out.

    A person reads them before they go into a file: no machine finds every name.
    """
    migrate(url)
    with Store.open(url, running=False) as store:
        stored = store.read(districts.current_district).result()
        cases = store.read(lessons.taught).result()
        graded = store.read(lessons.regraded).result()
        others = store.read(lessons.rekinded).result()
    if stored is None:
        return [NONE]
    town = build_town(stored[1], stored[0])
    found = {"phrases": {**learnable(cases, town), **of_kind(others, town)}, **of_severity(graded, town)}
    return [json.dumps(found, ensure_ascii=False, indent=1)]


def learnable(cases: tuple[Case, ...], town: Town) -> dict[str, list[str]]:
    """The words by the category that a person gave the case, where the first guess was another."""
    found: dict[str, list[str]] = {}
    for case in cases:
        said = lesson_of("。".join(case.words), town.gazetteer)
        if case.category and categories(said, town.lexicon).best != case.category:
            found.setdefault(case.category, []).append(said)
    return found


def of_kind(cases: tuple[tuple[str, Case], ...], town: Town) -> dict[str, list[str]]:
    """The words by the kind of message that a person said they were, where they are still taken for another."""
    found: dict[str, list[str]] = {}
    for kind, case in cases:
        words = "。".join(case.words)
        if reading.read(words, town, case.opened_at).kind.value != kind:
            found.setdefault(kind, []).append(lesson_of(words, town.gazetteer))
    return found


def of_severity(cases: tuple[Case, ...], town: Town) -> dict[str, object]:
    """`severity`: the words by the level that a person gave them; `calm`: those of them that alarm although they were
    set lower than level 1, to be looked at before they are added."""
    levels: dict[str, list[str]] = {}
    calm: list[str] = []
    for case in cases:
        said = lesson_of("。".join(case.words), town.gazetteer)
        levels.setdefault(str(case.severity), []).append(said)
        if case.severity > GRAVEST and emergency(said, town.lexicon) is not None:
            calm.append(said)
    return {"severity": levels, "calm": calm}
