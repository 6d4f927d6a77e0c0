"""Who may press (DESIGN §6): a person of the team that was offered the case — its head always, others while on duty.

Being a member of the Telegram group grants nothing; the person is known by the account that pressed.
"""

from core.case import Case
from core.district import District, Grid, Person, Power
from core.roster import OnDuty
from core.search import Scope
from core.town import Town

GRID_HEAD = "网格长"
DEPUTY, STANDING_IN = "副网格长", ("副书记", "社区民警")


def administers(account: int, town: Town) -> bool:
    """Whether an account decides who may what: the operator's administrators, and whoever is one of the town."""
    person = town.district.person(account)
    return account in town.admins or (person is not None and person in administrators(town))


def administrators(town: Town) -> tuple[Person, ...]:
    """The people of the town who do, to be asked by those who may not: the head of the centre and whoever was given it;
    the centre's seats where there would be nobody at all."""
    district = town.district
    head = district.head(district.centre_team)
    named = tuple(it for it in district.people if it == head or holds(it, "administration"))
    return named if named or town.admins else district.members(district.centre_team)


def holds(person: Person, power: Power) -> bool:
    """Whether somebody was given this by name."""
    return power in person.powers


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
    if present(person, team, on_duty):
        return True
    if not belongs(person, team, district):
        return False
    return team in {f"person:{person.id}", district.centre_team} or is_head(person, team, district)


def heads_grid(person: Person, case: Case, district: District) -> bool:
    """Whether this person is the head of the case's grid, who may assign and whose word counts as proof of arrival."""
    head = district.grid_head(case.place.grid if case.place else None)
    return head is not None and head.id == person.id


def deputies(grid: str | None, district: District) -> tuple[Person, ...]:
    """副网格长 of a grid (mechanism F59): named so in their role, else deputy secretary and police officer of the
    community, else the grid worker; who has no account comes last."""
    community, head = district.community_of_grid(grid), district.grid_head(grid)
    found: tuple[Person, ...] = ()
    if community is not None:
        words = DEPUTY, *STANDING_IN
        roles = {word: district.with_role(word, community.id) for word in words}
        found = roles[DEPUTY] or tuple(it for word in STANDING_IN for it in roles[word])
    worker = district.grid_worker(grid)
    everybody = dict.fromkeys((*found, *((worker,) if worker else ())))
    return tuple(sorted((it for it in everybody if it != head), key=lambda it: it.tg_id is None))


def reads_of(person: Person, grid: str | None, district: District) -> bool:
    """Whether somebody may read the figures of a grid and the lists behind them: its head and deputies, its community's
    secretary, the centre. Those of the whole street (None) are the centre's."""
    if belongs(person, district.centre_team, district):
        return True
    community = district.community_of_grid(grid)
    secretary = district.secretary(community.id) if community else None
    return grid is not None and person in {district.grid_head(grid), secretary, *deputies(grid, district)}


def reads_figures(person: Person, grid: str | None, district: District) -> bool:
    """The same of figures alone, without the disputes behind them: whoever was given statistics for no place of their
    own reads those of every grid too."""
    everywhere = (person.team, person.grid, person.community) == (None, None, None)
    return (holds(person, "statistics") and everywhere) or reads_of(person, grid, district)


def part(person: Person | None, district: District) -> str:
    """Whose commands are offered: a resident's, a colleague's, or those of whoever answers for others as well."""
    if person is None:
        return "resident"
    oversees = belongs(person, district.centre_team, district) or any(
        _leads(person, it, district) for it in district.grids
    )
    leads = oversees or any(is_head(person, it.id, district) for it in district.teams)
    return "head" if leads or district.secretary(person.community) == person else "staff"


def scope_of(person: Person, district: District) -> Scope:
    """Whose cases this person may find: their teams' and grids', of which they may be head or deputy, a secretary's
    community; all of them for the centre."""
    teams = tuple(it.id for it in district.teams if belongs(person, it.id, district))
    secretary = district.secretary(person.community)
    whole = person.community if secretary is not None and secretary.id == person.id else None
    grids = tuple(
        it.id for it in district.grids if person.grid == it.id or _of(it, whole) or _leads(person, it, district)
    )
    return Scope(everything=district.centre_team in teams, teams=teams, grids=grids, alone=f"person:{person.id}")


def _leads(person: Person, grid: Grid, district: District) -> bool:
    if person.id == grid.head:
        return True
    named = person.id == grid.worker or any(word in person.role for word in (DEPUTY, *STANDING_IN))
    return named and any(it.id == person.id for it in deputies(grid.id, district))


def answers_for(person: Person, grid: Grid, district: District) -> bool:
    """Whether a grid is somebody's: as its head, one of the deputies, or its worker."""
    return person.id == grid.worker or _leads(person, grid, district)


def _of(grid: Grid, community: str | None) -> bool:
    return community is not None and grid.community == community


def scope_in(chat: int, person: Person, district: District) -> Scope | None:
    """What may be found in a group, where all its members read along: its team's cases, no sealed one; all of them in
    the centre's. None for a person of no such team."""
    team = district.team_of_chat(chat)
    if team is None or not belongs(person, team.id, district):
        return None
    return Scope(everything=team.id == district.centre_team, teams=(team.id,))
