"""What goes when a matter is over and its reporter is to be forgotten, and when (privacy.md, column "kept").

The case itself stays for the figures: kind, place, times, who handled it. The reporter, their files, message ids and
words go; of the words a masked summary stays, of a sealed matter nothing.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from core.case import ENDED, Case, Status
from core.understand import public_form, without_health

KEPT = timedelta(days=30)  # privacy.md: name and contact, 30 days after closing
NOBODY = 0  # the reporter of an erased case; no account has this id
SUMMARY = 300  # characters
SHORTEST_NAME = 2  # characters: a shorter one is part of half the words

ADDRESSES = ("map:", "meant:", "pin:")  # steps that repeat what they wrote of where it is (core.decide.supposing, …)
_FLAT = re.compile(r"(?<![\d*])\d{3,4}(?![\d*])")
# Ids of their messages, their words and thanks, their silent answers.
_OF_RESIDENTS = frozenset({"message", "text", "answer", "words"})


def erase_at(case: Case, now: datetime) -> datetime | None:
    """When an ended case is to be erased: 30 days after its end, at once when the reporter asked to be forgotten.

    None while it is open, and when it is done already. `now` stands for the end of a case that has no time of it.
    """
    if case.status not in ENDED or case.erased_at is not None:
        return None
    if case.status is Status.MERGED and case.closed_at is None and not case.forget:
        return None  # its reporter still has to hear how the case ends that it follows
    return now if case.forget else (case.closed_at or now) + KEPT


def erased(case: Case, now: datetime, *, staff: bool) -> Case:
    """The case without its reporter. A colleague's report keeps who made it, which is their work and no secret."""
    return replace(
        case,
        reporter=case.reporter if staff else NOBODY,
        reporter_name=case.reporter_name if staff else "",
        words=_summary(case),
        health=(),
        acute=False,
        photos=(),
        voices=(),
        files=(),
        messages=(),
        album=None,
        place=replace(case.place, words="") if case.place else None,
        conflict=None,
        supposed=None,
        rivals=(),
        steps=tuple(it for it in case.steps if not it.startswith(ADDRESSES)),
        closing=None,
        result="" if case.sealed else nameless(case.result, case),
        result_photo=None,
        erased_at=now,
    )


def erased_data(kind: str, data: Mapping[str, object], case: Case) -> dict[str, object]:
    """An event's data without the reporter's words, message ids and account; `case` is the case before its erasure.

    What the figures read stays as it is.
    """
    kept = {name: value for name, value in data.items() if name not in _OF_RESIDENTS}
    if kept.get("chat") == case.reporter:
        del kept["chat"]
    reason = kept.get("reason")
    if kind == "done" and isinstance(reason, str):  # the handler's line in their own words; elsewhere it is a code
        kept["reason"] = None if case.sealed else nameless(reason, case)
    return kept


def _summary(case: Case) -> tuple[str, ...]:
    words = nameless(" / ".join(case.words), case)[:SUMMARY]
    return (words,) if words and not case.sealed else ()


def nameless(words: str, case: Case) -> str:
    """Words as a group may read them: masked, and without the name of whoever told of it (privacy.md, row 1) and what
    was told of anybody's health."""
    return without_health(with_health(words, case), case.health)


def with_health(words: str, case: Case) -> str:
    """The same with it, for those who run to an open emergency."""
    return _without_name(_without_flat(public_form(words), " / ".join(case.words)), case)


def _without_flat(words: str, told: str) -> str:
    """A flat that was told once as an address (2栋1203) is known when it comes alone (我在1203)."""
    for number in _hidden(told):
        words = re.sub(rf"(?<![\d*]){number}(?!\d)", "*" * len(number), words)
    return words


@lru_cache(maxsize=256)
def _hidden(told: str) -> frozenset[str]:
    """The numbers of three or four digits that are masked where they stand as a flat's."""
    return frozenset(Counter(_FLAT.findall(told)) - Counter(_FLAT.findall(public_form(told))))


def _without_name(words: str, case: Case) -> str:
    name = case.reporter_name.strip()
    return words.replace(name, "*" * len(name)) if len(name) >= SHORTEST_NAME else words
