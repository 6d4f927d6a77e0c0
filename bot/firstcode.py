"""The code by which the first administrator is known: shown at the start to whoever runs the bot, typed once in chat.

It is made from the token and a random part that is stored, so that each process of one bot shows the same; the database
alone does not tell it.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core.decide.setup.code import FIRST
from core.records import Draft, FirstCode
from storage import records

VALID = timedelta(hours=24)
TRIES = 20  # wrong ones, of everybody together: of 2^50
LENGTH = 10  # letters and figures

SHOWN = (
    "还没有辖区。请在 Telegram 私聊机器人发:/setup {code}(24 小时内有效,只能用一次)\n"
    "There is no district yet. In a private chat with the bot send: /setup {code} (valid for 24 h, once)"
)


def offered(conn: Connection, secret: str, now: datetime) -> str | None:
    """The code that counts now, a new one when the last is void; None once somebody has come by one."""
    draft = records.record_of(conn, "draft", "now")
    if isinstance(draft, Draft) and draft.owners:
        return None
    known = records.record_of(conn, "firstcode", FIRST)
    last = known if isinstance(known, FirstCode) else None
    if last is not None and last.open and last.due_at is not None and last.due_at > now:
        return code_of(secret, last.nonce)
    nonce = secrets.token_hex(16)
    code = code_of(secret, nonce)
    digest = hashlib.sha256(code.encode()).hexdigest()
    fresh = FirstCode(
        id=FIRST, version=last.version if last else 0, nonce=nonce, digest=digest, left=TRIES, due_at=now + VALID
    )
    records.write_records(conn, (fresh,))
    return code


def code_of(secret: str, nonce: str) -> str:
    """The code of a random part."""
    made = hmac.digest(secret.encode(), f"first administrator {nonce}".encode(), hashlib.sha256)
    return base64.b32encode(made).decode()[:LENGTH]
