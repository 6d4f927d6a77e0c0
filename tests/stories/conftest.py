"""A town for every play: its own sandbox, its own database, the clock on Monday, 16 November 2026, nine o'clock."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.house import DISTRICT, House, colleagues_signed_in, open_house
from bot.demo.stage import Message
from tests.stories import hamlet
from tests.stories.scene import NINE, Cast, at_the_end, cast_of


@pytest.fixture
def district(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The demo town's file, or a smaller one where `in_a_hamlet` says so."""
    return hamlet.write(tmp_path) if getattr(request, "param", "") == "hamlet" else DISTRICT


@pytest.fixture
async def house(request: pytest.FixtureRequest, district: Path) -> AsyncIterator[House]:
    """The town, all who are rostered at their posts; on SQLite, or where `both_databases` says so on PostgreSQL too."""
    url: str = request.getfixturevalue(getattr(request, "param", "sqlite_url"))
    async with open_house(start=NINE, flood="off", paced=False, database_url=url, district=district) as opened:
        await colleagues_signed_in(opened)
        yield opened
        await at_the_end(opened)


@pytest.fixture
def who(house: House) -> Cast:
    """The phones of the play."""
    return cast_of(house)


@pytest.fixture
async def card(house: House, who: Cast) -> Message:
    """A case that waits to be accepted by post ST2, as its group shows it."""
    who.resident.says("宏济新居3栋楼道有人给电瓶车充电")
    shown = await who.first.sees("宏济新居3栋")
    await who.resident.sees("收到了")
    return shown
