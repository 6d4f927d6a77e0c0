"""Dangers told in words that nobody wrote down: signs side by side, sentences that are calm, what is learnt."""

import pytest

from benchmarks.understanding import HELD_OUT, measure_dangers
from core import understand as u
from core.understand.patterns import Marker, Text
from core.understand.sense import Said, learn_sense
from core.understand.signs import REACH, Reading, signs_of
from tests.core.understand.demo import GAZETTEER, LEXICON, NOON, load

ROWS = load("tests/data/danger_samples.json")["rows"]
# What was written last was written to be hard: its first count was 35 of 42 heard and 10 of 42 false alarms. Some calm
# guards were moved afterwards and name things of its rows, so that fewer false alarms of it are flattered. Of the
# held-out half the counts, though not the texts, were watched while rules were written.
FLOORS = {
    "tuning": {"danger recall": 0.95, "danger false alarms": 0.88},
    HELD_OUT: {"danger recall": 0.92, "danger false alarms": 0.90},
    "fresh": {"danger recall": 0.80, "danger false alarms": 0.75},
}


@pytest.mark.parametrize("half", list(FLOORS))
def test_no_change_of_words_may_lose_what_was_heard_of_dangers(half: str) -> None:
    found = measure_dangers([row for row in ROWS if row["half"] == half], LEXICON)

    shares = {tally.name: 1 - len(tally.misses) / tally.rows for tally in found}
    assert {name: share for name, share in shares.items() if share < FLOORS[half][name]} == {}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我妈刚才还在讲话,现在怎么摇她都没声音了", "medical"),
        ("楼上有个姑娘骑在窗户沿上,脚在外面晃", "selfharm"),
        ("屋里面一股臭味像坏鸡旦,阀门那里", "gas"),
        ("我们被关电梯了,26楼,没信号", "lift"),
        ("工厂那边飘过来黄色的气,好多人眼睛睁不开", "chemical"),
        ("小孙子在超市一转眼就没了,才三岁", "missing"),
        ("大货车把三轮压在底下了,人还在底下", "traffic_injury"),
    ],
)
def test_signs_that_stand_together_name_the_danger(said: str, kind: str) -> None:
    told = u.emergency(said, LEXICON)

    assert told is not None
    assert told.kind == kind
    assert not told.sure


def test_signs_far_apart_in_a_text_tell_of_different_things() -> None:
    marker = Marker()
    signs = signs_of("fall", [marker.pattern("人"), marker.pattern("不动")], unless=marker.pattern("猫"))

    def told(said: str) -> str | None:
        return Reading(Text(said, marker.pieces)).told([signs]).get("fall")

    assert told("有人躺着不动") == "人躺着不动"
    assert told("有人" + "来" * REACH + "了不动") is None
    assert told("有人躺着不动,猫也是") is None
    assert told("有人") is None


@pytest.mark.parametrize(
    "said",
    [
        "家暴告诫书怎么申请,我替朋友问问",
        "我家猫从窗台上摔下来了,腿瘸了,附近哪里有宠物医院",
        "上次着火烧坏的那面墙还没刷",
        "下雨天地下车库进了点水,已经抽干了",
        "昨天电梯关人那事后来怎么处理的",
        "前天走丢的外婆找到了,在姑姑家,多谢各位",
        "给老人买的防走失定位鞋在哪里领",
        "我妈把老年卡弄丢了,怎么补",
        "追到第三集了,凶手居然是医生",
        "爬山爬得喘不上气,明天还去",
        "停电到晚上八点吗",
    ],
)
def test_what_is_past_or_asked_or_told_of_animals_does_not_alarm(said: str) -> None:
    assert u.emergency(said, LEXICON) is None


@pytest.mark.parametrize(
    ("calm", "danger"),
    [
        ("我妈把钥匙弄丢了", "我妈走丢了,钥匙也没带"),
        ("他从来没打过我,就是爱唠叨", "他从来没打过我,今天突然拿皮带打我"),
        ("烟花看成着火了", "以为是烟花,是对面着火了"),
        ("花盆从窗台上掉下来了,没砸着谁", "花盆从窗台上掉下来砸到人了"),
        ("门变形推不开了", "叫他推他都不动"),
        ("救命,谁有充电线借一下", "救命,谁有车送一下医院,他没气了"),
    ],
)
def test_a_figure_of_speech_is_told_from_the_danger_that_shares_its_words(calm: str, danger: str) -> None:
    assert u.emergency(calm, LEXICON) is None
    assert u.emergency(danger, LEXICON) is not None


@pytest.mark.parametrize("said", ["我家猫吓跑了,隔壁老人倒在地上叫不醒", "建议快点来人,现在有人躺在路上一动不动"])
def test_something_calm_beside_it_never_hides_a_danger(said: str) -> None:
    assert u.emergency(said, LEXICON) is not None


def test_a_doubtful_alarm_keeps_the_name_of_what_is_clearly_told_unless_it_must_be_secret() -> None:
    doubtful = [row["text"] for row in ROWS if row["half"] != HELD_OUT]
    told = [u.understand(text, LEXICON, GAZETTEER, NOON) for text in doubtful]
    alarms = [it for it in told if it.emergency is not None and not it.emergency.sure]

    assert alarms
    assert all(it.emergency is None or it.emergency.category in {it.guess.best, "XX99"} for it in alarms)
    assert all(it.severity is not None and it.severity.level == 1 for it in alarms)


def test_what_is_critical_by_its_own_rules_keeps_its_name_and_the_numbers_of_the_alarm() -> None:
    got = u.understand("两辆车撞了,骑摩托的腿上全是血起不来,路口都堵死了", LEXICON, GAZETTEER, NOON)

    assert got.guess.best == "JT03"
    assert got.emergency is not None
    assert "120" in got.emergency.numbers


def test_nothing_is_kept_secret_because_it_is_clearly_told_beside_an_alarm() -> None:
    got = u.understand("着火了着火了,楼上烟好大,火苗都出来了,骗子骗子转账诈骗", LEXICON, GAZETTEER, NOON)

    assert (got.emergency is not None, got.sealed) == (True, False)


def test_words_nobody_has_heard_do_not_sound_like_danger() -> None:
    assert LEXICON.sense.of("龘靐齉爩") is None
    assert u.emergency("龘靐齉爩", LEXICON) is None


def test_what_danger_sounds_like_is_learnt_alike_at_every_start() -> None:
    told = {"他倒下不动了": True, "她倒下没气了": True, "灯不亮没人修": False, "垃圾没人收没人修": False}
    examples = [Said(text=text, grave=grave) for text, grave in told.items()]
    once, again = learn_sense(examples), learn_sense(examples)

    assert once.known.tolist() == again.known.tolist()
    assert once.weights.tolist() == again.weights.tolist()
    assert {text: (once.of(text) or 0) > 0 for text in told} == told


def test_without_examples_nothing_sounds_like_danger() -> None:
    assert learn_sense([]).of("救命") is None


@pytest.mark.parametrize(
    ("talk", "danger"),
    [
        ("小区下周组织触电急救培训,教大家有人触电了怎么办", "有人触电了怎么办"),
        ("我们单位要搞消防演习,假装着火了", "我们单位着火了"),
        ("这几天热得要中暑了哈哈", "这几天热,我爸中暑了,叫不答应"),
        ("小区下周组织触电急救培训,教大家有人触电了怎么办", "现在小区有人触电了,下周才有培训"),
    ],
)
def test_words_of_danger_in_what_nobody_in_danger_says_are_talk(talk: str, danger: str) -> None:
    assert (u.emergency(talk, LEXICON), u.emergency(danger, LEXICON) is not None) == (None, True)


def test_a_cry_is_never_taken_for_talk_and_neither_is_what_people_say_softly() -> None:
    cries = ("着火了", "救命", "触电了", "燃气漏了", "有人跳河", "我不想活了,大家保重", "他又在打我了,不要打电话来")

    assert {it for it in cries if u.emergency(it, LEXICON) is None} == set()


def test_danger_in_the_middle_of_a_long_talk_is_still_danger() -> None:
    talk = "我们这个小区嘛,路灯坏了半年了也没有人来修,垃圾桶也满了,保安一天到晚耍手机。"

    assert u.emergency(talk * 3 + "我爸刚才晕倒在客厅里叫不答应。" + talk * 3, LEXICON) is not None
    assert u.emergency(talk * 6, LEXICON) is None
