"""The content of messages, written as the fields of a Bot API `Message`."""

from typing import Any, Final

from bot.sandbox import errors
from bot.sandbox.entities.marks import Formatted
from bot.sandbox.world.files import File
from bot.sandbox.world.users import Json

FOREVER: Final = 0x7FFFFFFF
LIVE: Final = range(60, 86_401)
THUMB: Final = 90
MIDDLE: Final = 320


def text(words: Formatted) -> Json:
    """Return the fields of a text message."""
    return {"text": words.text, **({"entities": words.entities} if words.entities else {})}


def caption(words: Formatted, *, above: bool = False) -> Json:
    """Return the caption's fields, none when it is empty."""
    if not words.text:
        return {}
    entities = {"caption_entities": words.entities} if words.entities else {}
    return {"caption": words.text, **entities, **({"show_caption_above_media": True} if above else {})}


def file(kept: File) -> Json:
    """Return the field of a file by its kind: photo (a list of sizes), document, voice, video."""
    if kept.kind == "photo":
        return {"photo": _sizes(kept)}
    name = {"file_name": kept.name} if kept.name else {}
    match kept.kind:
        case "voice":
            return {"voice": kept.entry(duration=3, mime_type=kept.mime_type)}
        case "video":
            return {"video": kept.entry(duration=5, width=640, height=360, mime_type=kept.mime_type, **name)}
    return {"document": kept.entry(mime_type=kept.mime_type, **name)}


def _sizes(kept: File) -> list[Json]:
    """Return the sizes of a photo, small to large. All name the same bytes; Telegram would have scaled them."""
    longest = max(kept.width, kept.height)
    widths = [side for side in (THUMB, MIDDLE) if side < longest]
    scaled = [(max(1, kept.width * side // longest), max(1, kept.height * side // longest)) for side in widths]
    return [kept.entry(width=width, height=height) for width, height in [*scaled, (kept.width, kept.height)]]


def location(latitude: float, longitude: float, *, accuracy: float = 0.0, live: Json | None = None) -> Json:
    """Return the field of a place (degrees; accuracy in metres, 0 to 1500).

    Raises ApiError for a place that is not on Earth.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise errors.ApiError(errors.LIVE_LOCATION_INVALID if live else errors.LOCATION_INVALID)
    place: Json = {"latitude": latitude, "longitude": longitude}
    if accuracy > 0:
        place["horizontal_accuracy"] = min(accuracy, 1500.0)
    return {"location": {**place, **(live or {})}}


def live_fields(period: int, heading: int = 0, radius: int = 0) -> Json:
    """Return what makes a place a live one. Raises ApiError for a period other than 60 s to a day, or for ever."""
    if period not in LIVE and period != FOREVER:
        raise errors.ApiError(errors.LIVE_PERIOD_INVALID)
    return {"live_period": period, **course(heading, radius)}


def course(heading: int, radius: int) -> Json:
    """Return the direction (1 to 360 degrees) and the alert radius (metres) of a live place. Raises ApiError."""
    if not 0 <= heading <= 360:
        raise errors.ApiError(errors.HEADING_INVALID)
    fields = {"heading": heading, "proximity_alert_radius": radius}
    return {name: value for name, value in fields.items() if value}


def venue(latitude: float, longitude: float, title: str, address: str) -> Json:
    """Return the fields of a named place. Raises ApiError for a place that is not on Earth."""
    place = location(latitude, longitude)
    return {"venue": {**place, "title": title, "address": address}, **place}


def sticker(emoji: str, kept: File) -> Json:
    """Return the field of a sticker."""
    still = {"type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": kept.entry(width=512, height=512, emoji=emoji, **still)}


def summary(body: Json) -> Json:
    """Return the part of a message that counts when Telegram decides whether an edit changes anything."""
    parts: dict[str, Any] = {}
    for name in ("text", "entities", "caption", "caption_entities", "location", "reply_markup", "link_preview_options"):
        parts[name] = body.get(name)
    media = body.get("photo", [None])[-1] or next((body[kind] for kind in ("document", "video") if kind in body), None)
    parts["media"] = media and media["file_unique_id"]
    return parts
