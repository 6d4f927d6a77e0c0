"""Whatever people, buttons, the clock and Telegram do in whatever order: `rules.check` holds after each decision.

Steps are drawn as small numbers and read by `act`, so that a failing sequence shrinks to a few steps.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.decide import decide
from core.messages import Delivered, Press, Spot, Tick, Undelivered
from tests.core import demo
from tests.core.decide import rules
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST1, ST2, ST4, STRANGER, Said, Village

TEXTS = (
    "宏济新居3栋楼道堆了很多纸箱",
    "宏济花园2栋楼道着火了",
    "着火了",
    "宏济花园2栋有人吸毒",
    "我老公打我,我躲在厕所不敢出声",
    "望江2栋路灯坏了",
    "路灯坏了",
    "宏济新居3栋2单元门口有人乱停电瓶车充电",
    "谢谢",
    "你好",
    "怎么还没来人",
    "1",
    "锦畔苑3栋",
    "楼上天天漏水不管",
    "建议多装路灯",
    "我不想活了",
    "",
    "收到",
    "没有",
    "已经处理好了",
    "宏济新居3栋闻到煤气味",
    "匿名",
    "?",
)
STARTS = ("2026-11-20 15:00", "2026-11-20 23:30", "2026-11-20 07:55", "2026-11-20 21:58")
SPANS = (5, 5, 70, 70, 100, 600, 1800, 4 * 3600, 26 * 3600, 5 * 86400)
PLACES = (Spot(lat=30.639294, lng=104.096597), Spot(lat=30.633954, lng=104.091096), Spot(lat=30.9, lng=104.5))
GROUPS = (ST1, ST2, ST4, CTR)
ACTIONS = (
    "ac",
    "rf",
    "tr",
    "no",
    "bb",
    "ar",
    "dn",
    "bk",
    "ok",
    "re",
    "rt",
    "cx",
    "ur",
    "ct",
    "pl",
    "mi",
    "nc",
    "hu",
    "lg",
    "rd",
    "mt",
    "st",
    "rl",
    "aq",
    "an",
    "to",
    "kn",
    "ex",
    "zz",
)
ARGS = (
    "",
    "ST1",
    "CTR",
    "area/ST1",
    "removed",
    "nophoto",
    "satisfied",
    "XF03",
    "-",
    "XQ07",
    "en",
    "agreed",
    "on_way",
    "3",
    "x" * 30,
)
WORDS = (
    "start",
    "help",
    "mine",
    "cases",
    "duty",
    "signin",
    "signout",
    "human",
    "suggest",
    "mediate",
    "language",
    "whim",
)


def people(village: Village) -> tuple[int, ...]:
    """Residents, strangers, people on duty, heads, an officer, the centre."""
    staff = ("P010", "P001", "P045", "P041", "P066", "P065", "P062", "P037", "P038", "P039", "P040", "P002", "P025")
    on_duty = tuple(village.on(team) for team in ("ST1", "ST2"))
    return (RESIDENT, NEIGHBOUR, STRANGER, *on_duty, *(village.account(it) for it in staff))


def newest(village: Village) -> tuple[Said, ...]:
    """What hangs in the chats, mostly the latest of it."""
    everything = sorted(village.posts.values(), key=lambda it: it.message)
    return (*everything, *everything[-12:], *everything[-12:], *everything[-6:])


def at_hand(village: Village, chat: int) -> tuple[int, ...]:
    """Two who may act in a group now: its head or the centre's seat."""
    team = village.town.district.team_of_chat(chat)
    head = team.head if team else None
    return (village.account(head), village.account(head)) if head else (village.on("CTR"), village.on("CTR"))


def a_message(village: Village, pick: Callable[[Any], Any], who: int) -> None:
    media = pick(({}, {}, {"photo": "p1"}, {"voice": "v1"}, {"album": "al", "photo": "p2"}, {"spot": 0}, {"edits": 1}))
    more = dict(media)
    if "spot" in more:
        more["spot"] = pick(PLACES)
    if "edits" in more:
        ids = [m for c in village.cases.values() for m in c.messages] or [1]
        more["edits"] = pick(tuple(ids))
    village.says(pick(TEXTS), user=who, **more)


def a_press(village: Village, pick: Callable[[Any], Any], who: int) -> None:
    """Mostly a button that hangs somewhere, pressed by whoever is mostly there."""
    pressable = [(s, k.press) for s in newest(village) for k in rules.keys_of(s.notice) if k.press]
    if not pressable:
        return
    said, press = pick(tuple(pressable))
    user = said.chat if said.chat > 0 else pick((*at_hand(village, said.chat), who))
    village.sends_press((said, press), chat=said.chat, user=user)


def a_forged_press(village: Village, pick: Callable[[Any], Any], who: int) -> None:
    number = pick((*village.cases, "A9999-0001", ""))
    press = Press(action=pick(ACTIONS), case=number, round=pick((0, 1, 2)), arg=pick(ARGS))
    village.sends_press((None, press), chat=pick((who, *GROUPS)), user=who)


def a_reply(village: Village, pick: Callable[[Any], Any], who: int) -> None:
    said = pick(newest(village) or (None,))
    if said is None:
        return
    user = said.chat if said.chat > 0 else pick((*at_hand(village, said.chat), who))
    text, photo = pick(TEXTS), pick((None, "after"))
    village.replies(text, kind=said.notice.kind, chat=said.chat, user=user, photo=photo)


def an_order(village: Village, pick: Callable[[Any], Any], who: int) -> None:
    village.orders(pick(WORDS), user=who, chat=pick((None, ST2, CTR)))


def time_goes_by(village: Village, pick: Callable[[Any], Any], _who: int) -> None:
    pick((village.passes, village.jumps))(seconds=pick(SPANS))


def a_tick(village: Village, pick: Callable[[Any], Any], _who: int) -> None:
    number = pick((*village.cases, "A9999-0001"))
    village.does(Tick(at=village.now, case=number))


def a_word_of_telegram(village: Village, pick: Callable[[Any], Any], who: int) -> None:
    """Late, repeated or wrong: cards that arrived or could not."""
    case = pick((*village.cases, "A9999-0001"))
    chat, kind = pick((*GROUPS, who)), pick(("card", "card.sealed_number", "case.received", "ladder.level"))
    made = pick((Delivered, Undelivered))
    more = {"why": "Forbidden"} if made is Undelivered else {}
    village.does(made(at=village.now, case=case, chat=chat, kind=kind, **more))


def somebody_leaves(village: Village, pick: Callable[[Any], Any], _who: int) -> None:
    village.absent = pick((frozenset(), frozenset({"ST2"}), frozenset({"ST1", "ST2", "ST3", "ST4"})))


ACTS = (
    a_message, a_message, a_message, a_press, a_press, a_press, a_press, a_forged_press, a_reply, a_reply, an_order,
    time_goes_by, time_goes_by, a_tick, a_word_of_telegram, somebody_leaves,
)  # fmt: skip


def nothing(village: Village) -> None:
    """The town is at rest."""


def on_the_way(village: Village) -> None:
    """Somebody is on the way to a fire: two posts, the centre and the grid head were told."""
    village.says("宏济花园2栋楼道着火了")
    village.presses("btn.accept", chat=ST2, user=village.account("P010"))


def done(village: Village) -> None:
    """A slight matter was dealt with; the reporter has the last word."""
    village.says("宏济花园有流浪狗咬人")
    village.presses("btn.accept", chat=ST2, user=village.account("P010"))
    village.presses("btn.done", chat=ST2, user=village.account("P010"))
    village.replies("已处理", kind="duty.done_need", chat=ST2, user=village.account("P010"), photo="after")


BEFORE = (nothing, nothing, on_the_way, done)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.sampled_from(STARTS),
    st.sampled_from(BEFORE),
    st.lists(st.lists(st.integers(0, 9999), min_size=8, max_size=8), max_size=25),
)
def test_no_sequence_of_events_breaks_a_promise(start, before, steps):
    village = Village(now=demo.at(start))
    before(village)
    for numbers in steps:
        drawn = iter(numbers)

        def pick(options: Any, drawn: Any = drawn) -> Any:
            return options[next(drawn) % len(options)]

        act, who = pick(ACTS), pick(people(village))
        act(village, pick, who)
    village.passes(days=1)
    for case in village.cases.values():
        assert rules.over(case) or (case.due_at is not None and case.due_at > village.now), "forgotten"


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 9999), min_size=8, max_size=8))
def test_a_repeated_press_has_the_effect_of_one(numbers):
    village = Village()
    village.accepted()
    drawn = iter(numbers)
    pressable = [(s, k.press) for s in village.posts.values() for k in rules.keys_of(s.notice) if k.press]
    said, press = pressable[next(drawn) % len(pressable)]
    user = said.chat if said.chat > 0 else village.on("ST2")
    village.sends_press((said, press), chat=said.chat, user=user)
    kinds = [e.kind for e in village.events()]
    village.sends_press((said, press), chat=said.chat, user=user)
    assert [e.kind for e in village.events()] == kinds


def test_a_decision_taken_again_on_the_same_world_is_the_same():
    village = Village()
    village.says("宏济新居3栋楼道堆了很多纸箱")
    command = Tick(at=village.now, case=village.case.no)
    world = replace(village.world(command), now=village.now.replace(hour=20))
    assert decide(command, world) == decide(command, world)
