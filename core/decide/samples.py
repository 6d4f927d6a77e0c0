"""资料抽查: ten closed cases of each team and month, drawn, and asked about again by the inspectors (duty.md; F25)."""

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta

from core import calendar, draw
from core.case import Case, Event
from core.decide import draws, say
from core.district import Person
from core.messages import DayBegins, Json, Key, Lane, Notice, Press, Pressed, Spoke, record_ref
from core.records.sample import Sample, Sampling, Verdict
from core.understand import public_form
from core.world import Decision, World

EACH = 10  # cases of a team and month
AT = 9 * 60  # on the first day of the next month
JUDGED_WITHIN = timedelta(days=14)
LONGEST_NOTE = 200
_NOTE = re.compile(r"(\d{1,2})[\s.、::,,]+(.+)", re.DOTALL)


def plan(command: DayBegins, world: World) -> Decision:
    """The month's draw is put down with its seed, before anybody knows which cases there will be."""
    month = f"{command.day:%Y-%m}"
    if not draws.inspectors(world.town.district) or any(it.id == month for it in world.of(Sampling)):
        return Decision()
    zone, first = world.town.district.zone, command.day.replace(day=1)
    due_at = calendar.moment(_next(first), AT, zone)
    record = Sampling(id=month, due_at=due_at, seed=command.month_seed, start=calendar.moment(first, 0, zone))
    commitment = hashlib.sha256(command.month_seed.encode()).hexdigest()
    event = Event(kind="samples_planned", at=world.now, data={"month": month, "commitment": commitment})
    return Decision(records=(record,), events=(event,))


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def drawn(record: Sampling, world: World) -> Decision:
    """The month is over: each team's cases are drawn and put before the inspectors; the seed is on record for all."""
    zone = world.town.district.zone
    end = calendar.moment(_next(calendar.local(record.start, zone).date()), 0, zone)
    closed = world.closed_between(record.start, end)
    teams = {it.id for it in draws.checked_teams(world.town.district)}
    samples = tuple(_sample(team, record, closed, world) for team in sorted(teams & {team for _, team in closed}))
    event = Event(
        kind="samples_drawn",
        at=world.now,
        data={"month": record.id, "seed": record.seed, "drawn": [[it.team, *it.numbers] for it in samples]},
    )
    return Decision(
        records=(replace(record, open=False, due_at=None), *samples),
        events=(event,),
        notices=tuple(notice for it in samples for notice in sheets(it, world)),
    )


def _sample(team: str, record: Sampling, closed: tuple[tuple[str, str], ...], world: World) -> Sample:
    return Sample(
        id=f"{team}.{record.id}",
        due_at=world.now + JUDGED_WITHIN,
        team=team,
        month=record.id,
        numbers=draw.sample(record.seed, team, (no for no, of in closed if of == team), EACH),
    )


def sheets(record: Sample, world: World) -> tuple[Notice, ...]:
    """The living list of a team's cases, in the inspectors' chat."""
    params = _told(record, world)
    told = (
        say.staff(chat, "sample.sheet", world.town, lane=Lane.DIGEST, params=params, keys=_keys(record))
        for chat in draws.inspectors(world.town.district)
    )
    return tuple(replace(it, slot=record_ref("sample", record.id)) for it in told if it is not None)


def _told(record: Sample, world: World) -> dict[str, Json]:
    found = {it.no: it for it in world.cases_of(record.numbers)}
    true, notes = {it.no: it.true for it in record.verdicts}, dict(record.notes)
    rows: list[Json] = [
        {
            "index": index,
            **_case(found.get(no), no),
            "outcome": None if no not in true else "true" if true[no] else "false",
            "note": notes.get(no),
        }
        for index, no in enumerate(record.numbers, start=1)
    ]
    return {"station": record.team, "month": int(record.month[5:]), "rows": rows, "judged": [len(true), len(rows)]}


def _case(case: Case | None, no: str) -> dict[str, Json]:
    if case is None:
        return {"no": no}
    return {
        "no": no,
        "category": case.category,
        "place": case.place.label if case.place else None,
        "closed_at": say.iso(case.closed_at),
        "person": case.handler,
    }


def _keys(record: Sample) -> tuple[tuple[Key, ...], ...]:
    """Both answers for a case, and for one that was judged the other answer."""
    true = {it.no: it.true for it in record.verdicts}
    rows = (
        tuple(
            _key(record, index, verdict=verdict)
            for verdict in (True, False)
            if no not in true or true[no] is not verdict
        )
        for index, no in enumerate(record.numbers)
    )
    return tuple(rows) if record.open else ()


def _key(record: Sample, index: int, *, verdict: bool) -> Key:
    label, action = ("btn.sample_true", "kt") if verdict else ("btn.sample_false", "kf")
    press = Press(action=action, case=record_ref("sample", record.id), arg=str(index))
    return Key(label=label, press=press, params={"index": index + 1})


def judge(command: Pressed, world: World) -> Decision:
    """属实 or 不属实, by an inspector who did not work on it."""
    record, press = world.record, command.press
    person = world.town.district.person(command.sender.user_id)
    if not isinstance(record, Sample) or not record.open or press is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    index = int(press.arg) if press.arg.isdecimal() else len(record.numbers)
    if index >= len(record.numbers):
        return Decision(answer=say.answer(world, "ans.unknown"))
    no = record.numbers[index]
    handler = next((it.handler for it in world.cases_of((no,))), None)
    if not _inspects(person, record, world) or person is None or handler == person.id:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    verdict = Verdict(no=no, true=press.action == "kt", by=person.id)
    after = replace(record, verdicts=(*(it for it in record.verdicts if it.no != no), verdict))
    event = _event("sample_result", after, world, person.id, case=no, person=handler, true=verdict.true)
    return Decision(records=(after,), events=(event,), notices=sheets(after, world), answer=say.answer(world, "ans.ok"))


def _inspects(person: Person | None, record: Sample, world: World) -> bool:
    return draws.is_inspector(person, world.town.district) and person is not None and person.team != record.team


def _event(kind: str, record: Sample, world: World, actor: str | None = None, **data: object) -> Event:
    return Event(kind=kind, at=world.now, actor=actor, data={"sample": record.id, "team": record.team, **data})


def replied(command: Spoke, world: World) -> Decision | None:
    """A note: a reply to the list that begins with a case's place in it (3 电话没人接). None for anything else."""
    record, said = world.record, _NOTE.fullmatch(command.text.strip())
    person = world.town.district.person(command.sender.user_id)
    if not isinstance(record, Sample) or said is None or not record.open or not _inspects(person, record, world):
        return None
    index = int(said[1]) - 1
    if not 0 <= index < len(record.numbers):
        return None
    no, words = record.numbers[index], public_form(said[2].strip())[:LONGEST_NOTE]
    after = replace(record, notes=(*(it for it in record.notes if it[0] != no), (no, words)))
    return Decision(records=(after,), notices=sheets(after, world))


def over(record: Sample, world: World) -> Decision:
    """Two weeks later it is done: the head of the team learns how it came out; what nobody asked about counts not."""
    after = replace(record, open=False, due_at=None)
    true, judged = sum(it.true for it in record.verdicts), len(record.verdicts)
    event = _event("sample_over", after, world, true=true, judged=judged, drawn=len(record.numbers))
    head = world.town.district.head(record.team)
    params: dict[str, Json] = {
        "station": record.team, "month": int(record.month[5:]), "share": [true, judged] if judged else None,
    }  # fmt: skip
    told = say.staff(head.tg_id if head and judged else None, "sample.told", world.town, params=params)
    notices = (*sheets(after, world), *((told,) if told else ()))
    return Decision(records=(after,), events=(event,), notices=notices)
