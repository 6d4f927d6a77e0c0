"""A small town for the engine: a fake set of rules over the real memory, also run as a process that gets killed."""

import sys
from asyncio import run
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.engine import Engine
from core.case import Case, Event, Status
from core.messages import Answer, Command, Lane, Notice, Press, Pressed, Sender, Spoke
from core.world import Contact, Decision, World
from storage.store import Store

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
GROUP = -1_009_000_000_001
DISTRICT = Path(__file__).parents[2] / "bot" / "data" / "demo_district.json"


@dataclass
class StillClock:
    """A clock that stands."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.at


def decide(command: Command, world: World) -> Decision:
    """A report opens a case, a press takes it, the word "fail" fails."""
    return _told(command, world) if isinstance(command, Spoke) else _pressed(command, world)


def _told(command: Spoke, world: World) -> Decision:
    if command.text == "fail":
        raise ZeroDivisionError(command.text)
    if command.text == "hello":
        return Decision(contact=Contact(user_id=command.chat, greeted=True))
    case = Case(
        no=world.new_number(), reporter=command.chat, opened_at=world.now, heard_at=world.now, words=(command.text,)
    )
    card = Notice(to=GROUP, kind="card", key=f"{case.no}:card", slot=f"card:{case.no}", lane=Lane.URGENT)
    received = Notice(to=command.chat, kind="case.received", key=f"{case.no}:received", case=case.no)
    told = Event(kind="told", at=world.now, data={"words": command.text})
    return Decision(case=case, contact=Contact(user_id=command.chat), events=(told,), notices=(card, received))


def _pressed(command: Command, world: World) -> Decision:
    case = world.case
    if case is None or case.status is not Status.DRAFT or not isinstance(command, Pressed):
        return Decision(answer=Answer(kind="taken"))
    taken = replace(case, status=Status.ACK, handler=command.sender.name)
    notice = Notice(to=GROUP, kind="card", key=f"{case.no}:taken", slot=f"card:{case.no}")
    return Decision(
        case=taken,
        events=(Event(kind="accepted", at=world.now, actor=command.sender.name),),
        notices=(notice,),
        answer=Answer(kind="yours"),
    )


def report(user: int, text: str = "箱子堆在楼道") -> Spoke:
    """A resident's message."""
    return Spoke(at=NOW, sender=Sender(user_id=user, name=f"U{user}"), chat=user, message=1, text=text)


def press(no: str, user: int) -> Pressed:
    """Somebody takes a case."""
    sender = Sender(user_id=user, name=f"U{user}")
    return Pressed(at=NOW, sender=sender, chat=GROUP, message=7, callback="c", press=Press(action="ack", case=no))


async def report_until_killed(url: str, first: int) -> None:
    """Report as fast as it goes, and say each update that is acknowledged; never ends by itself."""
    with Store.open(url) as store:
        engine = Engine(store, StillClock(), decide)
        update = first
        while True:
            await engine.execute(report(update), f"u:{update}")
            print(update, flush=True)
            update += 1


if __name__ == "__main__":
    run(report_until_killed(sys.argv[1], int(sys.argv[2])))
