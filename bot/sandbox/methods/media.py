"""Files in calls: uploads, file_ids, albums; and getFile."""

from typing import Final

from bot.sandbox import errors
from bot.sandbox.entities import text as texts
from bot.sandbox.methods import sending
from bot.sandbox.methods.request import Handler, Request
from bot.sandbox.world import content
from bot.sandbox.world.files import File
from bot.sandbox.world.users import Json

NAMES: Final = {"photo": "Photo", "document": "Document", "voice": "VoiceNote", "video": "Video", "sticker": "Sticker"}
ALBUM: Final = frozenset({"photo", "video", "document", "audio"})
LONGEST_ALBUM: Final = 10


def file(request: Request, kind: str, given: str) -> File:
    """Return the file that a value names: attach://field, a file_id, or an upload under the field's own name.

    Raises ApiError; http(s) addresses can't be fetched here.
    """
    name = given.removeprefix("attach://") if given.startswith("attach://") else kind
    upload = request.params.files.get(name) if given in {"", f"attach://{name}"} else None
    if upload is not None:
        if not upload.data:
            raise errors.ApiError(errors.FILE_EMPTY)
        return request.world.files.add(kind, upload.data, name=upload.name, mime_type=_mime(kind, upload.content_type))
    if not given or given.startswith("attach://"):
        raise errors.ApiError(errors.NO_MEDIA, kind=kind)
    if given.startswith(("http://", "https://")):
        raise errors.ApiError(errors.URL_CONTENT)
    kept = request.world.files.by_id(given)
    if kept.kind != kind:
        raise errors.ApiError(errors.FILE_TYPE, actual=NAMES.get(kept.kind, kept.kind), wanted=NAMES[kind])
    return kept


def _mime(kind: str, content_type: str) -> str:
    return "" if kind == "photo" or content_type == "application/octet-stream" else content_type


def _send(kind: str) -> Handler:
    def send(request: Request) -> Json:
        words = sending.caption(request)
        above = request.params.flag("show_caption_above_media")
        fields = content.file(file(request, kind, request.params.text(kind))) | content.caption(words, above=above)
        return sending.deliver(request, kind, [fields])[0].body

    send.__doc__ = f"Send a {kind}, uploaded or by file_id, with a caption."
    return send


def send_media_group(request: Request) -> list[Json]:
    """Send an album: up to ten messages that share a media_group_id, all or none. Raises ApiError."""
    given = request.params.json("media")
    if not isinstance(given, list) or not given:
        raise errors.ApiError(errors.ALBUM_EMPTY)
    if len(given) > LONGEST_ALBUM:
        raise errors.ApiError(errors.ALBUM_LONG)
    kinds = {kind_of(one) for one in given}
    if "document" in kinds and len(kinds) > 1:
        raise errors.ApiError(errors.MEDIA_MIXED)
    group = {"media_group_id": str(13_000_000_000_000 + request.world.calls.last)}
    contents = [group | _item(request, number, one) for number, one in enumerate(given, 1)]
    return [stored.body for stored in sending.deliver(request, kind_of(given[0]), contents)]


def kind_of(given: object) -> str:
    """Return the kind of an InputMedia. Raises ApiError when it has none that the sandbox takes."""
    if not isinstance(given, dict):
        raise errors.ApiError(errors.MEDIA_TYPE, reason="expected an Object")
    kind = str(given.get("type", ""))
    if kind not in ALBUM or kind not in NAMES:
        raise errors.ApiError(errors.MEDIA_TYPE, reason=f"InputMedia has invalid type {kind!r}")
    return kind


def item(request: Request, given: Json) -> Json:
    """Return the message fields of one InputMedia. Raises ApiError."""
    kind = kind_of(given)
    words = texts.caption(
        str(given.get("caption") or ""), str(given.get("parse_mode") or ""), given.get("caption_entities")
    )
    kept = file(request, kind, str(given.get("media", "")))
    return content.file(kept) | content.caption(words, above=bool(given.get("show_caption_above_media")))


def _item(request: Request, number: int, given: Json) -> Json:
    """Return one message of an album; what the back end refuses is told with the message's number."""
    try:
        return item(request, given)
    except errors.ApiError as refused:
        if refused.text.isupper():
            raise errors.ApiError(errors.GROUP_SEND, number=number, reason=refused.text) from None
        raise


def get_file(request: Request) -> Json:
    """Return where a file can be downloaded; good for an hour, up to 20 MB. Raises ApiError."""
    return request.world.files.link(request.params.text("file_id"))


METHODS: dict[str, Handler] = {
    **{f"send{name}": _send(name.lower()) for name in ("Photo", "Document", "Voice", "Video")},
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
