"""`python -m bot demo`: the page in the browser, or with --auto whole cases with their timeline."""

import asyncio
import webbrowser
from collections.abc import Awaitable, Callable
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.demo import empty as nowhere
from bot.demo import play, quarrel
from bot.demo.board import Board
from bot.demo.house import DISTRICT, House, colleagues_signed_in, open_house
from bot.demo.stage import NotSeen

SCENES: tuple[tuple[str, Callable[[House, play.Cast, play.Tell], Awaitable[None]]], ...] = (
    ("一件隐患的全程", play.whole_case),
    ("没有人签收的一件", play.up_the_ladder),
    ("一件邻里纠纷", quarrel.settled),
    ("第二天早上的日报", play.digest),
)
LOOK = 0.25  # real seconds between looks at the clock, for the page and for colleagues whose shift begins
console = Console(highlight=False)


def main(*, auto: bool, empty: bool, port: int, browser: bool) -> int:
    """Run the demo; the exit code. With `auto`, 0 only if every step was really seen in the chats."""
    try:
        return asyncio.run(_auto() if auto else _page(port, browser, empty=empty))
    except KeyboardInterrupt:
        console.print("\n再见 · bye")
        return 0


async def _auto() -> int:
    with console.status("正在搭好演示小镇 · setting up the town …"):
        manager = open_house(flood="off", paced=False)  # a day in a minute: the limits of real time are left out
        house = await manager.__aenter__()
    try:
        await colleagues_signed_in(house)
        _tell(house.now, "小镇", "各驿站当班人员已签到")
        who = play.cast(house)
        for title, scene in SCENES:
            console.rule(title, align="left")
            await scene(house, who, _tell)
        refused = house.sandbox.unexpected_refusals()
        console.rule(align="left")
        console.print(f"{len(SCENES)} 幕全部看到 · all scenes seen; Telegram 会拒绝的调用 {len(refused)} 次")
        return 1 if refused else 0
    except NotSeen as missing:
        console.print(Text(f"没有看到 · not seen: {missing}", style="bold red"))
        return 1
    finally:
        await manager.__aexit__(None, None, None)


def _tell(now: datetime, who: str, what: str) -> None:
    lines = what.splitlines() or [""]
    console.print(Text.assemble((now.strftime("%m-%d %H:%M:%S"), "dim"), "  ", (f"{who:　<5}", "bold"), " ", lines[0]))
    for line in lines[1:]:
        console.print(Text(" " * 28 + line))


async def _page(port: int, browser: bool, *, empty: bool) -> int:
    district, admins = (None, str(nowhere.BOSS)) if empty else (DISTRICT, "")
    async with open_house(port=port, district=district, admins=admins) as house:
        if empty:
            nowhere.fill(house.sandbox.world)
        board = Board(house, nowhere.page) if empty else Board(house)
        await colleagues_signed_in(house)
        console.print(
            f"\n平安岗演示小镇 · the town is open:  [bold]{house.url}/[/bold]\n按 Ctrl+C 结束 · Ctrl+C ends it\n"
        )
        if browser:
            await asyncio.to_thread(webbrowser.open, house.url + "/")
        await _keep(house, board)
    return 0


async def _keep(house: House, board: Board) -> None:
    """While the page is open: its clock follows the bot's, and whoever's shift begins comes to the post."""
    while not house.app.failed.is_set():
        await asyncio.sleep(LOOK)
        board.look()
        house.colleagues.come(house.now)
