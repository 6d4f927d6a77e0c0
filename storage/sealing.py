"""Sealed text at rest: what stands in the rows of sealed matters is unreadable without `SECRET_KEY` (privacy.md).

A JSON value is replaced by `"sealed:1:<token>"`, the token being the value's own JSON, encrypted and signed (Fernet).
What is searched stays readable: numbers of chats, moments, states; an account that must not be read is searched by a
number that only the key makes of it. The ring hangs on the connection, as the district
does; without keys nothing is sealed, and what is sealed cannot be read.
"""

import base64
import hmac
import re
from collections.abc import Collection, Sequence
from hashlib import sha256

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, bindparam, select

from storage import quick
from storage.errors import Locked
from storage.tables import CASES

OPTION = "ring"
IN_CONFIDENCE = ("med.", "mediate.", "complaint.", "role.link")  # about disputes, complaints; a link lets somebody in
COMPLAINT = "#complaint#"  # how the slot of a notice about one begins (core.messages.record_ref)
EMPTY: tuple[object, ...] = ("", None, [], {})  # what tells nothing
MARK = '"sealed:1:'
_SEALED = re.compile(r'"sealed:1:([A-Za-z0-9_=-]+)"')
_SEALED_CASE = select(CASES.c.sealed).where(CASES.c.district_id == bindparam("district"), CASES.c.no == bindparam("no"))
_PURPOSE = b"pinganpost sealed text 1"
_ACCOUNTS = b"pinganpost accounts 1"
HIDDEN = 1 << 62  # from here on a number stands for an account; those of Telegram have 52 bits


class Ring:
    """The keys: the first seals, each opens. A key is any text of at least 32 characters that nobody can guess.

    `names` tell them apart without telling them.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys])
        self._marks = tuple(_stretched(key, _ACCOUNTS) for key in keys)
        self.names = tuple(sha256(_derived(key)).hexdigest()[:16] for key in keys)

    def seal(self, value: bytes) -> str:
        """A JSON value as the JSON text that stands for it."""
        return f'{MARK}{self._fernet.encrypt(value).decode()}"'

    def open(self, text: str) -> str:
        """The text with every value back in its place; what only looks sealed, because somebody wrote so, stays."""
        return _SEALED.sub(self._opened, text)

    def renew(self, text: str) -> str:
        """The same text, sealed by the first key."""
        return _SEALED.sub(self._renewed, text)

    def hidden(self, account: int) -> tuple[int, ...]:
        """The numbers that stand for an account, by each key, the first one's first."""
        return tuple(_number(hmac.digest(mark, str(account).encode(), "sha256")) for mark in self._marks)

    def _opened(self, found: re.Match[str]) -> str:
        try:
            return self._fernet.decrypt(found[1]).decode()
        except InvalidToken:
            return found[0]

    def _renewed(self, found: re.Match[str]) -> str:
        try:
            return f'{MARK}{self._fernet.rotate(found[1]).decode()}"'
        except InvalidToken:
            return found[0]


def ring_of(conn: Connection) -> Ring | None:
    """The keys of this bot; None when it has none."""
    ring: Ring | None = conn.get_execution_options().get(OPTION)
    return ring


def is_sealed(conn: Connection, kind: str, no: str | None) -> bool:
    """Whether a notice of this kind about this case is to be sealed: never without keys, then without asking."""
    if ring_of(conn) is None:
        return False
    return kind.startswith(IN_CONFIDENCE) or (no is not None and bool(quick.first(conn, _SEALED_CASE, no=no)))


def seal_all(conn: Connection, text: str) -> str:
    """A whole JSON document sealed; unchanged without keys."""
    ring = ring_of(conn)
    return text if ring is None else ring.seal(text.encode())


def seal_members(conn: Connection, text: str, names: Collection[str]) -> str:
    """Some members of a JSON object sealed; unchanged without keys."""
    ring = ring_of(conn)
    if ring is None:
        return text
    plain = orjson.loads(text)
    telling = {name: value for name, value in plain.items() if name in names and value not in EMPTY}
    sealed = {name: orjson.Fragment(ring.seal(orjson.dumps(value))) for name, value in telling.items()}
    return orjson.dumps(plain | sealed).decode()


def seal_text(conn: Connection, params: str, slot: str | None) -> str:
    """The words in packed params, where they are of a complaint; from whom they are is searched for, and stays."""
    return seal_members(conn, params, ("text",)) if slot is not None and slot.startswith(COMPLAINT) else params


def opened(conn: Connection, text: str) -> str:
    """The text as it was packed. Raises Locked when it is sealed and this bot has no key for it."""
    if MARK not in text:
        return text
    ring = ring_of(conn)
    if ring is None:
        raise Locked
    return ring.open(text)


def accounts(conn: Connection, account: int) -> tuple[int, ...]:
    """All that an account may be written as: itself, and by each key the number that stands for it."""
    ring = ring_of(conn)
    return (account,) if ring is None else (account, *ring.hidden(account))


def _number(digest: bytes) -> int:
    return HIDDEN | (int.from_bytes(digest[:8], "big") >> 2)


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(_stretched(key, _PURPOSE))


def _stretched(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
