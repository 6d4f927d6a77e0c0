"""What must be true after every decision, whatever was done: the promises of DESIGN §3 as checks."""

from collections.abc import Iterator
from dataclasses import replace

from core import ladder, texts
from core.audit import asked_chat
from core.case import ENDED, Case, Status
from core.decide import cards
from core.messages import Answer, Command, Key, Notice, Pressed
from core.world import Decision, World

MAY_HAVE_MORE = {"card", "digest", "week", "centre.question"}  # the last keeps whom the answer goes to
SEALED_IN_GROUPS = {"card.sealed_number"}
OWED = {Status.DRAFT, Status.NEW, Status.DONE, *ladder.WORKING}


def over(case: Case) -> bool:
    """Whether nobody owes anything any more."""
    return case.status in ENDED


def check(command: Command, world: World, decision: Decision, before: Case | None) -> None:
    """All rules; a broken one raises."""
    if isinstance(command, Pressed):
        assert decision.answer is not None, f"{command.press} had no answer"
    for notice in decision.notices:
        spoken(notice)
        sealed_stays_sealed(notice, decision, world)
    if decision.answer is not None:
        answered(decision.answer)
    keys = [notice.key for notice in decision.notices]
    assert all(keys), "a notice without a key"
    assert len(keys) == len(set(keys)), f"the same key twice: {keys}"
    if decision.case is not None:
        stands(decision.case, world)
        untold_stays_untold(decision.case, world)
        ended_stays_ended(before, decision)
        moved_by_the_book(before, decision)


def spoken(notice: Notice) -> None:
    """The voice knows the kind, its parameters and its buttons."""
    assert notice.kind in texts.NOTICES, notice.kind
    declared, given = set(texts.NOTICES[notice.kind]), set(notice.params)
    if notice.kind in MAY_HAVE_MORE:
        assert given >= declared, f"{notice.kind} lacks {declared - given}"
    else:
        assert given == declared, f"{notice.kind}: {given ^ declared}"
    for key in keys_of(notice):
        assert key.label in texts.LABELS, key.label
        assert set(key.params) == set(texts.LABELS[key.label]), key
    for name in ("left", "over", "limit", "metres"):
        value = notice.params.get(name)
        assert value is None or (isinstance(value, int) and value >= 0), f"{notice.kind} says {name}={value}"


def keys_of(notice: Notice) -> Iterator[Key]:
    """All buttons of a message."""
    for row in notice.keys:
        yield from row


def answered(answer: Answer) -> None:
    """The voice knows the answer."""
    assert answer.kind in texts.ANSWERS, answer.kind
    assert set(answer.params) == set(texts.ANSWERS[answer.kind]), answer


def sealed_stays_sealed(notice: Notice, decision: Decision, world: World) -> None:
    """No group learns of a sealed case more than its number (privacy.md)."""
    case = decision.case or next((c for c in (world.case, *world.cases) if c and c.no == notice.case), None)
    if case is not None and case.sealed and notice.case == case.no and notice.to < 0:
        assert notice.kind in SEALED_IN_GROUPS, f"{notice.kind} of a sealed case in a group"
        assert (notice.photos, notice.voices, notice.spot) == ((), (), None)


def stands(case: Case, world: World) -> None:
    """Somebody owns it, something is due, and while it is offered somebody's clock runs."""
    assert (case.due_at is not None) == (case.status in OWED), f"{case.status} with due_at {case.due_at}"
    assert asked_chat(case) is not None, "the audit would find it to be nobody's"
    accepted = [o for o in case.offers if o.state == "accepted"]
    assert len(accepted) <= (2 if case.sealed else 1), "two owners"
    if case.status in ladder.WORKING:
        assert case.team is not None, "nobody owns it"
    if case.status is Status.DISP:
        driving = ladder.first_open(case)
        assert driving, "offered to nobody"
        assert case.handler is None or case.handover is not None, "offered and held at once"
    if case.status in ladder.WORKING - {Status.DISP}:
        assert case.handler is not None, "accepted by nobody"
        assert accepted, "accepted without an offer"
    if case.handover is not None:
        asked = [o for o in case.offers if o.serial == case.handover.offer]
        assert [o.state for o in asked] == ["open"], "a transfer waits for nobody"
    chats = {o.chat for o in case.offers if o.state == "open"}
    last_resort = {world.town.district.centre_chat()}  # asked even when it cannot be reached: its ladder goes on
    assert chats - last_resort <= {*case.watchers}, "asked without a card"
    assert len(case.watchers) == len(set(case.watchers))
    assert len(case.steps) == len(set(case.steps)), "a step twice"


def untold_stays_untold(case: Case, world: World) -> None:
    """No card tells what a card is not made anew for."""
    other = replace(case, told_received=not case.told_received, due_at=None)
    for chat in case.watchers[:1]:
        assert cards.card(other, world, chat) == cards.card(case, world, chat)


def ended_stays_ended(before: Case | None, decision: Decision) -> None:
    """Closed is final, but for a rating and for ❌ 还没解决."""
    if before is None or before.status not in ENDED or decision.case is None:
        return
    kinds = {event.kind for event in decision.events}
    if before.status is Status.CLOSED:
        assert kinds & {"reopened", "rated", "reported_again"} or decision.case.status is before.status
    else:
        back = {"split", "appealed"}  # rows 32 and 36
        assert kinds & back or decision.case.status is before.status, f"{before.status} came back"


def moved_by_the_book(before: Case | None, decision: Decision) -> None:
    """Every change of status has its event with its row."""
    if decision.case is None:
        return
    was = before.status.value if before else Status.DRAFT.value
    for event in decision.events:
        if event.row is not None:
            assert event.data["from"] == was, f"{event.kind} from {event.data['from']}, but it was {was}"
            was = str(event.data["to"])
    assert was == decision.case.status.value, "a status without an event"
