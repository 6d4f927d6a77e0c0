"""The grid head's daily digest, from the event log alone (figures.md)."""

from collections.abc import Iterable

from core import digest, roster
from core.decide import say
from core.figures.log import Entry, Window
from core.figures.metrics import Figures, metrics
from core.figures.shares import Share
from core.messages import DigestDue, Json, Lane
from core.world import Decision, LogLine, World


def due(command: DigestDue, world: World) -> Decision:
    """The digest goes to the head of the grid; to the centre when the grid has none."""
    district = world.town.district
    head = district.grid_head(command.grid)
    chat = head.tg_id if head and head.tg_id else district.centre_chat()
    figures = metrics(entries(world.log), Window(*command.window), command.grid, world.town.calendar)
    keys = ((say.key("btn.read", "rd", None, f"{command.grid}@{command.day:%y%m%d}"),),)
    notice = say.staff(chat, "digest", world.town, lane=Lane.DIGEST, keys=keys, params=params(command, figures, world))
    return Decision(notices=(notice,) if notice else ())


def entries(log: Iterable[LogLine]) -> tuple[Entry, ...]:
    """The history as the figures read it; events that no figure is made of are passed over there."""
    return tuple(Entry(case=it.case, at=it.event.at, kind=it.event.kind, data=it.event.data) for it in log)


def params(command: DigestDue, figures: Figures, world: World) -> dict[str, Json]:
    """The digest as plain values, each recomputed from the log."""
    made = digest.digest(figures, world.town.calendar, _duty(command, world), digest.Mediation(open=0, due_today=0))
    attention: list[Json] = [
        {
            "no": late.case,
            "what": late.why,
            "category": late.category,
            "place": late.place,
            "over": max(int((figures.window.end - late.due).total_seconds()), 0),
        }
        for late in made.attention
    ]
    spots: list[Json] = [
        {
            "place": spot.place,
            "count": len(spot.cases),
            "reports": spot.reports,
            "category": spot.kinds[0][0],
            "days": 30,
        }
        for spot in made.hot_spots
    ]
    duty: list[Json] = [{"team": line.team, "group": line.group, "people": line.people} for line in made.duty]
    return {
        "grid": command.grid,
        "date": command.day.isoformat(),
        "attention": attention,
        "more": made.more,
        "figures": numbers(figures),
        "spots": spots,
        "duty": duty,
    }


def _duty(command: DigestDue, world: World) -> tuple[roster.Rostered, ...]:
    """Who is planned at the grid's own post now."""
    district = world.town.district
    grid = district.grid(command.grid)
    team = district.team_of_station(grid.station) if grid else None
    return roster.rostered(team, world.now, district, world.town.holidays) if team else ()


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
        "satisfied": _pair(figures.satisfied),
        "rated": _pair(figures.rated),
        "solved": _pair(figures.solved),
        "overdue_open": len(figures.overdue_open),
        "unacked_overdue": len(figures.unacked_overdue),
    }


def read(world: World) -> Decision:
    """我已阅: noted for whoever asks later; the deputy's noon comes with the deputies."""
    return Decision(answer=say.answer(world, "ans.read"))
