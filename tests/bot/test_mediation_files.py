"""The ledger as a table, the agreement on paper."""

import pytest

from bot.exports import disputes
from bot.exports.paper import as_pdf
from bot.voice.speaker import Speaker
from tests.bot.voices import LANGUAGES, VOICE

ROW = {
    "no": "M2611-0001", "grade": "黄", "category": None, "compound": None, "step": "TALK", "person": "P069",
    "opened_at": "2026-11-20T09:00:00+08:00", "next_at": None,
}  # fmt: skip
TERM = {"index": 1, "who_side": "a", "until": "2026-12-01T23:59:00+08:00", "text": "=晚上十点后不拖椅子" * 20}


def speaker(language: str = "zh-Hans") -> Speaker:
    return VOICE.speaker(language, None).plainly()


def test_a_row_of_the_ledger_has_a_cell_for_each_column_and_none_for_what_is_hidden() -> None:
    order = disputes.ledger(None, speaker(), {"rows": [ROW], "format": "csv", "at": "2026-11-20T09:00:00+08:00"})  # type: ignore[arg-type]  # no database is asked
    (row,) = order.data["rows"]
    assert len(row) == len(order.data["columns"])
    assert (row[2], row[3], row[4]) == (None, None, "调解")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agreement_cites_the_code_in_force_and_leaves_the_names_to_the_pen(language: str) -> None:
    facts = {"no": "M2611-0001", "category": "ML01", "room": "ST2", "person": "P069", "others": [], "terms": [TERM]}
    order = disputes.agreement(None, speaker(language), facts)  # type: ignore[arg-type]  # no database is asked
    text = str(order.data)
    assert "民法典" in text or "民法典" in text or "Civil Code" in text
    assert "婚姻法" not in text
    assert "____" in text


def test_long_terms_go_on_on_the_next_page_and_the_signatures_stay_together() -> None:
    data = {"title": "协议", "before": ["x"], "terms": ["约定" * 400] * 4, "after": [], "signs": ["签字", "日期"]}
    made = as_pdf(data)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") >= 2
