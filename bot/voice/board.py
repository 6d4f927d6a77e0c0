"""勤务一屏 and the tasks that are sent from it."""

from collections.abc import Iterable

from bot.voice.lists import people, with_kind
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker
from core.messages import Json


def _rows(value: Json) -> list[dict[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def _told(lines: Iterable[str | None], between: str = "\n") -> Told | None:
    kept = [it for it in lines if it]
    return Told(between.join(kept)) if kept else None


def now(speaker: Speaker, params: Params) -> str:
    """The whole screen: a line for each post, under it the hours without anybody."""
    rows = _told(_told((_post(speaker, it), _gaps(speaker, it))) for it in _rows(params.get("rows")))
    return speaker.insist("board.now", {**params, "rows": rows})


def _post(speaker: Speaker, row: Params) -> str | None:
    away = _told((speaker.say("board.away", it) for it in _rows(row.get("away"))), speaker.catalogue.word("joint"))
    told = {**row, "away": away, "on": people(speaker, row.get("on"))}
    return speaker.maybe(f"board.row.{row.get('how')}", told)


def _gaps(speaker: Speaker, row: Params) -> Told | None:
    return _told(speaker.say("board.gap", it) for it in _rows(row.get("gaps")))


def storm(speaker: Speaker, params: Params) -> str:
    """The sheet of storm mode: how it stands, and what waits where."""
    rows = _told(_waiting(speaker, it) for it in _rows(params.get("rows")))
    how = speaker.say("storm.is_on" if params.get("on") else "storm.is_off", params)
    return speaker.insist("storm.sheet", {**params, "on": how, "rows": rows})


def _waiting(speaker: Speaker, row: Params) -> str | None:
    return speaker.say("storm.row" if row.get("place") else "storm.row_nowhere", row)


def post(speaker: Speaker, params: Params) -> str:
    """One post: its people, the hours without anybody, its open cases; sealed ones by number alone."""
    crew = _told(speaker.maybe(f"board.crew.{it.get('how')}", it) for it in _rows(params.get("crew")))
    cases = _told(_case(speaker, it) for it in _rows(params.get("cases")))
    told = {
        **params,
        "crew": crew or speaker.say("board.nobody", {}),
        "gaps": _gaps(speaker, params),
        "cases": _told((speaker.say("board.cases", {}), cases)) if cases else speaker.say("board.no_cases", {}),
    }
    return speaker.insist("board.post", told)


def _case(speaker: Speaker, case: Params) -> str | None:
    return speaker.say("board.sealed", case) if case.get("sealed") else speaker.say("board.case", with_kind(case))


def task(speaker: Speaker, params: Params) -> str:
    """A task's card: what is to be done, how it stands, what came back."""
    stage = speaker.maybe(f"task.stage.{params.get('stage')}", params)
    answers = _told(speaker.maybe(f"task.answer.{it.get('what')}", it) for it in _rows(params.get("answers")))
    return speaker.insist("task.card", {**params, "stage": stage, "answers": answers})
