"""`python -m benchmarks.peer.pace how URL count`: messages at 29 a second by PTB's Bot on one of two transports.

`ours` is our transport, `httpx` PTB's own. Prints the processor seconds of the stretch.
"""

import asyncio
import sys
import time

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.peer.echo import TOKEN
from benchmarks.rig.audience import AUDIENCE
from bot.transport import Transport

RATE = 29
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton(str(n), callback_data=f"1|ac|A2611-0001|1|{n}") for n in range(3)]])
REQUESTS: dict[str, type[BaseRequest]] = {"ours": Transport, "httpx": HTTPXRequest}


async def main(how: str, url: str, count: int) -> None:
    """Warm up for a second, then the stretch."""
    request = REQUESTS[how]
    async with Bot(TOKEN, base_url=f"{url}/bot", request=request(), get_updates_request=request()) as bot:
        await _paced(bot, RATE)
        begun = time.process_time()
        await _paced(bot, count)
        print(time.process_time() - begun, flush=True)


async def _paced(bot: Bot, count: int) -> None:
    """Each in a task of its own at its time, as a pump does."""
    loop = asyncio.get_running_loop()
    begun, sends = loop.time(), []
    for number in range(count):
        await asyncio.sleep(max(0.0, begun + number / RATE - loop.time()))
        sends.append(asyncio.create_task(bot.send_message(AUDIENCE + number, "到签收时限", reply_markup=KEYS)))
    await asyncio.gather(*sends)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
