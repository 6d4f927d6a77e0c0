"""Whole lives at random: residents, staff, strangers and forgers act in any order, messages are delivered twice, late
or never, the clock goes on or stands still. Every decision passes `rules.check`; what must hold over a whole life is
here.

A life is a list of numbers, so that a seed makes one and hypothesis can make a broken one short.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from core.audit import known_chats
from core.case import Case
from core.decide.orders import ORDERS
from core.decide.presses import FREE, RESIDENT, STAFF
from core.district import District
from core.messages import (
    Command,
    Delayed,
    Delivered,
    Notice,
    Ordered,
    Press,
    Pressed,
    RecordDue,
    Resumed,
    Returned,
    Spoke,
    Tick,
    Undelivered,
)
from core.texts import finding, resident, staff
from core.world import Decision
from tests.core.decide.errands import carried_out, forgotten, out_and_back
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, SPOTS, ST1, ST2, STRANGER, Said, Village, sender, town
from tests.core.decide.village import RESIDENT as TELLER
from tests.core.replay import agrees

Step = tuple[int, int, int]  # what happens, and two choices of its own
SECRET = "吸毒"  # the word by which a sealed matter is known again
TEXTS = (
    "宏济新居3栋楼道堆了很多纸箱", "宏济新居3栋有电瓶车飞线充电", "着火了!宏济新居2栋", f"宏济花园2栋有人{SECRET}",
    "楼道堆了东西", "锦畔苑路灯不亮", "谢谢", "怎么还没人来", "不用了,已经好了", "在2单元", "还有人在吗", "你好",
    "成华区建设路有个坑", "已经清走了", "收到", "1", "解决了", "宏济新居1栋漏水 13800001111", "再次反映还没解决",
)  # fmt: skip
WORDS = ("", "昨天 未结", "A2611-0001", "宏济新居", SECRET, "30", "at_A2611-0001", "2月6日 3点")
SPANS = tuple(
    timedelta(minutes=it) for it in (1, 2, 5, 9, 10, 20, 31, 60, 125, 240, 600, 1440, 2 * 1440, 3 * 1440, 6 * 1440)
)
LONGEST = 40  # steps
BESIDE = {"opened": 1, "linked": 30}  # events that stand for a row of the life and are no step of its table
ROW = "row "
STAFF_KINDS = frozenset({*staff.NOTICES, *finding.NOTICES}) - {"media.next", "media.lost"}
# Told to residents who report, or who talk with us; to a colleague only as such a person.
PERSONAL = frozenset(it for it in resident.NOTICES if it.startswith("case."))


@dataclass(slots=True, kw_only=True)
class Life(Village):
    """A village in which anything may be sent again. A key that is taken is dropped, as the storage drops it, when it
    says the same; two different messages under one key would lose one of them."""

    said_by: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    every: list[tuple[Said, Press]] = field(default_factory=list)  # all buttons that ever hung anywhere
    counts: Counter[str] = field(default_factory=Counter)
    commands: list[Command] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)  # versions of cases that were looked at as a whole
    chats: frozenset[int] = known_chats(town().district)

    def decides(self, command: Command) -> Decision:
        """As usual, and looked at as a whole."""
        self.counts[type(command).__name__] += 1
        self.commands.append(command)
        before = dict(self.cases)
        decision = Village.decides(self, command)
        if decision.answer is not None:
            self.counts[decision.answer.kind] += 1
        self.counts.update(reached(command, decision))
        for notice in decision.notices:
            kept_from_others(notice, command, self, before)
        return decision

    def _send(self, notice: Notice) -> None:
        what = (notice.to, notice.kind, str(notice.case))
        assert self.said_by.setdefault(notice.key, what) == what, (
            f"{notice.key} is {self.said_by[notice.key]} and {what}"
        )
        if notice.key in self.keys:
            return
        Village._send(self, notice)
        said = self.sent[-1] if self.sent else None
        if said is not None and said.notice is notice:
            self.every += [(said, key.press) for row in notice.keys for key in row if key.press is not None]

    def people(self) -> tuple[int, ...]:
        """Whoever acts: residents, a stranger, and colleagues in every part."""
        district = self.town.district
        heads = (it.head for it in district.grids)
        staff_ = {self.off("ST2"), *(self.there(team) for team in ("ST2", "ST1", district.centre_team))}
        named = (district.member(it) for it in (*heads, *(person.id for person in district.with_role("社区民警"))))
        leading = [it.tg_id for it in named if it is not None and it.tg_id is not None]
        return (TELLER, NEIGHBOUR, STRANGER, *sorted(staff_), *leading)


def kept_from_others(notice: Notice, command: Command, life: Life, before: Mapping[str, Case]) -> None:
    """No message reaches somebody who may not see it (privacy.md)."""
    district = life.town.district
    sender = getattr(command, "sender", None)
    asker = sender.user_id if sender is not None else None
    ours = notice.to in life.chats
    if notice.kind in STAFF_KINDS and notice.to != asker:
        assert ours, f"{notice.kind} to {notice.to}, who is no colleague"
    case = life.cases.get(notice.case or "") or before.get(notice.case or "")
    if case is None:
        return
    if notice.kind in PERSONAL:
        assert notice.to > 0, f"{notice.kind} in a group"
    if case.sealed and SECRET in str(dict(notice.params)):
        assert notice.to == case.reporter or notice.to in _officers(case, district), f"{notice.kind} tells {notice.to}"
    if notice.kind in {"card", "evidence"} and notice.to < 0:
        asked = {it.chat for it in case.offers} | {CTR, *case.watchers}
        called = {found.chat_id for it in case.whistles if (found := district.department(it.dept))}
        assert notice.to in asked | called, f"{notice.kind} in {notice.to}, a group that was never asked"


def reached(command: Command, decision: Decision) -> Iterator[str]:
    """Everything that was written down, and the rows of the life that are no step of its table (bot.docs.life)."""
    for event in decision.events:
        yield f"+{event.kind}"
        row = event.row or BESIDE.get(event.kind)
        if row is not None:
            yield f"{ROW}{row}"
    if decision.forget is not None:
        yield f"{ROW}43"
    if isinstance(command, Resumed | Returned):
        yield f"{ROW}44"


def _officers(case: Case, district: District) -> set[int | None]:
    alone = {it.team.removeprefix("person:") for it in case.offers if it.team.startswith("person:")}
    return {found.tg_id for it in alone if (found := district.member(it)) is not None}


def whole(life: Life) -> None:
    """What must hold of every life at any moment."""
    for case in life.cases.values():
        if life.looked_at.get(case.no) == case.version:
            continue
        life.looked_at[case.no] = case.version
        lines = [it.event for it in life.log if it.case == case.no]
        agrees(case, lines)
        accepted = [it.data.get("assignment") for it in lines if it.kind == "accepted"]
        assert len(accepted) == len(set(accepted)), f"{case.no}: one assignment was accepted twice"
        assert [it.at for it in lines if it.row is not None] == sorted(it.at for it in lines if it.row is not None)


def _pick(among: Sequence[Any], choice: int) -> Any:
    return among[choice % len(among)]


def _tells(life: Life, a: int, b: int) -> None:
    """Somebody writes in private."""
    media: tuple[dict[str, Any], ...] = (
        {},
        {"photo": "p"},
        {"voice": "v"},
        {"spot": SPOTS["宏济新居"]},
        {"spot": SPOTS["far away"]},
        {},
        {},
        {},
    )
    user = _pick((TELLER, TELLER, NEIGHBOUR, *life.people()), b)
    life.says(_pick(TEXTS, a), user=user, **_pick(media, b // 7))


def _buttons(life: Life) -> list[tuple[Said, Press]]:
    return [(it, key.press) for it in life.posts.values() for row in it.notice.keys for key in row if key.press]


def _press(life: Life, found: tuple[Said | None, Press | None], chat: int, user: int) -> None:
    life.sends_press(found, chat=chat, user=user)


def _presses(life: Life, a: int, b: int) -> None:
    """Somebody who can see a button presses it: in private its owner, in a group anybody."""
    buttons = _buttons(life)
    if buttons:
        said, press = _pick(buttons[-40:], a)
        _press(life, (said, press), said.chat, said.chat if said.chat > 0 else _pick(life.people(), b))


def _answers(life: Life, said: Said, user: int, text: str, photo: str | None) -> None:
    life.does(
        Spoke(
            at=life.now, sender=sender(user), chat=said.chat, message=life.next(), group=said.chat < 0, text=text,
            photo=photo, reply_to=said.message,
        )
    )  # fmt: skip


def _presses_again(life: Life, a: int, b: int) -> None:
    """A button that may be gone long since, pressed by anybody."""
    if life.every:
        said, press = _pick(life.every, a)
        _press(life, (said, press), said.chat, said.chat if b % 2 and said.chat > 0 else _pick(life.people(), b))


def _forges(life: Life, a: int, b: int) -> None:
    """Any data under any message, in any chat."""
    actions = sorted({*STAFF, *RESIDENT, *FREE, "zz"})
    numbers = (*life.cases, "A2611-9999", "", "#swap#1", "#call#A2611-0001")
    args = ("", "0", "ST1", "area", "area/ST1", "XF03", "zh-Hans", "removed", "pin", "satisfied", "yes", "-1", "P001")
    press = Press(action=_pick(actions, a), case=_pick(numbers, b), round=b % 3, arg=_pick(args, a // 5 + b))
    user, said = _pick(life.people(), b // 3), _pick([None, *life.posts.values()], a // 3)
    _press(life, (said, None if a % 97 == 0 else press), _pick((user, ST1, ST2, CTR), a // 11), user)


def _replies(life: Life, a: int, b: int) -> None:
    """Somebody answers one of our newest messages in a group or in private."""
    chat = _pick((ST2, ST1, CTR, ST2, *life.people()), b)
    here = [it for it in life.posts.values() if it.chat == chat]
    if here:
        team = life.town.district.team_of_chat(chat)
        user = chat if chat > 0 else life.there(team.id) if team and b % 3 else _pick(life.people(), b)
        _answers(life, _pick(here[-4:], a // 3), user, _pick(TEXTS, a), "proof" if b % 4 else None)


def _orders(life: Life, a: int, b: int) -> None:
    user = _pick(life.people(), b)
    chat = _pick((user, user, ST1, ST2, CTR), a // 5)
    word, rest = _pick((*ORDERS, "nothing"), a), _pick(WORDS, b // 5)
    life.does(
        Ordered(at=life.now, sender=sender(user), chat=chat, message=life.next(), group=chat < 0, word=word, rest=rest)
    )


def _waits(life: Life, a: int, _b: int) -> None:
    life.passes(minutes=_pick(SPANS, a).total_seconds() / 60)


def _stands_still(life: Life, a: int, _b: int) -> None:
    """Time goes by and the clock does not beat: what is late is done with the next beat."""
    life.jumps(minutes=_pick(SPANS, a).total_seconds() / 60)


def _beats(life: Life, a: int, _b: int) -> None:
    """A beat for a case or a record whatever is due, perhaps the second of the same moment."""
    if life.cases:
        life.does(Tick(at=life.now, case=_pick(list(life.cases), a)))
    if life.records:
        kind, name = _pick(sorted(life.records), a)
        life.does(RecordDue(at=life.now, kind=kind, id=name))


def _delivers(life: Life, a: int, b: int) -> None:
    """Telegram's word about a message: late, again, or the opposite of what it was."""
    told = [it for it in life.sent if it.notice.case in life.cases]
    if told:
        said = _pick(told, a)
        about: dict[str, Any] = {
            "at": life.now, "case": said.notice.case, "chat": said.chat, "kind": said.notice.kind,
        }  # fmt: skip
        ways: tuple[Callable[[], Command], ...] = (
            lambda: Delivered(**about),
            lambda: Undelivered(**about, why="Forbidden", gone=bool(b % 2)),
            lambda: Delayed(**about, seconds=b % 200),
        )
        life.does(_pick(ways, b)())


def _repeats(life: Life, a: int, _b: int) -> None:
    """A command that was decided before comes once more, as it was."""
    old = [it for it in life.commands if isinstance(it, Tick | Delivered | Undelivered | Delayed | Pressed)]
    if old:
        command = _pick(old[-30:], a)
        life.does(replace(command, callback=f"{command.callback}/{a}") if isinstance(command, Pressed) else command)


def _rarely(life: Life, a: int, b: int) -> None:
    """What does not happen in every life."""
    _pick((forgotten, out_and_back), a)(life, a // 2, b)


STEPS: tuple[Callable[[Life, int, int], None], ...] = (
    _tells, _tells, _presses, _presses, _presses, _presses_again, *(carried_out,) * 14, _forges, _replies, _orders,
    _waits, _waits, _stands_still, _beats, _delivers, _repeats, _rarely,
)  # fmt: skip


def live(steps: Sequence[Step]) -> Life:
    """A whole life; raises at the first broken promise."""
    life = Life()
    life.says(CLEAR)
    for what, a, b in steps:
        _pick(STEPS, what)(life, a, b)
        whole(life)
    return life


def of_seed(seed: int) -> Iterator[Step]:
    """The steps of a numbered life: the same for ever, on any machine."""
    drawn = Random(seed)
    for _ in range(drawn.randint(10, LONGEST)):
        yield drawn.getrandbits(24), drawn.getrandbits(24), drawn.getrandbits(24)
