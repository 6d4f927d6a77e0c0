"""Dangers to life: what must alarm, what must not, and how the answer has to sound."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import understand as u
from core.understand.emergency import heard
from tests.core.understand.demo import GAZETTEER, LEXICON, NOON, load

ALARMS = [
    "厨房烧起来了",
    "阳台冒黑烟",
    "我家隔壁在冒烟",
    "楼上爆炸了",
    "闻到好大煤气味",
    "我爸中风了",
    "有人倒在路边不动",
    "我老公要打死我",
    "他掐我脖子",
    "我想死",
    "活着太累了不想撑了",
    "有个女的站在楼顶要跳",
    "娃娃掉进河里",
    "小孩在河边玩水没得大人",
    "有人拿刀",
    "他们打起来了",
    "车撞到人了",
    "电线掉地上了",
    "墙要垮了",
    "娃儿一个人在窗台上",
    "外婆走丢了",
    "婆婆几天没开门",
    "煤气中毒",
    "路中间塌了个大洞",
    "有人触电",
    "被困在电梯",
    "地下室被淹有人困里面",
    "there is a fire in building 3",
    "my husband is hitting me",
    "help me please",
    "someone collapsed on the street",
    "救命",
    "快报警",
    "有人在撬我家门",
    "老人噎住了",
    "我流了好多血",
    "他喝了农药",
    "油罐车漏了",
    "有炸弹",
    "着火啦",
    "火!火!",
    "屋里全是烟",
    "電梯困咗人",
    "有人暈倒",
    "老竇跌咗落樓梯",
    "樓下着火呀",
    "佢打我",
    "我儿子割腕了",
    "孩子发高烧抽搐",
    "溺水了",
    "怕是要出人命了,打得凶",
    "邻居家小孩被反锁在屋里哭",
    "救我",
    "🆘",
    "昏过去了",
    "有人持刀抢劫",
    "树倒了压到人",
    "车祸有人流血",
    "羊水破了",
    "5岁男孩在菜市场跟大人走散了",
    "我爷爷突然倒在厕所,嘴巴歪了",
    "有個男人喺天台邊企喺度喊想跳",
    "屋企漏煤氣",
    "一氧化碳报警器响了",
    "小孩手卡在护栏里出不来",
]
CALM = [
    "消防栓没水",
    "今天热死了",
    "手机要爆炸了",
    "气炸了",
    "热得冒烟",
    "119路公交几点",
    "楼道灯坏了",
    "我要饿死了",
    "笑死我了",
    "这价格要命",
    "跳楼价甩卖",
    "建议多搞消防演练",
    "万一着火咋办,通道都堵了",
    "救命啊这也太好笑了",
    "我快累死了",
    "帮我砍一刀",
    "游戏里打架",
    "油烟好大",
    "烧烤摊烟熏",
    "想死你了",
    "他打我电话不接",
    "110平的房子漏水",
    "轮胎漏气了",
    "去年着过火",
    "火锅店太吵",
    "业主群炸了",
    "路灯杆歪了",
    "物业不作为",
    "垃圾没人收",
    "楼上天天吵得不想住了",
    "感谢你们帮我找到走丢的老人",
    "心态爆炸了",
    "请问灭火器在哪买",
    "房东不退押金",
    "停水通知",
    "井盖没了",
    "有人在楼道充电",
    "消防车进不来,停满了车",
    "流浪狗好多",
    "菜刀哪里可以磨",
    "孩子打疫苗在哪",
    "晚上施工吵死人",
    "生意火爆",
    "烟花爆竹能不能放",
    "抽烟的烟味太大",
]


@pytest.mark.parametrize("text", ALARMS)
def test_a_danger_to_life_alarms(text: str) -> None:
    assert u.emergency(text, LEXICON) is not None


@pytest.mark.parametrize("text", CALM)
def test_a_figure_of_speech_does_not_alarm(text: str) -> None:
    assert u.emergency(text, LEXICON) is None


@pytest.mark.parametrize(
    ("text", "kind", "category", "manner"),
    [
        ("三楼起火了", "fire", "XF01", u.Manner.TOP),
        ("厨房有股煤气味", "gas", "SB01", u.Manner.GAS),
        ("我老公又动手打我", "violence_home", "RS04", u.Manner.SILENT),
        ("我真的不想活了", "selfharm", "RS05", u.Manner.SELFHARM),
        ("我们被关在电梯里头了", "lift", "SB02", u.Manner.TOP),
        ("有个老人晕倒了", "medical", "RS01", u.Manner.TOP),
        ("外婆走丢了", "missing", "RS02", u.Manner.TOP),
        ("隔壁爷爷三天没开门", "elder", "RS03", u.Manner.TOP),
        ("有人拿刀砍人", "fight", "ZA01", u.Manner.TOP),
        ("🔥🔥", "fire", "XF01", u.Manner.TOP),
        ("救命", "help", "XX99", u.Manner.TOP),
    ],
)
def test_the_kind_of_danger_sets_category_and_manner(text: str, kind: str, category: str, manner: u.Manner) -> None:
    alarm = u.emergency(text, LEXICON)

    assert alarm is not None
    assert (alarm.kind, alarm.category, alarm.manner) == (kind, category, manner)


def test_further_dangers_add_their_numbers() -> None:
    alarm = u.emergency("着火了,有人晕倒在里面", LEXICON)

    assert alarm is not None
    assert alarm.numbers == ("119", "120")


def test_whoever_must_stay_silent_is_not_told_to_call_the_fire_service() -> None:
    alarm = u.emergency("他打我,还要放火烧房子", LEXICON)

    assert alarm is not None
    assert alarm.manner is u.Manner.SILENT
    assert "12110" in alarm.numbers
    assert "119" not in alarm.numbers


def test_a_real_fire_beside_a_figure_of_speech_still_alarms() -> None:
    assert u.emergency("今天热得要着火了,结果楼下真的冒烟了", LEXICON) is not None


def test_a_cry_at_the_end_of_a_very_long_text_is_heard() -> None:
    assert u.emergency("说来话长" * 900 + "快来人啊着火了", LEXICON) is not None


def test_no_pattern_looks_over_the_whole_text_from_each_of_its_places() -> None:
    whole = re.compile(r"(.{0,2})\(\?[=!]\.[*+]")  # from everywhere, 2000 characters take as long as 2000 texts
    files = (json.dumps(load(f"bot/data/{name}.json"), ensure_ascii=False) for name in ("words", "taxonomy"))
    found = [hit.group(1) for text in files for hit in whole.finditer(text.replace("\\\\", "\\"))]

    assert found
    assert [before for before in found if before != "\\A" and not before.endswith(")")] == []


@pytest.mark.parametrize(
    "text", ["说来话长" * 100 + "他在砸门,我躲在厕所里", "雨下得好大,暴雨!" + "说来话长" * 100 + "水淹到床了"]
)
def test_signs_that_stand_far_apart_in_a_long_text_are_still_put_together(text: str) -> None:
    assert u.emergency(text, LEXICON) is not None


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    alarm = u.emergency(text, LEXICON)

    assert alarm is None or alarm.numbers


@given(st.text(alphabet="楼上小区门口今天,。 ", max_size=20), st.text(alphabet="快点来啊!, ", max_size=20))
def test_words_around_a_fire_never_hide_it(before: str, after: str) -> None:
    assert u.emergency(f"{before},三栋着火了,{after}", LEXICON) is not None


def test_an_update_that_was_ranked_is_not_searched_for_danger_again() -> None:
    text = "三栋楼道里的灯好像一直不太亮"
    found = u.emergency(text, LEXICON)
    known = heard.cache_info().hits
    assert u.understand(text, LEXICON, GAZETTEER, NOON).emergency == found
    assert heard.cache_info().hits == known + 1
