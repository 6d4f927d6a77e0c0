"""What the writer wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import understand as u
from tests.core.understand.demo import LEXICON

ASKED = [
    "你们上班时间",
    "你们几点上班",
    "你们几点下班",
    "你们社区的上班时间是怎样的",
    "周末你们上班吗",
    "驿站周六开不开",
    "過年你們上班嗎",
    "网格员什么时候在",
    "巡逻队晚上几点来巡",
    "工作人员中午休息吗",
    "工作人员几点换班",
    "民警周末在岗吗",
    "你们国庆放假吗",
    "驿站中午关门吗",
    "网格员电话多少",
    "社区民警是哪个",
    "我们这片网格员是谁",
    "我们楼的网格员叫什么名字",
    "社区主任办公室在几楼",
    "调解员怎么找",
    "综治中心怎么走",
    "你们在哪里办公",
    "驿站在哪里",
    "今天谁值班",
    "你们管停车吗",
    "这个归你们管吗",
    "流浪狗归不归你们管",
    "这片归哪个民警管",
    "你们负责哪几个小区",
    "你们电话打不通",
    "值班电话一直没人接",
]
NOT_ASKED = {
    u.Kind.COMPLAINT_STAFF: [
        "你们上班时间没人在",
        "驿站上班时间没人",
        "社区上班时间大门锁着",
        "上班时间网格员在打牌",
        "网格员上班时间不在",
        "值班的人喝酒",
        "你们到底管不管,态度这么差",
        "你们窗口的人态度恶劣",
    ],
    u.Kind.URGE: [
        "怎么没人来",
        "怎么还没人来",
        "你们到底管不管",
        "你们还来不来",
        "到底管不管啊",
        "报了两个小时了没人来",
        "咋个还不来嘛",
    ],
    u.Kind.STATUS: ["我的事情办得怎么样了", "有没有人去看过"],
    u.Kind.HAZARD: [
        "上班时间工地打桩太吵",
        "你们楼下路灯不亮了",
        "物业晚上施工吵得人没法休息",
        "派出所门口晚上有人打架",
        "社区门口的灯不亮了",
        "你们楼下的井盖坏了,管不管",
        "街道办门口堵满了电瓶车",
    ],
}
SAID = {
    u.Kind.INQUIRY: [
        "请问居住证在哪办",
        "社区几点上班",
        "明天停水是真的吗",
        "办理老年证需要带什么",
        "请问你们电话多少",
        "养狗证怎么办",
        "什么时候来电",
    ],
    u.Kind.SUGGESTION: [
        "建议在路口装个减速带",
        "能不能多装几盏路灯",
        "希望小区门口加个垃圾桶",
        "建议组织反诈讲座",
        "可不可以设个快递柜",
    ],
    u.Kind.PRAISE: ["感谢李师傅帮我修好门禁", "网格员小王太负责了", "给巡逻队点赞,来得好快", "谢谢你们及时处理"],
    u.Kind.COMPLAINT_STAFF: [
        "你们值班的人态度太差",
        "网格员收我红包",
        "我要投诉驿站工作人员玩手机",
        "那个保安队员骂人,投诉巡防队",
    ],
    u.Kind.PRIVACY: ["删除我的信息", "我的电话会不会告诉对方", "隐私", "把我的个人信息删掉"],
    u.Kind.STATUS: ["上次报的事情怎么样了", "编号 A2611-0042 有进展没", "处理得怎么样了", "我报的路灯修好没"],
    u.Kind.URGE: ["怎么还没人来", "催一下", "等了两个小时了还没有人来", "到底来不来处理啊", "快点派人来嘛"],
    u.Kind.CHAT: ["你好", "在吗", "谢谢", "哈哈", "早上好", "你是谁", "👍"],
    u.Kind.PRANK: ["外星人把我家屋顶掀了哈哈", "奥特曼来了", "逗你玩的"],
    u.Kind.SPAM: ["兼职日结500加V:abc12345", "点击 t.me/abc 领红包", "无抵押贷款秒到账", "月入过万 名额有限"],
    u.Kind.ABUSE: ["你们都是废物", "滚", "傻逼机器人", "tmd"],
    u.Kind.HUMAN: ["转人工", "我要找工作人员", "能不能叫个真人来", "人工客服"],
    u.Kind.DISPUTE: ["房东不退押金想调解", "我跟邻居有矛盾想请人评评理", "老板欠工资"],
    u.Kind.HAZARD: ["井盖没了", "路灯坏了", "楼道堵了", "有人偷东西"],
    u.Kind.UNCLEAR: ["那个", "三栋", "嗯这个事情"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_a_sentence_has_its_kind(kind: u.Kind, text: str) -> None:
    assert u.kind(text, LEXICON) is kind


@pytest.mark.parametrize("text", ["匿名举报:地下室有人聚众赌博,别说是我", "找工作人员都没人理,井盖没了三天"])
def test_a_hazard_told_clearly_stays_a_hazard(text: str) -> None:
    assert u.kind(text, LEXICON) is u.Kind.HAZARD


def test_danger_is_never_taken_for_a_joke_or_an_advertisement() -> None:
    assert u.kind("哈哈外星人,不开玩笑,三栋着火了", LEXICON) is u.Kind.HAZARD


def test_naming_a_person_before_others_is_chat() -> None:
    assert u.exposes("7栋那个女的偷人,大家都来认识一下", LEXICON)
    assert u.kind("7栋那个女的偷人,大家都来认识一下", LEXICON) is u.Kind.CHAT


@given(st.text())
def test_any_text_has_a_kind(text: str) -> None:
    assert u.kind(text, LEXICON) in u.Kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("值班的小李态度很好,谢谢", u.Kind.PRAISE),
        ("你们值班的人态度太差了", u.Kind.COMPLAINT_STAFF),
        ("网格员态度挺好但是爱收钱,我要投诉网格员", u.Kind.COMPLAINT_STAFF),
    ],
)
def test_a_good_word_about_a_colleague_is_no_complaint(said: str, kind: u.Kind) -> None:
    assert u.kind(said, LEXICON) is kind


@pytest.mark.parametrize("said", ASKED)
def test_who_asks_for_hours_people_places_and_powers_complains_about_nobody(said: str) -> None:
    assert u.kind(said, LEXICON) is u.Kind.INQUIRY


@pytest.mark.parametrize(("kind", "said"), [(kind, said) for kind, rows in NOT_ASKED.items() for said in rows])
def test_hours_and_offices_in_a_complaint_a_push_or_a_report_do_not_make_a_question_of_it(
    kind: u.Kind, said: str
) -> None:
    assert u.kind(said, LEXICON) is kind
