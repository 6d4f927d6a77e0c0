"""What inline buttons carry: `1|action|case|round|arg`, at most 64 bytes, written and read in this one place.

The leading figure is the version of this format: buttons hang in chats for months, and one of an older format must be
answered politely instead of being misread.
"""

import re

from core.messages import Press

LIMIT = 64  # bytes; Telegram refuses the whole message with BUTTON_DATA_INVALID beyond it
VERSION = "1"

_OURS = re.compile(
    r"1\|([a-z][a-z0-9_.]*)\|([A-Za-z0-9-]*|#[a-z]+#[A-Za-z0-9:.-]+)\|(0|[1-9][0-9]{0,8})\|([^|\x00-\x1f]*)", re.ASCII
)


def encode(press: Press) -> str:
    """The callback data of a button. Raises ValueError when `decode` could not read it back or it is over 64 bytes."""
    data = f"{VERSION}|{press.action}|{press.case}|{press.round}|{press.arg}"
    if decode(data) != press:
        raise ValueError(f"not a press that a button can carry: {press}")
    return data


def decode(data: str | None) -> Press | None:
    """The press behind callback data; None for anything that `encode` never wrote (forged, foreign, other version)."""
    found = _OURS.fullmatch(data or "")
    if found is None or not _fits(found.string):
        return None
    action, case, number, arg = found.groups()
    return Press(action=action, case=case, round=int(number), arg=arg)


def _fits(data: str) -> bool:
    if data.isascii():  # as nearly all are
        return len(data) <= LIMIT
    return len(data.encode("utf-8", "replace")) <= LIMIT and not any("\ud800" <= sign <= "\udfff" for sign in data)
