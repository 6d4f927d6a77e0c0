"""One case of somebody who has left, decided in the town as it is without them."""

from dataclasses import replace

from core import rights
from core.case import ENDED, Case, Offer
from core.decide import cards, patrol
from core.decide.turn import Turn, begin
from core.district import District, Person
from core.messages import HandedOn
from core.world import Decision, World

OFFICER = "社区民警"
STANDING = frozenset({"open", "accepted"})


def handed_on(command: HandedOn, world: World) -> Decision:
    """The heir has it where they are of its team; else it becomes theirs alone, with its card and its clocks as they
    run. A sealed one goes to nobody who may not read it (privacy.md)."""
    case = world.case
    if case is None or case.status in ENDED:
        return Decision()
    heir = _fitting(case, world.town.district.member(command.heir), world)
    if heir is None or heir.tg_id is None:
        return Decision()
    turn = begin(world).log("handed_on", actor=command.by, before=command.person, to=heir.id)
    held = next((it for it in case.offers if it.state == "accepted" and it.team == case.team), None)
    of_team = held is not None and held.chat != command.account and rights.belongs(heir, held.team, world.town.district)
    if held is not None and of_team and case.handler == command.person:
        return patrol.held_by(turn, heir, held).change(alive_at=world.now).decide()
    return _alone(turn, command, heir, heir.tg_id).decide()


def _fitting(case: Case, heir: Person | None, world: World) -> Person | None:
    """For a sealed case its officer, or the heir who is one, or a seat of the centre."""
    if not case.sealed:
        return heir
    district = world.town.district
    if heir is not None and ("sealed" in heir.powers or heir in district.with_role(OFFICER)):
        return heir
    community = district.community_of_grid(case.place.grid if case.place else None)
    officer = district.police_officer(community.id if community else None)
    return next((it for it in (officer, *_seats(district)) if it is not None and it.tg_id is not None), None)


def _seats(district: District) -> tuple[Person | None, ...]:
    return (district.head(district.centre_team), *district.members(district.centre_team))


def _alone(turn: Turn, command: HandedOn, heir: Person, account: int) -> Turn:
    """What was asked of the one who left, or done by them, is the heir's in private; the old card loses its words."""
    case, team = turn.case, f"person:{heir.id}"
    held = case.handler == command.person

    def moved(offer: Offer) -> Offer:
        mine = offer.chat == command.account or (held and offer.state == "accepted" and offer.team == case.team)
        return replace(offer, team=team, chat=account) if mine and offer.state in STANDING else offer

    offers = tuple(map(moved, case.offers))
    watchers = tuple(it for it in case.watchers if it != command.account)
    turn = turn.change(offers=offers, watchers=watchers, round=case.round + 1)
    if held or case.team == f"person:{command.person}":
        turn = turn.change(team=team)
    if held:
        turn = turn.change(handler=heir.id, alive_at=turn.now, shift_ends=None)
    seen = turn.watch(account)
    return seen.tell(cards.card(seen.case, seen.world, command.account)) if command.account in case.watchers else seen
