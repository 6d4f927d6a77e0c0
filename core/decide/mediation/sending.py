"""Who is asked, who takes it, who is given it: routed like a hazard, by a card without names (mechanisms F01, F17)."""

from datetime import timedelta

from core import rights, routing
from core.decide import dispatch
from core.decide.mediation import about, cards, red, relay
from core.decide.mediation.turn import Med
from core.distance import Point
from core.district import Person
from core.mediation import ladder, matching, rooms
from core.mediation.life import ENDED
from core.messages import Lane
from core.messages.json import Json
from core.records.mediation import SIDES, Dispute

ASKED = 2  # named people who are asked at once about what no group may read


def contact_within(med: Med) -> timedelta:
    """By when somebody speaks with whoever asked."""
    return ladder.contact_within(med.dispute, med.world.town.taxonomy)


def room(med: Med) -> str | None:
    """The mediation room where both sides would meet; the centre where there is none."""
    district = med.world.town.district
    found = rooms.room_of(med.dispute, district)
    return found.id if found else district.centre_team


def start(med: Med) -> Med:
    """Red to the police first, what is not for a group to named mediators, all else to the nearest post on duty."""
    dispute = med.dispute
    if dispute.grade == "红":
        return red.freeze(med)
    if dispute.named:
        return ask_named(med)
    if dispute.lat is None or dispute.lng is None:
        return med.to_side("a", "mediate.need_place")
    return to_post(med, dispute.lat, dispute.lng)


def to_post(med: Med, lat: float, lng: float) -> Med:
    """The nearest post on duty by the district's policy; the centre where nobody is."""
    world = med.world
    route = routing.route_among(
        Point(lat, lng), dispatch.posts(world), world.town.district, world.town.grids, loads=world.loads_of
    )
    return to_team(med, route.team, reason=route.reason, metres=dispatch.metres_to(route, route.chosen))


def to_team(med: Med, team: str, reason: str, metres: int | None = None) -> Med:
    """The card without names in the team's group."""
    found = med.world.town.district.team(team)
    chat = found.chat_id if found else med.world.town.district.centre_chat()
    return med.change(team=team, chat=chat).log("med_sent", None, team=team, reason=reason, metres=metres).heard()


def ask_named(med: Med) -> Med:
    """The two who fit best are asked in private; nobody else learns of it."""
    best = tuple(it.id for it in candidates(med)[:ASKED])
    return med.change(asked=best).log("med_sent", None, team=None, asked=list(best)).heard()


def candidates(med: Med) -> tuple[Person, ...]:
    """Who may have it, the best first."""
    others = (it for it in med.world.every(Dispute) if it.id != med.dispute.id)
    return matching.ranked(med.dispute, med.world.town.district, matching.loads(others))


def may_take(med: Med, person: Person, chat: int) -> str | None:
    """Why this person may not take it with this tap, as the text of an answer; None when they may."""
    dispute, district = med.dispute, med.world.town.district
    if chat == person.tg_id:
        asked = person.id in dispute.asked
        return None if asked and matching.may_own(person, dispute) else "ans.not_yours"
    if chat != dispute.chat or dispute.team is None or not rights.belongs(person, dispute.team, district):
        return "ans.not_yours"
    if matching.conflict(person, dispute):
        return "ans.med_conflict"
    leads = rights.is_head(person, dispute.team, district)  # accepting is the post head's too (disputes.md, step 2)
    return None if leads or matching.may_own(person, dispute) else "ans.med_not_qualified"


def own(med: Med, person: Person, how: str) -> Med:
    """From now on it is theirs until it is filed (一调到底). `how`: taken, given, after (a colleague who had it)."""
    before = med.dispute.owner
    panel = tuple(it for it in med.dispute.panel if it != person.id)
    med = med.change(owner=person.id, owned_at=med.now, panel=panel)
    med = med.log("med_owner", person.id if how == "taken" else None, owner=person.id, before=before, how=how)
    med = relay.history(med, person.id)
    return _introduced(second(med))


def _introduced(med: Med) -> Med:
    """Whoever agreed to talk hears who mediates now. They may know of a kinship that no file of ours holds: one tap of
    either side brings somebody else, and nobody is told whose tap it was (回避)."""
    for side in SIDES:
        party = med.dispute.party(side)
        if side == "b" and party.consent != "yes":
            continue  # has not been asked yet, or does not want
        may = not party.objected and med.dispute.step not in ENDED
        keys = ((about.key("btn.med_other", "other", med.dispute),),) if may else ()
        med = med.to_side(side, "mediate.taken", keys=keys, no=med.dispute.id, person=med.dispute.owner)
    return med


def post_of(med: Med, who: str | None) -> str | None:
    """The post that somebody works for, for its counts; else the one that was asked (mechanism F18)."""
    person = med.world.town.district.member(who)
    return (person.team if person else None) or med.dispute.team


def second(med: Med) -> Med:
    """Orange and red want two mediators (disputes.md, Grades): the next best is asked to sit in."""
    if med.dispute.grade not in matching.TWO_FROM or med.dispute.panel or med.dispute.owner is None:
        return med
    other = next((it.id for it in candidates(med) if it.id != med.dispute.owner), None)
    return invited(med, other, None) if other else med


def raised(med: Med, grade: str) -> Med:
    """A grade higher, with all that goes with it: who may know of it, and how many mediate."""
    return second(med.change(grade=grade, named=med.dispute.named or grade in matching.TWO_FROM))


def invited(med: Med, name: str, actor: str | None) -> Med:
    """A colleague is asked to sit in; their own tap brings them in."""
    keys = ((about.key("btn.med_sit_in", "sit", med.dispute), about.key("btn.med_avoid", "avoid", med.dispute)),)
    med = med.change(asked=tuple(dict.fromkeys((*med.dispute.asked, name)))).log("med_panel_asked", actor, who=name)
    return med.to_person(name, "med.panel_ask", keys=keys, no=med.dispute.id, category=med.dispute.kind,
                         grade=med.dispute.grade, colleague=med.dispute.owner)  # fmt: skip


def give(med: Med, how: str = "given") -> Med:
    """To whoever fits best; where there is nobody, the centre has to find somebody (and the ladder goes on)."""
    found = candidates(med)
    if found:
        return own(med, found[0], how)
    waits = med if med.dispute.accepted_at is None else med.change(owned_at=med.now)  # asked again in a day
    return nobody(waits.log("med_nobody", None))


def nobody(med: Med) -> Med:
    """The centre is told by number: somebody has to be found outside."""
    return to_office(med, med.world.town.district.centre_chat(), "med.nobody")


def to_office(med: Med, chat: int | None, kind: str, **params: Json) -> Med:
    """To a group or a head who oversees: its number and grade, of what a group may know kind and compound as well."""
    dispute = med.dispute
    hidden = dispute.named and (chat is None or chat < 0)
    given: dict[str, Json] = {
        "no": dispute.id, "grade": dispute.grade, "category": None if hidden else dispute.kind,
        "compound": None if hidden else dispute.compound, **params,
    }  # fmt: skip
    lane = Lane.URGENT if dispute.grade == "红" else Lane.INTERACTIVE
    return med.tell(cards.office(chat, kind, med.world, lane=lane, params=given))


def head_chat(med: Med) -> int | None:
    """The grid head's account; the centre's group where there is none."""
    district = med.world.town.district
    head = district.grid_head(med.dispute.grid)
    return head.tg_id if head and head.tg_id else district.centre_chat()


def on_the_spot(med: Med) -> Med:
    """A colleague has written it down: settled here, or somebody is needed (20 seconds, mechanism F17)."""
    dispute = med.dispute
    keys = ((about.key("btn.med_spot", "spot", dispute), about.key("btn.med_send", "send", dispute)),)
    return med.to_person(dispute.by, "med.spot", keys=keys, no=dispute.id, category=dispute.kind,
                         compound=dispute.compound, grade=dispute.grade)  # fmt: skip
