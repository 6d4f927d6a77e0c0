"""Who is certainly dead: nobody of whom it cannot be proved."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from storage import alive
from storage.alive import certainly_dead, own_name

SAY_NAME = "import sys; from storage.alive import own_name; print(own_name(), flush=True); sys.stdin.read()"


@pytest.fixture
def other() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process of this machine, and its name."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", SAY_NAME], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def test_a_process_is_dead_when_it_is_gone_and_not_before(other: tuple[subprocess.Popen[str], str]) -> None:
    process, name = other

    assert not certainly_dead(name)
    process.kill()
    process.wait()
    assert certainly_dead(name)


def test_a_number_that_was_given_to_another_process_is_nobodys_sign_of_life() -> None:
    pid, began = own_name().split("-")[1:3]

    assert not certainly_dead(own_name())
    assert certainly_dead(own_name().replace(f"-{pid}-{began}-", f"-{pid}-{int(began) - 1}-"))


def test_of_another_machine_nothing_is_known() -> None:
    here = own_name().split("-")[3]

    assert not certainly_dead(own_name().replace(here, "f" * 12).replace("bot-", "bot-4"))


@pytest.mark.parametrize("name", ["", "bot-1-ab12cd34", "psql", "bot-x-1-332752128d99-0af1c658"])
def test_a_name_that_says_nothing_proves_nothing(name: str) -> None:
    assert not certainly_dead(name)


def test_where_the_system_tells_nothing_nobody_is_dead(
    monkeypatch: pytest.MonkeyPatch, other: tuple[subprocess.Popen[str], str]
) -> None:
    process, name = other
    process.kill()
    process.wait()
    monkeypatch.setattr(alive, "PROC", alive.PROC / "nowhere")

    assert not certainly_dead(name)
    assert not certainly_dead(own_name())


def test_a_name_fits_what_the_database_keeps_of_it() -> None:
    assert len(own_name()) <= 63
    assert own_name() != own_name()
