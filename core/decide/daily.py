"""The grid head's daily digest and the short one of the day so far, from the event log alone (figures.md)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core import calendar, digest, rights, roster
from core.case import Event
from core.decide import people, reports, say
from core.digest import Mediation
from core.district import Person
from core.figures.late import Late
from core.figures.lists import behind, behind_ledger, behind_post
from core.figures.log import Entry, Window
from core.figures.mediation import KINDS, Ledger, ledger
from core.figures.metrics import Figures, metrics_of
from core.figures.post import posts
from core.figures.shares import Share
from core.figures.story import by_grid
from core.messages import DigestDue, Json, Key, Notice, Ordered, Press, Pressed, record_ref
from core.records import Brief, Report
from core.world import Decision, LogLine, World

BRIEF_AT = 17 * 60 + 20  # the short version, for whoever asked for it (figures.md, Window)


def due(command: DigestDue, world: World) -> Decision:
    """Each grid's digest goes to its head; to the centre when the grid has none."""
    log, window = entries(world.log), Window(*command.window)
    grids = [it.id for it in world.town.district.grids]
    told = world.told_of(window)
    read = by_grid(told.at[window.end])
    found = metrics_of(read, log, window, grids, world.town.calendar, resting=told.resting)
    beside = tuple(it for it in log if it.kind in KINDS)
    books = {grid: ledger(beside, window, grid) for grid in grids}
    counts = posts(read[None], log, window, {grid: teams_of(grid, world) for grid in grids})
    made = [
        reports.made(
            "day",
            command.day,
            found[grid],
            world,
            book=books[grid],
            told=params(found[grid], books[grid], world),
            post=counts[grid],
        )
        for grid in grids
    ]
    kept = [it for it in made if it is not None]
    return Decision(
        records=tuple(record for record, _ in kept), notices=tuple(notice for _, said in kept for notice in said)
    )


def teams_of(grid: str | None, world: World) -> tuple[str, ...] | None:
    """Whose duty is a grid's own: that of its post. Of the street everybody's."""
    if grid is None:
        return None
    district = world.town.district
    found = district.grid(grid)
    team = district.team_of_station(found.station) if found else None
    return (team.id,) if team else ()


def entries(log: Iterable[LogLine]) -> tuple[Entry, ...]:
    """The history as the figures read it; events that no figure is made of are passed over there."""
    return tuple(
        Entry(case=it.case, at=it.event.at, kind=it.event.kind, actor=it.event.actor, data=it.event.data) for it in log
    )


def params(figures: Figures, book: Ledger, world: World) -> dict[str, Json]:
    """The digest as plain values, each recomputed from the log."""
    mediation = Mediation(open=len(book.open), due_today=book.due_today)
    made = digest.digest(figures, world.town.calendar, _duty(figures.grid, world), mediation)
    spots: list[Json] = [
        {
            "place": spot.place,
            "count": len(spot.cases),
            "reports": spot.reports,
            "category": spot.kinds[0][0] if spot.kinds else None,
            "days": spot.days,
            "overdue": spot.overdue,
        }
        for spot in made.hot_spots
    ]
    duty: list[Json] = [{"team": line.team, "group": line.group, "people": line.people} for line in made.duty]
    return {
        "grid": figures.grid,
        "date": made.day.isoformat(),
        "attention": [late(it, figures.window.end) for it in made.attention],
        "more": made.more,
        "figures": numbers(figures),
        "spots": spots,
        "mediation": {"open": made.mediation.open, "due_today": made.mediation.due_today},
        "duty": duty,
    }


def late(it: Late, end: datetime) -> dict[str, Json]:
    """A line of what has to be looked at; of a sealed matter its number alone (privacy.md)."""
    over = max(int((end - it.due).total_seconds()), 0)
    if it.sealed:
        return {"no": it.case, "what": it.why, "over": over, "sealed": True}
    return {"no": it.case, "what": it.why, "category": it.category, "place": it.place, "over": over}


def _duty(name: str | None, world: World) -> tuple[roster.Rostered, ...]:
    """Who is planned at the grid's own post now; before the day begins, as it begins: the night goes home by then."""
    district = world.town.district
    start = district.options.service_hours.start
    today = calendar.moment(calendar.local(world.now, district.zone).date(), start, district.zone)
    at = max(world.now, today)
    grid = district.grid(name)
    team = district.team_of_station(grid.station) if grid else None
    return roster.rostered(team, at, district, world.town.holidays, world.presence.changes) if team else ()


def _pair(share: Share) -> list[Json]:
    return [share.n, share.of]


def numbers(figures: Figures) -> dict[str, Json]:
    """The core figures."""
    split: dict[str, Json] = {source: len(ids) for source, ids in figures.by_source.items() if ids}
    return {
        "new": len(figures.new),
        "split": split,
        "merged": len(figures.merged),
        "spam": len(figures.spam),
        "cancelled": len(figures.cancelled),
        "ack_on_time": _pair(figures.ack_on_time),
        "arrive_on_time": _pair(figures.arrive_on_time),
        "close_on_time": _pair(figures.close_on_time),
        "closed": len(figures.closed),
        "auto_closed": len(figures.auto_closed),
        "reopened": len(figures.reopened),
        "response_median_min": figures.response_min.median,
        "response_mean_min": figures.response_min.mean,
        "handling_median_h": figures.handling_h.median,
        "handling_mean_h": figures.handling_h.mean,
        "arrival_median_min": figures.arrival_min.median,
        "arrival_mean_min": figures.arrival_min.mean,
        "satisfied": _pair(figures.satisfied),
        "rated": _pair(figures.rated),
        "solved": _pair(figures.solved),
        "overdue_open": len(figures.overdue_open),
        "unacked_overdue": len(figures.unacked_overdue),
    }


def ordered(command: Ordered, world: World) -> Decision:
    """/digest: the day so far, of one's own grid; a button asks for it every afternoon."""
    person = world.town.district.person(command.sender.user_id)
    grids = grids_of(person, world) if person else ()
    if person is None or not grids:
        return Decision(notices=(people.tell(command, world, "digest.nothing"),))
    asked = any(it.person == person.id for it in world.of(Brief))
    records, told = briefs(person, grids, command.chat, world)
    offer = _offer(person, asked=asked)
    return Decision(records=records, notices=(*told[:-1], replace(told[-1], keys=(*told[-1].keys, offer))))


def grids_of(person: Person, world: World) -> tuple[str | None, ...]:
    """Whose day somebody may ask for: the grids they head, else where they stand in; the street for the centre."""
    district = world.town.district
    if rights.belongs(person, district.centre_team, district):
        return (None,)
    headed = tuple(it.id for it in district.grids if it.head == person.id)
    return headed or tuple(it.id for it in district.grids if rights.reads_figures(person, it.id, district))


def briefs(
    person: Person, grids: Iterable[str | None], chat: int, world: World
) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """The short versions, with the lists behind their figures; nobody has to sign that they were read."""
    zone, log = world.town.district.zone, entries(world.log)
    today = calendar.local(world.now, zone).date()
    window = Window(calendar.moment(today, 0, zone), world.now)
    records: list[Report] = []
    known = world.told_of(window)
    read = by_grid(known.at[window.end])
    counts = posts(read[None], log, window, {grid: teams_of(grid, world) for grid in grids})
    made = metrics_of(read, log, window, tuple(grids), world.town.calendar, resting=known.resting)
    for grid, figures in made.items():
        name = f"{reports.name_of(today, 'brief', grid)}.{reports.plain(person.id)}.{world.now:%H%M%S}"
        book = ledger(log, window, grid)
        lists = (*behind(figures), *behind_ledger(book), *behind_post(counts[grid]))
        told = {**params(figures, book, world), "scope": "brief"}
        records.append(
            Report(id=name, kind="brief", grid=grid, day=today, chat=chat, told=told, lists=lists, open=False)
        )
    return tuple(records), tuple(said for it in records for said in reports.messages(it, chat, world))


def _offer(person: Person, *, asked: bool) -> tuple[Key, ...]:
    press = Press(action="fb", case=record_ref("brief", reports.plain(person.id)), arg="off" if asked else "on")
    return (Key(label="btn.brief_off" if asked else "btn.brief_on", press=press),)


def subscribe(command: Pressed, world: World) -> Decision:
    """The short version every day at 17:20, or no more; everybody for themselves."""
    person, press = world.town.district.person(command.sender.user_id), command.press
    name = press.record[1] if press and press.record else ""
    if person is None or name != reports.plain(person.id) or not grids_of(person, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    known = world.record if isinstance(world.record, Brief) else Brief(id=name, person=person.id, open=False)
    wanted = press is not None and press.arg == "on"
    record = replace(known, open=wanted, due_at=_next_brief(world) if wanted else None)
    return Decision(
        records=(record,) if record != known else (),
        events=(Event(kind="brief_asked", at=world.now, actor=person.id, data={"on": wanted}),),
        answer=say.answer(world, "ans.brief_on" if wanted else "ans.brief_off"),
    )


def _next_brief(world: World) -> datetime:
    zone = world.town.district.zone
    today = calendar.local(world.now, zone).date()
    at = calendar.moment(today, BRIEF_AT, zone)
    return at if at > world.now else calendar.moment(today + timedelta(days=1), BRIEF_AT, zone)


def brief(record: Brief, world: World) -> Decision:
    """17:20. Who is no colleague any more, or reads no grid, is asked nothing and gets nothing."""
    person = world.town.district.member(record.person)
    grids = grids_of(person, world) if person else ()
    if person is None or person.tg_id is None or not grids:
        return Decision(records=(replace(record, open=False, due_at=None),))
    made, told = briefs(person, grids, person.tg_id, world)
    return Decision(records=(replace(record, due_at=_next_brief(world)), *made), notices=told)
