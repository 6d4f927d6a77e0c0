"""The ratio goals: what is good, what is excellent, and what was reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A mark to reach: at least `good` when `more` is better, else at most."""

    what: str
    good: float
    excellent: float
    unit: str = ""
    more: bool = True

    def word(self, value: float) -> str:
        """How the value stands to the marks."""
        signed = 1 if self.more else -1
        if signed * value >= signed * self.excellent:
            return "excellent"
        return "good" if signed * value >= signed * self.good else "not reached"


GOALS: Mapping[str, Goal] = MappingProxyType(
    {
        "R1": Goal(what="durable report→dispatch / PTB echo on the same transport, RTT 0", good=0.45, excellent=0.55),
        "R2": Goal(what="the same / PTB default echo", good=1.2, excellent=1.5),
        "R3": Goal(what="the same at RTT 50 ms / PTB default echo", good=30, excellent=40),
        "R4": Goal(what="whole case per API call / PTB echo per call on the same transport", good=0.45, excellent=0.6),
        "R5": Goal(what="confirmed updates lost over the kills", good=0, excellent=0, more=False),
        "R6": Goal(what="intake transaction at 32 waiting / raw sqlite3 one by one, FULL", good=1.0, excellent=1.5),
        "R6 p99": Goal(what="99th percentile of the wait at 32", good=30, excellent=15, unit="ms", more=False),
        "R7": Goal(what="nearest of 12,000 / one geodesic() call", good=2.5, excellent=1.5, more=False),
        "R7 100k": Goal(what="nearest of 100,000", good=2, excellent=1, unit="ms", more=False),
        "R7 move": Goal(what="one position moved", good=2, excellent=2, unit="µs", more=False),
        "R7 equal": Goal(what="answers unlike the full scan's or the tree's", good=0, excellent=0, more=False),
        "R8": Goal(what="1,000 deadlines of one instant, all decided", good=3, excellent=2, unit="s", more=False),
        "R8 block": Goal(what="longest block of the loop meanwhile", good=50, excellent=20, unit="ms", more=False),
        "R9": Goal(what="broadcast time / (N / 30 s)", good=1.10, excellent=1.05, more=False),
        "R9 429": Goal(what="refusals for speed", good=0, excellent=0, more=False),
        "R10": Goal(what="urgent 99th percentile beyond the round trip", good=100, excellent=50, unit="ms", more=False),
        "R10 peer": Goal(what="the reference limiter's / ours", good=100, excellent=500),
        "R11": Goal(what="webhook POST → dispatch p99 / PTB Tornado echo p99, 200/s", good=3, excellent=2, more=False),
        "R12": Goal(what="webhook echo throughput, answered after commit / PTB Tornado", good=1.2, excellent=1.5),
        "R13": Goal(what="processor time of 29 messages/s / on HTTPXRequest", good=0.7, excellent=0.55, more=False),
        "R13 core": Goal(what="the whole bot at 29 messages/s", good=10, excellent=7, unit="% of a core", more=False),
        "R14": Goal(what="peak memory, 100,000 cases and 12,000 users", good=150, excellent=120, unit="MB", more=False),
    }
)  # fmt: skip
