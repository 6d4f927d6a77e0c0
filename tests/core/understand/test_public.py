"""What a group may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import understand as u

MASKED = [
    ("电话13812345678", "电话138****5678"),
    ("打138 1234 5678找我", "打138****5678找我"),
    ("+86-13812345678", "138****5678"),
    ("身份证510104199001011234", "身份证510104********1234"),
    ("身份证51010419900101123X", "身份证510104********123X"),
    ("川A12345在堵门", "川A*****在堵门"),
    ("新能源车川AD12345", "新能源车川A******"),
    ("微信号wang_1234", "微信号******"),
    ("加V:abc12345", "加V:******"),
    ("QQ123456789", "QQ******"),
    ("卡号6222021001001234567", "卡号6222***********4567"),
    ("028-84441234", "028-****1234"),
    ("邮箱wang.li@qq.com", "邮箱w***@qq.com"),
    ("宏济花园2栋1单元1203", "宏济花园2栋1单元****"),
    ("3-2-501", "3-2-***"),
    ("1203室", "****室"),
    ("一三八一二三四五六七八", "***********"),
    ("姓名:王小明", "姓名:***"),
    ("我叫陈玉芳,3栋灯不亮", "我叫***,3栋灯不亮"),
    ("我是李大妈13812345678", "我是***138****5678"),
    ("找王小明电话13812345678", "找***电话138****5678"),
    ("聯繫人:張三", "聯繫人:**"),
    ("问@wang_li_88", "问@***"),
]
KEPT = [
    "我是高中生",
    "我是住户,路灯坏了",
    "我是白天看到的",
    "我是王家院子门口的",
    "订单号2026112012345678",
    "编号 A2611-0042",
    "11月20日19:30",
    "2026-11-20",
    "110",
    "12345",
    "500元",
    "2026年",
    "5栋300多户",
    "3栋2单元12楼",
    "119路公交",
    "老张头家",
]


@pytest.mark.parametrize(("text", "public"), MASKED)
def test_what_leads_to_a_person_is_masked(text: str, public: str) -> None:
    assert u.public_form(text) == public


@pytest.mark.parametrize("text", KEPT)
def test_what_people_need_to_find_the_matter_stays(text: str) -> None:
    assert u.public_form(text) == text


@given(
    st.text(alphabet=st.characters(categories=("Lo", "Zs", "Po"))),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(alphabet=st.characters(categories=("Lo", "Zs", "Po"))),
)
def test_no_surroundings_let_a_phone_number_through(before: str, phone: str, after: str) -> None:
    assert phone not in u.public_form(before + phone + after)


@pytest.mark.parametrize("text", [text for text, _ in MASKED])
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = u.public_form(text)

    assert u.public_form(once) == once


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(u.public_form(text), str)
