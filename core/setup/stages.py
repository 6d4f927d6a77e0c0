"""The steps of setting up, and how each stands: read from the document alone, so that it can be left at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from core.setup.document import Document
from core.setup.edit import POST, Row, centre_of, members, row_of, rows

State = Literal["done", "todo", "doubt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step: `todo` keeps the town from going live, `doubt` is told and may stay. `text` is what is known."""

    name: str
    state: State
    text: str = ""


def stages(doc: Document) -> tuple[Stage, ...]:
    """All steps, in the order in which they are best done."""
    return tuple(step(doc) for step in STEPS)


def blocking(doc: Document) -> tuple[str, ...]:
    """The steps without which nobody would be helped."""
    return tuple(it.name for it in stages(doc) if it.state == "todo")


def doubtful(doc: Document) -> tuple[str, ...]:
    """The steps that leave something open."""
    return tuple(it.name for it in stages(doc) if it.state == "doubt")


def _name(doc: Document) -> Stage:
    told = str(doc["district"].get("name_zh") or doc["district"].get("name_en") or "")
    return Stage(name="name", state="done" if told else "todo", text=told)


def _clock(doc: Document) -> Stage:
    return Stage(name="clock", state="done", text=str(doc["meta"].get("timezone", "")))


def _numbers(doc: Document) -> Stage:
    gas = doc["district"].get("gas_no")
    return Stage(name="numbers", state="done", text="110 119 120" + (f" {gas}" if gas else ""))


def _centre(doc: Document) -> Stage:
    row = row_of(doc, "teams", centre_of(doc)) or {}
    seats = members(doc, centre_of(doc))
    state: State = "done" if row.get("chat_id") is not None and seats else "todo"
    return Stage(name="centre", state=state, text=_joined(seats, "name"))


def _posts(doc: Document) -> Stage:
    found = rows(doc, "stations")
    state: State = "done" if found and all(ready(it) for it in found) else "todo"
    return Stage(name="posts", state=state, text="、".join(_told(it) for it in found))


def ready(station: Row) -> bool:
    """Whether a post has a group and a place."""
    return station.get("chat_id") is not None and "lat" in station and "lng" in station


def _told(station: Row) -> str:
    return f"{called(station)}{'' if ready(station) else ' ○'}"


def called(row: Row) -> str:
    """What people call a part."""
    return str(row.get("name_zh") or row.get("name_en") or row.get("name") or row.get("id"))


def _people(doc: Document) -> Stage:
    teams = posts(doc)
    empty = [it for it in teams if not members(doc, it["id"])]
    state: State = "doubt" if empty or not teams else "done"
    return Stage(name="people", state=state, text=str(len(rows(doc, "people"))))


def posts(doc: Document) -> list[Row]:
    """The teams of the posts."""
    return [it for it in rows(doc, "teams") if it.get("kind") == POST]


def _shifts(doc: Document) -> Stage:
    teams = posts(doc)
    found = [row_of(doc, "shift_patterns", it.get("pattern") or "") for it in teams]
    names = dict.fromkeys(called(it) for it in found if it is not None)
    state: State = "doubt" if None in found or not teams else "done"
    return Stage(name="shifts", state=state, text="、".join(names))


def _area(doc: Document) -> Stage:
    features = doc["grids"].get("features") or []
    metres: Any = doc["grids"].get("around_m")
    if features:
        return Stage(name="grids", state="done", text=str(len(features)))
    return Stage(name="around", state="done" if metres else "todo", text=str(metres or ""))


def _joined(found: list[Row], key: str) -> str:
    return "、".join(str(it.get(key, "")) for it in found)


STEPS: tuple[Callable[[Document], Stage], ...] = (_name, _clock, _numbers, _centre, _posts, _people, _shifts, _area)
