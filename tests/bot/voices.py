"""A voice with a few names, and a reader of Telegram's HTML, for the tests of the voice."""

import re
from collections.abc import Mapping
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from bot.voice import Names, Voice
from bot.voice.names import Pair
from core.messages import Json, Notice

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 20, 20, tzinfo=ZONE)
LANGUAGES = ("zh-Hans", "zh-Hant", "en")

VOICE = Voice(
    Names(
        categories={
            "XF03": Pair("电动车违停充电飞线", "E-bike parked or charged indoors, flying wire"),
            "HJ02": Pair("噪声扰民(公共)", "Noise from works, shops, squares"),
            "SB04": Pair("爆管大量跑水", "Burst main"),
            "SB07": Pair("路灯楼道灯不亮", "Lighting out"),
        },
        places={
            "ST1": Pair("工农院街平安驿站", "Gongnongyuan Street Safety Post"),
            "ST2": Pair("宏济新路平安驿站", "Hongji New Road Safety Post"),
            "CTR": Pair("街道综治中心", "Subdistrict dispatch centre"),
        },
        grids={"G05": Pair("第5网格·宏济片", "Grid 5 Hongji")},
        people={"P002": Pair("王佳涛"), "P003": Pair("欧阳明月"), "P041": Pair("赵长勇")},
        accounts={"P002": 9000000002},
        centre="CTR",
    ),
    ZONE,
)


def notice(kind: str, params: Mapping[str, Json] | None = None, language: str = "zh-Hans", to: int = 1) -> Notice:
    return Notice(to=to, kind=kind, key="k", params=params or {}, language=language)


def spoken(kind: str, params: Mapping[str, Json] | None = None, language: str = "zh-Hans") -> str:
    return VOICE.speak(notice(kind, params, language), NOW).text


class TelegramHtml(HTMLParser):
    """Reads what Telegram reads; refuses what Telegram refuses (a stray <, an unknown or open tag)."""

    TAGS = frozenset({"a", "b", "i", "u", "s", "code", "pre"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in self.TAGS, tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read_html(text: str) -> str:
    """What the reader sees of it. Fails when Telegram would not accept the text."""
    stripped = re.sub(r'</?b>|</?code>|<a href="tg://user\?id=\d+">|</a>', "", text)
    assert "<" not in stripped
    assert ">" not in stripped
    reader = TelegramHtml()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return "".join(reader.seen)


# The sample of figures.md with the names of the taxonomy: above and below the hot spots.
SAMPLE_ABOVE = [
    "【第5网格·宏济片 日报】11月20日 周五",
    "🔴 请先看",
    "1 A08 电动车违停充电飞线 近5小时没人签",
    "2 A05 噪声扰民(公共) 已超期",
    "3 A13 路灯楼道灯不亮 修后又坏(重开)",
    "📊 昨天",
    "新增6件(居民5 巡防1)",
    "并案1 无效1 撤销1",
    "按时签收 5/7",
    "按时办结 2/5",
    "办结7件 重开1件",
    "响应 中位7分(平均50分)",
    "处置 中位5小时(平均19.6小时)",
    "满意 4/5(7件结案,5件评价)",
]
SAMPLE_BELOW = [
    "🤝 调解 在办2件 今天到期0",
    "👮 今日值班:宏济新路平安驿站 乙组2人",
]
