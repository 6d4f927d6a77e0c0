"""/checks: the month's spot checks — all for the inspectors and the centre, for anybody else their own (F25)."""

from core import calendar, rights
from core.decide import draws, people
from core.decide.daily import entries
from core.district import Person
from core.figures.checks import RESULTS, SpotChecks, sampled, spot_checks
from core.figures.log import Window
from core.figures.shares import Share
from core.messages import Json, Ordered
from core.world import Decision, World


def month(command: Ordered, world: World) -> Decision:
    """The month so far. Nobody but the inspectors and the centre sees another's results; a head sees the post's."""
    person = world.town.district.person(command.sender.user_id)
    if person is None:
        return Decision(notices=(people.tell(command, world, "duty.not_staff"),))
    everything = _sees_all(person, world)
    team = None if everything else _headed(person, world)
    own = None if everything or team else person.id
    log, window = entries(world.log), _month(world)
    found = spot_checks(log, window, team, own)
    read_again = (str(it.data["team"]) for it in log if it.kind == "sample_result" and window.holds(it.at))
    each = dict.fromkeys((*found.teams, *read_again)) if everything else ()
    params: dict[str, Json] = {
        "month": calendar.local(world.now, world.town.district.zone).month,
        "teams": len(found.teams) if everything else None,
        "of": len(draws.checked_teams(world.town.district)) if everything else None,
        "person": own,
        "station": team,
        **_counts(found),
        "papers": _papers(sampled(log, window, team, own)),
        "rows": [
            {"team": it, **_counts(spot_checks(log, window, it)), "papers": _papers(sampled(log, window, it))}
            for it in each
        ],
    }
    return Decision(notices=(people.tell(command, world, "check.month", params=params, menu="staff"),))


def _month(world: World) -> Window:
    zone = world.town.district.zone
    first = calendar.local(world.now, zone).date().replace(day=1)
    return Window(calendar.moment(first, 0, zone), world.now)


def _sees_all(person: Person, world: World) -> bool:
    district = world.town.district
    return draws.is_inspector(person, district) or rights.belongs(person, district.centre_team, district)


def _headed(person: Person, world: World) -> str | None:
    """The team that this person leads."""
    district = world.town.district
    return next((it.id for it in district.teams if rights.is_head(person, it.id, district)), None)


def _papers(found: Share) -> Json:
    return [found.n, found.of] if found.of else None


def _counts(found: SpotChecks) -> dict[str, Json]:
    results: list[Json] = [{"outcome": it, "count": found.results[it]} for it in RESULTS if it in found.results]
    return {"answered": [found.answered.n, found.answered.of], "results": results}
