"""The weekly report of each grid and of the street, Monday 08:00 (figures.md, last paragraph)."""

from collections.abc import Mapping

from core import weekly
from core.decide import daily, reports, say
from core.figures.lists import POST
from core.figures.log import Window
from core.figures.metrics import Figures
from core.figures.shares import Share
from core.messages import Json, WeekDue
from core.weekly import Week
from core.world import Decision, World

SHARES: Mapping[str, str] = {"ack": "ack_on_time", "close": "close_on_time", "satisfied": "satisfied"}


def due(command: WeekDue, world: World) -> Decision:
    """Each grid's to its head, the street's to the centre; one reading of the log for all."""
    town, window = world.town, Window(*command.window)
    told = world.told_of(Window(window.start - weekly.WEEK, window.end), window.start, window.end)
    past = weekly.past(told, daily.entries(world.log), daily.entries(world.counts), window, town.calendar)
    weeks = [weekly.week(past, grid, daily.teams_of(grid, world), town.calendar) for grid in (None, *_grids(world))]
    made = [
        reports.made(
            "week",
            command.day,
            it.figures,
            world,
            book=it.beside.mediation,
            post=it.post,
            told=params(it),
            picture=picture(it),
        )
        for it in weeks
    ]
    kept = [it for it in made if it is not None]
    return Decision(
        records=tuple(record for record, _ in kept), notices=tuple(notice for _, said in kept for notice in said)
    )


def _grids(world: World) -> tuple[str, ...]:
    return tuple(it.id for it in world.town.district.grids)


def params(it: Week) -> dict[str, Json]:
    """The report as plain values."""
    end = it.figures.window.end
    duty = it.beside
    return {
        "grid": it.grid,
        "date": it.days[0].day.isoformat(),
        "until": it.days[-1].day.isoformat(),
        "days": _days(it),
        "usual": _usual(it),
        "figures": daily.numbers(it.figures),
        "before": _before(it.before),
        "categories": [{"category": code, "count": count} for code, count in it.categories],
        "compounds": [{"compound": name, "count": count} for name, count in it.compounds],
        "sealed": it.sealed,
        "attention": [
            {**daily.late(late, end), "team": late.team, "person": late.person, "stuck": late.stuck, "dept": late.dept}
            for late in it.attention
        ],
        "more": it.more,
        "held": [_held(one) for one in it.held],
        "whistles": [
            {"target": dept, "count": len(one.sent), "in_time": pair(one.in_time), "returned": len(one.returned)}
            for dept, one in it.whistles.items()
        ],
        "attendance": [duty.attendance.there, duty.attendance.planned],
        "checks": pair(duty.checks),
        "points": pair(duty.points),
        "visits": pair(duty.visits),
        "suggestions": pair(duty.suggestions),
        "mediation": _mediation(it),
        "post": {name: len(of(it.post)) for name, of in POST.items()} if it.post else None,
        "thanks": [{"person": one.person, "count": one.cases, "text": one.words} for one in it.thanks],
        "praised": [{"team": team, "count": count} for team, count in it.praised],
        "todo": [{"kind": one.kind, "count": one.count, "place": one.place} for one in it.todo],
        **_others(it.figures),
        "small": it.small,
    }


def _others(figures: Figures) -> dict[str, Json]:
    """The figures that a day's report leaves out."""
    return {
        "repeated": pair(figures.repeated),
        "closed_of_new": pair(figures.closed_of_new),
        "not_yet_due": len(figures.not_yet_due),
        "declined": pair(figures.declined),
        "transfers": figures.transfers,
        "self_found": pair(figures.self_found),
        "closed_ever": pair(figures.closed_ever),
    }


def pair(share: Share) -> list[Json]:
    """A share as it travels."""
    return [share.n, share.of]


def _days(it: Week) -> list[Json]:
    return [{"day": one.day.isoformat(), "new": one.new, "closed": one.closed, "usual": one.usual} for one in it.days]


def _usual(it: Week) -> float | None:
    """New cases of a usual week; None while a day of it is not known yet."""
    known = [one.usual for one in it.days if one.usual is not None]
    return sum(known) if len(known) == len(it.days) else None


def _before(figures: Figures) -> dict[str, Json]:
    return {"new": len(figures.new), "closed": len(figures.closed)} | {
        name: pair(getattr(figures, field)) for name, field in SHARES.items()
    }


def _held(one: weekly.Held) -> dict[str, Json]:
    if one.sealed:
        return {"no": one.case, "sealed": True, "until": say.iso(one.until)}
    return {
        "no": one.case, "category": one.category, "place": one.place, "until": say.iso(one.until), "reason": one.reason
    }  # fmt: skip


def _mediation(it: Week) -> dict[str, Json]:
    book = it.beside.mediation
    return {
        "taken": len(book.taken),
        "open": len(book.open),
        "settled": len(book.settled),
        "failed": len(book.failed),
        "success": pair(book.success),
        "performed": pair(book.performed),
        "followups": pair(book.followups),
        "oldest_at": say.iso(book.oldest),
        "red": len(book.red),
    }


def picture(it: Week) -> dict[str, Json]:
    """What the picture shows: the days, the kinds, the places; codes and ids, named where it is drawn."""
    return {
        "grid": it.grid,
        "date": it.days[0].day.isoformat(),
        "until": it.days[-1].day.isoformat(),
        "days": _days(it),
        "categories": [{"category": code, "count": count} for code, count in it.categories],
        "compounds": [{"compound": name, "count": count} for name, count in it.compounds],
    }
