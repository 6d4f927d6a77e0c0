"""How well messages are understood, measured on labelled examples: `python -m benchmarks.understanding`.

Reads samples, own_, danger_, fresh_, clean_ and voices_samples and checks.json of tests/data with the demo district;
prints a line per measure and every miss, except those of the messages that are kept aside while rules and examples are
written.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core import understand as u
from core.district import read_district
from core.town import gazetteer_of

ROOT = Path(__file__).resolve().parent.parent
AT = datetime.fromisoformat("2026-11-18T12:00:00+08:00")
HELD_OUT = "held_out"
ROUNDS = 20
LONGEST = 4096  # characters of a message of Telegram
_CASES = ("hazard", "dispute")
STAFF = "duty"  # what teams write in their own chat is read elsewhere


@dataclass(kw_only=True)
class Tally:
    """One measure: how many rows, and the rows that were missed."""

    name: str
    rows: int = 0
    misses: list[str] = field(default_factory=list)

    def note(self, ok: bool, told: object) -> None:
        """Count a row; `told` is printed when it was missed."""
        self.rows += 1
        if not ok:
            self.misses.append(str(told))

    def show(self, *, misses: bool = True) -> None:
        """Print the measure, and its misses unless nobody may look at them."""
        right = self.rows - len(self.misses)
        print(f"{self.name:<28}{right:>4} of {self.rows:<4}{100 * right / max(self.rows, 1):6.1f} %")
        for miss in self.misses if misses else ():
            print(f"    {miss}")


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A labelled thread: its words as one text (the last edit counts), the time, the label."""

    id: str
    text: str
    at: datetime
    expect: dict[str, Any]
    tags: list[str]


def load(name: str) -> Any:
    """A JSON file below the checkout."""
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def threads(samples: dict[str, Any]) -> list[Thread]:
    """Threads that hold words, without the staff's own."""
    said: dict[str, dict[str, str]] = {}
    at: dict[str, datetime] = {}
    for m in samples["messages"]:
        at.setdefault(m["thread"], datetime.fromisoformat(m["at"]))
        if words := m.get("text") or m.get("caption"):
            said.setdefault(m["thread"], {})[m.get("edit_of", m["id"])] = words
    return [
        Thread(id=t["id"], text="\n".join(said[t["id"]].values()), at=at[t["id"]], expect=t["expect"], tags=t["tags"])
        for t in samples["threads"]
        if t["id"] in said and t["expect"].get("kind") != STAFF
    ]


def halves(rows: Iterable[Thread]) -> dict[str, list[Thread]]:
    """The messages that may be looked at while rules are written, and those that are only counted, if there are any."""
    found: dict[str, list[Thread]] = {"tuning": [], HELD_OUT: []}
    for row in rows:
        found[HELD_OUT if HELD_OUT in row.tags else "tuning"].append(row)
    return {half: own for half, own in found.items() if own}


def labelled(rows: Iterable[dict[str, Any]]) -> list[Thread]:
    """Rows of fresh_samples.json, one message each, as threads; what opens no case is judged by its kind alone."""
    return [
        Thread(
            id=f"F{number:03}",
            text=row["text"],
            at=AT,
            expect={
                key: row[key]
                for key in ("kind", "category", "severity")
                if row[key] is not None and (key == "kind" or row["kind"] in _CASES)
            },
            tags=[row["half"], *(["emergency"] if row["emergency"] else [])],
        )
        for number, row in enumerate(rows, start=1)
    ]


def accepted(expect: dict[str, Any]) -> list[str]:
    """The category codes a label accepts."""
    wanted = expect.get("category") or []
    return [*([wanted] if isinstance(wanted, str) else wanted), *expect.get("category_ok", ())]


def measure_threads(rows: Iterable[Thread], read: Callable[[Thread], u.Understanding], gaz: u.Gazetteer) -> list[Tally]:
    """Kind, category, severity, emergency, sealed and place of the labelled threads."""
    names = ("kind", "category first", "category within three", "severity within label", "severity within one",
             "sure and right", "emergency recall", "emergency false alarms", "sealed", "several matters",
             "place of threads")  # fmt: skip
    t = {name: Tally(name=name) for name in names}
    for row in rows:
        got, want = read(row), row.expect
        t["kind"].note(
            got.kind in (want["kind"], *want.get("kind_ok", ())),
            f"{row.id} {row.text!r}: {got.kind}, not {want['kind']}",
        )
        _note_category(t, row, got)
        _note_severity(t, row, got)
        _note_alarm(t, row, got)
        t["sealed"].note(got.sealed or not want.get("confidential"), f"{row.id} {row.text!r} is not sealed")
        if isinstance(want.get("category"), list):
            t["several matters"].note(len(got.matters) == want["cases"], f"{row.id} {got.matters}")
        _note_place(t["place of threads"], row, got.place, gaz)
    return list(t.values())


def _note_category(t: dict[str, Tally], row: Thread, got: u.Understanding) -> None:
    codes = [c for c in accepted(row.expect) if c != "S01"]
    if not codes or row.expect.get("kind_ok"):
        return
    told = f"{row.id} {row.text!r}: {got.guess.three}, not {codes}"
    t["category first"].note(got.guess.best in codes, told)
    t["category within three"].note(bool(set(got.guess.three) & set(codes)), told)
    if got.guess.sure:
        t["sure and right"].note(got.guess.best in codes, told)


def _note_severity(t: dict[str, Tally], row: Thread, got: u.Understanding) -> None:
    want = row.expect.get("severity")
    if want is None or row.expect["kind"] == "dispute":
        return
    level = got.severity.level if got.severity else 0
    told = f"{row.id} {row.text!r}: {got.severity}, not {want}"
    good = row.expect.get("severity_ok", [want])
    t["severity within label"].note(level in good, told)
    t["severity within one"].note(any(abs(level - it) <= 1 for it in good) and level > 0, told)


def _note_alarm(t: dict[str, Tally], row: Thread, got: u.Understanding) -> None:
    told = f"{row.id} {row.text!r}: {got.emergency}"
    critical = 1 in row.expect.get("severity_ok", [row.expect.get("severity")])
    if "emergency" in row.tags:
        t["emergency recall"].note(got.emergency is not None, told)
    elif not critical:
        t["emergency false alarms"].note(got.emergency is None, told)


def _note_place(tally: Tally, row: Thread, got: u.PlaceReading, gaz: u.Gazetteer) -> None:
    want = row.expect.get("location", {})
    if want.get("state") not in ("address", "compound") or len(row.tags) == 0:
        return
    name = gaz.compounds[got.compound].name if got.compound else None
    named = name == want["xiaoqu"] or want["xiaoqu"] not in row.text
    ok = named and got.building == want["building"] and got.unit == want["unit"]
    tally.note(ok, f"{row.id} {row.text!r}: {name} {got.building} {got.unit}, not {want}")


def measure_addresses(rows: list[dict[str, Any]], gaz: u.Gazetteer) -> Tally:
    """The address checks, each field with an expectation."""
    tally = Tally(name="addresses")
    for row in rows:
        got, want = u.read_place(row["text"], gaz), row["expect"]
        name = {k: c.name for k, c in gaz.compounds.items()}
        fields = {
            "xiaoqu": name.get(got.compound or ""),
            "building": got.building,
            "unit": got.unit,
            "floor": got.floor,
            "room": got.room,
            "ambiguous": [name[c] for c in got.candidates],
            "invalid": got.outside_bounds,
            "between": list(got.between or ()),
            "place": got.spot,
            "relative": got.relative,
            "fuzzy": got.fuzzy,
        }
        wrong = {k: (fields[k], v) for k, v in want.items() if k in fields and not _agrees(fields[k], v)}
        tally.note(not wrong, f"{row['text']}: {wrong}")
    return tally


def measure_dangers(rows: list[dict[str, Any]], lexicon: u.Lexicon) -> list[Tally]:
    """Messages of danger that must alarm, and messages that only sound like it."""
    heard, false = Tally(name="danger recall"), Tally(name="danger false alarms")
    for row in rows:
        got = u.emergency(row["text"], lexicon)
        (heard if row["danger"] else false).note((got is not None) == row["danger"], f"{row['text']}: {got}")
    return [heard, false]


def measure_additions(said: list[str], read: Callable[[str], u.Understanding]) -> list[Tally]:
    """Bits that only add to a report: they must neither alarm nor be taken for a report of their own."""
    quiet, plain = Tally(name="additions that do not alarm"), Tally(name="additions that add")
    for text in said:
        got = read(text)
        quiet.note(got.emergency is None, text)
        plain.note(got.kind not in _CASES and not got.guess.three, text)
    return [quiet, plain]


def _agrees(got: object, want: object) -> bool:
    return bool(got) if isinstance(want, str) and got is True else got == want


def measure_phrases(checks: dict[str, Any], lexicon: u.Lexicon) -> list[Tally]:
    """Emergency phrases and masking."""
    phrases, masks = Tally(name="emergency phrases"), Tally(name="masking")
    for row in checks["emergency_phrases"]:
        got = u.emergency(row["text"], lexicon)
        phrases.note((got is not None) == row["emergency"], f"{row['text']}: {got}")
    for row in checks["pii_public_form"]:
        masked = u.public_form(row["text"])
        masks.note(masked == row["public_form"], f"{row['text']}: {masked}, not {row['public_form']}")
    return [phrases, masks]


def main() -> None:
    """Measure everything and print it."""
    lexicon = u.read_lexicon(*(load(f"bot/data/{name}.json") for name in ("taxonomy", "words", "examples")))
    gaz = gazetteer_of(read_district(load("bot/data/demo_district.json")), lexicon)
    checks, rows = load("tests/data/checks.json"), threads(load("tests/data/samples.json"))
    tallies = measure_threads(rows, lambda row: u.understand(row.text, lexicon, gaz, row.at), gaz)
    for tally in (*tallies, measure_addresses(checks["addresses"], gaz), *measure_phrases(checks, lexicon)):
        tally.show()
    fresh, clean = load("tests/data/fresh_samples.json"), load("tests/data/clean_samples.json")
    for name, said in (
        ("in other voices", threads(load("tests/data/own_samples.json"))),
        ("by somebody who did not know the rules", labelled(fresh["messages"])),
        ("by somebody who had seen samples only, written last", labelled(clean["messages"])),
    ):
        for half, own in halves(said).items():
            print(f"messages {name}, {half}")
            for tally in measure_threads(own, lambda row: u.understand(row.text, lexicon, gaz, row.at), gaz):
                tally.show(misses=half != HELD_OUT)
    for name, dangers in (
        ("of danger and near misses", load("tests/data/danger_samples.json")["rows"]),
        ("of danger and near misses by somebody who did not know the rules", fresh["rows"]),
        ("of danger and near misses, written last", clean["rows"]),
    ):
        for half in dict.fromkeys(row["half"] for row in dangers):
            print(f"messages {name}, {half}")
            for tally in measure_dangers([row for row in dangers if row["half"] == half], lexicon):
                tally.show(misses=half == "tuning")
    voices = load("tests/data/voices_samples.json")
    print(f"messages of danger and near misses by six writers, of others of whom the examples are, {HELD_OUT}")
    added = measure_additions(voices["additions"], lambda said: u.understand(said, lexicon, gaz, AT))
    for tally in (*measure_dangers(voices["rows"], lexicon), *added):
        tally.show(misses=False)
    turns = (replace(row, text=f"{row.text} {turn}") for turn in range(ROUNDS) for row in rows)  # none is known already
    took = sorted(_milliseconds(row, lexicon, gaz) for row in turns)
    middle, late = took[len(took) // 2], took[len(took) * 99 // 100]
    print(f"{'time of one message':<28}{middle:8.2f} ms, 99 of 100 below {late:.2f} ms")
    longest = sorted(_milliseconds(row, lexicon, gaz) for row in _longest(rows))
    print(f"{'time of the longest':<28}{longest[len(longest) // 2]:8.2f} ms, at most {longest[-1]:.2f} ms")


def _longest(rows: list[Thread]) -> Iterable[Thread]:
    """As many characters as Telegram lets through, of several messages each."""
    said = [row.text for row in rows] * 2
    for start in range(0, len(rows), 3):
        text = "。".join(said[start:] * (LONGEST // 100))[:LONGEST]
        yield replace(rows[start], text=text)


def _milliseconds(row: Thread, lexicon: u.Lexicon, gaz: u.Gazetteer) -> float:
    start = time.perf_counter()
    u.understand(row.text, lexicon, gaz, AT)
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
