"""The town's file with its people as was decided in chat: it can always be read, whatever was decided."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from core.district import District, read_district
from core.members import applied
from core.records import Member, StandIn
from core.roles import KNOWN, ROLES
from tests.core import demo

AT = datetime(2026, 11, 20, tzinfo=UTC)
WHERE = {"team": "ST2", "grid": "G05", "community": "", "department": "", "centre": "", "": ""}


def member(identity: str = "M1", role: str = "patrol", **fields: object) -> Member:
    given = {"where": "ST2", "account": 77, "name": "王小明", "since": AT, "by": 1, **fields}
    return Member(id=identity, role=role, **given)  # type: ignore[arg-type]  # the fields of Member


def town(*members: Member, stand_ins: tuple[StandIn, ...] = ()) -> District:
    return read_district(applied(demo.raw_district(), members, stand_ins))


def place(role: str) -> str:
    raw = demo.raw_district()
    lists = {"community": raw["communities"], "department": raw["departments"]}
    return lists[ROLES[role].at][0]["id"] if ROLES[role].at in lists else WHERE[ROLES[role].at]


def test_without_a_decision_the_file_is_the_file() -> None:
    assert town() == demo.district()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("gone", [False, True])
def test_the_file_of_every_role_can_be_read_and_is_no_longer_changed_once_they_have_left(role: str, gone: bool) -> None:
    heir = demo.district().members("ST2")[0].id
    made = town(member(role=role, where=place(role), gone=gone, gone_at=AT, heir=heir))

    found = made.member("M1")

    assert (found is None) is gone
    assert found is None or (found.role, found.powers) == (ROLES[role].word, ROLES[role].powers)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "<b>王</b>", "\u202eabc", "王" * 300, "名\n字"])
def test_whatever_somebody_calls_themselves_the_town_stays_readable(name: str) -> None:
    assert town(member(name=name)).member("M1") is not None


@pytest.mark.parametrize("role", ROLES)
def test_a_place_that_a_later_file_does_not_know_is_left_out(role: str) -> None:
    found = town(member(role=role, where="nowhere", group="戊")).member("M1")

    assert found is not None
    assert (found.grid, found.community, found.group) == (None, None, None)


def test_an_account_that_a_later_file_names_itself_is_not_there_twice() -> None:
    known = demo.district().people[0]

    assert town(member(account=known.tg_id)) == demo.district()


def test_whoever_has_left_is_in_no_group_and_leads_nothing() -> None:
    head = demo.district().head("ST2")
    assert head is not None
    made = town(member(head.id, KNOWN, account=head.tg_id, gone=True, gone_at=AT))

    assert made.member(head.id) is None
    assert made.head("ST2") is None
    assert all(head.id not in group.members for team in made.teams for group in team.groups)


def test_an_heir_who_has_left_too_inherits_nothing() -> None:
    first, second = demo.district().head("ST2"), demo.district().members("ST2")[1]
    assert first is not None
    made = town(
        member(first.id, KNOWN, gone=True, gone_at=AT, heir=second.id),
        member(second.id, KNOWN, account=78, gone=True, gone_at=AT + timedelta(days=1), heir="P999"),
    )

    assert made.head("ST2") is None


def test_an_heir_who_leaves_later_hands_on_what_was_inherited() -> None:
    first, (_, second, third, *_) = demo.district().head("ST2"), demo.district().members("ST2")
    assert first is not None
    made = town(
        member(first.id, KNOWN, gone=True, gone_at=AT, heir=second.id),
        member(second.id, KNOWN, account=78, gone=True, gone_at=AT + timedelta(days=1), heir=third.id),
    )

    assert made.head("ST2") == made.member(third.id)


def test_a_stand_in_counts_while_it_is_on() -> None:
    head, other = demo.district().head("ST2"), demo.district().members("ST2")[1]
    assert head is not None
    stand = StandIn(id="S", person=other.id, of=head.id, since=AT, until=AT, by=1)

    assert town(stand_ins=(stand,)) == demo.district()


def test_the_file_that_was_given_is_not_touched() -> None:
    raw = demo.raw_district()
    before = json.dumps(raw)
    applied(raw, [member()], [])

    assert json.dumps(raw) == before
