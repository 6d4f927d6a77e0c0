"""The sample threads of several messages played through the chat: what becomes of them, what is said and never said."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from bot.demo.house import House
from bot.demo.stage import Message, Phone
from core.case import Case, Status
from tests.stories.scene import all_cases, told

SAMPLES = orjson.loads((Path(__file__).parents[1] / "data" / "samples.json").read_bytes())
MESSAGES = {it["id"]: it for it in SAMPLES["messages"]}
THREADS = {it["id"]: it for it in SAMPLES["threads"] if len(it["messages"]) > 1}
# wording.md: what is under way is told, help is never promised
NEVER = re.compile("已(?:经)?(?:替您|帮您)?报(?:了)?警|救援(?:队|人员)?(?:正在|已|马上).{0,4}(?:来|到|出发)|马上就到")
# The sense of `must_say` and of the numbers, in our words; the thread's own words are the expectation.
SAID = {"T16": ("95598", "不要靠近"), "T09": ("120",), "T28": ("119",), "T68": ("119",), "T52": ("12345",)}


def says(phone: Phone, message: dict[str, Any], sent: dict[str, Message]) -> None:
    """One message of a thread."""
    phone.stage.acted()
    if place := message.get("location"):
        phone.sends_place(place["lat"], place["lng"])
    elif first := message.get("edit_of"):
        edited = sent[first]["message_id"]
        sent[message["id"]] = phone.stage.world.edit(phone.chat, edited, phone.user, text=message["text"])
    else:
        sent[message["id"]] = phone.says(message["text"])


async def test_every_thread_becomes_what_it_should(house: House) -> None:
    phones = {thread: _phone(house, number) for number, thread in enumerate(THREADS, start=930001)}
    sent: dict[str, Message] = {}
    for turn in range(max(len(it["messages"]) for it in THREADS.values())):
        for thread, phone in phones.items():
            ids = THREADS[thread]["messages"]
            if turn < len(ids):
                says(phone, MESSAGES[ids[turn]], sent)
        await house.settled()
        await house.jump_by(minutes=4)
    await house.settled()
    cases = await all_cases(house)
    wrong = {thread: list(_wrong(thread, phone, cases)) for thread, phone in phones.items()}
    assert {thread: why for thread, why in wrong.items() if why} == {}


def _phone(house: House, user: int) -> Phone:
    house.sandbox.world.add_user(user, f"u{user}", started=True)
    return house.stage.phone(user)


def _wrong(thread: str, phone: Phone, cases: list[Case]) -> Iterator[str]:
    expect, said = THREADS[thread]["expect"], "\n".join(told(phone))
    mine = [it for it in cases if it.reporter == phone.user and it.status is not Status.REJECTED]
    if len(mine) != expect["cases"]:
        yield f"{len(mine)} cases, not {expect['cases']}: {[(it.status, it.category) for it in mine]}"
    for case in mine[: expect["cases"]]:
        yield from _wrong_case(expect, case)
    yield from (f"{word} is not said: {said}" for word in SAID.get(thread, ()) if word not in said)
    yield from (f"{hit} is said" for hit in NEVER.findall(said))


def _wrong_case(expect: dict[str, Any], case: Case) -> Iterator[str]:
    if case.category not in {expect["category"], *(expect.get("category_ok") or ())}:
        yield f"{case.category}, not {expect['category']}"
    if case.severity not in (expect.get("severity_ok") or [expect["severity"]]):
        yield f"severity {case.severity}, not {expect['severity']}"
    grid, building = case.place.grid if case.place else None, expect["location"].get("building")
    if grid != expect["location"]["grid"]:
        yield f"grid {grid}, not {expect['location']['grid']}"
    if building and case.place and f"{building}栋" not in case.place.label:
        yield f"{case.place.label}, not {building}栋"
    if bool(expect.get("confidential")) != case.sealed:
        yield f"sealed: {case.sealed}"
