"""Rules of the house that imports cannot show (.importlinter has those). Each test tells what happens without it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("core", "handlers", "storage", "bot")
BENCH = "benchmarks"
MODULE, FUNCTION = 300, 40  # lines
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
CLOCK_OWNERS = {"datetime", "date", "time"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def named(path: Path, node: ast.stmt | ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_the_house_has_four_rooms_and_nothing_grew_beside_them() -> None:
    """A fifth room appears quickly (utils, services, common), and no contract holds for what it imports."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*ROOMS, BENCH, "tests"}


@pytest.mark.parametrize("room", ["core", "handlers", "storage"])
def test_only_the_bot_is_asynchronous(room: str) -> None:
    """One `async def` below colours everything above it; a rule that can only be awaited cannot be asked at a table."""
    assert [named(path, n) for path in modules(room) for n in nodes(path) if isinstance(n, ast.AsyncFunctionDef)] == []


def test_core_never_asks_what_time_it_is() -> None:
    """`now` is an argument: a hidden clock makes a decision that is retried after a clash come out differently, and
    tests then compare times within a tolerance."""
    asked = [named(path, n) for path in modules("core") for n in nodes(path) if is_clock(n)]
    assert asked == []


def is_clock(node: ast.AST) -> TypeGuard[ast.expr | ast.stmt]:
    """`datetime.now`, `datetime.datetime.now`, `date.today`, or anything of the module `time`."""
    if isinstance(node, ast.Attribute):
        owner = getattr(node.value, "id", None) or getattr(node.value, "attr", None)
        return node.attr in CLOCKS and owner in CLOCK_OWNERS
    if isinstance(node, ast.Import):
        return any(it.name == "time" for it in node.names)
    return isinstance(node, ast.ImportFrom) and node.module == "time"


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    """A module that is too long to read is changed without being read; the worst ones met had three thousand lines."""
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*ROOMS, BENCH)}
    assert {str(path.relative_to(ROOT)): lines for path, lines in long.items() if lines > MODULE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    """Lines of the body without its docstring. Branches that nobody tested hide in the second half of a long one."""
    lengths = {
        f"{named(path, n)} {n.name}": length(n)
        for path in modules(*ROOMS, BENCH)
        if "migrations" not in path.parts
        for n in nodes(path)
        if isinstance(n, Function)
    }
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION} == {}


def length(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_name_no_server_and_every_line_has_a_hash(name: str) -> None:
    """An address in a lock file works on one machine only, and may carry a password; a line without a hash installs
    whatever the server likes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"\S*(?:://|--index-url|--extra-index|--find-links|--trusted)\S*", text) == []
    lines = [line for line in text.replace("\\\n", " ").splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_everything_that_runs_is_locked_alike_for_development() -> None:
    """Tests that pass on other versions than those that run prove nothing."""
    run, dev = (pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert run.items() <= dev.items()


def pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", path.read_text(encoding="utf-8")))


def test_the_code_names_no_place_of_the_machine_it_was_written_on() -> None:
    """Such a path works once, and then for nobody else."""
    texts = (*modules(*ROOMS, BENCH), ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run")
    homes = re.compile(r"(?<![\w.{}])/(?:home|root|work|Users|tmp|opt)/\w")
    assert [str(it.relative_to(ROOT)) for it in texts if homes.search(it.read_text(encoding="utf-8"))] == []
