"""Setting up in chat: the draft of the district, and the code by which the first administrator is known."""

from dataclasses import dataclass

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Record):
    """The one draft. `raw` is a district document, `base` the live one that it began with (both empty while nothing is
    changed); `by` is the account that edited it last.

    `owners` came by the code and stay; `groups` are chats that staff let us into, with their titles.
    """

    raw: str = ""
    base: str = ""
    by: int | None = None
    owners: tuple[int, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCode(Record):
    """A code that makes whoever types it an administrator, once. `digest` is SHA-256 of it in hex; the code itself is
    made anew from `nonce` and a secret of the process. It is void after `due_at`, or when `left` wrong ones were typed.
    """

    nonce: str
    digest: str
    left: int
