"""The matrix of docs/rights.md cell by cell: each command and each button is truly sent by each part."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from core import access
from core.access import ANYBODY, GROUPS, PRESSES, WORDS, Part
from core.decide.orders import ORDERS
from core.decide.presses import FREE, RESIDENT, STAFF
from core.district import read_district
from core.members import applied
from core.messages import Command, Ordered, Press, Pressed
from core.records import Member
from core.roles import ROLES
from core.world import Decision
from tests.core import demo
from tests.core.decide.village import CTR, NEIGHBOUR, ST2, Village, sender
from tests.core.decide.village import RESIDENT as REPORTER

STATISTICIAN, ADMINISTRATOR, LIAISON = 711, 712, 713
REFUSED = {"err.unknown_command", "duty.not_staff", "role.denied", "setup.refused"}
FEWER = {"rp", "sm"}  # of these fewer than were asked: whoever handles it, whoever decides about it
NOT_YOURS = {"ans.not_yours", "ans.not_on_duty"}


@dataclass(frozen=True)
class Cast:
    """A case that a patrol of ST2 has accepted, and somebody of each part who has nothing to do with it."""

    village: Village
    holder: int
    people: dict[Part, int]


@pytest.fixture(scope="module")
def cast() -> Cast:
    village = Village()
    raw = demo.raw_district()
    where = {"liaison": raw["departments"][0]["id"]}
    named = {"statistics": STATISTICIAN, "administrator": ADMINISTRATOR, "liaison": LIAISON}
    members = [
        Member(id=f"M{role}", role=role, account=user, name=role, where=where.get(role, ""), since=village.now, by=1)
        for role, user in named.items()
    ]
    village.town = replace(village.town, district=read_district(applied(raw, members, [])))
    return Cast(village, village.accepted(), dict(_others(village)))


def _others(village: Village) -> Iterator[tuple[Part, int]]:
    """Of other grids and posts than the case's."""
    district = village.town.district
    away = next(it for it in district.communities if it.id != "C2")
    grid = district.grid(away.grids[-1])
    assert grid is not None
    assert grid.head is not None
    yield Part.RESIDENT, NEIGHBOUR
    yield Part.COLLEAGUE, village.on("ST3")
    yield Part.HEAD, village.account(str(district.team("ST4").head))  # type: ignore[union-attr]  # of the demo town
    yield Part.GRID, village.account(grid.head)
    yield Part.SECRETARY, district.secretary(away.id).tg_id  # type: ignore[union-attr, misc]  # as above
    yield Part.OFFICER, district.police_officer(away.id).tg_id  # type: ignore[union-attr, misc]  # as above
    yield Part.MEDIATOR, next(it.tg_id for it in district.people if it.mediates and it.tg_id and it.team != "ST2")
    yield Part.DEPARTMENT, LIAISON
    yield Part.CENTRE, village.on("CTR")
    yield Part.STATISTICS, STATISTICIAN
    yield Part.ADMINISTRATOR, ADMINISTRATOR


def sends(cast: Cast, command: Command) -> Decision:
    return cast.village._decided(command)[1]  # decided, and nothing of it kept


def says(cast: Cast, word: str, user: int) -> set[str]:
    """The kinds of what a command in private is answered with."""
    command = Ordered(at=cast.village.now, sender=sender(user), chat=user, message=5, word=word)
    return {it.kind for it in sends(cast, command).notices}


def presses(cast: Cast, action: str, user: int, chat: int | None = None, *, about: str = "") -> Decision:
    press = Press(action=action, case=about, round=cast.village.case.round if about else 0)
    return sends(
        cast,
        Pressed(at=cast.village.now, sender=sender(user), chat=chat or user, message=5, callback="x", press=press),
    )


def parts_of(cast: Cast, user: int) -> set[Part]:
    return {it for it in Part if access.is_part(it, user, cast.village.town)}


def test_every_command_and_every_button_has_a_row() -> None:
    assert set(WORDS) == set(ORDERS)
    assert set(PRESSES) == {*FREE, *STAFF, *RESIDENT}
    assert len(PRESSES) == sum(len(it.actions) for it in GROUPS.values()), "a button in two rows"


def test_everybody_of_the_cast_has_the_part_they_play_and_the_narrow_ones_no_other(cast: Cast) -> None:
    assert set(cast.people) == ANYBODY
    for part, user in cast.people.items():
        assert part in parts_of(cast, user), part
    for part in (Part.RESIDENT, Part.STATISTICS, Part.ADMINISTRATOR):
        assert parts_of(cast, cast.people[part]) == {part}


def test_everybody_of_the_town_has_a_part(cast: Cast) -> None:
    town = cast.village.town
    nobody = [it.name for it in town.district.people if it.tg_id and not parts_of(cast, it.tg_id)]
    assert nobody == []


@pytest.mark.parametrize("word", WORDS)
def test_a_command_is_answered_to_whom_its_row_says_and_refused_to_all_others(cast: Cast, word: str) -> None:
    for part, user in cast.people.items():
        kinds = says(cast, word, user)
        allowed = bool(parts_of(cast, user) & WORDS[word].always)
        assert bool(kinds), f"{word} by {part}: no answer"
        assert bool(kinds & REFUSED) is not allowed, f"{word} by {part}: {kinds}"


@pytest.mark.parametrize("action", PRESSES)
def test_a_button_is_refused_to_whom_its_row_does_not_name_and_does_nothing_with_what_is_not_theirs(
    cast: Cast, action: str
) -> None:
    """Of the cells that say always, no press is answered with a refusal."""
    rule = PRESSES[action]
    for part, user in cast.people.items():
        mine = parts_of(cast, user)
        decision = presses(cast, action, user)
        kind = decision.answer.kind if decision.answer else ""
        if not mine & (rule.always | rule.theirs):
            assert kind == "ans.not_yours", f"{action} by {part}: {kind}"
        elif mine & rule.always:
            assert kind not in NOT_YOURS, f"{action} by {part}: {kind}"
        if not mine & rule.always:
            assert (decision.case, decision.records, decision.events) == (None, (), ()), f"{action} by {part}"


@pytest.mark.parametrize("action", STAFF)
def test_a_cases_button_answers_whoever_was_asked_and_its_deciders_and_nobody_else(cast: Cast, action: str) -> None:
    case, district = cast.village.case, cast.village.town.district
    head = district.head("ST2")
    assert head is not None
    for user in (cast.holder, head.tg_id or 0):
        decision = presses(cast, action, user, ST2, about=case.no)
        assert decision.answer is not None
        if action not in FEWER:
            assert decision.answer.kind != "ans.not_yours", action
    for part, user in cast.people.items():
        decision = presses(cast, action, user, ST2, about=case.no)
        assert decision.case is None, f"{action} by {part}"
        assert decision.answer is not None
        assert decision.answer.kind in {"ans.not_yours", "ans.taken"}, f"{action} by {part}: {decision.answer.kind}"


@pytest.mark.parametrize("action", RESIDENT)
def test_a_reports_button_answers_whoever_told_of_it_and_nobody_else(cast: Cast, action: str) -> None:
    case = cast.village.case
    own = presses(cast, action, REPORTER, about=case.no)
    assert own.answer is None or own.answer.kind != "ans.not_yours"
    for part, user in cast.people.items():
        decision = presses(cast, action, user, about=case.no)
        assert (decision.case, decision.answer and decision.answer.kind) == (None, "ans.not_yours"), f"{action} {part}"


@pytest.mark.parametrize("word", [it for it, rule in WORDS.items() if rule.always != ANYBODY])
def test_who_is_refused_a_command_hears_what_it_is_and_whom_to_ask(cast: Cast, word: str) -> None:
    for user in cast.people.values():
        command = Ordered(at=cast.village.now, sender=sender(user), chat=user, message=5, word=word)
        for notice in sends(cast, command).notices:
            if notice.kind == "role.denied":
                assert notice.params["parts"]
                assert notice.params["people"] == [cast.village.town.district.person(ADMINISTRATOR).id]  # type: ignore[union-attr]  # of the cast


def test_in_a_group_nothing_of_administration_is_answered(cast: Cast) -> None:
    for action in GROUPS["people"].actions:
        decision = presses(cast, action, ADMINISTRATOR, CTR)
        assert decision.answer is not None
        assert decision.answer.kind == "ans.not_yours"


def test_each_role_that_is_given_in_chat_makes_its_part(cast: Cast) -> None:
    made = {"patrol": Part.COLLEAGUE, "worker": Part.GRID, "grid_head": Part.GRID, "liaison": Part.DEPARTMENT}
    assert {made.get(role) or Part(role) for role in ROLES} == ANYBODY - {Part.RESIDENT}
