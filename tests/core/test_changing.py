from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from core.case import Case
from core.changing import changed
from core.roster import Presence

AT = datetime(2026, 11, 20, tzinfo=UTC)
CASE = Case(no="A2611-0001", reporter=7, opened_at=AT, heard_at=AT, words=("灯不亮",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    name: str
    many: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Parent):
    more: dict[str, int] = field(default_factory=dict)


def test_a_changed_value_is_the_one_that_replace_gives() -> None:
    assert changed(CASE, category="SB07", severity=4) == replace(CASE, category="SB07", severity=4)
    assert changed(CASE, words=()) is not CASE


def test_a_value_in_which_nothing_changes_is_not_copied() -> None:
    assert changed(CASE) is CASE
    assert changed(CASE, words=CASE.words, reporter=7) is CASE


def test_fields_of_the_parent_class_are_kept_and_changed_too() -> None:
    assert changed(Child(name="a", more={"b": 1}), name="c") == Child(name="c", more={"b": 1})


def test_the_first_value_stays_what_it_was() -> None:
    changed(CASE, words=())
    assert CASE.words == ("灯不亮",)


def test_a_name_that_is_no_field_is_refused() -> None:
    with pytest.raises(AttributeError):
        changed(CASE, colour="red")


def test_a_value_that_prepares_itself_is_left_to_its_constructor() -> None:
    with pytest.raises(TypeError, match="Presence"):
        changed(Presence())
