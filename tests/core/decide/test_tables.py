"""A holiday table sent in chat: shown, then used by whoever may; nobody else changes a day."""

from datetime import date

import pytest

from core.calendar import YearTable
from core.decide import decide
from core.messages import Press, Pressed, Sender, record_ref
from core.records.lists import Table
from tests.core.decide.village import CTR, RESIDENT, Village

YEAR = 2040  # of which nothing is known
TEXT = f"{YEAR}-10-01~{YEAR}-10-07 休\n{YEAR}-09-29 班"


def seat(village: Village) -> int:
    return village.on(village.town.district.centre_team)


def sent(village: Village, text: str | None = TEXT, user: int | None = None):
    return village.says(user=seat(village) if user is None else user, document="file", document_bytes=90, paper=text)


def verdict(village: Village, arg: str, user: int):
    """The press and what was decided of it."""
    table = next(it for it in village.records.values() if isinstance(it, Table) and it.open)
    press = Press(action="yt", case=record_ref("table", table.id), arg=arg)
    command = Pressed(
        at=village.now, sender=Sender(user_id=user, name="x"), chat=user, message=1, callback="c", press=press
    )
    return decide(command, village.world(command))


def test_a_table_is_shown_before_it_is_used_and_then_the_whole_centre_hears_it():
    village = Village()
    sent(village)
    shown = village.newest(seat(village), "table.preview").notice.params
    assert (shown["year"], shown["count"]) == (str(YEAR), 7)
    assert shown["off"] == [[f"{YEAR}-10-01", f"{YEAR}-10-07"]]
    assert shown["work"] == [[f"{YEAR}-09-29", f"{YEAR}-09-29"]]
    decision = verdict(village, "yes", seat(village))
    off = frozenset(date(YEAR, 10, day) for day in range(1, 8))
    assert decision.tables == {YEAR: YearTable(off=off, work_weekend=frozenset({date(YEAR, 9, 29)}))}
    assert {it.to for it in decision.notices} == {seat(village), CTR}
    assert [(it.kind, it.data["year"]) for it in decision.events] == [("table_given", YEAR)]


def test_a_table_that_is_not_wanted_changes_nothing_and_its_buttons_are_spent():
    village = Village()
    sent(village)
    assert verdict(village, "no", seat(village)).tables == {}
    button = village.button("btn.table_use", seat(village))
    village.presses("btn.table_drop", chat=seat(village), user=seat(village))
    assert village.sends_press(button, chat=seat(village), user=seat(village)).kind == "ans.stale"


def test_days_that_would_be_other_than_now_are_named():
    village = Village()
    sent(village, "2026-12-24 休\n2026-12-26 班")
    assert village.newest(seat(village), "table.preview").notice.params["changed"] == [
        {"until": "2026-12-24", "off": True},
        {"until": "2026-12-26", "off": False},
    ]


def test_a_table_with_flaws_is_not_offered():
    village = Village()
    sent(village, f"{TEXT}\n{YEAR}-02-31 休")
    flaws = village.newest(seat(village), "table.flaws").notice.params
    assert flaws == {"items": [{"line": 3, "kind": "date", "text": f"{YEAR}-02-31 休"}], "count": 1}
    assert not village.records


def test_the_newest_of_two_tables_is_the_one_that_can_be_used():
    village = Village()
    sent(village)
    old = village.button("btn.table_use", seat(village))
    sent(village)
    assert village.sends_press(old, chat=seat(village), user=seat(village)).kind == "ans.stale"


def test_a_table_that_nobody_wants_is_forgotten_in_a_day():
    village = Village()
    sent(village)
    village.passes(days=1, minutes=1)
    assert not [it for it in village.records.values() if isinstance(it, Table) and it.open]


@pytest.mark.parametrize("who", ["resident", "post", "head"])
def test_only_the_centre_gives_a_table(who):
    village = Village()
    village.says("宏济新居3栋楼道堆了很多纸箱")
    user = {"resident": RESIDENT, "post": village.on("ST2"), "head": village.grid_head()}[who]
    sent(village, user=user)
    assert not [it for it in village.records.values() if isinstance(it, Table)]
    sent(village)
    decision = verdict(village, "yes", user)
    assert (decision.tables, decision.answer.kind) == ({}, "ans.not_yours")


def test_a_file_that_could_not_be_read_is_asked_for_again_and_another_one_is_no_table():
    village = Village()
    sent(village, "")
    assert village.newest(seat(village), "table.unread")
    mark = village.mark()
    sent(village, "会议记录")
    assert not [it for it in village.sent[mark:] if it.notice.kind.startswith("table.")]


def test_which_years_are_known_is_shown_to_colleagues_alone():
    village = Village()
    village.orders("holidays", user=village.on("ST2"))
    items = village.newest(village.on("ST2"), "table.state").notice.params["items"]
    assert [it["year"] for it in items] == ["2026", "2027"]
    village.orders("holidays", user=RESIDENT)
    assert village.heard(RESIDENT)[-1].notice.kind == "err.unknown_command"
