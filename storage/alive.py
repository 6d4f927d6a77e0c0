"""Whether another process of this machine is certainly dead, by its name.

A successor need not wait for the lease of a leader that nobody can hear from any more. Being wrong would mean two that
send, so whatever cannot be proved counts as alive: another machine, another container, a system without /proc.
"""

import os
import re
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

PROC = Path("/proc")
STARTED = 19  # of the fields after the name in /proc/PID/stat: when it began, in ticks since the machine did
NAME = re.compile(r"bot-(?P<pid>\d+)-(?P<began>\d+)-(?P<where>[0-9a-f]{12})-[0-9a-f]{8}")


def own_name() -> str:
    """A name for this process that tells another on the same machine where to look for it; at most 63 characters."""
    pid = os.getpid()
    return f"bot-{pid}-{_began(pid) or 0}-{_where() or '0' * 12}-{uuid4().hex[:8]}"


def certainly_dead(name: str) -> bool:
    """Whether the process that gave itself this name ran on this machine and is gone."""
    found = NAME.fullmatch(name)
    if found is None or found["where"] != _where():
        return False
    pid = int(found["pid"])
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's process; /proc may be closed to us, but not this question
        return False
    began = _began(pid)
    return began is not None and began != int(found["began"])  # the number was given to another


def _where() -> str | None:
    """This boot of this machine, as seen from this container; None when it cannot be told."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii")
        space = (PROC / "self/ns/pid").readlink()
    except OSError:
        return None
    return blake2b(f"{os.uname().nodename} {boot} {space}".encode(), digest_size=6).hexdigest()


def _began(pid: int) -> int | None:
    try:
        fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(fields.rpartition(")")[2].split()[STARTED])
