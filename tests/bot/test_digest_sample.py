"""The sample of figures.md: from the log of the checks to the words on the phone, line for line."""

import unicodedata
from datetime import datetime

from benchmarks.snapshot import entries_from_snapshot
from bot.town import build_town
from bot.voice.voice import Voice
from core.case import Event
from core.decide import decide
from core.figures.log import Window
from core.figures.told import told
from core.messages import DigestDue
from core.world import LogLine, World
from tests.bot.street import DISTRICT
from tests.bot.voices import SAMPLE_ABOVE, SAMPLE_BELOW, read_html
from tests.core import demo


def sample() -> list[str]:
    """The log of 20 November, with two disputes in progress, told on the morning after."""
    row = demo.checks("metrics")
    town = build_town(DISTRICT.read_text(encoding="utf-8"), 1)
    entries = entries_from_snapshot(row["log"], row["grid"])
    lines = [LogLine(case=it.case, event=Event(kind=it.kind, at=it.at, data=it.data)) for it in entries]
    start, end = (datetime.fromisoformat(it) for it in row["window"])
    by_case = ([it for it in entries if it.case == no] for no in sorted({it.case for it in entries}))
    known = {(Window(start=start, end=end), (end,)): told(by_case, (end,))}
    taken = (Event(kind="mediation_taken", at=start, data={"dispute": name, "grid": "G05"}) for name in ("M1", "M2"))
    lines += [LogLine(case="", event=it) for it in taken]
    world = World(now=demo.at("2026-11-21 07:40"), town=town, log=tuple(lines), told=known)
    decision = decide(DigestDue(at=world.now, day=start.date(), window=(start, end)), world)
    notice = next(it for it in decision.notices if it.params["grid"] == "G05")
    return read_html(Voice.of(town.district, town.taxonomy).speak(notice, world.now).text).split("\n")


def test_the_sample_of_the_log_line_for_line() -> None:
    assert sample() == [*SAMPLE_ABOVE, *SAMPLE_BELOW]


def test_every_line_fits_on_a_phone() -> None:
    widths = {line: sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) for line in sample()}
    assert {line for line, width in widths.items() if width > 40} == set()
