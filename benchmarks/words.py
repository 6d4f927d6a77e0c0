"""Judges of what is understood from words: places, emergencies, what a group may see, and the sample threads."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from benchmarks.judge import Bench, Row, Verdict, unordered
from core import understand
from core.understand import Gazetteer, PlaceReading

JOINED_S = 90  # life.md row 3: what a resident sends within this time is one report


def name_of(compound: str | None, gazetteer: Gazetteer) -> str | None:
    """What people call a compound."""
    return gazetteer.compounds[compound].name if compound else None


def candidates(reading: PlaceReading, gazetteer: Gazetteer) -> Iterable[str]:
    """The names of all compounds the words fit."""
    return (gazetteer.compounds[it].name for it in reading.candidates)


Read = Callable[[PlaceReading, Gazetteer, object], object]
PLACE: Mapping[str, Read] = {
    "xiaoqu": lambda it, names, _: name_of(it.compound, names),
    "building": lambda it, _names, _: it.building,
    "unit": lambda it, _names, _: it.unit,
    "floor": lambda it, _names, _: it.floor,
    "room": lambda it, _names, _: it.room,
    "place": lambda it, _names, _: it.spot,
    "between": lambda it, _names, _: list(it.between) if it.between else None,
    "ambiguous": lambda it, names, want: unordered(want, candidates(it, names)),
    "invalid": lambda it, _names, want: want if it.outside_bounds else None,
    "relative": lambda it, _names, _: it.relative,
    "fuzzy": lambda it, _names, _: it.fuzzy,
}


def judge_address(bench: Bench, label: str, row: Row) -> Verdict:
    """The place in one text; a note of the row is for people."""
    reading = understand.read_place(row["text"], bench.gazetteer)
    expected = {key: value for key, value in row["expect"].items() if key in PLACE}
    got = {key: PLACE[key](reading, bench.gazetteer, value) for key, value in expected.items()}
    return Verdict(row=f"{label} {row['text']}", expected=expected, got=got)


def judge_emergency(bench: Bench, label: str, row: Row) -> Verdict:
    """Whether a text is an emergency."""
    found = understand.emergency(row["text"], bench.lexicon) is not None
    return Verdict(row=f"{label} {row['text']}", expected=row["emergency"], got=found)


def judge_public_form(_bench: Bench, label: str, row: Row) -> Verdict:
    """What a group may see of a text."""
    return Verdict(row=label, expected=row["public_form"], got=understand.public_form(row["text"]))


def said(messages: Iterable[Row]) -> str:
    """The words of a thread's first report: its texts, captions and transcripts, joined as the bot joins them."""
    return " ".join(_words(_near(messages)))


def all_said(messages: Iterable[Row]) -> str:
    """The words of a whole thread, where the last edit of a message counts."""
    last = {it.get("edit_of", it["id"]): it for it in sorted(messages, key=lambda it: datetime.fromisoformat(it["at"]))}
    return " ".join(_words(last.values()))


def _near(messages: Iterable[Row]) -> Iterable[Row]:
    first, *rest = sorted(messages, key=lambda it: datetime.fromisoformat(it["at"]))
    start = datetime.fromisoformat(first["at"])
    near = (it for it in rest if (datetime.fromisoformat(it["at"]) - start).total_seconds() <= JOINED_S)
    return (first, *near)


def _words(messages: Iterable[Row]) -> Iterable[str]:
    words = (it.get("text") or it.get("caption") or it.get("transcript") for it in messages)
    return (it for it in words if it)


def threads(samples: Any, *keys: str) -> Iterable[tuple[str, Row]]:
    """Threads that expect something under one of the keys, with their words; a team's own duties are no reports."""
    messages = {it["id"]: it for it in samples["messages"]}
    for thread in samples["threads"]:
        expect = thread["expect"]
        if expect["kind"] != "duty" and any(expect.get(key) for key in keys):
            first = messages[thread["messages"][0]]
            words = [messages[it] for it in thread["messages"]]
            yield thread["id"], {"text": said(words), "whole": all_said(words), "at": first["at"], **expect}


def accepted(row: Row, key: str, got: object) -> object:
    """The expected answer if this one is as good, else this one."""
    wanted = row[key]
    good = [*(wanted if isinstance(wanted, list) else [wanted]), *row.get(f"{key}_ok", ())]
    return wanted if got in good else got


def judge_sample(key: str) -> Callable[[Bench, str, Row], Verdict]:
    """The judge of one label of the threads: kind, category or severity."""

    def judge(bench: Bench, label: str, row: Row) -> Verdict:
        at = datetime.fromisoformat(row["at"])
        meant = understand.understand(row["text"], bench.lexicon, bench.gazetteer, at)
        answers: Mapping[str, object] = {
            "kind": meant.kind.value,
            "category": meant.code,
            "severity": meant.severity.level if meant.severity else None,
        }
        return Verdict(row=f"{label} {row['text']}", expected=row[key], got=accepted(row, key, answers[key]))

    return judge


def sample_places(samples: Any) -> Iterable[tuple[str, Row]]:
    """Threads whose words alone name a compound or an address."""
    for label, row in threads(samples, "location"):
        if row["location"].get("state") in {"address", "compound"}:
            keys = ("xiaoqu", "building", "unit", "room")
            yield label, {"text": row["whole"], "expect": {key: row["location"].get(key) for key in keys}}
