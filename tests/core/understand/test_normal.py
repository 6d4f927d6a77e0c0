"""One spelling for what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import understand as u
from tests.core.understand.demo import LEXICON


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("５栋２单元", "5栋2单元"),
        ("望江苑3棟1單元", "望江苑3栋1单元"),
        ("着火了!!!", "着火了!"),
        ("快来。。。", "快来。"),
        ("  路灯   坏了 \n\n 三天 ", "路灯 坏了\n三天"),
        ("井\u200b盖", "井盖"),
        ("樓梯著火", "楼梯着火"),
    ],
)
def test_ways_of_typing_come_out_alike(typed: str, normal: str) -> None:
    assert u.normal(typed, LEXICON.simple) == normal


@given(st.text())
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    once = u.normal(text, LEXICON.simple)

    assert u.normal(once, LEXICON.simple) == once


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两", 2),
        ("一百零三", 103),
        ("三零一", 301),
        ("", None),
        ("三楼", None),
        ("a1", None),
    ],
)
def test_numerals_are_counted(text: str, value: int | None) -> None:
    assert u.number(text) == value


@pytest.mark.parametrize("n", range(1, 100))
def test_every_floor_can_be_written_in_characters(n: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(n, 10)
    written = ("" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")) + (digits[ones] if ones else "")

    assert u.number(written) == n
