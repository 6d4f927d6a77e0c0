"""Faults on demand: what a test or a drill wants to go wrong, and how often."""

import random
from dataclasses import dataclass
from typing import Final

KINDS: Final = (
    "429",
    "500",
    "502_html",
    "cut_before",
    "cut_after",
    "slow",
    "401",
    "404",
    "answer",
    "removed",
    "repeat_update",
    "drop_webhook_reply",
)
OF_DELIVERY: Final = frozenset({"repeat_update", "drop_webhook_reply"})


@dataclass(slots=True, kw_only=True)
class Fault:
    """A fault that waits for its call.

    `method`, `chat_id`: which calls it hits, all when None. `times`: how often it still strikes. `seconds`: delay of
    "slow". `retry_after`: of "429", in seconds. `probability`: chance to strike at each fitting call. `code` and
    `description` (after its prefix): of "answer", whatever a true server might say; `html`: it says so in HTML.
    "removed": the call is done, and a guard of the chat deletes the message before anybody sees it.
    """

    kind: str
    times: int = 1
    method: str | None = None
    chat_id: int | None = None
    seconds: float = 1.0
    retry_after: int = 1
    probability: float = 1.0
    code: int = 400
    description: str = ""
    html: bool = False


class Faults:
    """The faults that are set, in order; the first that fits a call strikes."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        # seeded: a run that went wrong can be run again
        self._chance = random.Random(1)  # noqa: S311 - chance of a drill, no secret

    def add(self, fault: Fault) -> None:
        """Set a fault. Raises ValueError for a kind that is not built."""
        if fault.kind not in KINDS:
            raise ValueError(f"fault {fault.kind!r} is not one of {', '.join(KINDS)}")
        self.waiting.append(fault)

    def clear(self) -> None:
        """Take back all faults."""
        self.waiting.clear()

    def strike(self, method: str, chat_id: str) -> Fault | None:
        """Return the fault that hits this call, and count it off."""
        for fault in self.waiting:
            if fault.kind not in OF_DELIVERY and self._fits(fault, method, chat_id):
                return self._spent(fault)
        return None

    def strike_delivery(self, kind: str) -> bool:
        """Whether a fault of delivery strikes now; counts it off."""
        for fault in self.waiting:
            if fault.kind == kind and self._chance.random() < fault.probability:
                self._spent(fault)
                return True
        return False

    def _fits(self, fault: Fault, method: str, chat_id: str) -> bool:
        return (
            (fault.method is None or fault.method.lower() == method.lower())
            and (fault.chat_id is None or str(fault.chat_id) == chat_id)
            and self._chance.random() < fault.probability
        )

    def _spent(self, fault: Fault) -> Fault:
        fault.times -= 1
        if fault.times <= 0:
            self.waiting.remove(fault)
        return fault
