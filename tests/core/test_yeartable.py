"""Holiday tables as people write them."""

from datetime import date

import pytest

from core.yeartable import looks_like, read, spans

TODAY = date(2026, 11, 20)
LINES = """放假安排,状态
2027-01-01~2027-01-03 休
2027/2/5 至 2027/2/11,放假
2027年2月7日 补班
2027-01-09\t班
# 国务院办公厅
"""


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-05~2027-02-07 休\n2027-02-20 班",
        "2027/2/5至2/7,放假\n2027/2/20,补班",
        "2027年2月5日-2月7日 off\n2027年2月20日 work".replace("-2月", "–2月"),
        "2027-02-05 - 2027-02-07\t假\n2027.2.20 上班",
        '{"2027": {"off": ["2027-02-05", "2027-02-06", "2027-02-07"], "work_weekend": ["2027-02-20"]}}',
        '{"off": ["2027-02-05", "2027-02-06", "2027-02-07"], "work_weekend": ["2027-02-20"]}',
    ],
)
def test_a_table_is_read_however_it_is_written(text):
    assert looks_like(text)
    found = read(text, TODAY)
    assert found.flaws == ()
    assert (found.year, found.table.work_weekend) == (2027, {date(2027, 2, 20)})
    assert found.table.off == {date(2027, 2, day) for day in (5, 6, 7)}
    assert found.few, "three days are hardly all of a year"


def test_lines_without_a_day_are_headings_and_notes():
    found = read(LINES, TODAY)
    assert [it.kind for it in found.flaws] == ["both"], "7 February is off in the line above"
    assert found.flaws[0].line == 4
    assert len(found.table.off) == 10


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("2027-02-30 休", "date"),
        ("2027-02-11~2027-02-05 休", "date"),
        ("2027-02-01~2027-05-05 休", "date"),
        ("2月5日 休", "date"),
        ("2027-02-05 也许", "word"),
        ("2027-02-05", "word"),
        ("2028-02-05 休", "years"),
        ("2025-10-01 休", "past"),
        ("2027-02-08 班", "weekday"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line, kind):
    found = read(f"2027-10-01~2027-10-07 休\n{line}", TODAY)
    assert kind in [it.kind for it in found.flaws]
    assert {(it.line, it.text) for it in found.flaws} == {(2, line)}


@pytest.mark.parametrize(
    "text", ["", "着火了", "电话 028-1234", '{"district": {}, "calendar": {}}', "[1]", "2027-02-05 开会"]
)
def test_another_text_is_no_table(text):
    assert not looks_like(text)


def test_days_in_a_row_are_told_as_one_span():
    days = [date(2027, 1, 3), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 9)]
    assert spans(days) == ((date(2027, 1, 1), date(2027, 1, 3)), (date(2027, 1, 9), date(2027, 1, 9)))
    assert spans([]) == ()
