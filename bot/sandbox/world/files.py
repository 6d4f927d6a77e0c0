"""Files: bytes by file_unique_id, and the file_ids by which one bot may name them."""

import hashlib
import mimetypes
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.sandbox import errors
from bot.sandbox.world.users import Json

DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024
PHOTO_LIMIT: Final = 10 * 1024 * 1024
LONGEST_SIDES: Final = 10_000
THINNEST: Final = 20
LINK_LIFE: Final = 3600.0
FOLDERS: Final = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}
LETTERS: Final = {"photo": "AgACAgUAAxk", "document": "BQACAgUAAxk", "video": "BAACAgUAAxk", "voice": "AwACAgUAAxk"}
MIME: Final = {"voice": "audio/ogg", "video": "video/mp4", "audio": "audio/mpeg", "animation": "video/mp4"}
ENDINGS: Final = {"audio/ogg": ".oga", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A kept file. `size` may be larger than the data: a big file whose bytes nobody needs."""

    id: str
    unique_id: str
    kind: str
    data: bytes
    size: int
    mime_type: str
    name: str = ""
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Return the path under which it is downloaded."""
        ending = ENDINGS.get(self.mime_type) or mimetypes.guess_extension(self.mime_type) or ""
        return f"{FOLDERS.get(self.kind, 'files')}/file_{self.unique_id}{ending}"

    def entry(self, **extra: object) -> Json:
        """Return the fields that every Bot API file object has, and those given."""
        return {**extra, "file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class Files:
    """All files that one bot knows. A file_id of another bot is refused like a broken one."""

    def __init__(self, bot_id: int, clock: Callable[[], float]) -> None:
        self._bot_id = bot_id
        self._clock = clock
        self._by_id: dict[str, File] = {}
        self._by_unique: dict[str, File] = {}
        self._links: dict[str, tuple[File, float]] = {}

    def add(self, kind: str, data: bytes, *, name: str = "", mime_type: str = "", size: int | None = None) -> File:
        """Keep a file under its content: the same bytes of the same kind are one file.

        Raises ApiError for a picture that Telegram would not take as a photo.
        """
        width, height = picture_size(data)
        if kind == "photo":
            check_photo(len(data), width, height)
        seed = data if size is None else data + f"{name}{size}".encode()
        digest = hashlib.sha256(kind.encode() + seed).hexdigest()
        unique = f"AQAD{digest[:11]}"
        file_id = LETTERS.get(kind, "BQACAgUAAxk") + hashlib.sha256(f"{self._bot_id}{digest}".encode()).hexdigest()
        mime = mime_type or MIME.get(kind) or _picture_type(data) or mimetypes.guess_type(name)[0]
        kept = File(
            id=file_id,
            unique_id=unique,
            kind=kind,
            data=data,
            size=len(data) if size is None else size,
            mime_type=mime or "application/octet-stream",
            name=name,
            width=width,
            height=height,
        )
        self._by_id[kept.id] = self._by_unique[kept.unique_id] = kept
        return kept

    def by_id(self, file_id: str) -> File:
        """Return the file of a file_id. Raises ApiError when this bot has none such."""
        if file_id in self._by_id:
            return self._by_id[file_id]
        looks_real = len(file_id) > 20 and file_id.replace("-", "a").replace("_", "a").isalnum()
        raise errors.ApiError(errors.FILE_ID_UNREADABLE if looks_real else errors.FILE_ID_WRONG)

    def by_unique(self, unique_id: str) -> File | None:
        """Return the file of a file_unique_id, for the page."""
        return self._by_unique.get(unique_id)

    def link(self, file_id: str) -> Json:
        """Return the Bot API `File` with a path that is good for an hour.

        Raises ApiError for an unknown file or one over 20 MB.
        """
        kept = self._by_id.get(file_id)
        if kept is None:
            raise errors.ApiError(errors.FILE_ID_INVALID)
        if kept.size > DOWNLOAD_LIMIT:
            raise errors.ApiError(errors.FILE_TOO_BIG)
        self._links[kept.path] = (kept, self._clock() + LINK_LIFE)
        return kept.entry(file_path=kept.path)

    def at(self, path: str) -> File | None:
        """Return the file at a path given out within the last hour."""
        kept, until = self._links.get(path, (None, 0.0))
        return kept if until > self._clock() else None


def check_photo(size: int, width: int, height: int) -> None:
    """Refuse what is no photo for Telegram: not a picture, over 10 MB, too large or too thin. Raises ApiError."""
    if size > PHOTO_LIMIT:
        raise errors.ApiError(errors.PHOTO_TOO_BIG, size=size, limit=PHOTO_LIMIT)
    if not width or not height:
        raise errors.ApiError(errors.IMAGE_PROCESS_FAILED)
    if width + height > LONGEST_SIDES or max(width, height) > THINNEST * min(width, height):
        raise errors.ApiError(errors.PHOTO_DIMENSIONS)


def _picture_type(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/jpeg" if data.startswith(b"\xff\xd8") else ""


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a PNG, JPEG, GIF or WebP picture, (0, 0) for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return 512, 512  # its size is told in three ways; none of them matters here
    return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
