"""Speaks and runs: everything asynchronous that touches the world."""

import sys

# httpx comes with PTB and is never called; where rich and pygments are installed it loads its command line with them (4
# MB), and where it cannot it does without
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # Python's own way to say: not to be had
