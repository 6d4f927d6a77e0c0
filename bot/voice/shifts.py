"""Sheets of a shift: the hand-over, a spot check and the month's checks, who comes to help."""

from collections.abc import Callable, Iterable

from bot.voice.digest import ratio
from bot.voice.lists import people, with_kind
from bot.voice.markup import Told
from bot.voice.speaker import Params, Speaker, quantity
from core.messages import Json

IN_TIME = 300  # seconds, for a spot check


def _rows(value: Json) -> list[dict[str, Json]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def _joined(speaker: Speaker, lines: Iterable[str | None]) -> Told | None:
    told = [it for it in lines if it]
    return Told(speaker.catalogue.word("joint").join(told)) if told else None


def _lines(*lines: str | None) -> str:
    return "\n".join(it for it in lines if it)


def handover(speaker: Speaker, params: Params) -> str:
    """交接班: who to whom, what is open (sealed ones by number alone), gear, notes, what to do."""
    rows = _rows(params.get("cases"))
    notes = params.get("notes")
    said = _joined(speaker, [speaker.words(it, 200) for it in notes]) if isinstance(notes, list) else None
    return _lines(
        speaker.insist("handover.sheet", params),
        speaker.say("handover.open", {"count": len(rows)}) if rows else speaker.say("handover.none", {}),
        *(_left(speaker, row) for row in rows),
        _gear(speaker, params),
        speaker.say("handover.notes", {"notes": said}),
        speaker.maybe(_what_next(params), params),
    )


def _left(speaker: Speaker, row: Params) -> str | None:
    if row.get("sealed"):
        return speaker.say("handover.sealed", row)
    how = speaker.maybe(f"handover.how.{row.get('how')}", row)
    return speaker.say("handover.case", {**with_kind(row), "how": how})


def _gear(speaker: Speaker, params: Params) -> str | None:
    """Nothing is said of gear where the post has no list."""
    if params.get("gear") is None:
        return None
    if params.get("whole") is None:
        return speaker.say("handover.gear.open", {})
    short = _things(speaker, params.get("gear"))
    return speaker.say("handover.gear.short", {"gear": short}) if short else speaker.say("handover.gear.whole", {})


def _things(speaker: Speaker, value: Json) -> Told | None:
    return _joined(speaker, (speaker.say("handover.gear.one", it) for it in _rows(value)))


def _what_next(params: Params) -> str:
    if params.get("person"):
        return "handover.taken"
    stage = str(params.get("stage"))
    return f"handover.{stage}" if stage in {"told", "moved"} else "handover.given"


def gear_text(kind: str) -> Callable[[Speaker, Params], str]:
    """A text that names things with their numbers."""
    return lambda speaker, params: speaker.insist(kind, {**params, "gear": _things(speaker, params.get("gear"))})


def check(speaker: Speaker, params: Params) -> str:
    """督察抽查: what each answered, what the rule proposes, who signed."""
    signed = people(speaker, params.get("signed"))
    return _lines(
        speaker.insist("check.result", params),
        *(_checked(speaker, row) for row in _rows(params.get("rows"))),
        speaker.say("check.signed", {"people": signed}),
        speaker.say("check.unsigned", {}) if _few(params.get("signed")) else None,
    )


def _few(signed: Json) -> bool:
    return not isinstance(signed, list) or len(signed) < 2


def _checked(speaker: Speaker, row: Params) -> str | None:
    seconds = quantity(row.get("seconds"))
    kind = "check.silent" if seconds is None else "check.answered" if seconds <= IN_TIME else "check.late"
    answered = speaker.say(kind, {"limit": seconds})
    result = speaker.maybe(f"check.result.{row.get('outcome')}", {})
    return speaker.say("check.row", {**row, "result": Told(result or ""), "answered": Told(answered or "")})


def month(speaker: Speaker, params: Params) -> str:
    """The month's checks, a line for each team that was checked."""
    return _lines(
        speaker.insist("check.month", params),
        speaker.say("check.teams", params),
        *_share(speaker, params),
        speaker.say("check.papers", {"share": ratio(speaker, params.get("papers"))}),
        *(_team(speaker, row) for row in _rows(params.get("rows"))),
    )


def _share(speaker: Speaker, params: Params) -> Iterable[str | None]:
    share = ratio(speaker, params.get("answered"))
    yield speaker.say("check.share", {"share": share}) if share else speaker.say("check.empty", {})
    yield _results(speaker, params)


def _results(speaker: Speaker, params: Params) -> Told | None:
    return _joined(speaker, (speaker.say("check.count", it) for it in _rows(params.get("results"))))


def _team(speaker: Speaker, row: Params) -> str | None:
    share = ratio(speaker, row.get("answered"))
    papers = ratio(speaker, row.get("papers"))
    return speaker.say("check.team", {**row, "share": share, "results": _results(speaker, row), "papers": papers})


def sample(speaker: Speaker, params: Params) -> str:
    """资料抽查: the drawn cases with what was found of each."""
    rows = (_sampled(speaker, row) for row in _rows(params.get("rows")))
    return _lines(speaker.insist("sample.sheet", {**params, "judged": ratio(speaker, params.get("judged"))}), *rows,
                  speaker.say("sample.hint", {}))  # fmt: skip


def _sampled(speaker: Speaker, row: Params) -> str | None:
    outcome = speaker.maybe(f"sample.{row.get('outcome')}", {})
    return speaker.say("sample.row", {**with_kind(row), "result": outcome, "text": row.get("note")})


def sample_told(speaker: Speaker, params: Params) -> str:
    """How it came out, to the head of the team."""
    return speaker.insist("sample.told", {**params, "share": ratio(speaker, params.get("share"))})


def board(speaker: Speaker, params: Params) -> str:
    """🆘 who was asked, who comes and when; the number to call in danger is always there."""
    share = ratio(speaker, params.get("answered"))
    return _lines(
        speaker.insist("call.board", params),
        *(_called(speaker, row) for row in _rows(params.get("rows"))),
        speaker.say("call.counted", {"share": share}),
        speaker.say("call.hint", {}),
    )


def _called(speaker: Speaker, row: Params) -> str | None:
    who = speaker.maybe(f"call.who.{row.get('kind')}", row)
    coming = row.get("coming")
    kind = "open" if coming is None else "yes" if coming else "no"
    return speaker.say(f"call.row.{kind}", {**row, "who": Told(who or "")})
