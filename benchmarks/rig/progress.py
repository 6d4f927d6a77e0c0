"""A line on standard error for whoever waits."""

import sys
import time
from collections.abc import Callable


def progress(name: str) -> Callable[[str], None]:
    """Says what is being done, with the time."""

    def say(what: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {name}: {what}", file=sys.stderr, flush=True)

    return say
