"""Several messages of a busy group as one, and who waits there."""

from bot.voice.lists import with_kind
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker
from bot.voice.template import MISSING
from core.messages import Json


def tell(speaker: Speaker, params: Params) -> str:
    """The news as they would read one by one, set apart by empty lines; then a line for each card that waits."""
    items = [it for it in _rows(params.get("items")) if str(it.get("kind")) in speaker.catalogue]
    news = [speaker.insist(str(it.get("kind")), with_kind(_dict(it.get("params")))) for it in items]
    queue = [
        speaker.insist("list.queue", with_kind(it) if "category" in it else it) for it in _rows(params.get("queue"))
    ]
    told = {"items": Told("\n\n".join(news)) or None, "queue": Told("\n".join(queue)) or None}
    return speaker.insist("bundle", {**params, **told}).strip() or MISSING


def _rows(value: Json) -> list[dict[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def _dict(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
