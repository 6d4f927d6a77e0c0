"""解决了 and 还没解决 typed instead of tapped; and what only sounds like it."""

import pytest

from core.case import Status
from tests.core.decide.village import RESIDENT, Village


@pytest.mark.parametrize("words", ["解决了", "已经解决了,谢谢", "修好了。", "处理好了!", "solved", "已解決"])
def test_solved_in_words_closes_the_case_that_waits(words: str):
    village = Village()
    village.finished()
    village.says(words)
    assert village.case.status is Status.CLOSED
    assert village.kinds(RESIDENT)[-1] == "case.rate"


@pytest.mark.parametrize("words", ["还没解决", "没有解决,又堆起来了", "根本没处理", "not solved"])
def test_not_solved_in_words_sends_it_out_again_and_keeps_the_words(words: str):
    village = Village()
    village.finished()
    village.says(words)
    assert village.case.status is Status.DISP
    assert village.case.reopened == 1
    assert words in village.case.words


def test_a_reply_to_a_closed_case_says_that_it_is_not_solved_after_all():
    village = Village()
    village.finished()
    village.presses("btn.solved")
    village.says("还没解决", reply_to=village.newest(RESIDENT, "case.done_confirm"))
    assert village.case.status is Status.DISP
    assert len(village.cases) == 1


@pytest.mark.parametrize("words", ["解决了", "还没解决"])
def test_where_nothing_waits_for_an_answer_the_words_change_nothing(words: str):
    village = Village()
    village.accepted()
    village.says(words)
    assert village.case.status is Status.ACK


def test_words_about_something_else_do_not_close_a_case():
    village = Village()
    village.finished()
    village.says("锦畔苑1栋的路灯解决了吗")
    assert village.case.status is not Status.CLOSED
