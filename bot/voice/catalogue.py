"""The catalogues of words (bot/locales/*.po), read once per process; there is nothing to compile."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages import pofile

from bot.voice import template
from bot.voice.template import Template

FOLDER = Path(__file__).parent.parent / "locales"
FILES: Mapping[str, str] = MappingProxyType({"zh-Hans": "zh_Hans.po", "zh-Hant": "zh_Hant.po", "en": "en.po"})
FIRST = "zh-Hans"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language (`zh-Hans`, `zh-Hant`, `en`) by key, cut up and ready to be filled."""

    language: str
    texts: Mapping[str, Template]

    def __contains__(self, key: str) -> bool:
        return key in self.texts

    def __getitem__(self, key: str) -> Template:
        """The text of a key. Raises KeyError when nobody wrote it; a test holds that all kinds are written."""
        return self.texts[key]

    def word(self, key: str) -> str:
        """A text that has no gaps."""
        return self.texts[key].force(lambda _name, _way: None)


@cache
def catalogues() -> Mapping[str, Catalogue]:
    """Every language we speak. Raises ValueError when a text is malformed, with its key."""
    return MappingProxyType({language: read(language, FOLDER / file) for language, file in FILES.items()})


def catalogue(language: str) -> Catalogue:
    """The catalogue of one of our language codes; simplified Chinese for any other."""
    known = catalogues()
    return known.get(language) or known[FIRST]


def read(language: str, path: Path) -> Catalogue:
    """One .po file as a catalogue."""
    with path.open("rb") as file:
        messages = pofile.read_po(file, abort_invalid=True)
    texts = {str(it.id): _parse(str(it.id), str(it.string)) for it in messages if it.id and it.string}
    return Catalogue(language, MappingProxyType(texts))


def _parse(key: str, text: str) -> Template:
    try:
        return template.parse(text)
    except ValueError as fault:
        raise ValueError(f"{key}: {fault}") from fault
