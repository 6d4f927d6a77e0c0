"""Reports as their readers have them: 我已阅, the deputy at noon, lists behind figures, files, the short version."""

from dataclasses import replace
from datetime import date, timedelta

from core import rights
from core.case import Event, Status
from core.digest import day_window, week_window
from core.messages import DigestDue, Press, WeekDue, record_ref
from core.records import Brief, Report
from core.world import LogLine
from tests.core import demo
from tests.core.decide.quarrels import dispute, taken
from tests.core.decide.village import CLEAR, RESIDENT, Said, Village, town

HEAD, DEPUTY, OTHER, SEAT = 9000000045, 9000000066, 9000000041, 9000000037
CENTRE = town().district.centre_chat() or 0
DAY = date(2026, 11, 20)


def morning(village: Village, day: date = DAY) -> Village:
    """The digests about a day, at 07:40 of the next."""
    village.now = demo.at(f"{day + timedelta(days=1)} 07:40")
    window = day_window(day, village.town.calendar)
    village.does(DigestDue(at=village.now, day=day, window=(window.start, window.end)))
    return village


def monday(village: Village) -> Village:
    village.now = demo.at("2026-11-23 08:00")
    window = week_window(DAY, village.town.calendar)
    village.does(WeekDue(at=village.now, day=date(2026, 11, 16), window=(window.start, window.end)))
    return village


def busy(cases: int = 1) -> Village:
    village = Village()
    for n in range(cases):
        village.says(CLEAR.replace("3栋", f"{n + 1}栋"), user=RESIDENT + 10 + n)
        if village.case.status is Status.DRAFT:  # there are five buildings
            village.presses("btn.here", user=RESIDENT + 10 + n)
    return village


def report_of(village: Village, grid: str | None = "G05", kind: str = "day") -> Report:
    found = (it for it in village.records.values() if isinstance(it, Report))
    return next(it for it in found if it.grid == grid and it.kind == kind)


def said(village: Village, chat: int, kind: str, grid: str = "G05") -> list[Said]:
    here = (it for it in village.sent if it.chat == chat and it.notice.kind == kind)
    return [it for it in here if it.notice.params["grid"] == grid]


def apart(village: Village, kind: str) -> list[Event]:
    return [it.event for it in village.log if it.event.kind == kind and not it.case]


def test_all_grids_of_a_morning_are_told_by_one_reading_of_the_log():
    village = morning(busy())
    grids = village.town.district.grids
    assert len([it for it in village.sent if it.notice.kind == "digest"]) == len(grids)
    assert len({it.grid for it in village.records.values() if isinstance(it, Report)}) == len(grids)


def test_read_is_kept_once_and_its_button_goes():
    village = morning(busy())
    assert village.presses("btn.read", chat=HEAD, user=HEAD).kind == "ans.read"
    record = report_of(village)
    assert (record.read_by, record.read_at, record.open) == ("P045", village.now, False)
    shown = village.newest(HEAD, "digest").notice
    assert "btn.read" not in {key.label for row in shown.keys for key in row}
    assert shown.params["read"]["person"] == "P045"
    assert len(apart(village, "report_read")) == 1
    press = Press(action="rd", case=record_ref("report", record.id))
    assert village.sends_press((None, press), chat=HEAD, user=HEAD).kind == "ans.already"


def test_what_was_read_goes_to_nobody_else():
    village = morning(busy())
    village.presses("btn.read", chat=HEAD, user=HEAD)
    village.passes(hours=8)
    assert said(village, DEPUTY, "digest") == []


def test_at_noon_the_deputy_gets_what_nobody_has_read_once():
    village = morning(busy())
    village.passes(hours=4)
    assert said(village, DEPUTY, "digest") == []
    village.passes(minutes=21)
    village.passes(hours=24)
    mine = said(village, DEPUTY, "digest")
    assert len(mine) == 1
    assert mine[0].notice.params == said(village, HEAD, "digest")[0].notice.params
    assert report_of(village).deputy == "P066"


def test_the_deputy_may_read_it_instead_and_the_head_still_may_later():
    village = morning(busy())
    village.passes(hours=5)
    press = Press(action="rd", case=record_ref("report", report_of(village).id))
    assert village.sends_press((None, press), chat=DEPUTY, user=DEPUTY).kind == "ans.read"
    assert report_of(village).read_by == "P066"


def test_a_digest_that_came_after_noon_leaves_time_to_read_it():
    village = busy()
    village.now = demo.at("2026-11-21 13:00")
    window = day_window(DAY, village.town.calendar)
    village.does(DigestDue(at=village.now, day=DAY, window=(window.start, window.end)))
    assert report_of(village).due_at == village.now + timedelta(hours=4, minutes=20)


def test_each_figure_leads_to_its_list_page_by_page():
    village = morning(busy(cases=10))
    village.presses("btn.figures", chat=HEAD, user=HEAD)
    village.presses("btn.figure", chat=HEAD, user=HEAD, figure="new")
    first = village.newest(HEAD, "report.list")
    assert (len(first.notice.params["items"]), first.notice.params["page"], first.notice.params["pages"]) == (8, 1, 2)
    village.presses("btn.later", chat=HEAD, user=HEAD)
    second = village.newest(HEAD, "report.list")
    assert (len(second.notice.params["items"]), second.message) == (2, first.message)
    village.presses("btn.earlier", chat=HEAD, user=HEAD)
    assert village.newest(HEAD, "report.list").notice.params["items"] == first.notice.params["items"]


def test_each_line_of_a_list_opens_its_case_and_leads_back():
    village = morning(busy(cases=10))
    village.presses("btn.figures", chat=HEAD, user=HEAD)
    village.presses("btn.figure", chat=HEAD, user=HEAD, figure="new")
    village.presses("btn.later", chat=HEAD, user=HEAD)
    page = village.newest(HEAD, "report.list")
    number = page.notice.params["items"][1]["no"]
    village.presses("btn.case", chat=HEAD, user=HEAD, no=number)
    shown = village.newest(HEAD)
    assert (shown.notice.kind, shown.notice.params["no"], shown.message) == ("find.case", number, page.message)
    village.presses("btn.back", chat=HEAD, user=HEAD)
    assert village.newest(HEAD).notice.params["items"] == page.notice.params["items"]
    forged = Press(action="fv", case=number, arg="260101d.G05/new/0")
    assert village.sends_press((None, forged), chat=OTHER, user=OTHER).kind == "ans.not_yours"


def test_the_disputes_behind_a_figure_are_listed_and_of_a_secret_one_the_number_alone():
    village = Village()
    taken(village)
    known = dispute(village)
    village.passes(minutes=5)
    village.records["med", "M9"] = replace(known, id="M9", named=True)
    village.log.extend(
        LogLine(
            case="", event=Event(kind="mediation_taken", at=village.now, data={"dispute": number, "grid": known.grid})
        )
        for number in (known.id, "M9")
    )
    morning(village)
    village.presses("btn.figures", chat=HEAD, user=HEAD)
    village.presses("btn.figure", chat=HEAD, user=HEAD, figure="med_open")
    page = village.newest(HEAD, "report.list").notice
    open_one, secret = page.params["items"]
    assert (open_one["no"], open_one["category"], open_one["step"]) == (known.id, known.kind, known.step.value)
    assert secret == {"no": "M9", "sealed": True, "kept": None}
    assert "btn.csv" not in village.labels(page), "a file of cases would be empty"
    assert report_of(village).cases == ()


def test_the_late_ones_are_one_tap_away():
    village = morning(busy())
    village.presses("btn.late_list", chat=HEAD, user=HEAD)
    shown = village.newest(HEAD, "report.list").notice.params
    assert [it["no"] for it in shown["items"]] == [it["no"] for it in report_of(village).told["attention"]]


def test_only_who_may_see_a_grid_gets_its_lists_whatever_button_is_forged():
    village = morning(busy())
    for action, arg in (("rd", ""), ("fm", ""), ("fl", "new/0"), ("fx", "csv")):
        press = Press(action=action, case=record_ref("report", report_of(village).id), arg=arg)
        before = len(village.sent)
        for user in (OTHER, RESIDENT, 9000000011):
            assert village.sends_press((None, press), chat=user, user=user).kind == "ans.not_yours"
        assert len(village.sent) == before
    for arg in ("nothing/0", "new/x", "new", ""):
        press = Press(action="fl", case=record_ref("report", report_of(village).id), arg=arg)
        assert village.sends_press((None, press), chat=HEAD, user=HEAD).kind == "ans.stale"


def test_a_page_that_is_not_there_any_more_is_the_last_one():
    village = morning(busy())
    press = Press(action="fl", case=record_ref("report", report_of(village).id), arg="new/99")
    assert village.sends_press((None, press), chat=HEAD, user=HEAD).kind == "ans.ok"


def test_a_sealed_case_stands_in_a_digest_and_its_lists_by_its_number_alone():
    village = Village()
    village.says("我老公又打我,我在宏济新居3栋")
    sealed = next(it for it in village.cases.values() if it.sealed)
    place = sealed.place.label if sealed.place else ""
    morning(village)
    village.presses("btn.figures", chat=HEAD, user=HEAD)
    village.presses("btn.figure", chat=HEAD, user=HEAD, figure="new")
    for it in village.sent:
        if it.notice.kind in {"digest", "report.list"}:
            words = str(it.notice.params)
            assert place not in words
            assert sealed.category is None or f"'{sealed.category}'" not in words
    assert village.newest(HEAD, "report.list").notice.params["items"] == [
        {"no": sealed.no, "sealed": True, "kept": None}
    ]
    monday(village)
    weekly = [it for it in village.sent if it.notice.kind in {"week", "week.picture"}]
    assert all(place not in str(it.notice) for it in weekly)
    street = village.newest(CENTRE, "week").notice.params
    assert sealed.no not in str(street["attention"])
    assert street["sealed"] == 1


def test_a_file_is_asked_for_by_who_may_see_and_is_on_record():
    village = morning(busy())
    village.presses("btn.figures", chat=HEAD, user=HEAD)
    assert village.presses("btn.xlsx", chat=HEAD, user=HEAD).kind == "ans.file_coming"
    notice = village.newest(HEAD, "report.file").notice
    assert notice.attachment is not None
    assert notice.attachment.params == {"report": report_of(village).id, "format": "xlsx"}
    (event,) = apart(village, "exported")
    assert (event.actor, event.data["format"]) == ("P045", "xlsx")
    press = Press(action="fx", case=record_ref("report", report_of(village).id), arg="exe")
    assert village.sends_press((None, press), chat=HEAD, user=HEAD).kind == "ans.unknown"


def test_the_day_so_far_can_be_asked_for_and_needs_no_reading():
    village = busy()
    village.passes(minutes=1)
    village.orders("digest", user=HEAD)
    notice = village.newest(HEAD, "digest").notice
    assert (notice.params["scope"], notice.params["figures"]["new"]) == ("brief", 1)
    assert "btn.read" not in {key.label for row in notice.keys for key in row}
    village.orders("digest", user=village.on("ST3"))
    assert village.newest(village.on("ST3"), "digest.nothing")
    village.orders("digest", user=RESIDENT)
    assert village.newest(RESIDENT, "err.unknown_command")


def test_the_centre_asks_for_the_whole_street():
    village = busy()
    village.orders("digest", user=SEAT)
    assert village.newest(SEAT, "digest").notice.params["grid"] is None


def test_the_short_version_comes_daily_at_twenty_past_five_until_it_is_not_wanted():
    village = busy()
    village.orders("digest", user=HEAD)
    assert village.presses("btn.brief_on", chat=HEAD, user=HEAD).kind == "ans.brief_on"
    (record,) = (it for it in village.records.values() if isinstance(it, Brief))
    assert record.due_at == demo.at("2026-11-20 17:20")
    before = len(said(village, HEAD, "digest"))
    village.passes(hours=3)
    assert len(said(village, HEAD, "digest")) == before + 1
    village.passes(hours=24)
    assert len(said(village, HEAD, "digest")) == before + 2
    village.orders("digest", user=HEAD)
    assert village.presses("btn.brief_off", chat=HEAD, user=HEAD).kind == "ans.brief_off"
    before = len(said(village, HEAD, "digest"))
    village.passes(hours=48)
    assert len(said(village, HEAD, "digest")) == before


def test_nobody_subscribes_for_another():
    village = busy()
    press = Press(action="fb", case=record_ref("brief", "P045"), arg="on")
    assert village.sends_press((None, press), chat=OTHER, user=OTHER).kind == "ans.not_yours"


def test_the_weekly_report_goes_to_every_head_and_to_the_centre_with_its_picture():
    village = monday(busy(cases=3))
    texts = [it for it in village.sent if it.notice.kind == "week"]
    pictures = [it for it in village.sent if it.notice.kind == "week.picture"]
    assert len(texts) == len(pictures) == len(village.town.district.grids) + 1
    mine = village.newest(HEAD, "week").notice.params
    friday = next(it for it in mine["days"] if it["day"] == "2026-11-20")
    assert (friday["new"], mine["figures"]["new"], mine["compounds"][0]["count"]) == (3, 3, 3)
    assert village.newest(CENTRE, "week").notice.params["grid"] is None
    picture = village.newest(HEAD, "week.picture").notice.attachment
    assert picture is not None
    assert picture.params["days"] == mine["days"]


def test_a_week_is_held_against_the_one_before_and_against_what_is_usual():
    village = busy()
    for week in range(1, 5):  # one case on each of four Fridays before, of another case number
        at = demo.at("2026-11-20 10:00") - timedelta(days=7 * week)
        data = {"category": "JT02", "severity": 3, "grid": "G05", "source": "resident"}
        village.log.append(LogLine(case=f"A2610-{week:04}", event=Event(kind="reported", at=at, data=data)))
    monday(village)
    mine = village.newest(HEAD, "week").notice.params
    friday, saturday = (next(it for it in mine["days"] if it["day"] == f"2026-11-{day}") for day in (20, 21))
    assert (friday["usual"], saturday["usual"]) == (1.0, 0.0)
    assert mine["before"]["new"] == 1


def test_the_overdue_list_names_owner_and_reason_and_next_weeks_work():
    village = monday(busy())
    mine = village.newest(HEAD, "week").notice.params
    (late,) = mine["attention"]
    assert (late["team"], late["stuck"]) == ("ST2", "unacked") or late["team"] is not None
    assert {"kind": "overdue", "count": 1, "place": None} in mine["todo"]
    assert mine["small"]


def test_the_deputies_are_those_of_the_file_then_police_and_worker():
    district = town().district
    assert [it.id for it in rights.deputies("G05", district)] == ["P066", "P055"]
    renamed = tuple(replace(it, role=it.role.replace("(副网格长)", "")) for it in district.people)
    plain = replace(district, people=renamed)
    assert [it.id for it in rights.deputies("G05", plain)] == ["P066", "P055"]
    nobody = tuple(it for it in renamed if "民警" not in it.role)
    assert [it.id for it in rights.deputies("G05", replace(district, people=nobody))] == ["P055"]
    assert rights.deputies(None, district) == ()


def test_a_report_of_the_street_has_no_deputy_and_is_closed_at_noon():
    village = monday(busy())
    village.passes(hours=4, minutes=21)
    record = report_of(village, None, "week")
    assert (record.open, record.deputy) == (False, None)


def test_the_four_counts_of_a_post_open_cases_and_disputes_together_by_day_and_by_week():
    """接待、解决、调解、快速处置 (mechanism F18); of what is for named people only the number."""
    village = busy()
    owner = taken(village, user=RESIDENT)
    village.presses("btn.med_accept", chat=owner, user=owner)
    no, case = dispute(village).id, village.case.no
    morning(village)
    for kind, go in (("day", lambda: None), ("week", lambda: monday(village))):
        go()
        village.presses("btn.figures", chat=HEAD, user=HEAD)
        listed = report_of(village, kind=kind).listed("post_received")
        assert listed is not None
        assert set(listed.cases) == {no, case}
        village.presses("btn.figure", chat=HEAD, user=HEAD, figure="post_received")
        shown = village.newest(HEAD, "report.list").notice.params["items"]
        assert [it["no"] for it in shown] == [case, no]
    assert village.newest(HEAD, "week").notice.params["post"] == {
        "received": 2, "solved": 0, "mediated": 1, "quick": 0
    }  # fmt: skip
