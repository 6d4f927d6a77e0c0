"""A report that may be about what is known already: the resident is shown that case and joins it with one tap, or says
it is another (life.md rows 29-31). Danger never waits for the answer; what is slight waits as a draft does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from core import duplicates
from core.case import Case, Status
from core.decide import dispatch, evidence, levels, say
from core.decide.turn import Turn
from core.distance import Point, within
from core.duplicates import AGAIN, LATER, NEAR, SAME, Report
from core.life import can
from core.messages import Bond, Key, Notice, Pressed
from core.policy import is_stormy
from core.understand import Gazetteer, read_place
from core.world import Decision, World

ASKED = "same"
WAITS_FROM = 3  # severities that wait for the answer; what is urgent goes out at once
NOT_YET = frozenset({Status.DRAFT})  # still being told: it may become anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known near a report, each the best of its sort (`core.duplicates.likeness`)."""

    same: Case | None = None
    near: Case | None = None
    again: Case | None = None
    later: Case | None = None

    def mine(self, reporter: int) -> Case | None:
        """What the same person had reported, and was closed lately."""
        return self.again if self.again is not None and self.again.reporter == reporter else None


def as_report(case: Case, world: World) -> Report | None:
    """A case as it is compared; None while its kind or place is not known."""
    point = spot(case)
    if case.category is None or point is None:
        return None
    building = _building(case.words, world.town.gazetteer) if case.words else None
    closed = case.closed_at if case.status is Status.CLOSED else None
    compound = case.place.compound if case.place else None
    return Report(
        category=case.category, point=point, at=case.opened_at, compound=compound, building=building, closed_at=closed
    )


@lru_cache(maxsize=1024)  # each report is compared with what is near it, and the same are near to many
def _building(words: tuple[str, ...], gazetteer: Gazetteer) -> int | None:
    return read_place("。".join(words), gazetteer).building


def spot(case: Case) -> Point | None:
    """Where it is on the map."""
    place = case.place
    if place is None or place.lat is None or place.lng is None:
        return None
    return Point(place.lat, place.lng)


def nearby(case: Case, world: World) -> tuple[Case, ...]:
    """Other cases of its kind near enough (`reach_of`) that can be talked about, the oldest open one first."""
    point = spot(case)
    if case.sealed or case.category is None or point is None:
        return ()
    reach = reach_of(case)
    found = {
        it.no: it for at in duplicates.looked_from(point, reach) for it in world.near_to(case.category, at)
    }  # fmt: skip
    near = (it for it in found.values() if (there := spot(it)) and within(point, there, reach.ask))
    return tuple(it for it in near if it.no != case.no and not it.sealed and it.status not in NOT_YET)


def reach_of(case: Case) -> duplicates.Reach:
    """How far one looks for the same matter."""
    return duplicates.STORM if is_stormy(case.policy) else duplicates.USUAL


def find(turn: Turn) -> Found:
    """What may be the same matter as this report."""
    mine = as_report(turn.case, turn.world)
    best: dict[str, Case] = {}
    for it in nearby(turn.case, turn.world) if mine else ():
        other = as_report(it, turn.world)
        likeness = duplicates.likeness(other, mine, reach_of(turn.case)) if mine and other else None
        if likeness is not None:
            best.setdefault(likeness, it)
    if is_stormy(turn.case.policy):  # residents are asked for place and danger only; staff say whether it is one
        return Found(near=best.get(SAME) or best.get(NEAR), again=best.get(AGAIN), later=best.get(LATER))
    return Found(same=best.get(SAME), near=best.get(NEAR), again=best.get(AGAIN), later=best.get(LATER))


def settled(turn: Turn) -> Turn:
    """Kind and place are known: sent out, after the one question if there is one."""
    found = find(turn)
    if turn.case.severity < WAITS_FROM or is_stormy(turn.case.policy):
        return beside(dispatch.start(turn.move("told")), found)
    question = _question(turn, found)
    if question is None:
        return _noted(dispatch.start(turn.move("told")), found)
    if turn.case.asked == ASKED:
        return turn
    return turn.change(asked=ASKED, similar=_numbers(found)).tell(question)


def beside(turn: Turn, found: Found | None = None) -> Turn:
    """What is urgent is on its way already; the resident is asked all the same, and staff may merge at once."""
    if turn.case.similar or turn.case.sealed:
        return turn
    found = find(turn) if found is None else found
    question = _question(turn, found)
    if question is None:
        return _noted(turn, found)
    return suspected(turn.change(similar=_numbers(found)).tell(question))


def unanswered(turn: Turn) -> Turn:
    """No answer in time: a case of its own, which staff see may be another's (row 31)."""
    return suspected(turn) if turn.case.similar else turn


def suspected(turn: Turn) -> Turn:
    """Both cards name the other, and whoever may merge them is asked."""
    others = turn.case.similar
    bonds = (Bond(at=turn.now, case=no, other=turn.case.no, kind="similar") for no in others)
    return turn.log("maybe_same", of=list(others)).follow(*bonds).tell(_ask_staff(turn, others[0]))


def _noted(turn: Turn, found: Found) -> Turn:
    """Nothing for the resident to say: perhaps for staff (50-150 m; closed lately and told by somebody else)."""
    if found.later is not None and found.same is None and found.again is None:
        turn = turn.log("again_later", of=found.later.no)
        turn = turn.follow(Bond(at=turn.now, case=found.later.no, other=turn.case.no, kind="noted"))
        turn = turn.change(linked=(*turn.case.linked, found.later.no))
    if found.again is not None and found.same is None:
        turn = turn.log("repeated", of=found.again.no).change(similar=(found.again.no,))
        return turn.tell(_ask_staff(turn, found.again.no, closed=True))
    if found.near is not None:
        return suspected(turn.change(similar=(found.near.no,)))
    return turn


def _ask_staff(turn: Turn, other: str, *, closed: bool = False) -> Notice | None:
    """The grid head, or the centre where there is none, says whether it is one matter."""
    case, chat = turn.case, levels.chat_of_head(turn) or levels.chat_of_street(turn)
    yes = say.key("btn.reopen_it", "mo", case, other) if closed else say.key("btn.merge_it", "mg", case, other)
    keys = ((yes, say.key("btn.two_matters", "m2", case, other)),)
    params = {"other": other, "category": case.category, "place": case.place.label if case.place else None}
    kind = "again.maybe" if closed else "merge.maybe"
    return say.staff(chat, kind, turn.world.town, case=case, keys=keys, lane=levels.lane(turn), params=params)


def _numbers(found: Found) -> tuple[str, ...]:
    best = found.same or found.again
    return (best.no,) if best else ()


def _question(turn: Turn, found: Found) -> Notice | None:
    """Whether it is the open case that is shown; or one's own, closed lately, come back."""
    if found.same is not None:
        return _shown(turn.case, found.same, "case.same_ask", "btn.same", "js")
    mine = None if is_stormy(turn.case.policy) else found.mine(turn.case.reporter)
    return _shown(turn.case, mine, "case.again_ask", "btn.again", "ja") if mine else None


def _shown(case: Case, other: Case, kind: str, label: str, action: str) -> Notice:
    """Kind, building, since when, how it stands; its picture only where groups may see it; nobody's words or name."""
    keys: tuple[tuple[Key, ...], ...] = (
        (say.key(label, action, case, other.no),),
        (say.key("btn.not_same", "jn", case, other.no),),
    )
    params = {
        "category": other.category,
        "place": other.place.label if other.place else None,
        "opened_at": say.iso(other.opened_at),
        "status": other.status.value,
    }
    photos = other.photos[:1] if other.severity <= evidence.GROUP_PICTURES_UP_TO and case.reporter > 0 else ()
    return say.reporter(case, kind, keys=keys, lane=say.urgent(case), params=params, photos=photos)


def join(turn: Turn, command: Pressed) -> Decision:
    """👍 就是这件: the younger one goes into the case that was shown."""
    case, main = turn.case, _named(turn, command)
    if main is None or not can(case.status, "merged"):
        return Decision(answer=say.answer(turn.world, "ans.already"))
    if not can(main.status, "joined"):
        return another(turn, command)
    return Decision(answer=say.answer(turn.world, "ans.joined"), then=(_bond(turn, case.no, main.no, "merged"),))


def rejoin(turn: Turn, command: Pressed) -> Decision:
    """🔁 还是那件: the closed case is opened again under its own number (row 29), and this report goes into it."""
    case, main = turn.case, _named(turn, command)
    if main is None or main.reporter != case.reporter or not can(case.status, "merged"):
        return Decision(answer=say.answer(turn.world, "ans.already"))
    return Decision(answer=say.answer(turn.world, "ans.thanks"), then=tuple(reopening(turn, main, "resident")))


def reopening(turn: Turn, main: Case, by: str | None) -> Iterable[Bond]:
    """First the closed one is open again, then the new report goes into it."""
    if main.status is Status.CLOSED:
        yield replace(_bond(turn, main.no, turn.case.no, "again"), by=by)
    yield replace(_bond(turn, turn.case.no, main.no, "merged"), by=by)


def another(turn: Turn, command: Pressed) -> Decision:
    """不是,另一件: a case of its own, sent out at once."""
    del command
    if not turn.case.similar:
        return Decision(answer=say.answer(turn.world, "ans.already"))
    apart = (Bond(at=turn.now, case=no, other=turn.case.no, kind="different") for no in turn.case.similar)
    turn = turn.log("not_same", actor="resident", of=list(turn.case.similar)).follow(*apart).change(similar=())
    if turn.case.status is Status.DRAFT:
        turn = dispatch.start(turn.change(asked=None).move("told"))
    return turn.decide(say.answer(turn.world, "ans.ok"))


def _named(turn: Turn, command: Pressed) -> Case | None:
    """The case that was shown, if it was."""
    number = command.press.arg if command.press else ""
    if number not in turn.case.similar:
        return None
    return next(iter(turn.world.cases_of((number,))), None)


def _bond(turn: Turn, case: str, other: str, kind: str) -> Bond:
    return Bond(at=turn.now, case=case, other=other, kind=kind, by="resident")
