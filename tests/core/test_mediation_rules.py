"""Who may mediate, and where and when both sides meet, as tables (mechanisms F13, F17, F32, F50, F65)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.calendar import local, working_day
from core.district import Mediates, Person
from core.mediation import matching, rooms
from core.records.mediation import Dispute, Party, RoomDay, Session, Slot
from tests.core import demo

NOW = demo.at("2026-11-20 15:00")
CALENDAR = demo.district().calendar()
DISPUTE = Dispute(
    id="M2611-0001", opened_at=NOW, kind="ML01", grid="G05", stairwell="XQ12/3/2", a=Party(user=1), b=Party(user=2),
    lat=30.6393, lng=104.0966, owner="P1",
)  # fmt: skip


def person(name: str = "P9", account: int | None = 9, community: str | None = None, **mediates: object) -> Person:
    return Person(
        id=name, name=name, tg_id=account, role="人民调解员", team=None, group=None, grid=None, community=community,
        mediates=Mediates(**mediates),  # type: ignore[arg-type]  # the fields of Mediates
    )  # fmt: skip


MAY_OWN = {
    "a mediator who lives elsewhere": (person(stairwell="XQ12/3/1"), {}, True),
    "of the same stairwell": (person(stairwell="XQ12/3/2"), {}, False),
    "of a stairwell that nobody knows, in a dispute without one": (person(stairwell=""), {"stairwell": ""}, True),
    "a party, who asked": (person(account=1), {}, False),
    "a party, the other side": (person(account=2), {}, False),
    "a relative, who said so": (person(), {"conflicts": ("P9",)}, False),
    "somebody who learns": (person(trainee=True), {}, False),
    "without an account": (person(account=None), {}, False),
    "no mediator at all": (replace(person(), mediates=None), {}, False),
}


@pytest.mark.parametrize("name", MAY_OWN)
def test_who_may_own_a_dispute(name: str) -> None:
    who, fields, may = MAY_OWN[name]
    assert matching.may_own(who, replace(DISPUTE, **fields)) is may


RANKED = {
    "their language before everything": (
        person("P8", 8, kinds=("ML01",)), person(languages=("en",)), {"a": "en", "b": "en"}
    ),
    "traditional characters are the same Chinese": (
        person("P8", 8, kinds=(), languages=("en",)), person(), {"a": "zh-Hant", "b": "zh-Hans"}
    ),
    "the kind, by its group": (person("P8", 8, kinds=("MF",)), person(kinds=("ML",)), {}),
    "the kind before the community": (person("P8", 8, "C2"), person(kinds=("ML01",)), {}),
    "the community before the load": (person("P8", 8, "C4"), person("P9", 9, "C2"), {"load": {"P9": 3}}),
    "who has least to do": (person("P8", 8), person("P9", 9), {"load": {"P8": 1}}),
}  # fmt: skip


@pytest.mark.parametrize("name", RANKED)
def test_the_better_of_two_mediators_comes_first(name: str) -> None:
    other, better, given_ = RANKED[name]
    sides = {side: Party(user=n, language=str(given_.get(side, "zh-Hans"))) for n, side in ((1, "a"), (2, "b"))}
    district = replace(demo.district(), people=(other, better))
    found = matching.ranked(replace(DISPUTE, **sides), district, given_.get("load", {}))
    assert [it.id for it in found] == [better.id, other.id]


def slots(now=NOW, busy=(), booked: dict[str, RoomDay] | None = None) -> tuple[Slot, ...]:
    return rooms.free("ST2", now, CALENDAR, (booked or {}).get, busy=busy)


def test_three_hours_of_different_working_days_are_offered_and_none_too_near() -> None:
    found = [local(it.at, CALENDAR.zone) for it in slots()]
    assert len({it.date() for it in found}) == len({(it.hour, it.minute) for it in found}) == rooms.OFFERED
    assert all(working_day(it.date(), CALENDAR) and it - NOW >= rooms.NOTICE for it in found)


def test_an_hour_at_which_a_mediator_sits_elsewhere_is_not_offered() -> None:
    first = slots()[0]
    talk = Session(serial=1, slots=(replace(first, room="ST4"),), state="booked", chosen=0)
    other = replace(DISPUTE, id="M2611-0002", owner="P7", panel=("P1",), sessions=(talk,))
    busy = rooms.engaged(("P1",), [other])
    assert busy == {first.at}
    assert first.at not in {it.at for it in slots(busy=busy)}
    assert rooms.engaged(("P2",), [other]) == frozenset()
    assert rooms.engaged(("P1",), [replace(other, sessions=(replace(talk, state="off"),))]) == frozenset()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 2)), max_size=30))
def test_no_hour_of_a_room_is_two_talks_however_they_book_and_call_off(moves) -> None:
    """Six disputes want the hours that are free to them, give them back, and want others."""
    days: dict[str, RoomDay] = {}
    held: dict[int, Slot] = {}
    for who, books, which in moves:
        no = f"M2611-{who:04}"
        if books and who not in held:
            slot = slots(booked=days)[which]
            day = rooms.book(days.get(rooms.day_id("ST2", slot.at, CALENDAR)), slot, no, CALENDAR)
            assert day is not None, "what is offered as free is free"
            days[day.id], held[who] = day, slot
        elif not books and who in held:
            slot = held.pop(who)
            name = rooms.day_id("ST2", slot.at, CALENDAR)
            days[name] = rooms.release(days[name], slot, no, CALENDAR)
        assert len({it.at for it in held.values()}) == len(held)
        assert sum(len(it.taken) for it in days.values()) == len(held)


def test_who_comes_second_to_an_hour_does_not_get_it_and_asking_twice_changes_nothing() -> None:
    slot = slots()[0]
    day = rooms.book(None, slot, "M1", CALENDAR)
    assert day is not None
    assert rooms.book(day, slot, "M2", CALENDAR) is None
    assert rooms.book(day, slot, "M1", CALENDAR) == day
    assert rooms.release(day, slot, "M2", CALENDAR) == day, "nobody gives back another's hour"


def test_the_nearest_room_is_taken_and_where_there_is_none_nothing_is_offered() -> None:
    district = demo.district()
    near = rooms.room_of(DISPUTE, district)
    assert near is not None
    assert near.id == "ST2"
    bare = replace(district, stations=tuple(replace(it, facilities={}) for it in district.stations))
    assert rooms.room_of(DISPUTE, bare) is None
