"""A date that was promised (已知,按计划) for one team says nothing of when another one comes."""

from core.case import Case
from core.decide import say
from core.messages import Notice
from core.world import World


def others_promise(case: Case, world: World) -> bool:
    """Whether the case has gone to another team while the ladder stands still for a promise that was there before; who
    promised and has it now keeps the word."""
    before, known = world.case, case.known
    if before is None or before.no != case.no or known is None or known.until is None or known != before.known:
        return False
    return before.team is not None and case.team not in {before.team, f"person:{known.by}"}


def told(case: Case, world: World) -> Notice | None:
    """To whoever promised, in private: the ladder goes on, and a new date can be set."""
    known = case.known
    person = world.town.district.member(known.by) if known else None
    if known is None or known.until is None or known.until <= world.now or person is None or case.sealed:
        return None
    params = {"team": case.team, "until": say.iso(known.until)}
    return say.staff(person.tg_id, "plan.dropped", world.town, case=case, params=params)
