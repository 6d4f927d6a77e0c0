"""What a map may be asked: road and house number, and nothing else of what was said."""

import pytest

from core.understand import street_of


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("昨晚在龙舟路45号3栋2单元502着火了,我是陈玉芳13812345678", "龙舟路45号"),
        ("我们这儿下东大街216号漏水", "下东大街216号"),
        ("住在水碾河路南三段12-3号", "水碾河路南三段12-3号"),
        ("一环路东五段108號有人打架", "一环路东五段108号"),
        ("There is smoke at 12 East Lake Road", "12 East Lake Road"),
        ("打110号电话", None),
        ("3号楼2单元路灯不亮", None),
        ("走路5分钟到1号门", None),
        ("街上有个坑", None),
    ],
)
def test_road_and_number_alone(text: str, street: str | None):
    assert street_of(text) == street
