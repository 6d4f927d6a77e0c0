"""How urgent a hazard is (hazards.md)."""

from datetime import datetime

import pytest

from core import understand as u
from tests.core.understand.demo import LEXICON, NIGHT, NOON


def level(
    category: str, text: str, at: datetime = NOON, *, near: bool = False, repeats: int = 0, warning: bool = False
) -> tuple[int, tuple[str, ...]]:
    got = u.severity(category, text, at=at, lexicon=LEXICON, near_key_place=near, repeats=repeats, warning=warning)
    assert got is not None
    return got.level, got.raised_because


@pytest.mark.parametrize(
    ("category", "text", "expected"),
    [
        ("JT03", "两辆车追尾", 2),
        ("JT03", "车祸,有人流血", 1),
        ("JT01", "路上有个坑", 3),
        ("JT01", "路面塌了一个大洞", 1),
        ("SB05", "整栋楼停电", 2),
        ("SB05", "电线掉在地上", 1),
        ("JT04", "车乱停", 4),
        ("JT04", "车堵了单元门", 2),
        ("HJ04", "遛狗不牵绳", 3),
        ("HJ04", "狗把我咬了,出血了", 2),
        ("HJ06", "老鼠好多", 4),
        ("HJ06", "树上有马蜂窝", 2),
        ("ZH05", "五个同事吃了拉肚子", 1),
        ("XF06", "铺面里睡了人,还有煤气罐", 2),
        ("XX99", "不晓得算啥子", 3),
    ],
)
def test_the_rows_own_rules_set_the_level(category: str, text: str, expected: int) -> None:
    assert level(category, text)[0] == expected


@pytest.mark.parametrize(
    ("category", "text", "extra", "expected"),
    [
        ("JT02", "井盖没了", {"near": True}, (1, ("near_key_place",))),
        ("HJ01", "垃圾没人收", {"repeats": 2}, (3, ("repeated",))),
        ("HJ01", "垃圾没人收", {"repeats": 1}, (4, ())),
        ("JZ02", "招牌松了", {"warning": True}, (1, ("weather_warning",))),
        ("HJ01", "垃圾没人收", {"warning": True}, (4, ())),
        ("XF05", "插板烧糊", {"at": NIGHT}, (2, ("night",))),
        ("HJ01", "垃圾没人收", {"at": NIGHT}, (4, ())),
        ("XF02", "轮椅都过不去", {}, (2, ("vulnerable",))),
        ("SB06", "十几个人受影响", {}, (2, ("crowd",))),
        ("JZ03", "老房子墙裂了", {}, (2, ())),
    ],
)
def test_each_reason_raises_by_one_level(
    category: str, text: str, extra: dict[str, object], expected: tuple[int, tuple[str, ...]]
) -> None:
    assert level(category, text, **extra) == expected  # type: ignore[arg-type]  # a table of keyword arguments


def test_several_reasons_raise_by_one_level_only() -> None:
    assert level("HJ01", "老人摔倒受伤", near=True, repeats=5) == (
        3,
        ("vulnerable", "hurt", "near_key_place", "repeated"),
    )


@pytest.mark.parametrize("hour", [23, 0, 4])
def test_the_night_is_from_eleven_to_five(hour: int) -> None:
    assert level("XF03", "楼道充电", NOON.replace(hour=hour))[0] == 1
    assert level("XF03", "楼道充电", NOON.replace(hour=5))[0] == 2
    assert level("XF03", "楼道充电", NOON.replace(hour=22))[0] == 2


def test_a_dispute_has_no_severity() -> None:
    assert u.severity("ML01", "楼上吵", at=NOON, lexicon=LEXICON) is None
