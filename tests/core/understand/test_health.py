"""What words tell of somebody's health is found, and nothing that only sounds like it (privacy.md, sensitive data)."""

import re

import pytest

from core import understand as u
from tests.core.understand.demo import LEXICON, load

HIDDEN = [
    ("我爸有精神分裂,楼道堆了纸箱", "我爸有[健康信息],楼道堆了纸箱"),
    ("她得了艾滋", "她得了[健康信息]"),
    ("我怀孕7个月,油烟太大", "我[健康信息],油烟太大"),
    ("我吃抗抑郁药,半夜装修", "我吃[健康信息],半夜装修"),
    ("我媽有糖尿病,電梯壞了", "我媽有[健康信息],電梯壞了"),
    ("他爷爷瘫痪在床", "他爷爷[健康信息]"),
    ("他是二级残疾,台阶烂了", "他是[健康信息],台阶烂了"),
    ("隔壁老王查出肺癌晚期", "隔壁老王查出[健康信息]晚期"),
    ("确诊了红斑狼疮", "确诊了[健康信息]"),
    ("我老婆是孕妇", "我老婆是[健康信息]"),
    ("她流产在家休息", "她[健康信息]在家休息"),
    ("外婆有阿尔兹海默", "外婆有[健康信息]"),
    ("我血压高,吵不得", "我[健康信息],吵不得"),
    ("HIV感染者", "[健康信息]感染者"),
    ("My mother has diabetes, the lift is broken", "My mother has [health], the lift is broken"),
    ("my wife is pregnant", "my wife is [health]"),
]
KEPT = [
    "健康步道坏了",
    "精神病院路口红绿灯坏了",
    "精神卫生中心门口堵车",
    "肿瘤医院门口井盖没了",
    "抑郁症讲座在哪里报名",
    "糖尿病饮食讲座通知贴错了",
    "高血压义诊几号",
    "隔壁在搞艾滋病宣传活动占了消防通道",
    "电线杆上贴满专治性病的小广告",
    "药店卖降压药过期",
    "健康证在哪里办",
    "残疾人坡道被车堵了",
    "残疾人车位被占",
    "盲道被占了",
    "卫生间漏水",
    "被你们气出心脏病了",
    "吵得我都要抑郁了",
    "你是不是有精神病啊",
    "交通瘫痪了",
    "流浪猫怀孕了",
    "小区的树得了炭疽病",
    "高血压线掉下来了",
    "中风险地区",
    "人流量太大",
]
ACUTE = [
    "有人晕倒在地上",
    "爸爸心脏病发作了",
    "奶奶糖尿病低血糖昏迷",
    "她怀孕九个月,羊水破了",
    "老人有哮喘,喘不上气",
    "我爸尿毒症,停电了透析机没电",
    "he has asthma and can't breathe",
]
NO_ILLNESS = ["我被狗咬了", "有人晕倒在地上", "老人摔断腿了", "小孩被烫伤", "楼道里有人吐血了", "全班都吐了"]


@pytest.mark.parametrize(("said", "shown"), HIDDEN)
def test_a_detail_of_health_is_masked_and_who_has_it_stays(said: str, shown: str) -> None:
    assert u.without_health(said, u.health_told(said, LEXICON)) == shown


@pytest.mark.parametrize("said", KEPT)
def test_places_notices_animals_and_figures_of_speech_stay_as_they_are(said: str) -> None:
    assert u.health_told(said, LEXICON) == ()


@pytest.mark.parametrize("said", ACUTE)
def test_what_happens_to_somebody_now_is_acute(said: str) -> None:
    assert u.is_acute(said, LEXICON)


@pytest.mark.parametrize("said", ["我爸有糖尿病,路灯坏了", "她有癫痫,去年发作过,油烟太大", "我怀孕7个月,楼道堆物"])
def test_an_illness_that_is_only_told_beside_is_not(said: str) -> None:
    assert u.health_told(said, LEXICON)
    assert not u.is_acute(said, LEXICON)


@pytest.mark.parametrize("said", NO_ILLNESS)
def test_an_injury_is_for_everybody_who_can_help(said: str) -> None:
    assert u.health_told(said, LEXICON) == ()


def test_every_mask_is_idempotent() -> None:
    for said, shown in HIDDEN:
        assert u.open_form(shown, LEXICON) == shown, said


def test_a_town_can_add_words_of_its_own() -> None:
    words, examples = load("bot/data/words.json"), load("bot/data/examples.json")
    own = u.with_own(words, examples, {"health": ("老毛病又凶了",)}, LEXICON)
    lexicon = u.read_lexicon(load("bot/data/taxonomy.json"), *own, like=LEXICON)

    assert u.health_told("我妈老毛病又凶了", LEXICON) == ()
    assert u.health_told("我媽老毛病又兇了", lexicon) == ("老毛病又兇了",)


def test_a_mask_never_shows_what_a_phone_mask_hid() -> None:
    said = u.open_form("我有糖尿病,电话13812345678", LEXICON)

    assert said == "我有[健康信息],电话138****5678"
    assert re.search(r"\d{11}", said) is None
