"""A photograph sent as a file tells where it was taken; everything else that is sent as a file tells nothing."""

import asyncio
import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import ExifTags, Image

from bot import pictures
from core.messages import Sender, Spoke, Spot

HERE = {1: "N", 2: (30.0, 38.0, 21.46), 3: "E", 4: (104.0, 5.0, 47.75)}


def photograph(gps: dict[int, Any] | None, form: str = "JPEG") -> bytes:
    exif = Image.Exif()
    if gps is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, form, exif=exif)
    return made.getvalue()


class Server:
    """Hands out one file, or never does."""

    def __init__(self, data: bytes | None, *, hangs: bool = False) -> None:
        self.data, self.hangs, self.asked = data, hangs, 0

    async def fetch(self, file_id: str) -> bytes | None:
        del file_id
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        return self.data


def update(mime: str = "image/jpeg", size: int = 1000) -> Any:
    return SimpleNamespace(
        message=SimpleNamespace(document=SimpleNamespace(file_id="f", mime_type=mime, file_size=size))
    )


def spoke(**fields: Any) -> Spoke:
    at = datetime(2026, 11, 16, tzinfo=UTC)
    return Spoke(at=at, sender=Sender(user_id=1, name="x"), chat=1, message=1, document="f", **fields)


async def looked(command: Spoke, server: Server, **fields: Any) -> Spoke:
    found = await pictures.located(command, update(**fields), server)  # type: ignore[arg-type]  # it only downloads
    assert isinstance(found, Spoke)
    return found


async def test_the_position_of_a_photograph_goes_with_the_report() -> None:
    spot = (await looked(spoke(), Server(photograph(HERE)))).pictured
    assert spot is not None
    assert spot.lat == pytest.approx(30.639294, abs=1e-5)
    assert spot.lng == pytest.approx(104.096597, abs=1e-5)


def test_south_and_west_are_below_zero() -> None:
    spot = pictures.spot_of(photograph({**HERE, 1: "S", 3: "W"}))
    assert spot is not None
    assert spot.lat < 0 > spot.lng


@pytest.mark.parametrize(
    "data",
    [
        photograph(None),
        photograph({1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}),
        photograph({1: "N", 2: (99.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)}),
        b"no picture",
        photograph(HERE)[:60],
        b"",
    ],
)
def test_a_picture_without_a_true_position_says_nothing(data: bytes) -> None:
    assert pictures.spot_of(data) is None


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (spoke(spot=Spot(lat=1, lng=1)), {}),
        (spoke(), {"mime": "application/pdf"}),
        (spoke(), {"size": pictures.LARGEST + 1}),
    ],
)
async def test_what_needs_no_look_is_not_fetched(command: Spoke, fields: dict[str, Any]) -> None:
    server = Server(photograph(HERE))
    assert await looked(command, server, **fields) == command
    assert server.asked == 0


@pytest.mark.parametrize("server", [Server(None), Server(b"", hangs=True)])
async def test_a_file_that_cannot_be_had_holds_up_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WAIT", 0.05)
    assert (await looked(spoke(), server)).pictured is None
