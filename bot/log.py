"""Logs: a human sentence, a stable word in `extra={"action": …}`, plain or JSON.

Never a secret, never residents' words.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from typing import Any

import orjson

# These log requests, updates or payloads below WARNING: residents' words would end up in a file that nobody guards.
TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "apscheduler", "sqlalchemy", "alembic", "asyncio")
_ANY_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redaction:
    """Replaces known secrets, and whatever looks like a bot token, by stars."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= 4}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        return _ANY_TOKEN.sub("***", self._known.sub("***", text) if self._known else text)


class Redact(logging.Filter):
    """Sits on the root's handlers, so that every library's record passes it; the token is in every request's URL."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__()
        self._redaction = redaction

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is rewritten with its arguments and traceback already made into safe text."""
        record.msg, record.args = self._redaction(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._redaction(record.exc_text)
        return True


class Text(logging.Formatter):
    """One line for a person; the action word in brackets."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s [%(action)s] %(message)s", defaults={"action": "-"})


class Json(logging.Formatter):
    """One JSON object a line, with all of `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; values that JSON does not know become text."""
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_text:
            line["error"] = record.exc_text
        return orjson.dumps(line, default=str).decode()


def trace(error: BaseException) -> str:
    """Where it broke, by lines of our code, and the kind of error: its text may quote what somebody wrote."""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__


def configure(*, level: str, form: str, secrets: Iterable[str]) -> None:
    """Set up the root logger of this process; whatever was there before goes."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if form == "json" else Text())
    handler.addFilter(Redact(Redaction(secrets)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
