"""What a digest reads: whole histories of those who matter to its window, and the figures as if all had been read."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from core.case import Case, Event, Offer, Place, Status
from core.decide.daily import entries
from core.figures.lists import behind
from core.figures.log import Window
from core.figures.metrics import Figures, metrics_each, metrics_of
from core.figures.shares import share
from core.figures.story import by_grid
from core.figures.told import NOTHING, Resting
from core.world import LogLine
from storage.cases import write_case
from storage.store import Store
from storage.views import cases_told, history_of, log_lines, open_cases
from tests.storage.values import NOW, case, town

TOWN = town()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
GRIDS = (None, "G01", "G02")
LIVES = 120
ENDS = ("cancelled", "spam", "merged", "rejected")


class Life:
    """A case that lives by chance, as the rules would have it: each step logged, what is owed kept with it."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.chance, self.at = chance, NOW - timedelta(minutes=chance.randrange(chance.choice([45, 120]) * 24 * 60))
        grid, kind = chance.choice(["G01", "G02"]), chance.choice(["XF03", "SB07"])
        self.events: list[Event] = []
        place = {"grid": grid, "place": f"{number % 9}栋", "spot": [30.0 + number % 9 / 1000, 104.0]}
        self.case = case(
            f"A2610-{number:04d}", opened_at=self.at, heard_at=self.at, category=kind, severity=chance.randint(1, 4),
            place=Place(label=place["place"], grid=grid, lat=30.0, lng=104.0), status=Status.DISP,
        )  # fmt: skip
        self.log("reported", category=kind, severity=self.case.severity, source="resident", **place)
        arrive, close = self.later(6), self.later(chance.choice([500, 9000]))
        self.case = replace(self.case, arrive_due=arrive, close_due=close)
        self.log("limits", arrive_due=arrive.isoformat(), close_due=close.isoformat())

    def later(self, hours: int) -> datetime:
        return self.at + timedelta(minutes=self.chance.randrange(1, hours * 60))

    def log(self, kind: str, **data: object) -> None:
        self.events.append(Event(kind=kind, at=self.at, data=data))

    def wait(self) -> None:
        self.at = self.later(self.chance.choice([1, 30, 400, 3000]))

    def ask(self) -> None:
        serial, due = len(self.case.offers) + 1, self.later(self.chance.choice([2, 200]))
        offer = Offer(serial=serial, team="ST1", chat=-1, kind="post", at=self.at, due=due)
        self.case = replace(self.case, offers=(*self.case.offers, offer), status=Status.DISP)
        self.log("assigned", assignment=serial, team="ST1", ack_due=due.isoformat())

    def become(self, status: Status, kind: str, **data: object) -> None:
        closed = {"closed_at": self.at} if status is Status.CLOSED else {}
        self.case = replace(self.case, status=status, **closed)
        self.log(kind, **data)

    def hold(self) -> None:
        until = self.later(200)
        self.case = replace(self.case, close_due=max(until, self.case.close_due or until))
        self.become(Status.HOLD, "held", until=until.isoformat())

    def steps(self) -> Iterator[None]:
        yield self.ask()
        if self.chance.random() < 0.15:
            yield self.become(Status(self.chance.choice(["CANCELLED", "SPAM"])), self.chance.choice(ENDS))
            return
        yield self.become(Status.ACK, "accepted", assignment=1, person="P001")
        if self.chance.random() < 0.2:
            yield self.hold()
            yield self.become(Status.ACK, "resumed")
        yield self.become(Status.SITE, "arrived")
        yield self.become(Status.DONE, "done")
        yield self.become(Status.CLOSED, "closed", auto=False)
        if self.chance.random() < 0.3:
            self.case = replace(self.case, closed_at=None)
            yield self.become(Status.DISP, "reopened")
            yield self.ask()
            yield self.become(Status.ACK, "accepted", assignment=2, person="P002")

    def lived(self) -> tuple[Case, list[Event]]:
        """As far as it has come by now."""
        for _ in self.steps():
            self.wait()
            if self.at >= NOW:
                break
        return self.case, self.events


def write(conn: Connection) -> None:
    chance = random.Random(7)
    for number in range(LIVES):
        write_case(conn, *Life(number, chance).lived())


def figures(lines: tuple[LogLine, ...], window: Window) -> dict[str | None, Figures]:
    return dict(metrics_each(entries(lines), window, GRIDS, TOWN.calendar))


def plain(it: Figures) -> tuple[Figures, set[str], str]:
    """What is told, whether a case that rests is named or only counted; and which are not closed."""
    (ever,) = (found for found in behind(it) if found.name == "closed_ever")
    return replace(it, closed_ever=share((), ()), resting=NOTHING), set(ever.cases), ever.text


def test_the_figures_of_any_day_are_those_of_all_histories(store: Store) -> None:
    store.submit(write).result()
    numbers = [f"A2610-{number:04d}" for number in range(LIVES)]
    everything = store.read(lambda conn: tuple(line for no in numbers for line in history_of(conn, no))).result()
    still = {it.no: it.opened_at for it in store.read(open_cases).result()}

    for back in (0, 1, 2, 5):
        window = Window(NOW - DAY * (back + 1), NOW - DAY * back)
        told = store.read(lambda conn, of=window: cases_told(conn, of, (of.end,))).result()  # type: ignore[misc]  # bound now
        read = store.read(lambda conn, of=window: log_lines(conn, of.start, of.end)).result()  # type: ignore[misc]  # bound now
        known = {it.case for it in read}
        whole = tuple(it for it in everything if it.case in known and it.event.at < window.end)
        assert len(read) < len(whole) * 0.8

        resting = {no for no, opened in still.items() if opened < window.end} - known
        assert len(resting) > LIVES / 40
        assert told.resting[None].count == len(resting)
        every = tuple(it for it in everything if it.case in known | resting and it.event.at < window.end)
        found = metrics_of(by_grid(told.at[window.end]), (), window, GRIDS, TOWN.calendar, resting=told.resting)
        assert {grid: plain(it) for grid, it in found.items()} == {
            grid: plain(it) for grid, it in figures(every, window).items()
        }


@pytest.mark.parametrize(
    ("changes", "whole"),
    [
        ({}, False),
        ({"close_due": NOW - HOUR}, True),
        ({"status": Status.HOLD}, True),
        ({"status": Status.REF}, True),
        ({"status": Status.DISP}, True),
        ({"arrive_due": NOW - HOUR}, True),
        ({"offers": (Offer(serial=1, team="ST1", chat=-1, kind="post", at=NOW - 9 * DAY, due=NOW + DAY),)}, True),
    ],
)
def test_of_an_open_case_to_which_nothing_has_happened_only_the_outline_is_read(
    store: Store, changes: dict[str, object], whole: bool
) -> None:
    opened = NOW - 9 * DAY
    quiet = {"opened_at": opened, "status": Status.ACK, "close_due": NOW + 9 * DAY, **changes}
    kinds = ["reported", "limits", "assigned", "accepted"]
    store.submit(
        lambda conn: write_case(conn, case(**quiet), [Event(kind=it, at=opened, data={}) for it in kinds])
    ).result()

    read = store.read(lambda conn: log_lines(conn, NOW - DAY, NOW)).result()

    assert [it.event.kind for it in read] == (kinds if whole else ["reported"])


def test_what_is_still_being_told_rests_not(store: Store) -> None:
    told_of = case("A2610-0001", status=Status.ACK, opened_at=NOW - 90 * DAY, close_due=NOW + DAY)
    draft = case("A2610-0002", status=Status.DRAFT, opened_at=NOW - 90 * DAY)
    store.submit(lambda conn: [write_case(conn, it, ()) for it in (told_of, draft)]).result()

    window = Window(NOW - DAY, NOW)
    found = store.read(lambda conn: cases_told(conn, window, (NOW,))).result()

    assert found.resting == {None: Resting(count=1, first=("A2610-0001",))}
