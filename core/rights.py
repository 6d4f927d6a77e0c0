"""Who may press (DESIGN §6): a person of the team that was offered the case — its head always, others while on duty.

Being a member of the Telegram group grants nothing; the person is known by the account that pressed.
"""

from core.case import Case
from core.district import District, Person
from core.roster import OnDuty

GRID_HEAD = "网格长"


def is_head(person: Person, team: str, district: District) -> bool:
    """Whether this person leads the team (点长)."""
    head = district.head(team)
    return head is not None and head.id == person.id


def belongs(person: Person, team: str, district: District) -> bool:
    """Whether this person is of the team, on duty or not."""
    if team == f"person:{person.id}":
        return True
    return is_head(person, team, district) or any(it.id == person.id for it in district.members(team))


def present(person: Person, team: str, on_duty: tuple[OnDuty, ...]) -> bool:
    """Whether this person has signed in with the team and is not away."""
    return any(it.team == team and person.id in it.present for it in on_duty)


def may_act(person: Person, team: str, district: District, on_duty: tuple[OnDuty, ...]) -> bool:
    """Whether this person may press for the team now. The centre's seats answer whether or not they signed in:
    somebody must always be able to take what nobody takes."""
    if not belongs(person, team, district):
        return False
    exempt = team in {f"person:{person.id}", district.centre_team} or is_head(person, team, district)
    return exempt or present(person, team, on_duty)


def heads_grid(person: Person, case: Case, district: District) -> bool:
    """Whether this person is the head of the case's grid, who may assign and whose word counts as proof of arrival."""
    head = district.grid_head(case.place.grid if case.place else None)
    return head is not None and head.id == person.id
