"""The words that stand for commands, as the locales have them; handlers/words.py holds the same table as data."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.voice.catalogue import catalogues

MENU: Mapping[str, str] = MappingProxyType(
    {
        "menu.report": "report",
        "menu.mediate": "mediate",
        "menu.my_cases": "mine",
        "menu.location": "location",
        "menu.human": "human",
        "menu.signin": "signin",
        "menu.signout": "signout",
        "menu.duty": "duty",
        "menu.cases": "cases",
        "menu.away": "away",
        "menu.swap": "swap",
    }
)


def menu_words() -> Mapping[str, str]:
    """Every label of a reply keyboard and every plain command word, in every language, with its command."""
    return MappingProxyType(dict(sorted(_all())))


def _all() -> Iterator[tuple[str, str]]:
    for known in catalogues().values():
        yield from ((known.word(label), command) for label, command in MENU.items())
        for key in (it for it in known.texts if it.startswith("word.")):
            yield from ((word, key.removeprefix("word.")) for word in known.word(key).split("|"))
