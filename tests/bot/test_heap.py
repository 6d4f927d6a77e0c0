"""What a process that has started holds on to."""

import gc
import sys
from collections.abc import Iterator

import pytest

from bot import heap


@pytest.fixture(autouse=True)
def _collected_as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_a_start_has_made_is_not_looked_through_again() -> None:
    heap.settle()

    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == heap.YOUNG


def test_a_system_without_the_allocator_that_keeps_memory_settles_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    heap.settle()

    assert gc.get_freeze_count() > 0


def test_a_command_line_that_nobody_calls_is_not_loaded() -> None:
    assert sys.modules["httpx._main"] is None
