"""The document itself: an empty one, JSON and back, what became of the live one meanwhile."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

CENTRE = "CTR"
EVERYWHERE = 3000  # metres around each post, until somebody draws grids

Document = dict[str, Any]  # JSON as docs/district.md describes it


class NotADocument(ValueError):  # noqa: N818 - reads as what it says
    """A text that is no JSON object. `line` is where it breaks, None where it is JSON of another shape."""

    def __init__(self, line: int | None) -> None:
        super().__init__(line)
        self.line = line


def blank(name: str = "") -> Document:
    """A town in which nothing is known yet but what is the same in most: zone, language, a centre."""
    return {
        "meta": {"timezone": "Asia/Shanghai"},
        "district": {
            "id": "D01",
            "name_zh": name,
            "centre_team": CENTRE,
            "emergency_profile": "CN",
            "languages": ["zh-Hans"],
        },
        "communities": [],
        "grids": {"type": "FeatureCollection", "around_m": EVERYWHERE, "features": []},
        "xiaoqu": [],
        "key_places": [],
        "stations": [],
        "teams": [{"id": CENTRE, "kind": "centre", "name_zh": "综治中心", "name_en": "Dispatch centre"}],
        "people": [],
        "shift_patterns": [],
        "departments": [],
        "calendar": {},
    }


def parsed(raw: str) -> Document:
    """A document out of a text. Raises NotADocument."""
    try:
        found = json.loads(raw)
    except json.JSONDecodeError as error:
        raise NotADocument(error.lineno) from None
    except RecursionError:
        raise NotADocument(None) from None
    if not isinstance(found, dict):
        raise NotADocument(None)
    return found


def written(doc: Mapping[str, Any]) -> str:
    """The text of a document, as people can read it."""
    return json.dumps(doc, ensure_ascii=False, indent=1)


def rebased(doc: Document, base: Document, live: Document) -> Document:
    """The draft on top of what is live now: a part that the draft left as it found it is the live one. A holiday table
    that was sent meanwhile must not go away because somebody adds a post."""
    names = dict.fromkeys((*live, *doc))
    merged = {name: live.get(name) if doc.get(name) == base.get(name) else doc.get(name) for name in names}
    return {name: value for name, value in merged.items() if value is not None}


def known_chats(value: object) -> Iterator[int]:
    """Every chat that a document names, whatever for."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name.endswith("chat_id") and isinstance(part, int):
                yield part
            yield from known_chats(part)
    elif isinstance(value, list):
        for part in value:
            yield from known_chats(part)
