"""What a bot is asked all day long, as jobs on one connection; and the scene on which it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from benchmarks.rig.past import MOULDS, finished
from benchmarks.rig.town import NINE, BigTown
from benchmarks.rig.updates import RESIDENT, WORDS
from bot.engine import Engine
from bot.schedule import DIGEST, plan_digests, run_digest
from bot.town import build_town
from core.audit import PATIENCE, Question, known_chats
from core.decide import decide
from core.messages import Command, Ordered, Press, Pressed, Sender, Spoke, Spot, Tick
from storage import audit, cases, outbox, records, schedules
from storage.districts import current_district
from storage.store import Store

NEW, RECENT, PRESSED = 100, 300, 40
SOON, LATER = timedelta(seconds=30), timedelta(hours=2)
NEWS = 10_000  # a resident nobody knows


@dataclass(slots=True)
class Standing:
    """A clock that stands."""

    at: datetime = NINE

    def now(self) -> datetime:
        """Always this."""
        return self.at


class Bot:
    """The road on a store: `now` at its desk a little after nine, `later` when all new cases are due."""

    def __init__(self, store: Store, town: BigTown) -> None:
        revision, raw = store.read(current_district).result() or (0, "")
        self.layout, self.town = town, build_town(raw, revision)
        self.now = Engine(store, Standing(NINE + SOON), decide, self.town, bot_name="bench")
        self.later = Engine(store, Standing(NINE + LATER), decide, self.town, bot_name="bench")
        self.new = store.read(lambda conn: cases.due_cases(conn, NINE + LATER)).result()

    def resident(self, number: int, *, name: str = "R") -> Sender:
        """One who wrote this morning, or later."""
        return Sender(user_id=RESIDENT + number, name=name, language="zh-hans")

    def patrol(self, post: int) -> Sender:
        """One who is on duty."""
        return Sender(user_id=self.layout.patrol(post), name="P", language="zh-hans")


def told(town: BigTown, number: int) -> Spoke:
    """A report."""
    user = RESIDENT + number
    sender = Sender(user_id=user, name="R", language="zh-hans")
    return Spoke(at=NINE, sender=sender, chat=user, message=1, text=f"{town.compound(number % town.posts)}{WORDS}")


def scene(town: BigTown, conn: Connection) -> None:
    """New cases of this morning, what was finished in the last month, and the plans."""
    revision, raw = current_district(conn) or (0, "")
    known = build_town(raw, revision)
    for number in range(RECENT):
        cases.write_case(conn, *finished(2 * MOULDS + number, MOULDS, days=29))
    plan_digests(conn, known, NINE)
    engine = Engine(_nowhere(), Standing(), decide, known, bot_name="bench")
    for number in range(NEW):
        engine.execute_inside(conn, told(town, number), f"u:{number}")


def _nowhere() -> Store:
    """An engine that works inside a given transaction asks no store."""
    return Store.__new__(Store)


@dataclass(frozen=True, slots=True)
class Asked:
    """A job by its name in the tables; done so many `times` in a round."""

    name: str
    job: Callable[[Bot, Connection], object]
    times: int = 5


def _on_the_road(bot: Bot, conn: Connection, command: Command) -> None:
    bot.now.execute_inside(conn, command, "u:asked")


def _report(bot: Bot, conn: Connection) -> None:
    _on_the_road(bot, conn, told(bot.layout, NEWS))


def _accept(bot: Bot, conn: Connection) -> None:
    number = bot.new[PRESSED]
    case = cases.case_of(conn, number)
    assert case is not None
    offer = case.offers[0]
    post = next(it for it in range(bot.layout.posts) if bot.layout.chat(it) == offer.chat)
    press = Press(action="ac", case=number, round=case.round)
    pressed = Pressed(
        at=NINE, sender=bot.patrol(post), chat=offer.chat, message=1, callback="c", press=press
    )  # fmt: skip
    _on_the_road(bot, conn, pressed)
    taken = cases.case_of(conn, number)
    assert taken is not None
    assert taken.handler is not None


def _ordered(word: str, *, staff: bool) -> Callable[[Bot, Connection], None]:
    def job(bot: Bot, conn: Connection) -> None:
        sender = bot.patrol(7) if staff else bot.resident(7)
        _on_the_road(bot, conn, Ordered(at=NINE, sender=sender, chat=sender.user_id, message=2, word=word))

    return job


def _placed(bot: Bot, conn: Connection) -> None:
    sender = bot.patrol(7)
    spot = Spot(lat=30.004, lng=103.004)
    _on_the_road(bot, conn, Spoke(at=NINE, sender=sender, chat=sender.user_id, message=2, spot=spot))


def _look(_bot: Bot, conn: Connection) -> None:
    """What the clock's beat asks."""
    now = NINE + SOON
    cases.due_cases(conn, now)
    records.due_records(conn, now, 100)
    schedules.due_schedules(conn, now)
    schedules.next_due(conn, now)


def _tick(bot: Bot, conn: Connection) -> None:
    bot.later.execute_inside(conn, Tick(at=NINE + LATER, case=cases.due_cases(conn, NINE + LATER, 1)[0]), None)


def _audit(bot: Bot, conn: Connection) -> None:
    now = NINE + SOON
    question = Question(
        overdue=now, chats=known_chats(bot.town.district),
        waiting={lane: now - patience for lane, patience in PATIENCE.items()}, real_now=now, letters=now,
        plans=frozenset(),
    )  # fmt: skip
    audit.look(conn, question)


def _digests(bot: Bot, conn: Connection) -> None:
    """Those of all grids, as the schedule has them."""
    at = NINE + timedelta(days=1)
    for due in schedules.due_schedules(conn, at):
        if due.kind == DIGEST:
            run_digest(conn, due, bot.now, bot.town, at)


def _claim(_bot: Bot, conn: Connection) -> None:
    assert outbox.claim(conn, limit=8, now=NINE + SOON, lease_until=NINE + LATER)


ASKED = (
    Asked("report", _report),
    Asked("press: accept", _accept),
    Asked("/mine", _ordered("mine", staff=False)),
    Asked("place in private", _placed),
    Asked("/cases of a patrol", _ordered("cases", staff=True)),
    Asked("the clock's look", _look),
    Asked("a deadline", _tick),
    Asked("audit", _audit),
    Asked("digests of a morning", _digests, times=1),
    Asked("claim", _claim),
)
