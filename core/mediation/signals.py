"""What words say about a dispute: how dangerous it is, and whether it may be mediated at all (disputes.md, Grades).

One red signal makes it red, two orange ones make it orange; the usual grade of its kind is the least it gets. Words
raise a grade and never lower it: a signal that is not there may only not have been told.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from core.understand import Lexicon, normal

GRADES = ("绿", "黄", "橙", "红")
RED, ORANGE = "红", "橙"
_NUMBER = r"(?:[二两三四五六七八九十几多]|[2-9]|\d\d+)"


def _table(rows: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    return MappingProxyType({name: re.compile(words) for name, words in rows.items()})


REDS = _table(
    {
        "threat": (
            r"(?<!懒得)(?:弄死|整死|打死|砍死|捅死|杀了|杀死|杀(?:他|她|你|我)?全家|同归于尽|放火|泼汽油|"
            r"点(?:了|燃)?(?:他|她|你|我).{0,2}(?:房|家|屋)|烧(?:了|掉|死)?(?:他|她|你|我|人).{0,2}(?:房|"
            r"家|屋)?|要(?:他|她|你|我)的?命|让(?:我|他|她|你)好看|白刀子)"
        ),
        "weapon": r"菜刀|砍刀|匕首|铁棍|钢管|(?:拿|带|提|藏|揣|持)(?:着|了|起)?(?:一?把)?刀|汽油(?:桶|瓶)",
        "suicide": r"不想活|自杀|跳楼|喝农药|上吊|割腕|死给(?:他|她|你|我|谁)看",
        "violence": (
            r"动(?:了)?手打|打(?:了|伤)(?:我|他|她|人)|"
            r"被(?:他|她|人|邻居|房东|老公|老婆)?.{0,4}打(?:了|伤|得|到)|挨(?:了)?打|"
            r"掐(?:我|他|她|住)?.{0,2}脖子|家暴|打架|打起来|扇(?:了)?(?:我|他|她).{0,3}(?:耳光|巴掌)"
        ),
        "stalking": (
            r"跟踪|尾随|天天.{0,8}(?:守|堵|蹲)(?:在|到|着|我)?|"
            r"(?:守|堵|蹲)(?:在|到|着)?我?.{0,6}(?:楼下|家门|门口|单位)|死缠烂打"
        ),
        "police_calls": (
            rf"报(?:了|过)?(?:警|110)?.{{0,2}}{_NUMBER}次(?:警|110)?|"
            rf"{_NUMBER}次.{{0,2}}(?:报警|报110|叫(?:来)?警察)"
        ),
        "crowd": (
            r"堵(?:门|路|大门|小区)|拉横幅|(?:集体|一起).{0,4}(?:上访|去闹)|"
            r"(?:[1-9]\d|[二三四五六七八九]?十(?:几|多)?|几十|上百)(?:来|多)?(?:个|号)?(?:人|"
            r"户).{0,6}(?:闹|围|堵|去|聚|讨说法|维权)"
        ),
        "minor": (
            r"(?:娃娃?|孩子|小孩|小朋友|学生|儿子|女儿).{0,8}(?:打伤|被打|受伤|流血|骨折|住院|咬伤)|"
            r"打(?:我|了我|伤)?.{0,3}(?:娃|孩子|小孩)"
        ),
    }
)
_DRUNK = re.compile(r"喝(?:了|醉|多)?酒|酒后|醉(?:醺醺|了|酒)|发酒疯|吸毒|嗑药")
_THREATENS = re.compile(r"威胁|恐吓|扬言|要(?:打|砸|弄)|砸(?:门|东西|我|车)|骂(?:我|人|得)|闹事")
ORANGES = _table(
    {
        "pushing": r"推(?:搡|我|他|她|了)|拉扯|大吵|吵(?:了|得|起来)|骂(?:我|人|街|起来)|吼",
        "third": (
            r"(?:第[三四五六七八九十]|[三四五六七八九十多几好]+)(?:次|回|遍).{0,6}(?:投诉|反映|找|说|报)|"
            r"(?:投诉|反映|找|说|报)(?:了|过)?.{0,4}(?:[三四五六七八九十多几]|[3-9])(?:次|回|遍)"
        ),
        "old": (
            r"(?:[一二两三四五六七八九十几好多]+|[1-9]\d?)年(?:多|来|了|前|的恩怨|的矛盾)|"
            r"老(?:恩怨|矛盾)|积怨"
        ),
        "shaming": (
            r"(?:发|挂)(?:到|在|上)?.{0,4}(?:抖音|朋友圈|业主群|网上|微博|小红书|群里)|"
            r"曝光(?:我|他|她)"
        ),
        "moved_in": r"(?:叫|喊|带|把).{0,6}(?:亲戚|兄弟|家人|一家人|全家|老人).{0,4}(?:来|搬|住)",
    }
)
_MONEY = re.compile(r"(\d+(?:\.\d+)?)\s*(万)?\s*(?:元|块|钱|万)?|([一二两三四五六七八九十]+)万")
MUCH = 50_000

# disputes.md, “Not accepted”: what it is, by the words that tell it.
REFUSALS = _table(
    {
        "judged": (
            r"法院.{0,4}(?:都|已经?)?.{0,2}(?:判|立案|开庭|受理)|"
            r"(?:已经?|正在).{0,3}(?:起诉|打官司|诉讼|开庭)|判决(?:书|下来)?.{0,4}(?:不服|了)"
        ),
        "criminal": r"(?:强奸|贩毒|诈骗案|刑事案|立了?刑案|拘留了|检察院)",
        "arbitration": (
            r"(?:劳动)?仲裁.{0,4}(?:已经?|正在|申请了|受理|开庭|裁决)|"
            r"(?:已经?|正在|申请了).{0,4}(?:劳动)?仲裁"
        ),
        "administrative": (
            r"行政处罚.{0,6}(?:不服|错|撤)|(?:不服|撤销).{0,6}(?:处罚|行政|拆违决定|征收决定)|"
            r"政府信息公开"
        ),
    }
)
UNSUITED = ("judged", "criminal", "arbitration", "administrative", "unwilling", "unlawful", "outside")


def reds(words: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The red signals in the words, by name."""
    said = _plain(words, lexicon)
    found = tuple(name for name, pattern in REDS.items() if pattern.search(said))
    drunk = _DRUNK.search(said) and _THREATENS.search(said)
    return (*found, "drunk") if drunk else found


def oranges(words: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The orange signals in the words, by name."""
    said = _plain(words, lexicon)
    found = tuple(name for name, pattern in ORANGES.items() if pattern.search(said))
    return (*found, "money") if most_money(said) > MUCH else found


def grade_of(usual: str, words: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """The grade, and the signals that made it higher than the usual one of its kind."""
    red, orange = reds(words, lexicon), oranges(words, lexicon)
    read = RED if red else ORANGE if len(orange) > 1 else usual
    return higher(usual, read), (red or orange) if read != usual else ()


def higher(one: str, other: str) -> str:
    """The more dangerous of two grades; an unknown one counts as green."""
    return max(one, other, key=lambda it: GRADES.index(it) if it in GRADES else 0)


def one_up(grade: str) -> str:
    """A grade higher, for what has come back (disputes.md, step 11)."""
    return GRADES[min(GRADES.index(grade) + 1, len(GRADES) - 1)]


def refusal(words: str, lexicon: Lexicon) -> str | None:
    """Why it may not be mediated, where the words say so; None where they do not."""
    said = _plain(words, lexicon)
    return next((name for name, pattern in REFUSALS.items() if pattern.search(said)), None)


def most_money(said: str) -> float:
    """The largest sum that is named, in yuan; 0 where none is."""
    return max((_sum(it) for it in _MONEY.finditer(said)), default=0.0)


def _sum(found: re.Match[str]) -> float:
    if found[3]:
        return 10_000.0 * _CHINESE.get(found[3][0], 1)
    plain = "元" in found[0] or "块" in found[0] or "钱" in found[0]
    return float(found[1]) * (10_000 if "万" in found[0] else 1) if plain or "万" in found[0] else 0.0


_CHINESE = {word: value for value, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


def _plain(words: str, lexicon: Lexicon) -> str:
    return normal(words, lexicon.simple).lower()
