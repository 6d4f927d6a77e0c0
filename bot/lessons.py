"""`python -m bot lessons`: what people said where the bot was set right, in the form of bot/data/examples.json."""

import json

from bot.districts import NONE
from bot.town import build_town
from core.case import Case
from core.town import Town
from core.understand import categories, lesson_of
from storage import districts, lessons
from storage.migrate import migrate
from storage.store import Store


def lines(url: str) -> list[str]:
    """One JSON object: each category with the words that were not understood as it, names and numbers taken out.

    A person reads them before they go into a file: no machine finds every name.
    """
    migrate(url)
    with Store.open(url, running=False) as store:
        stored = store.read(districts.current_district).result()
        cases = store.read(lessons.taught).result()
    if stored is None:
        return [NONE]
    return [json.dumps({"phrases": learnable(cases, build_town(stored[1], stored[0]))}, ensure_ascii=False, indent=1)]


def learnable(cases: tuple[Case, ...], town: Town) -> dict[str, list[str]]:
    """The words by the category that a person gave the case, where the first guess was another."""
    found: dict[str, list[str]] = {}
    for case in cases:
        said = lesson_of("。".join(case.words), town.gazetteer)
        if case.category and categories(said, town.lexicon).best != case.category:
            found.setdefault(case.category, []).append(said)
    return found
