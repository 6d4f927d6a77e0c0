"""Whoever reported the same matter follows one case, and hears of it under their own number (life.md row 31)."""

from collections.abc import Iterable
from dataclasses import replace

from core.case import Case, Status
from core.decide import say
from core.messages import Bond, Notice
from core.world import World

# What all of them hear; of the steps between only what changes the end.
SHARED = frozenset(
    {
        "case.referred", "case.extended", "case.done_confirm", "case.autoclose_warn", "case.closed_auto",
        "case.reopened", "case.rejected", "case.checked_again",
    }
)  # fmt: skip


def members(case: Case, world: World) -> tuple[Case, ...]:
    """The cases that follow this one: one per person, none of the first reporter's own. Raises CasesNeeded."""
    found: dict[int, Case] = {}
    for it in world.cases_of(case.joined) if case.joined else ():
        if it.status is Status.MERGED and it.into == case.no and it.reporter != case.reporter:
            found.setdefault(it.reporter, it)
    return tuple(it for it in found.values() if it.erased_at is None)


def follows(user: int, case: Case, world: World) -> bool:
    """Whether somebody's own case was merged into this one; looks at the cases of whoever asks."""
    return any(it.reporter == user and it.status is Status.MERGED and it.into == case.no for it in world.cases)


def shared(notices: Iterable[Notice], case: Case, world: World) -> tuple[Notice, ...]:
    """The same words to everybody who follows, in their language; buttons stay those of the one case."""
    told = [it for it in notices if it.to == case.reporter and it.kind in SHARED]
    if not told or not case.joined:
        return ()
    return tuple(passed_on(it, member) for it in told for member in members(case, world))


def passed_on(notice: Notice, member: Case) -> Notice:
    """A notice to the reporter as somebody who follows gets it."""
    params = {**notice.params, "no": member.no} if "no" in notice.params else notice.params
    return replace(notice, to=member.reporter, language=member.language, case=member.no, params=params)


def group_told(case: Case, world: World) -> tuple[Notice, ...]:
    """The residents' group in which it was told hears that it is solved, and nothing else of it (mechanism F40)."""
    if case.group is None or case.sealed or case.status is not Status.CLOSED:
        return ()
    told = say.staff(case.group, "group.solved", world.town, case=case)
    return (told,) if told is not None else ()


def ended(case: Case, world: World) -> tuple[Bond, ...]:
    """The case has ended with this decision: those that follow it end for good."""
    return tuple(Bond(at=world.now, case=no, other=case.no, kind="ended") for no in case.joined)
