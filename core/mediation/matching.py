"""The right mediator: kind, skill, language, load, and no conflict of interest (mechanisms F17, F32, F50).

One owner, who has a dispute until it is filed; others may sit in, up to a panel of four (F65). Two for orange ones.
"""

from collections.abc import Iterable, Mapping

from core.district import District, Mediates, Person
from core.mediation.life import ENDED
from core.records.mediation import SIDES, Dispute

PANEL = 4  # the owner included
TWO_FROM = frozenset({"橙", "红"})  # grades that want two mediators (disputes.md, Grades)


def conflict(person: Person, dispute: Dispute) -> bool:
    """回避: a party themselves, of the same stairwell, or somebody who said that they are too near (F32)."""
    if person.tg_id is not None and any(dispute.party(side).user == person.tg_id for side in SIDES):
        return True
    home = person.mediates.stairwell if person.mediates else ""
    return person.id in dispute.conflicts or (home != "" and home == dispute.stairwell)


def may_own(person: Person, dispute: Dispute) -> bool:
    """Whether this person may have the dispute: a mediator who is no trainee, can be reached and is not too near."""
    mediates = person.mediates
    return mediates is not None and not mediates.trainee and person.tg_id is not None and not conflict(person, dispute)


def loads(disputes: Iterable[Dispute]) -> Mapping[str, int]:
    """How many disputes that go on each person owns."""
    found: dict[str, int] = {}
    for it in disputes:
        if it.owner is not None and it.step not in ENDED:
            found[it.owner] = found.get(it.owner, 0) + 1
    return found


def ranked(dispute: Dispute, district: District, load: Mapping[str, int]) -> tuple[Person, ...]:
    """Who may own it, the best first: in the parties' languages, knows the kind, of the same community, has least."""
    able = (it for it in district.people if may_own(it, dispute))
    community = district.community_of_grid(dispute.grid)
    home = community.id if community else None

    def rank(person: Person) -> tuple[int, int, int, int, str]:
        mediates = person.mediates or Mediates()
        foreign = sum(it not in _spoken(mediates) for it in _languages(dispute))
        knows = dispute.kind in mediates.kinds or dispute.kind[:2] in mediates.kinds
        return foreign, 0 if knows else 1, 0 if person.community == home else 1, load.get(person.id, 0), person.id

    return tuple(sorted(able, key=rank))


def trainees(dispute: Dispute, district: District) -> tuple[Person, ...]:
    """Who learns and is not too near."""
    learning = (it for it in district.people if it.mediates is not None and it.mediates.trainee)
    return tuple(it for it in learning if it.tg_id is not None and not conflict(it, dispute))


def _languages(dispute: Dispute) -> frozenset[str]:
    """What both sides speak, as far as it is known: traditional characters are the same Chinese."""
    sides = (dispute.party(side) for side in SIDES)
    return frozenset(_plain(it.language) for it in sides if it.user is not None)


def _spoken(mediates: Mediates) -> frozenset[str]:
    return frozenset(map(_plain, mediates.languages))


def _plain(language: str) -> str:
    return language.partition("-")[0]
