"""The ledger as a table, the agreement on paper."""

import pytest

from bot.exports import disputes
from bot.exports.dossier import dossier
from bot.exports.paper import Pages, as_pdf
from bot.voice.speaker import Speaker
from core.mediation.filing import CHECKS
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


FILE = {
    "no": "M2611-0001", "category": "ML01", "room": "ST2", "person": "P069", "others": ["P070"], "grade": "红",
    "compound": "XQ12", "step": "FOLLOW", "linked": [], "at": "2026-12-20T09:00:00+08:00",
    "sides": [
        {"who_side": "a", "state": "yes", "how": "self", "answered_at": "2026-11-20T10:00:00+08:00",
         "informed_at": "2026-11-20T10:00:00+08:00", "confirmed_at": None},
        {"who_side": "b", "state": None, "how": None, "answered_at": None, "informed_at": None, "confirmed_at": None},
    ],
    "course": [
        {"what": "opened", "at": "2026-11-20T09:00:00+08:00"},
        {"what": "note", "at": "2026-11-21T09:00:00+08:00", "four": "look"},
        {"what": "talk_held", "at": "2026-11-25T09:30:00+08:00", "room": "ST2"},
        {"what": "ended", "at": "2026-11-26T09:00:00+08:00", "ended": "no_agreement"},
    ],
    "terms": [{**TERM, "done_at": "2026-11-30T08:00:00+08:00"}, {**TERM, "index": 2, "done_at": None}],
    "visits": [{"due": "2026-12-03T09:00:00+08:00", "done_at": None, "word": None}],
    "checks": [{"name": it, "there": it != "visits"} for it in (*CHECKS, "linked")],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_file_tells_parties_course_terms_visits_and_what_is_missing(language: str) -> None:
    data = dossier(None, speaker(language), FILE).data  # type: ignore[arg-type]  # no database is asked
    text = str(data)
    assert [bool(it.get("heading")) for it in data["parts"]] == [False, True, True, True, True, True, False]
    assert text.count("√") == len(CHECKS) + 1, "one is missing, and the heading tells what the sign means"
    assert ("2026年11月20日" in text) is (language != "en")
    assert "民法典" in text or "Civil Code" in text
    assert "婚姻法" not in text
    assert not set("{}[]🔴") & set("".join(it for part in data["parts"] for it in part["lines"]))


def test_no_line_of_a_page_begins_with_a_closing_sign() -> None:
    pages = Pages()
    words = "双方约定晚上十点以后不拖椅子," * 40
    lines: list[str] = []
    pages.line = lambda words, **_: lines.append(words)  # type: ignore[method-assign]  # only where it breaks is asked
    pages.paragraph(words)
    assert len(lines) > 5
    assert {line[0] for line in lines} & set(",。)") == set()


def test_long_terms_go_on_on_the_next_page_and_the_signatures_stay_together() -> None:
    parts = [{"heading": "约定", "lines": ["约定" * 400] * 4}]
    data = {"title": "协议", "parts": parts, "signs": ["签字", "日期"], "foot": "第 %1 页,共 %2 页"}
    made = as_pdf(data)
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") >= 2
