from typing import Any

from bot.pump import bundling
from bot.pump.bundling import Plan
from core.messages import Key, Lane, Notice, Press
from storage.taking import Claimed

GROUP = -5
ACCEPT = ((Key(label="btn.accept", press=Press(action="ac", case="A2611-0001", round=1)),),)


def row(number: int, kind: str = "duty.urged", **more: Any) -> Claimed:
    case = more.pop("case", f"A2611-{number:04}")
    notice = Notice(to=GROUP, kind=kind, key=str(number), params={"no": case}, case=case, **more)
    return Claimed(id=number, notice=notice, attempts=0, slot_message=None)


def card(number: int, **more: Any) -> Claimed:
    more = {"keys": ACCEPT, "slot": f"card:{number}", "report": True} | more
    return row(number, "card", **more)


def planned(*rows: Claimed, room: int = 1, may_list: bool = True) -> Plan | None:
    return bundling.plan(rows, room=room, may_list=may_list, length=lambda _notice: 100)


def ids(rows: tuple[Claimed, ...]) -> list[int]:
    return [it.id for it in rows]


def test_what_fits_into_the_minute_goes_one_by_one() -> None:
    assert planned(row(1), row(2), row(3), room=3) is None


def test_news_goes_together_and_cards_keep_their_own_message() -> None:
    made = planned(row(1), card(2), row(3), room=2)
    assert made is not None
    assert (ids(made.news), ids(made.queue)) == ([1, 3], [2])


def test_news_about_a_case_never_overtakes_its_card() -> None:
    made = planned(row(1), card(2), row(3, case="A2611-0002"), row(4), room=2)
    assert made is not None
    assert ids(made.news) == [1, 4]


def test_what_is_urgent_pressed_or_answered_is_never_put_with_others() -> None:
    for alone in (row(1, lane=Lane.URGENT), row(1, keys=ACCEPT), row(1, force=True), row(1, "centre.question"),
                  row(1, photos=("p",))):  # fmt: skip
        assert not bundling.is_news(alone.notice)


def test_who_waits_is_listed_with_the_last_message_of_the_minute_and_once_a_minute_only() -> None:
    made = planned(card(1), card(2), card(3))
    assert made is not None
    assert (ids(made.news), ids(made.queue)) == ([], [1, 2, 3])
    assert planned(card(1), card(2), may_list=False) is None
    assert planned(card(1), card(2), card(3), room=2) is None


def test_news_that_would_make_it_too_long_waits() -> None:
    made = bundling.plan([row(n) for n in range(1, 6)], room=1, may_list=True, length=lambda _notice: 1000)
    assert made is not None
    assert (ids(made.news), ids(made.queue)) == ([1, 2], [3, 4, 5])


def test_the_list_says_how_many_wait_how_long_and_can_be_accepted_from() -> None:
    made = planned(row(1), card(2), row(3), room=2)
    assert made is not None
    whole = bundling.bundle(made, 71.0)
    assert (whole.params["count"], whole.params["waiting"], whole.params["limit"]) == (2, 1, 120)
    assert whole.params["rows"] == [1, 3]
    assert [key.press.action for keys in whole.keys for key in keys if key.press] == ["ac"]
    assert whole.case is None


def test_a_message_about_one_case_alone_is_answered_as_that_case() -> None:
    made = planned(row(1, case="A"), row(2, case="A"), room=1)
    assert made is not None
    assert bundling.bundle(made, 0.0).case == "A"
