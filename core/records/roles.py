"""People and what they may do, as decided in chat: invitations, members, stand-ins (core.members puts them into the
town)."""

from dataclasses import dataclass
from datetime import datetime

from core.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(Record):
    """A link that makes whoever opens it a member; its id is what a secret code hashes to, the code itself is kept
    nowhere. `due_at` ends it.

    `role` is a key of `core.roles.ROLES`, or `KNOWN` with the person of the file in `where`; `where` and `group` as the
    role asks for. `uses`: how many may still come by it. `days`: how long a membership lasts, None for ever. `by`: the
    account that gave it. `came`: ids of those who did.
    """

    role: str
    where: str = ""
    group: str = ""
    uses: int = 1
    days: int | None = None
    by: int
    language: str = "zh-Hans"
    came: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """Somebody whom the town has, or has no longer, by a word in chat; its id is the person's. Open while it counts.

    `until`: when the role ends by itself; `warned` once that was told before. `by`: the account that decided.
    `gone`: they left at `gone_at`, and `heir` (a person id) holds what was theirs.
    """

    role: str
    account: int | None = None
    name: str = ""
    where: str = ""
    group: str = ""
    since: datetime
    until: datetime | None = None
    warned: bool = False
    by: int
    invite: str = ""
    gone: bool = False
    gone_at: datetime | None = None
    heir: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn(Record):
    """代理: `person` holds the offices of `of` from `since` to `until`; in force while `on`."""

    person: str
    of: str
    since: datetime
    until: datetime
    by: int
    on: bool = False
