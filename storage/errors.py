"""What can go wrong with the memory, as named situations."""


class Clash(Exception):  # noqa: N818 - a situation to decide again in, not an error
    """Somebody else changed the case meanwhile; nothing was saved. Load and decide again."""


class DatabaseBusy(RuntimeError):  # noqa: N818 - reads as what it says
    """Another process runs on this SQLite file; two would send every message twice."""


class Superseded(Exception):  # noqa: N818 - a situation to step back in, not an error
    """Another process leads by now: what only the leader may do is not done."""


class Unreadable(ValueError):  # noqa: N818 - reads as what it says
    """A stored value does not fit the values of this version; it was probably written by a newer one."""


class Locked(RuntimeError):  # noqa: N818 - reads as what it says
    """The database holds sealed text, and this bot has no key for it: set BOT_SECRET_KEY."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class CopyRefused(Exception):  # noqa: N818 - a situation with a remedy
    """A copy could not be made or put back; `str()` is one sentence for the operator, in Chinese and English."""
