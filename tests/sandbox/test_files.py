"""Pictures and documents: uploads, file_ids, albums, downloads."""

import struct

import aiohttp
import pytest
from telegram import Bot, InputMediaPhoto

from bot.sandbox import photos
from bot.sandbox.errors import ApiError
from bot.sandbox.server import Sandbox
from bot.sandbox.world.files import Files, check_photo, picture_size
from tests.sandbox.conftest import GROUP, LI, Raw


async def test_an_uploaded_photo_is_sent_again_by_its_id_and_downloaded(sandbox: Sandbox, ptb: Bot) -> None:
    picture = sandbox.world.sample("manhole")
    sent = await ptb.send_photo(LI, picture, caption="井盖", has_spoiler=False)

    again = await ptb.send_photo(GROUP, sent.photo[-1].file_id)
    downloaded = await (await ptb.get_file(again.photo[-1].file_id)).download_as_bytearray()

    assert again.photo == sent.photo
    assert [(size.width, size.height) for size in sent.photo] == [(90, 67), (320, 240), (800, 600)]
    assert bytes(downloaded) == picture


async def test_a_residents_photo_can_be_downloaded_for_an_hour(sandbox: Sandbox, ptb: Bot, raw: Raw) -> None:
    photo = sandbox.world.say(LI, LI, photo="sample:fire_smoke")["photo"][-1]
    file = await ptb.get_file(photo["file_id"])
    path = f"/file/bot{raw.token}/" + (await raw("getFile", file_id=photo["file_id"])).result["file_path"]

    assert len(await file.download_as_bytearray()) == photo["file_size"]
    sandbox.world.advance(3601)
    assert (await raw.send("GET", path)).status == 404


@pytest.mark.parametrize("kind", ["document", "voice", "video"])
async def test_other_files_are_sent(ptb: Bot, kind: str) -> None:
    sent = await getattr(ptb, f"send_{kind}")(LI, b"content", caption="附件", filename="a.bin")

    assert getattr(sent, kind).file_size == 7
    assert sent.caption == "附件"


async def test_a_document_is_no_photo(sandbox: Sandbox, raw: Raw, ptb: Bot) -> None:
    sandbox.expect_refusal("can't use file of type")
    sent = await ptb.send_document(LI, b"content", filename="表.xlsx")

    answer = await raw("sendPhoto", chat_id=LI, photo=sent.document.file_id)

    assert sent.document.file_name == "表.xlsx"
    assert answer.description == "Bad Request: can't use file of type Document as Photo"


async def test_an_album_is_several_messages_of_one_group(sandbox: Sandbox, ptb: Bot) -> None:
    media = [InputMediaPhoto(sandbox.world.sample(name)) for name in ("rubbish", "after_clean")]

    sent = await ptb.send_media_group(GROUP, media, caption="前后")

    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["前后", None]
    assert len({message.message_id for message in sent}) == 2


async def test_an_album_with_a_bad_picture_is_not_sent_at_all(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("failed to send message #2")
    files = {"a": sandbox.world.sample("rubbish"), "b": b"no picture"}
    form = aiohttp_form({"chat_id": str(LI), "media": ALBUM}, files)

    answer = await raw.send("POST", f"/bot{raw.token}/sendMediaGroup", data=form)

    reason = 'failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"'
    assert answer.description == f"Bad Request: {reason}"
    assert sandbox.world.chats[LI].messages == {}


ALBUM = '[{"type":"photo","media":"attach://a"},{"type":"photo","media":"attach://b"}]'


def aiohttp_form(fields: dict[str, str], files: dict[str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData(fields)
    for name, data in files.items():
        form.add_field(name, data, filename=name, content_type="application/octet-stream")
    return form


@pytest.mark.parametrize(("data", "text"), [(b"", "file must be non-empty"), (b"text", "IMAGE_PROCESS_FAILED")])
async def test_an_upload_that_is_no_picture_is_refused(sandbox: Sandbox, raw: Raw, data: bytes, text: str) -> None:
    sandbox.expect_refusal(text)
    form = aiohttp_form({"chat_id": str(LI)}, {"photo": data})

    answer = await raw.send("POST", f"/bot{raw.token}/sendPhoto", data=form)

    assert answer.description == f"Bad Request: {text}"


@pytest.mark.parametrize(
    ("size", "width", "height", "reason"),
    [
        (1, 6000, 4001, "PHOTO_INVALID_DIMENSIONS"),
        (1, 2100, 100, "PHOTO_INVALID_DIMENSIONS"),
        (1, 0, 0, "IMAGE_PROCESS_FAILED"),
        (
            10 * 2**20 + 1,
            9,
            9,
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
def test_photos_have_limits(size: int, width: int, height: int, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        check_photo(size, width, height)

    assert refused.value.text == reason


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 480, 640) + b"\x03" * 20


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 8 + struct.pack(">II", 3, 4), (3, 4)),
        (b"GIF89a" + struct.pack("<HH", 5, 6), (5, 6)),
        (JPEG, (640, 480)),
        (b"%PDF", (0, 0)),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(data: bytes, size: tuple[int, int]) -> None:
    assert picture_size(data) == size


async def test_a_file_over_20_mb_can_not_be_downloaded(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("file is too big")
    said = sandbox.world.say(LI, LI, document={"file_name": "视频.mp4", "file_size": 20 * 2**20 + 1})

    answer = await raw("getFile", file_id=said["document"]["file_id"])

    assert answer.description == "Bad Request: file is too big"


async def test_an_unknown_file_id_has_no_file(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("invalid file_id")

    assert (await raw("getFile", file_id="x")).description == "Bad Request: invalid file_id"


def test_a_file_id_belongs_to_one_bot() -> None:
    ids = {Files(bot_id, lambda: 0.0).add("document", b"content").id for bot_id in (1, 2)}

    assert len(ids) == 2


@pytest.mark.parametrize("name", photos.NAMES)
def test_sample_pictures_are_photos_small_enough_to_travel(name: str) -> None:
    data = photos.read(name)

    check_photo(len(data), *picture_size(data))
    assert len(data) < 100_000
