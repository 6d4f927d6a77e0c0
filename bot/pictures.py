"""Where a photograph was taken: Telegram keeps a file as it was, position and all, and strips a picture of it.

Read before the report is decided, so that a report that was kept has its place; whatever hinders it only means that the
place is asked for, like that of any other report.
"""

import asyncio
import io
import logging
from dataclasses import replace

from telegram import Update

from bot.telegram import Telegram
from core.messages import Command, Spoke, Spot

log = logging.getLogger(__name__)

LARGEST = 12 * 1024 * 1024  # bytes; a photograph of a telephone, as it was taken
WAIT = 3.0  # seconds for all of it; an update has five


async def located(command: Command, update: Update, telegram: Telegram) -> Command:
    """The command with the position that a photograph sent as a file carries; as it was when there is none."""
    document = update.message.document if update.message else None
    if not isinstance(command, Spoke) or document is None or command.spot is not None:
        return command
    image = (document.mime_type or "").startswith("image/")
    if not image or (document.file_size or 0) > LARGEST:
        return command
    try:
        async with asyncio.timeout(WAIT):
            data = await telegram.fetch(document.file_id)
            spot = None if data is None else await asyncio.to_thread(spot_of, data)
    except TimeoutError:
        log.info("a picture took too long to look at", extra={"action": "picture.late"})
        return command
    return replace(command, pictured=spot)


def spot_of(data: bytes) -> Spot | None:
    """The position in a picture's EXIF data; None for a picture without, and for what is no picture."""
    from PIL import ExifTags, Image  # noqa: PLC0415  # pictures of places are rare, and few bots ever see one

    try:
        with Image.open(io.BytesIO(data)) as picture:
            found = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(found, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S")
        lng = _degrees(found, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W")
    except Exception as error:
        log.info("a picture could not be read: %s", type(error).__name__, extra={"action": "picture.unread"})
        return None
    if lat is None or lng is None or not (abs(lat) <= 90 and abs(lng) <= 180) or (lat, lng) == (0, 0):
        return None
    return Spot(lat=lat, lng=lng)


def _degrees(found: dict[int, object], name: int, side: int, negative: str) -> float | None:
    parts = found.get(name)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees = sum(float(part) / 60.0**power for power, part in enumerate(parts))
    return -degrees if str(found.get(side, "")).upper().startswith(negative) else degrees
