"""The audit log's chain: whatever is changed in it is found, and no resident is in it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.case import Event
from core.messages import Attachment, Tick
from core.trail import KEPT, Entry, Flaw, Line, entries, first, flaw, hashed, linked
from core.world import Decision
from tests.core.decide.village import CLEAR, NEIGHBOUR, RESIDENT, ST2, Village

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
START = first("main")


def chain(count: int = 6) -> list[Line]:
    made: list[Line] = []
    for serial in range(1, count + 1):
        entry = Entry(at=AT, kind="role_left", actor="P001", data={"person": f"P{serial}"})
        made.append(linked(made[-1].hash if made else START, serial, entry))
    return made


def heads(lines: list[Line], *serials: int) -> dict[int, str]:
    return {it: lines[it - 1].hash for it in serials}


def test_a_chain_as_it_was_written_holds() -> None:
    assert flaw(chain(), START, heads(chain(), 2, 6)) is None
    assert flaw([], START, {}) is None


@pytest.mark.parametrize("at", range(6))
def test_a_changed_word_is_found_where_it_stands(at: int) -> None:
    lines = chain()
    lines[at] = replace(lines[at], body=lines[at].body.replace("role_left", "role_came"))

    assert flaw(lines, START, {}) == Flaw(kind="changed", serial=at + 1)


@pytest.mark.parametrize("at", range(5))
def test_a_changed_line_with_a_fitting_hash_is_found_at_the_next(at: int) -> None:
    lines = chain()
    body = lines[at].body.replace("role_left", "role_came")
    lines[at] = Line(serial=at + 1, body=body, hash=hashed(lines[at - 1].hash if at else START, body))

    assert flaw(lines, START, {}) == Flaw(kind="changed", serial=at + 2)


@pytest.mark.parametrize("at", range(5))
def test_a_line_that_was_taken_out_is_missed_even_when_the_rest_was_numbered_anew(at: int) -> None:
    lines = [it for it in chain() if it.serial != at + 1]

    assert flaw(lines, START, {}) == Flaw(kind="missing", serial=at + 1)

    renumbered = [replace(it, serial=number) for number, it in enumerate(lines, start=1)]
    assert flaw(renumbered, START, {}) == Flaw(kind="missing", serial=at + 1)


@pytest.mark.parametrize("at", range(5))
def test_two_lines_that_changed_places_are_found(at: int) -> None:
    lines = chain()
    lines[at], lines[at + 1] = lines[at + 1], lines[at]

    assert flaw(lines, START, {}) == Flaw(kind="missing", serial=at + 1)


@pytest.mark.parametrize("left", range(6))
def test_an_end_that_was_cut_off_is_missed_by_the_head_noted_elsewhere(left: int) -> None:
    assert flaw(chain()[:left], START, heads(chain(), 6)) == Flaw(kind="cut", serial=left)


def test_a_chain_made_anew_as_a_whole_is_found_by_a_head_noted_elsewhere() -> None:
    forged: list[Line] = []
    for line in chain():
        entry = Entry(at=AT, kind="role_left", actor="P666", data={"person": f"P{line.serial}"})
        forged.append(linked(forged[-1].hash if forged else START, line.serial, entry))

    assert flaw(forged, START, {}) is None, "without a witness nobody can tell"
    assert flaw(forged, START, heads(chain(), 4)) == Flaw(kind="rewritten", serial=4)


def test_the_lines_of_one_district_do_not_fit_into_anothers() -> None:
    assert flaw(chain(), first("other"), {}) == Flaw(kind="changed", serial=1)


@pytest.mark.parametrize("kind", KEPT)
def test_of_an_event_only_what_was_named_goes_in(kind: str) -> None:
    data = {**dict.fromkeys(KEPT[kind], "kept"), "words": "我是王小明,电话 13800000000", "name": "王小明"}
    village = Village()
    world = village.world(Tick(at=village.now, case="none"))
    made = list(entries(Decision(events=(Event(kind=kind, at=AT, actor="P001", data=data),)), world))

    assert [dict(it.data) for it in made] == [dict.fromkeys(KEPT[kind], "kept")]


def test_who_has_a_sealed_matter_before_their_eyes_is_in_it_and_of_others_nobody() -> None:
    village = Village()
    village.says("邻居家男人一直打老婆,宏济新居3栋")
    officer = village.town.district.member(str(village.case.team).removeprefix("person:"))
    assert officer is not None
    assert officer.tg_id is not None
    kinds = seen(village, lambda: village.presses("btn.accept", chat=officer.tg_id, user=officer.tg_id))
    assert ("accepted", officer.id) in kinds
    village.says(CLEAR, user=NEIGHBOUR)
    assert not village.case.sealed
    assert seen(village, lambda: village.presses("btn.accept", chat=ST2, user=village.on("ST2"))) == []


def seen(village: Village, act) -> list[tuple[str, str | None]]:
    """What a command puts into the log."""
    found: list[tuple[str, str | None]] = []
    before = len(village.log)
    act()
    case = village.case
    for line in village.log[before:]:
        decision = Decision(case=case if line.case else None, events=(line.event,))
        found += [(it.kind, it.actor) for it in entries(decision, village.world(Tick(at=village.now, case="none")))]
    return found


def test_a_file_that_is_made_for_a_resident_names_no_account() -> None:
    village = Village()
    village.orders("privacy")
    decision = Decision(notices=(replace(village.newest(RESIDENT).notice, attachment=Attachment(kind="own")),))
    made = list(entries(decision, village.world(Tick(at=village.now, case="none"))))

    assert [(it.kind, it.actor, dict(it.data)) for it in made] == [("file_made", "resident", {"what": "own"})]
