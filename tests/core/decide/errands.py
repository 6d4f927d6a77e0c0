"""Errands of random lives: somebody wants something of a case and presses through to its end, the menus, the words
that are asked, the second signature. Without them chance alone would hardly ever get through three menus."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from core.case import Case, Status
from core.decide import outage
from core.decide.outage import Outage
from core.messages import Press, ReporterGone, Resumed, Returned, Spoke
from tests.core.decide.village import CLEAR, NEIGHBOUR, Said, Village, sender
from tests.core.decide.village import RESIDENT as TELLER

DEEP = 5  # presses of one errand
BACK = "bb"
SIGNATURES = frozenset({"hs", "ws", "sg"})  # of a second person
# An errand is the buttons that are pressed one after another; a word of DEEDS is something else that is done first.
_CORRECTING = (("co", "cs"), ("co", "cc"), ("co", "cp"), ("co", "ln"), ("co", "mg"), ("co", "ms"), *(("co", "sm"),) * 4)
_TELLING = (("blocks",), ("urges",), ("mine", "ur"), ("mine", "cx"), ("mine", "cx"), ("neighbour", "js"))
ERRANDS: Mapping[Status, Sequence[tuple[str, ...]]] = {
    Status.DRAFT: (("ct",), ("pl",), ("js",), ("jn",), ("ja",), ("mine", "cx")),
    Status.NEW: (*_CORRECTING, *_TELLING, ("co", "rj")),
    Status.DISP: (*(("ac",),) * 20, ("tr",), ("no",), *_CORRECTING, *_TELLING, ("co", "rj")),
    Status.ACK: (
        *(("ar",),) * 5, *(("dn",),) * 5, *(("wh",),) * 4, ("hd",), ("tr",), ("no",), *_CORRECTING, *_TELLING,
    ),
    Status.SITE: (*(("dn",),) * 4, ("bk",), ("wh",), ("wh",), ("hd",), *_CORRECTING, *_TELLING),
    Status.REF: (*(("wi",), ("wd",), ("wd",), ("wr",), ("hd",)) * 2, *_CORRECTING, *_TELLING),
    Status.HOLD: (("hr",), ("hr",), ("later",), *_TELLING),
    Status.DONE: (("ok",), ("ok",), ("ok",), ("re",), ("vy",), ("vy",), ("blocks", "vy"), ("later",),
        ("neighbour", "js"),
    ),
    Status.CLOSED: (("re",), ("rt",), ("again", "ja"), ("month", "again")),
    Status.MERGED: (("main", "co", "ms"), ("mine", "cx")),
    Status.SPAM: (("ap",),),
}  # fmt: skip
# What is asked for in words, and what is answered.
ASKED: Mapping[str, tuple[str, ...]] = {
    "duty.done_need": ("已经清走了",), "duty.done_line": ("已经清走了",), "duty.arrive_need": ("到了",),
    "dept.done_need": ("已修好",), "dept.return_need": ("不在我们的管辖范围内",),
    "fix.need_place": ("锦畔苑3栋", "宏济花园2栋"), "fix.need_number": (), "fix.need_link": (),
}  # fmt: skip
SHOWS = frozenset({"duty.done_need", "duty.arrive_need", "dept.done_need"})  # mostly with a photo


def carried_out(village: Village, a: int, b: int) -> None:
    """One errand for one case, as far as the buttons lead."""
    if not village.cases:
        return
    case = list(village.cases.values())[a % len(village.cases)]
    wanted = ERRANDS.get(case.status, ())
    if not wanted:
        return
    path, choice = list(wanted[b % len(wanted)]), b // len(wanted)
    offered = _hanging(village, case.no)
    while path and path[0] in DEEDS:
        mark = village.mark()
        case = DEEDS[path.pop(0)](village, case)
        offered = _hanging(village, None, since=mark) or _hanging(village, case.no)
    _pressed_through(village, path, offered, choice)


def _hanging(village: Village, no: str | None, since: int = 0) -> list[tuple[Said, Press]]:
    """Buttons that hang somewhere: about a case, or that came since a moment."""
    return [
        (it, key.press)
        for it in village.posts.values()
        if it.order >= since
        for row in it.notice.keys
        for key in row
        if key.press is not None and no in {None, key.press.case}
    ]


def _pressed_through(village: Village, path: list[str], offered: list[tuple[Said, Press]], choice: int) -> None:
    for turn in range(DEEP):
        wanted = path[min(turn, len(path) - 1)] if path else None
        found = [it for it in offered if it[1].action == wanted]
        if not found:
            return
        said, press = found[(choice >> turn) % len(found)]
        mark = village.mark()
        answer = village.sends_press((said, press), chat=said.chat, user=_whoever(village, said.chat))
        offered = _hanging(village, None, since=mark)
        if not answer.kind.startswith("ans.choose"):
            break
    _signed(village, offered, choice)
    _told(village, mark, choice)


def _whoever(village: Village, chat: int) -> int:
    """The owner of a private chat; in a group somebody of its team or department."""
    team = village.town.district.team_of_chat(chat)
    return chat if chat > 0 else village.there(team.id) if team else _of_department(village, chat)


def _of_department(village: Village, chat: int) -> int:
    department = village.town.district.department_of_chat(chat)
    named = village.town.district.members(department.id) if department else ()
    return next((it.tg_id for it in named if it.tg_id is not None), NEIGHBOUR)


def _signed(village: Village, offered: list[tuple[Said, Press]], choice: int) -> None:
    """The other side says yes, or now and then no."""
    asked = [it for it in offered if it[1].action in SIGNATURES]
    if asked:
        said, press = asked[0 if choice % 5 else -1]
        village.sends_press((said, press), chat=said.chat, user=_whoever(village, said.chat))


def _told(village: Village, mark: int, choice: int) -> None:
    """What the press asked for is answered, a photo first and the line after it, or both together."""
    for _ in range(2):
        asked = [it for it in village.posts.values() if it.order >= mark and it.notice.kind in ASKED]
        if not asked:
            return
        mark = village.mark()
        answered(village, asked[-1], choice)


def answered(village: Village, said: Said, choice: int) -> None:
    """A reply to one of our questions, by whoever may answer it."""
    numbers = (*village.cases,)
    words = ASKED[said.notice.kind] or (numbers[choice % len(numbers)],)
    village.does(
        Spoke(
            at=village.now, sender=sender(_whoever(village, said.chat)), chat=said.chat, message=village.next(),
            group=said.chat < 0, text=words[choice % len(words)], reply_to=said.message,
            photo="proof" if said.notice.kind in SHOWS and choice % 4 else None,
        )
    )  # fmt: skip


def _mine(village: Village, case: Case) -> Case:
    """The reporter looks at the list of their own, and opens this one."""
    village.orders("mine", user=case.reporter)
    opens = [it for it in _hanging(village, case.no) if it[0].chat == case.reporter and it[1].action == "mi"]
    if opens:
        village.sends_press(opens[-1], chat=case.reporter, user=case.reporter)
    return case


def _tells(village: Village, case: Case, user: int) -> Case:
    """The same words again; the newest case is the one that came of it."""
    village.says(case.words[0] if case.words else CLEAR, user=user)
    return village.case


def _urges(village: Village, case: Case) -> Case:
    village.says("怎么还没人来", user=case.reporter)
    return case


def _waits(village: Village, case: Case, days: float) -> Case:
    village.passes(days=days)
    return case


def _blocks(village: Village, case: Case) -> Case:
    """Lost, or back when it was lost."""
    village.does(ReporterGone(at=village.now, case=case.no, back=case.unreachable))
    return village.cases[case.no]


DEEDS: Mapping[str, Callable[[Village, Case], Case]] = {
    "mine": _mine,
    "urges": _urges,
    "again": lambda village, case: _tells(village, case, case.reporter),
    "neighbour": lambda village, case: _tells(village, case, NEIGHBOUR if case.reporter == TELLER else TELLER),
    "later": lambda village, case: _waits(village, case, 6),
    "month": lambda village, case: _waits(village, case, 31),
    "blocks": _blocks,
    "main": lambda village, case: village.cases.get(case.into or "", case),
}


def forgotten(village: Village, _a: int, b: int) -> None:
    """A resident has everything about them erased (row 43)."""
    user = (TELLER, NEIGHBOUR)[b % 2]
    village.orders("privacy", user=user)
    for action in ("pe", "py"):
        found = [it for it in _hanging(village, None) if it[0].chat == user and it[1].action == action]
        if found:
            village.sends_press(found[-1], chat=user, user=user)


def out_and_back(village: Village, a: int, _b: int) -> None:
    """Nothing runs for a while; then every chat hears it once (row 44)."""
    since = village.now
    village.jumps(minutes=(3, 40, 300)[a % 3])
    gap = Outage(since=since, until=village.now)
    plan = outage.plan(village.cases.values(), gap, village.town)
    over: dict[str, Any] = {"at": village.now, "over": int((gap.until - since) / timedelta(seconds=1))}
    for no, reporter in plan.asked:
        village.does(Resumed(case=no, chat=reporter, **over))
    for lost in plan.chats:
        village.does(Returned(chat=lost.chat, open=lost.open, shown=len(lost.shown), urgent=lost.urgent, **over))
        for no in lost.shown:
            village.does(Resumed(case=no, chat=lost.chat, **over))
    village.passes(minutes=0)
