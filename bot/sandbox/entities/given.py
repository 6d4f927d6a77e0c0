"""Entities that the bot gives itself, instead of a parse mode."""

from typing import Final

from bot.sandbox import errors
from bot.sandbox.entities import marks
from bot.sandbox.entities.marks import Json

# Telegram finds these by itself and takes no word for them (Client.cpp, get_text_entity_type)
IGNORED: Final = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
PLAIN: Final = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code"}
)
FURTHEST: Final = 1_000_000


def checked(entities: object, text: str) -> list[Json]:
    """Return the entities that Telegram would keep of those a bot gave for the text.

    Raises ApiError for what is no MessageEntity. An entity that reaches over the end of the text is cut there.
    """
    if not isinstance(entities, list):
        return []
    end = marks.utf16_length(text)
    kept = [kept for one in entities if (kept := _one(one)) is not None]
    for one in kept:
        one["length"] = min(one["length"], end - one["offset"])
    return marks.in_order([one for one in kept if one["length"] > 0])


def _one(given: object) -> Json | None:
    if not isinstance(given, dict):
        raise errors.ApiError(errors.ENTITY, reason="expected an Object")
    offset, length = _number(given, "offset"), _number(given, "length")
    kind = given.get("type")
    if not isinstance(kind, str) or not kind:
        raise errors.ApiError(errors.ENTITY, reason='can\'t find field "type"')
    if kind in IGNORED:
        return None
    for name, value in (("offset", offset), ("length", length)):
        if not 0 <= value <= FURTHEST:
            raise errors.ApiError(errors.ENTITY_PLACE, name=name, value=value)
    return _kept(given, kind, offset, length)


def _number(given: Json, name: str) -> int:
    try:
        return int(given[name])
    except KeyError:
        raise errors.ApiError(errors.ENTITY, reason=f'can\'t find field "{name}"') from None
    except (TypeError, ValueError):
        raise errors.ApiError(errors.ENTITY, reason=f'field "{name}" must be of type Number') from None


def _kept(given: Json, kind: str, offset: int, length: int) -> Json | None:
    if kind in PLAIN:
        return marks.entity(kind, offset, length)
    if kind == "pre":
        language = {"language": given["language"]} if given.get("language") else {}
        return marks.entity(kind, offset, length, **language)
    if kind == "text_link":
        return marks.link(str(given.get("url", "")), offset, length)
    if kind == "text_mention" and isinstance(given.get("user"), dict):
        return marks.entity(kind, offset, length, user=given["user"])
    if kind == "custom_emoji":
        return marks.entity(kind, offset, length, custom_emoji_id=str(given.get("custom_emoji_id", "")))
    raise errors.ApiError(errors.ENTITY, reason="unsupported type specified")
