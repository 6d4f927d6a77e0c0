import io
import logging
from collections.abc import Iterator

import orjson
import pytest

from bot import log

TOKEN = "1234567:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in log.TALKATIVE}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def written(form: str, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    log.configure(level="INFO", form=form, secrets=["hook-secret"])
    return stream


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_gets_out_by_message_argument_or_traceback(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written(form, monkeypatch)
    try:
        {}[f"POST https://api.telegram.org/bot{TOKEN}/sendMessage"]
    except KeyError:
        logging.getLogger("somebody.else").exception("failed at %s with %s", TOKEN, "hook-secret")
    said = stream.getvalue()
    assert "***" in said
    assert "KeyError" in said
    assert TOKEN not in said
    assert "hook-secret" not in said


def test_a_json_line_holds_the_action_and_all_that_was_added(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written("json", monkeypatch)
    logging.getLogger("bot.x").info("a sentence", extra={"action": "x.done", "row": 7})
    line = orjson.loads(stream.getvalue())
    assert (line["action"], line["row"], line["message"], line["level"]) == ("x.done", 7, "a sentence", "INFO")


def test_a_text_line_shows_the_action_or_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written("text", monkeypatch)
    logging.getLogger("bot.x").info("one", extra={"action": "x.done"})
    logging.getLogger("bot.x").info("two")
    assert "[x.done] one" in stream.getvalue()
    assert "[-] two" in stream.getvalue()


def test_libraries_that_log_what_people_write_are_kept_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = written("text", monkeypatch)
    logging.getLogger("telegram.ext.Application").info("Processing update: 我家住在3栋")
    assert stream.getvalue() == ""
