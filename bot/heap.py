"""The heap of a process that has started: what is there stays, and need not be looked through again and again."""

import ctypes
import gc
import sys

YOUNG = 20_000  # objects made and not yet let go, before a look at the youngest; left alone it is 700
OLDER = 20  # looks at the youngest to one at those that outlived one


def settle() -> None:
    """Leave what the start has made alone: collecting took a twentieth of a report's time (docs/benchmarks.md).

    For a process of its own: in one that starts many bots, what they leave behind would never be found.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
    _give_back()


def _give_back() -> None:
    """What the start has let go of is the system's again: glibc keeps 6 MB of it. Where there is no glibc nothing is
    done."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
