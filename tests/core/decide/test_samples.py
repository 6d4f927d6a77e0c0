"""资料抽查: ten closed cases of a team and month, drawn so that anybody can draw again, judged one by one (F25)."""

from datetime import timedelta
from typing import Any

import pytest

from core import draw
from core.decide.samples import EACH
from core.messages import RecordDue
from core.records.sample import Sample, Sampling
from tests.core import demo
from tests.core.decide.village import STRANGER, Village

INS = -1009000000012
INSPECTORS = (9000000035, 9000000036)
REPORTS = ("宏济新居3栋楼道堆了很多纸箱", "宏济新居5栋的路灯坏了", "宏济新居门口井盖没了")


def month(cases: int = 3) -> Village:
    """November with so many closed cases of ST2; the first of December, nine o'clock, has come."""
    village = Village(now=demo.at("2026-11-02 09:00"))
    village.begins_day("a seed")
    for words in REPORTS[:cases]:
        village.says(words)
        village.finished()
        village.presses("btn.solved")
        village.passes(days=1, hours=1)
    village.now = demo.at("2026-12-01 09:00")
    village.does(RecordDue(at=village.now, kind="sampling", id="2026-11"))
    return village


def sample(village: Village) -> Sample:
    return next(it for it in village.records.values() if isinstance(it, Sample))


def rows(village: Village, name: str = "outcome") -> list[object]:
    shown: Any = village.newest(INS, "sample.sheet").notice.params["rows"]
    return [it[name] for it in shown]


def _listed(value: Any) -> list[dict[str, object]]:
    return list(value)


def test_anybody_can_draw_again_and_taking_one_case_out_moves_no_other() -> None:
    numbers = [f"A2611-{n:04}" for n in range(40)]
    drawn = draw.sample("seed", "ST2", numbers, EACH)
    assert len(set(drawn)) == EACH
    assert draw.sample("seed", "ST2", reversed(numbers), EACH) == drawn
    fewer = draw.sample("seed", "ST2", [it for it in numbers if it != drawn[0]], EACH)
    assert set(drawn[1:]) < set(fewer)
    assert draw.sample("seed", "ST3", numbers, EACH) != drawn


def test_the_draw_is_bound_before_the_month_and_its_seed_told_after_it() -> None:
    village = month()
    (planned,) = village.events("samples_planned", "")
    (drawn,) = village.events("samples_drawn", "")
    assert drawn.data["seed"] == "month of a seed"
    assert "month of" not in str(planned.data)
    assert drawn.data["drawn"] == [["ST2", *sample(village).numbers]]
    assert sorted(sample(village).numbers) == sorted(it.no for it in village.cases.values() if it.closed_at)
    village.begins_day("another")
    assert {it.id for it in village.records.values() if isinstance(it, Sampling) and it.open} == {"2026-12"}


def test_each_case_is_judged_by_a_button_and_a_slip_of_the_finger_can_be_set_right() -> None:
    village = month()
    assert rows(village) == [None, None, None]
    for label, index in (("btn.sample_true", 1), ("btn.sample_false", 2), ("btn.sample_true", 2)):
        assert village.presses(label, chat=INS, user=INSPECTORS[0], index=index).kind == "ans.ok"
    assert rows(village) == ["true", "true", None]
    assert village.newest(INS, "sample.sheet").notice.params["judged"] == [2, 3]
    village.now += timedelta(minutes=1)
    village.orders("checks", user=INSPECTORS[0])
    table = village.newest(INSPECTORS[0], "check.month").notice.params
    assert table["papers"] == [2, 2]
    assert [(it["team"], it["papers"]) for it in _listed(table["rows"])] == [("ST2", [2, 2])]


def test_a_note_is_a_reply_that_begins_with_the_cases_place() -> None:
    village = month()
    village.replies("3 电话没人接", kind="sample.sheet", chat=INS, user=INSPECTORS[0])
    assert rows(village, "note")[2] == "电话没人接"
    village.replies("9 没有这一件", kind="sample.sheet", chat=INS, user=INSPECTORS[0])
    village.replies("3 我来写", kind="sample.sheet", chat=INS, user=village.on("ST2"))
    assert dict(sample(village).notes) == {sample(village).numbers[2]: "电话没人接"}


@pytest.mark.parametrize("user", [STRANGER, 0])
def test_nobody_but_an_inspector_judges(user: int) -> None:
    village = month(1)
    answer = village.presses("btn.sample_true", chat=INS, user=user or village.on("ST2"), index=1)
    assert answer.kind == "ans.not_yours"
    assert not sample(village).verdicts


def test_after_two_weeks_it_counts_as_it_is_and_the_head_of_the_team_is_told() -> None:
    village = month()
    village.presses("btn.sample_false", chat=INS, user=INSPECTORS[0], index=1)
    village.now = sample(village).due_at or village.now
    village.does(RecordDue(at=village.now, kind="sample", id=sample(village).id))
    assert village.newest(village.account("P010"), "sample.told").notice.params["share"] == [0, 1]
    assert not village.newest(INS, "sample.sheet").notice.keys
    (over,) = village.events("sample_over", "")
    assert (over.data["true"], over.data["judged"], over.data["drawn"]) == (0, 1, 3)


def test_without_inspectors_or_closed_cases_nothing_is_drawn() -> None:
    village = month(0)
    assert not [it for it in village.records.values() if isinstance(it, Sample)]
    assert not village.heard(INS, "sample.sheet")
