"""Who says to be a child under 14, and who only speaks of one."""

import pytest

from core import minors


@pytest.mark.parametrize(
    "words",
    [
        "我今年11岁,有人堵我要钱", "我才9岁", "你好,我12岁了", "我十岁", "我现在十三岁", "我是小学生", "我读三年级",
        "我在上小学,有人打我", "I am 11 years old", "I'm only 9", "我七歲",
    ],
)  # fmt: skip
def test_a_child_is_heard(words: str) -> None:
    assert minors.says_so(words)


@pytest.mark.parametrize(
    "words",
    [
        "我家孩子11岁,走丢了", "我今年34岁", "我女儿8岁", "我在小学门口看到有人拿刀", "我住小学对面",
        "我10岁的女儿不见了",
        "我十五岁", "我二十三岁", "I am 34 years old", "I am 5 minutes away", "我们小区有个老人80岁", "我在小学旁边",
    ],
)  # fmt: skip
def test_whoever_speaks_of_a_child_is_none(words: str) -> None:
    assert not minors.says_so(words)


@pytest.mark.parametrize(
    "words",
    [
        "有人打我", "同学老欺负我", "有个叔叔摸我", "我被他们堵在厕所里打", "他们把我关在屋里", "有人一直跟着我",
        "抢我的钱", "有人欺負我", "somebody hit me", "a man is following me",
    ],
)  # fmt: skip
def test_what_is_done_to_the_writer_is_heard(words: str) -> None:
    assert minors.is_hurt(words)


@pytest.mark.parametrize(
    "words", ["两个大人在打架", "他没打我", "有事打我电话", "我打碎了玻璃", "楼下有人追小偷", "they are fighting"]
)
def test_what_is_done_to_others_or_not_at_all_is_not(words: str) -> None:
    assert not minors.is_hurt(words)
