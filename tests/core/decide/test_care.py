"""What the reporter is told to do and to leave alone until somebody comes."""

import pytest

from tests.core.decide.village import RESIDENT, Village


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("宏济花园门口有根电线掉下来搭在铁栏杆上", "care.wire"),
        ("宏济花园有条黄狗没牵绳子把我妈咬了,小腿出血", "care.bite"),
        ("宏济花园2栋我们被关在电梯里了", "care.lift"),
        ("我爸在转账!!说是公安局的安全账户 我拦不住他", "care.fraud"),
        ("宏济花园门口井盖没了", "care.hole"),
    ],
)
def test_the_advice_comes_once_with_what_is_told_first(said: str, advice: str) -> None:
    village = Village()

    village.says(said)
    village.passes(seconds=30)
    village.says("快点来人看看")

    assert village.kinds(RESIDENT).count(advice) == 1


def test_a_dog_without_a_lead_needs_no_advice() -> None:
    village = Village()

    village.says("宏济花园有人遛狗不牵绳")

    assert not [kind for kind in village.kinds(RESIDENT) if kind.startswith("care.")]


def test_the_numbers_come_before_the_advice() -> None:
    village = Village()

    village.says("有根电线掉下来搭在铁栏杆上")

    kinds = village.kinds(RESIDENT)
    assert kinds.index("emg.top") < kinds.index("care.wire")
