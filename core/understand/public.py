"""What may be shown to a group: the same words with everything masked that leads to a person."""

import re
from collections.abc import Callable
from functools import lru_cache

from core.understand.gazetteer import Gazetteer
from core.understand.place import without_names

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领港澳"
_NOT_A_CARD = r"(?<!订单号)(?<!订单)(?<!单号)(?<!编号)(?<!流水号)"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾鄒陸顧龍萬錢湯喬賀賴龔"
)
_NAME = rf"(?!高[一二三中]|白天|任何|马上|方便)[{_SURNAMES}](?:(?!电话|電話|手机|手機|号码|號碼)[\u4e00-\u9fff]){{1,2}}"
_NAME_ENDS = r"(?=[,。,.;;!!、\s]|$|电话|電話|手机|手機|住|家住|的)"
_FLAT_END = r"(?![0-9０-９年月日元块度米千万多个人点])"


def _ends(head: int, tail: int) -> Callable[[re.Match[str]], str]:
    """Keep some characters at both ends, a star for each of the rest."""

    def mask(hit: re.Match[str]) -> str:
        whole = hit.group(0)
        return whole[:head] + "*" * (len(whole) - head - tail) + (whole[-tail:] if tail else "")

    return mask


def _last(hit: re.Match[str]) -> str:
    return hit.group(1) + "*" * len(hit.group(2))


def _number(hit: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", hit.group(0))
    return digits[-11:-8] + "****" + digits[-4:]


def _abroad(hit: re.Match[str]) -> str:
    return hit.group(1) + "****" + hit.group(0)[-2:]


# in this order: what is longer or named by a word goes first, so that no rule sees the rest of another's number
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"), r"\1***@\2"),
    (
        re.compile(
            r"((?:微信号?|薇信|威信|v信|wechat|weixin|qq号?|扣扣号?|(?<![a-z])[wv]x|加[v薇威微])(?:id|同号)?\s*(?:[::是]|号是|叫)?\s*)"
            r"[a-z0-9][-_a-z0-9]{4,19}",
            re.IGNORECASE,
        ),
        r"\1******",
    ),
    (
        re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"),
        _ends(6, 4),
    ),
    (re.compile(r"(?<!\d)\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)"), _ends(6, 3)),
    (re.compile(_NOT_A_CARD + r"(?<!\d)[2-9]\d{15,18}(?!\d)"), _ends(4, 4)),
    (re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?(?!\d)"), _ends(4, 4)),
    (re.compile(r"(?<![\d*])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), _number),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1(?:[- .]?\d){10}(?!\d)"), _number),
    (re.compile(r"[一幺壹](?:[-, ]?[零〇一幺二三四五六七八九壹贰叁肆伍陆柒捌玖]){10}"), "***********"),
    (re.compile(r"(\+\d{1,3})(?:[- ]?\d){7,12}(?!\d)"), _abroad),
    (re.compile(r"(?<!\d)(0\d{2,3}[- ]?)\d{3,4}(\d{4})(?!\d)"), r"\1****\2"),
    (
        re.compile(
            rf"([{_PROVINCES}][A-HJ-NP-Z])[·・.\s-]?([A-HJ-NP-Z0-9]{{5,6}}|[A-HJ-NP-Z0-9]{{4}}[学警挂港澳])(?![A-Za-z0-9])",
            re.IGNORECASE,
        ),
        _last,
    ),
    (re.compile(r"(?<![A-Za-z0-9_.*])@[A-Za-z][A-Za-z0-9_]{3,31}"), "@***"),
    (re.compile(r"((?:姓名|户主|业主叫|名字叫?)\s*[::是]\s*)([\u4e00-\u9fff]{2,3})"), _last),
    (re.compile(rf"((?:我是|我叫|本人|名叫|联系人|聯繫人)\s*[::]?\s*)({_NAME}){_NAME_ENDS}"), _last),
    (re.compile(rf"()({_NAME})(?=的?\s*(?:电话|手机|電話|手機|号码|號碼)?\s*[::是]?\s*\d{{3}}\*{{4}}\d{{4}})"), _last),
    (re.compile(r"((?<!\d)\d{1,2}-\d{1,2}-)(\d{3,4})(?!\d)"), _last),
    (re.compile(rf"((?:[栋幢座楼门#]|单元|号楼)\s*)(\d{{3,4}}){_FLAT_END}"), _last),
    (re.compile(r"((?<!\d))(\d{3,4})(?=\s*(?:室|号房|房(?![东屋子产])))"), _last),
)


_WHERE = re.compile("[0-9零〇一二两三四五六七八九十百]+(?:栋|幢|座|号楼|号院|单元|门洞|室|号)")


def lesson_of(text: str, gazetteer: Gazetteer) -> str:
    """The text as an example for others to learn from: masked, and without the place."""
    return _WHERE.sub("", public_form(without_names(text, gazetteer))).strip()


@lru_cache(maxsize=256)  # what is told once stands on every card of the case, and in what its history says
def public_form(text: str) -> str:
    """The text with phones, ids, cards, plates, e-mails, chat ids and flat numbers masked; all else is untouched.

    Order numbers, case numbers, dates and times stay, since people need them to find the matter.
    """
    for pattern, mask in _RULES:
        text = pattern.sub(mask, text)
    return text
