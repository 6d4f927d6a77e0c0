"""Each answer edits the document and leaves one that the reader takes; the steps are read from it."""

from copy import deepcopy

import pytest

from core.district import DistrictFaults, read_district
from core.setup import Document, NotADocument, blank, blocking, doubtful, edit, known_chats, parsed, rebased, written
from core.setup.templates import TEMPLATES
from tests.core import demo

GATE, CENTRE = -1001, -1002


def town() -> Document:
    """One post with two people, and a centre with one."""
    doc, name = edit.with_post(edit.named(blank(), "东门街道"), GATE, "东门岗")
    doc = edit.placed(doc, name, 30.64, 104.09)
    doc = edit.joined(edit.with_centre(doc, CENTRE), "CTR", 1, "周主任")
    return edit.joined(edit.joined(doc, "ST1", 2, "李卫国"), "ST1", 3, "王秀兰")


def members(doc: Document, team: str) -> dict[str, tuple[str, ...]]:
    found = read_district(doc).team(team)
    assert found is not None
    return {it.name: it.members for it in found.groups}


def test_a_blank_document_says_which_steps_are_missing():
    assert blocking(blank()) == ("name", "centre", "posts")
    with pytest.raises(DistrictFaults):
        read_district(blank())


def test_a_town_of_a_few_answers_can_be_read_and_lacks_shifts_alone():
    here = read_district(town())
    assert (blocking(town()), doubtful(town())) == ((), ("shifts",))
    assert (here.centre_chat(), [it.chat_id for it in here.stations]) == (CENTRE, [GATE])
    assert [(it.id, it.team, it.tg_id) for it in here.people] == [
        ("P001", "CTR", 1),
        ("P002", "ST1", 2),
        ("P003", "ST1", 3),
    ]


def test_without_grids_the_head_of_the_centre_answers_for_all_of_it():
    (grid,) = read_district(edit.led(town(), "CTR", 1)).grids
    assert grid.head == "P001"
    assert edit.led(edit.led(town(), "CTR", 1), "CTR", 2) == edit.led(town(), "CTR", 1)


def test_without_grids_all_that_lies_around_a_post_is_ours_and_grows_with_the_posts():
    (grid,) = read_district(town()).grids
    doc, name = edit.with_post(town(), -1003, "西门岗")
    (wider,) = read_district(edit.placed(doc, name, 30.70, 104.09)).grids
    assert wider.area.area > 1.9 * grid.area.area
    (near,) = read_district(edit.around(town(), 1000)).grids
    assert near.area.area < grid.area.area / 8


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda it: it.id)
def test_every_template_deals_all_people_and_can_be_read(template):
    doc = edit.rostered(town(), template, "2026-11-16")
    dealt = members(doc, "ST1")
    assert list(dealt) == [name for name, _ in template.groups]
    assert sorted(who for people in dealt.values() for who in people) == ["P002", "P003"]
    assert doubtful(doc) == ()


def test_whoever_comes_later_goes_into_the_smallest_group_and_a_new_post_works_as_the_others():
    doc = edit.rostered(town(), TEMPLATES["T3"], "2026-11-16")
    assert members(edit.joined(doc, "ST1", 4, "赵"), "ST1") == {"甲": ("P002",), "乙": ("P003",), "丙": ("P004",)}
    doc, name = edit.with_post(doc, -1003, "西门岗")
    doc = edit.placed(edit.joined(doc, name, 5, "钱"), name, 30.65, 104.1)
    assert members(doc, name) == {"甲": ("P004",), "乙": (), "丙": ()}


def test_who_goes_over_to_another_post_leaves_the_first_and_its_head():
    doc, name = edit.with_post(edit.headed(town(), "ST1", "P002"), -1003, "西门岗")
    doc = edit.placed(edit.joined(doc, name, 2, "李卫国"), name, 30.65, 104.1)
    here = read_district(doc)
    assert here.head("ST1") is None
    assert [it.id for it in here.members(name)] == ["P002"]


def test_who_is_taken_out_is_named_nowhere_any_more():
    doc = edit.rostered(edit.headed(town(), "ST1", "P002"), TEMPLATES["T1"], "2026-11-16")
    assert "P002" not in written(edit.gone(doc, "P002"))
    read_district(edit.gone(doc, "P002"))


@pytest.mark.parametrize("post", ["ST1", "ST2", "ST3", "ST4"])
def test_a_post_of_a_whole_town_can_be_given_up(post):
    doc = edit.without_post(demo.raw("bot/data/demo_district.json"), post)
    assert read_district(doc).station(post) is None


def test_grids_without_names_get_numbers_and_take_the_place_of_the_circles():
    square = {"type": "Polygon", "coordinates": [[[104.0, 30.6], [104.2, 30.6], [104.2, 30.7], [104.0, 30.6]]]}
    doc = edit.gridded(town(), [{"type": "Feature", "geometry": square, "properties": None}])
    assert [(it.id, it.name_zh) for it in read_district(doc).grids] == [("G01", "G01")]


def test_no_answer_changes_the_document_that_it_was_given_to():
    before = town()
    kept = deepcopy(before)
    for changed in (
        edit.rostered(before, TEMPLATES["T4"], "2026-11-16"), edit.without_post(before, "ST1"),
        edit.headed(before, "ST1", "P002"), edit.gone(before, "P002"), edit.joined(before, "CTR", 2, "x"),
        edit.with_post(before, -5, "x")[0], edit.calling(before, "028-1"), edit.speaking(before, "en"),
    ):  # fmt: skip
        assert changed != kept
    assert before == kept


def test_what_others_changed_meanwhile_stays_and_what_the_draft_changed_goes_over_it():
    base = town()
    draft = edit.named(base, "西门街道")
    live = {**base, "calendar": {"2027": None}, "district": {**base["district"], "gas_no": "1"}}
    merged = rebased(draft, base, live)
    assert merged["calendar"] == {"2027": None}
    assert merged["district"]["name_zh"] == "西门街道"


def test_every_chat_of_a_document_is_known():
    doc = demo.raw("bot/data/demo_district.json")
    ours = {it.chat_id for it in demo.district().teams if it.chat_id}
    assert ours <= set(known_chats(doc))


@pytest.mark.parametrize(("raw", "line"), [("{\n", 2), ("[]", None), ("", 1), ("[" * 100_000, None)])
def test_what_is_no_document_is_refused_with_its_line(raw, line):
    with pytest.raises(NotADocument) as refused:
        parsed(raw)
    assert refused.value.line == line
