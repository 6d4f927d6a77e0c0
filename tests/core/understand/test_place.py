"""Places in all the ways people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import understand as u
from tests.core.understand.demo import GAZETTEER, LEXICON, compound

WRITTEN = [
    ("莲桂家园二期2-1-1203", "莲桂家园二期", 2, 1, 12, 1203),
    ("宏济花园3号楼", "宏济花园", 3, None, None, None),
    ("宏济新居5栋二单元", "宏济新居", 5, 2, None, None),
    ("我住一心苑三幢一单元904", "一心苑", 3, 1, 9, 904),
    ("铁路新村十二栋2楼", "铁路新村", 12, None, 2, None),
    ("东风院子6-2-301", "东风院子", 6, 2, 3, 301),
    ("东风院子6-2-3-1", "东风院子", 6, 2, 3, 301),
    ("牛沙雅居 8#1502室", "牛沙雅居", 8, None, 15, 1502),
    ("锦东2栋30楼", "锦东公寓", 2, None, 30, None),
    ("望江苑5棟1單元701", "望江苑", 5, 1, 7, 701),
    ("东篱居1座", "东篱居", 1, None, None, None),
    ("双桂5栋2单元六楼右手", "双桂东里", 5, 2, 6, None),
    ("住在二村3栋", "钢花二村", 3, None, None, None),
    ("牛市里４栋", "牛市里", 4, None, None, None),
    ("河心小区2栋10楼2号", "河心小区", 2, None, 10, 1002),
    ("Room 602, unit 2, building 4 河心小区", "河心小区", 4, 2, 6, 602),
    ("顺江里十五号院1栋", "顺江里15号院", 1, None, None, None),
    ("不是6栋,是九眼新村8栋", "九眼新村", 8, None, None, None),
    ("鸿济花园2栋", "宏济花园", 2, None, None, None),
]


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row[0])
def test_an_address_is_read(row: tuple[str, str, int | None, int | None, int | None, int | None]) -> None:
    text, name, *numbers = row

    got = u.read_place(text, GAZETTEER)

    assert (got.compound, [got.building, got.unit, got.floor, got.room]) == (compound(name), numbers)
    assert not got.outside_bounds


@pytest.mark.parametrize(
    "text",
    [
        "宏济新路中间喷水",
        "牛市口那边",
        "双桂路上",
        "下午3点20分",
        "11月20日19:30",
        "那栋楼",
        "整栋楼都停电了",
        "等了两个小时",
    ],
)
def test_roads_times_and_talk_are_no_address(text: str) -> None:
    got = u.read_place(text, GAZETTEER)

    assert (got.compound, got.building, got.unit, got.room, got.candidates) == (None, None, None, None, ())


@pytest.mark.parametrize(
    ("text", "key_place"),
    [
        ("宏济幼儿园门口", "KP06"),
        ("莲桂西路小学旁边", "KP02"),
        ("九眼河边那个亲水平台", "KP05"),
        ("在一心夜市", "KP11"),
    ],
)
def test_a_key_place_is_found_by_its_name_or_head_and_kind(text: str, key_place: str) -> None:
    assert u.read_place(text, GAZETTEER).key_place == key_place


def test_a_road_that_shares_a_schools_head_is_not_the_school() -> None:
    assert u.read_place("莲桂西路路灯坏了", GAZETTEER).key_place is None


@pytest.mark.parametrize("text", ["铁路新村15栋", "锦畔苑1栋3单元", "河心小区2栋19楼", "东篱居0栋"])
def test_numbers_beyond_the_compound_are_marked(text: str) -> None:
    assert u.read_place(text, GAZETTEER).outside_bounds


@pytest.mark.parametrize("text", ["我家楼下", "就在上次那个地方", "我们单元"])
def test_relative_words_ask_for_the_senders_home(text: str) -> None:
    got = u.read_place(text, GAZETTEER)

    assert got.relative
    assert got.compound is None


def test_a_name_that_fits_two_compounds_is_asked() -> None:
    got = u.read_place("钢花3栋", GAZETTEER)

    assert got.compound is None
    assert set(got.candidates) == {compound("钢花一村"), compound("钢花二村")}
    assert got.building == 3


def test_two_compounds_named_together_are_asked() -> None:
    got = u.read_place("宏济花园和宏济新居中间的路", GAZETTEER)

    assert got.compound is None
    assert set(got.candidates) == {compound("宏济花园"), compound("宏济新居")}


def test_opposite_a_building_is_not_that_building() -> None:
    got = u.read_place("东风院子4栋对面", GAZETTEER)

    assert got.building is None
    assert got.spot == "4栋对面"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("宏济花园2栋1单元1203", "宏济花园2栋"),
        ("宏济花园南门", "宏济花园南门"),
        ("粮机厂1栋和2栋中间", "粮机厂宿舍1栋和2栋之间"),
        ("宏济幼儿园门口", "宏济幼儿园"),
        ("我家", ""),
    ],
)
def test_a_group_sees_no_more_than_the_building(text: str, label: str) -> None:
    assert u.building_label(u.read_place(text, GAZETTEER), GAZETTEER) == label


def test_a_compound_without_counts_bounds_nothing() -> None:
    gazetteer = u.make_gazetteer([u.Compound(id="A", name="新苑小区")], [], LEXICON)

    assert not u.read_place("新苑小区99栋", gazetteer).outside_bounds


def test_an_empty_district_knows_no_names() -> None:
    got = u.read_place("宏济花园2栋", u.make_gazetteer([], [], LEXICON))

    assert (got.compound, got.building) == (None, 2)


@given(st.text(alphabet="宏济花园望江苑栋单元楼号室0123456789一二十百零-#,和中间 §东", max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    got = u.read_place(text, GAZETTEER)

    assert got.compound is None or got.compound in GAZETTEER.compounds
    assert got.room is None or str(got.room) not in u.building_label(got, GAZETTEER) or got.room == got.building
