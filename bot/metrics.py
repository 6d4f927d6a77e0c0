"""Figures for Prometheus; each bot has a registry of its own, so that tests can run several."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from core.messages import Lane

FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What is counted; labels never hold a chat, a person or a word."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._sends = Counter("bot_sends", "Calls by lane and answer", ["lane", "answer"], registry=self.registry)
        self._doubts = Counter(
            "bot_doubts", "Sends of unknown outcome by lane: repeated or left", ["lane", "then"], registry=self.registry
        )
        self._updates = Counter("bot_updates", "Updates by outcome", ["outcome"], registry=self.registry)
        self._handling = Histogram("bot_update_seconds", "From receipt to commit", buckets=FAST, registry=self.registry)
        self._ticks = Counter("bot_due", "Cases and schedules that fell due", ["kind"], registry=self.registry)
        self._outbox = Gauge("bot_outbox_rows", "Outbox rows", ["lane", "state"], registry=self.registry)
        self._oldest = Gauge("bot_outbox_oldest_seconds", "Age of the oldest waiting", ["lane"], registry=self.registry)
        self._broken = Gauge("bot_audit_broken", "What breaks a promise", ["promise"], registry=self.registry)
        self._mended = Counter("bot_audit_mended", "Broken promises mended", ["promise"], registry=self.registry)
        self._copied = Gauge("bot_copy_age_seconds", "Age of the newest copy; -1: none", registry=self.registry)
        self._ready = Gauge("bot_ready", "1 when nothing is ill", registry=self.registry)

    def sent(self, lane: str, answer: str) -> None:
        """A call came back."""
        self._sends.labels(lane, answer).inc()

    def doubted(self, lane: str, then: str) -> None:
        """Nobody knows whether it arrived: it is `repeated`, perhaps doubled, or `left`, perhaps lost."""
        self._doubts.labels(lane, then).inc()

    def handled(self, outcome: str, seconds: float) -> None:
        """An update was committed, parked or has to come again."""
        self._updates.labels(outcome).inc()
        self._handling.observe(seconds)

    def due(self, kind: str, count: int) -> None:
        """So many of a kind were put on the road by the clock."""
        self._ticks.labels(kind).inc(count)

    def outbox(self, counts: Mapping[tuple[int, str], int], ages: Mapping[int, float]) -> None:
        """How the outbox stands; what is no longer there goes."""
        self._outbox.clear()
        self._oldest.clear()
        for (lane, state), count in counts.items():
            self._outbox.labels(Lane(lane).name, state).set(count)
        for lane, age in ages.items():
            self._oldest.labels(Lane(lane).name).set(age)

    def audited(self, broken: Mapping[str, int], mended: Mapping[str, int]) -> None:
        """The audit has looked: what is broken now, and what was and is not any more."""
        self._broken.clear()
        for promise, count in broken.items():
            self._broken.labels(promise).set(count)
        for promise, count in mended.items():
            self._mended.labels(promise).inc(count)

    def copied(self, age: float | None) -> None:
        """How old the newest copy of the database is."""
        self._copied.set(-1 if age is None else age)

    def text(self, *, ready: bool) -> bytes:
        """The exposition."""
        self._ready.set(1 if ready else 0)
        return generate_latest(self.registry)
