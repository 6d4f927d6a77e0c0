from copy import deepcopy

import pytest

from core.calendar import Hours, Span
from core.distance import Point
from core.district import DistrictFaults, Ranking, diff, read_district, warnings
from core.rungs import USUAL
from tests.core import demo

RAW = demo.raw_district()


def test_the_demo_town_is_read_whole_and_without_a_doubt() -> None:
    town = demo.district()
    sizes = (len(town.grids), len(town.stations), len(town.teams), len(town.people), len(town.departments))
    assert sizes == (10, 4, 7, 74, 22)
    assert warnings(town, 2026) == ()


def test_people_places_and_chats_are_found() -> None:
    town = demo.district()
    assert [it.name if it else None for it in (town.person(9000000002), town.person(1), town.person(None))] == [
        "吕佳月",
        None,
        None,
    ]
    team = town.team_of_chat(-1009000000001)
    assert team
    assert (team.id, team.head, team.name_zh) == ("ST1", "P001", "工农院街平安驿站")
    assert (town.centre_chat(), town.head("ST2")) == (-1009000000010, town.member("P010"))
    head, officer, secretary = town.grid_head("G05"), town.police_officer("C2"), town.secretary("C2")
    assert [it.id if it else None for it in (head, officer, secretary)] == ["P045", "P066", "P062"]
    assert [it.id for it in town.members("ST2")] == [f"P01{it}" for it in range(7)]
    community = town.community_of_grid("G05")
    assert community
    assert community.id == "C2"
    assert town.department_of_chat(-1009000000303) == town.department("D_GAS")


def test_choices_have_the_defaults_of_the_business() -> None:
    options = demo.district().options
    assert (options.routing, options.digest_at, dict(options.confirm_days)) == (
        "nearest",
        460,
        {1: 3, 2: 3, 3: 5, 4: 5},
    )
    assert (options.quiet_hours, options.service_hours, options.work_day_end) == (
        Hours(1320, 420),
        Hours(480, 1320),
        1020,
    )


def test_the_ranking_of_posts_has_its_defaults_whichever_way_the_policy_is_written() -> None:
    raw = deepcopy(RAW)
    raw["district"]["routing"] = {
        "policy": "duty_area_first",
        "fresh_minutes": 5,
        "tolerance_m": 0,
        "backup_order": True,
    }
    options = read_district(raw).options
    assert (demo.district().options.ranking, options.routing) == (Ranking(), "duty_area_first")
    assert options.ranking == Ranking(fresh_minutes=5, accuracy_m=100, tolerance_m=0, backup_order=True)


def test_choices_can_be_made() -> None:
    raw = deepcopy(RAW)
    raw["district"] |= {
        "routing": "duty_area_first",
        "limits": {"3": {"ack": "20m"}, "XF02": {"close": "1WD"}},
        "ladder": {"head": ["4m", "30m", "3h S", "-"], "supervise": [1.1, 1.4, 1.5, 3], "handover": "20m"},
        "digest_at": "08:00",
        "confirm_days": {"1": 2},
        "quiet_hours": ["23:00", "06:00"],
        "service_hours": "07:00–21:00",
    }
    options = read_district(raw).options
    assert (options.routing, options.digest_at, options.confirm_days[1], options.confirm_days[4]) == (
        "duty_area_first",
        480,
        2,
        5,
    )
    assert (options.quiet_hours, options.service_hours) == (Hours(1380, 360), Hours(420, 1260))
    assert (options.limits["3"].ack, options.limits["XF02"].close) == (Span(minutes=20), Span(working_days=1))
    head = next(step for step in options.ladder.unaccepted if step.name == "head")
    assert head.after == {1: (Span(minutes=4), "N"), 2: (Span(minutes=30), "N"), 3: (Span(minutes=180), "S"), 4: None}
    assert (options.ladder.closing["supervise"][4], options.ladder.handover) == (3.0, Span(minutes=20))
    assert options.ladder.closing["close_late"] == USUAL.closing["close_late"]


@pytest.mark.parametrize(
    ("ladder", "where"),
    [
        ({"head": ["4m"]}, "district.ladder.head"),
        ({"head": ["4m", "soon", "3h S", "-"]}, "district.ladder.head"),
        ({"supervise": [1, 2, 3]}, "district.ladder.supervise"),
        ({"overdue": ["3m", "10m", "30m S", "4h S"]}, "district.ladder.overdue"),
        ({"draft": "later"}, "district.ladder.draft"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(ladder: dict[str, object], where: str) -> None:
    raw = deepcopy(RAW)
    raw["district"]["ladder"] = ladder
    with pytest.raises(DistrictFaults) as refused:
        read_district(raw)
    assert [fault.where for fault in refused.value.faults] == [where]


def test_a_company_may_manage_two_compounds_in_one_chat() -> None:
    raw = deepcopy(RAW)
    raw["xiaoqu"][4]["property_chat_id"] = raw["xiaoqu"][3]["property_chat_id"]
    assert read_district(raw).compounds[4].management_chat == -1009000000104


def test_a_town_elsewhere_with_its_own_words_is_read() -> None:
    raw = demo.in_accra()
    raw["district"] |= {"id": "OSU", "name_en": "Osu"}
    del raw["district"]["name_zh"]
    raw["shift_patterns"][0]["cycle"][6:] = ["off", None]
    town = read_district(raw)
    assert (town.id, town.name_zh, str(town.zone)) == ("OSU", "Osu", "Africa/Accra")
    assert town.patterns[0].cycle[6:] == (None, None)


def test_a_small_town_needs_no_more_than_the_needed_lists() -> None:
    square = [[[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1], [0.0, 0.0]]]
    border = {"type": "Polygon", "coordinates": square}
    raw = {
        "meta": {"timezone": "UTC"},
        "district": {"id": "D", "name_en": "D", "centre_team": "C"},
        "grids": {"features": [{"properties": {"id": "G", "name_en": "G"}, "geometry": border}]},
        "stations": [],
        "teams": [{"id": "C", "kind": "centre"}],
        "people": [],
        "shift_patterns": [],
    }  # fmt: skip
    doubts = {it.where for it in warnings(read_district(raw), 2026)}
    assert {"calendar.2026", "district.centre_team", "stations", "teams[0]"} <= doubts


def test_other_phrases_of_the_town_are_among_what_changes() -> None:
    raw = deepcopy(RAW)
    raw["phrases"] = {"XF02": ["楼底下拉的飞线"]}
    assert [(it.what, it.id, it.old) for it in diff(demo.district(), read_district(raw))] == [("phrases", "XF02", "—")]


def test_a_file_differs_in_nothing_from_itself() -> None:
    assert diff(demo.district(), read_district(deepcopy(RAW))) == ()


def test_what_a_new_file_changes_is_said_in_words() -> None:
    raw = deepcopy(RAW)
    raw["people"][0]["name"] = "李明"
    raw["people"].append({"id": "P100", "name": "王芳", "role": "楼栋长"})
    raw["key_places"].pop()
    raw["district"]["digest_at"] = "08:10"
    raw["calendar"]["2027"] = {"off": ["2027-01-01"], "work_weekend": []}
    found = [str(it) for it in diff(demo.district(), read_district(raw))]
    assert found == [
        "~ district NSK-DEMO: digest_at 07:40 → 08:10",
        "- key_places KP14 钢花电动车集中充电棚",
        "~ people P001 李明: name 吴雨辉 → 李明",
        "+ people P100 王芳",
        "+ calendar 2027",
    ]


def test_a_posts_team_stands_where_its_post_stands() -> None:
    team = demo.district().team_of_station("ST2")
    assert team
    assert team.point == Point(30.6389, 104.0968)
