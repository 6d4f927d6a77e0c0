"""Text to meaning, as pure functions: kind, category, severity, place, emergency, and the form a group may see.

The words are data (bot/data/words.json, bot/data/taxonomy.json) and come in as values: `read_lexicon` once at start,
`make_gazetteer` once per district, then `understand` for each message.
"""

from core.understand.category import categories
from core.understand.emergency import emergency
from core.understand.gazetteer import Compound, Gazetteer, KeyPlace, make_gazetteer
from core.understand.health import health_told, is_acute, open_form, without_health
from core.understand.kind import exposes, kind
from core.understand.lexicon import Lexicon, is_sealed
from core.understand.matters import split_matters
from core.understand.normal import normal, number
from core.understand.ownwords import CALM, is_meaning, strange, with_own
from core.understand.place import building_label, read_place, without_names
from core.understand.public import lesson_of, public_form
from core.understand.reading import understand
from core.understand.severity import severity
from core.understand.street import street_of
from core.understand.values import Emergency, Guess, Kind, Manner, PlaceReading, Severity, Understanding
from core.understand.wordfiles import read_lexicon

__all__ = [
    "CALM",
    "Compound",
    "Emergency",
    "Gazetteer",
    "Guess",
    "KeyPlace",
    "Kind",
    "Lexicon",
    "Manner",
    "PlaceReading",
    "Severity",
    "Understanding",
    "building_label",
    "categories",
    "emergency",
    "exposes",
    "health_told",
    "is_acute",
    "is_meaning",
    "is_sealed",
    "kind",
    "lesson_of",
    "make_gazetteer",
    "normal",
    "number",
    "open_form",
    "public_form",
    "read_lexicon",
    "read_place",
    "severity",
    "split_matters",
    "strange",
    "street_of",
    "understand",
    "with_own",
    "without_health",
    "without_names",
]
