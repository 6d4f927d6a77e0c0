from typing import Any

import pytest

from bot.town import build_town
from bot.urgency import ANSWER, DANGER, TALK, heralded, urgency
from tests.bot.street import DISTRICT

TOWN = build_town(DISTRICT.read_text(encoding="utf-8"), 1)


@pytest.mark.parametrize(
    ("raw", "rank"),
    [
        ({"message": {"text": "3栋着火了快来人"}}, DANGER),
        ({"message": {"caption": "楼道起火,有人被困"}}, DANGER),
        ({"edited_message": {"text": "煤气泄漏"}}, DANGER),
        ({"message": {"text": "收到", "reply_to_message": {}}}, ANSWER),
        ({"callback_query": {"data": "1|ac|A2611-0001|0|"}}, ANSWER),
        ({"message": {"text": "今天天气热得要着火"}}, TALK),
        ({"message": {"text": "路灯不亮"}}, TALK),
        ({"message": {"photo": []}}, TALK),
        ({"my_chat_member": {}}, TALK),
        ({"message": {"text": 5}}, TALK),
        ({"message": "odd"}, TALK),
        ("odd", TALK),
    ],
)
def test_danger_goes_before_answers_and_answers_before_talk(raw: Any, rank: int) -> None:
    assert urgency(lambda: TOWN)(raw) == rank


def test_danger_is_announced_as_soon_as_it_is_heard_and_nothing_else_is() -> None:
    told: list[int] = []
    rank = heralded(int, lambda: told.append(1))
    assert [rank(it) for it in (TALK, ANSWER, DANGER)] == [TALK, ANSWER, DANGER]
    assert told == [1]
