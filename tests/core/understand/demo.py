"""The demo district's lexicon and gazetteer, read once for the tests of understanding."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from core import understand as u
from core.district import read_district
from core.town import gazetteer_of

ROOT = Path(__file__).resolve().parents[3]


def load(name: str) -> Any:
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


LEXICON = u.read_lexicon(*(load(f"bot/data/{name}.json") for name in ("taxonomy", "words", "examples")))
GAZETTEER = gazetteer_of(read_district(load("bot/data/demo_district.json")), LEXICON)
NOON = datetime.fromisoformat("2026-11-18T12:00:00+08:00")
NIGHT = datetime.fromisoformat("2026-11-18T23:30:00+08:00")


def compound(name: str) -> str:
    return next(c.id for c in GAZETTEER.compounds.values() if c.name == name)
