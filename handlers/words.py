"""Words that stand for commands: pressed reply buttons and plain words in private chats, in every language.

The table is kept equal to the locales by a test, which prints it anew when they differ. A message counts only when it
is nothing but the word. Bare "help" is left out on purpose: it may be a cry for help, and is heard as a report.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "ask for leave": "leave",
        "ask for mediation": "mediate",
        "at my post": "signin_words",
        "audit log": "audit",
        "away": "away",
        "back on duty": "back",
        "contacts": "contacts",
        "digest": "digest",
        "find": "find",
        "found": "found",
        "gaps": "gaps",
        "holiday table": "holidays",
        "holidays": "holidays",
        "how to use": "help",
        "language": "language",
        "leave the post": "away",
        "ledger": "ledger",
        "mediation": "mediate",
        "my cases": "mine",
        "my track": "mylog",
        "on duty": "duty",
        "open cases": "cases",
        "people and rights": "people",
        "privacy": "privacy",
        "report a hazard": "report",
        "search": "find",
        "send location": "location",
        "sign in": "signin",
        "sign out": "signout",
        "spot checks": "checks",
        "storm mode": "storm",
        "suggestion": "suggest",
        "swap shifts": "swap",
        "system check": "doctor",
        "talk to staff": "human",
        "volunteer": "volunteer",
        "weather": "weather",
        "weather warning": "weather",
        "what if": "whatif",
        "上岗了": "signin_words",
        "上岗签到": "signin",
        "上崗了": "signin_words",
        "上崗簽到": "signin",
        "下班了": "signout",
        "下班签退": "signout",
        "下班簽退": "signout",
        "个人信息": "privacy",
        "人员和权限": "people",
        "人员管理": "people",
        "人員和權限": "people",
        "人員管理": "people",
        "人工": "human",
        "使用說明": "help",
        "使用说明": "help",
        "個人信息": "privacy",
        "值班": "duty",
        "到岗": "signin_words",
        "到岗了": "signin_words",
        "到崗": "signin_words",
        "到崗了": "signin_words",
        "发送位置": "location",
        "台帐": "ledger",
        "台帳": "ledger",
        "台賬": "ledger",
        "台账": "ledger",
        "回岗": "back",
        "回崗": "back",
        "在岗": "duty",
        "在岗情况": "duty",
        "在崗": "duty",
        "在崗情況": "duty",
        "報隱患": "report",
        "報離崗": "away",
        "大風大雨模式": "storm",
        "大风大雨模式": "storm",
        "天气": "weather",
        "天气预警": "weather",
        "天氣": "weather",
        "天氣預警": "weather",
        "审计": "audit",
        "审计日志": "audit",
        "審計": "audit",
        "審計日誌": "audit",
        "巡防自查": "found",
        "已回岗": "back",
        "已回崗": "back",
        "帮助": "help",
        "幫助": "help",
        "平安志愿者": "volunteer",
        "平安志願者": "volunteer",
        "建議": "suggest",
        "建议": "suggest",
        "志愿者": "volunteer",
        "志願者": "volunteer",
        "怎么用": "help",
        "怎麼用": "help",
        "我到岗了": "signin_words",
        "我到崗了": "signin_words",
        "我的事項": "mine",
        "我的事项": "mine",
        "我的軌跡": "mylog",
        "我的轨迹": "mylog",
        "我要当志愿者": "volunteer",
        "我要當志願者": "volunteer",
        "找": "find",
        "找工作人员": "human",
        "找工作人員": "human",
        "报离岗": "away",
        "报隐患": "report",
        "换班": "swap",
        "换语言": "language",
        "提建議": "suggest",
        "提建议": "suggest",
        "換班": "swap",
        "換語言": "language",
        "搜索": "find",
        "放假安排": "holidays",
        "放假表": "holidays",
        "日報": "digest",
        "日报": "digest",
        "未結": "cases",
        "未結事項": "cases",
        "未结": "cases",
        "未结事项": "cases",
        "查岗": "checks",
        "查岗结果": "checks",
        "查崗": "checks",
        "查崗結果": "checks",
        "查找": "find",
        "查进度": "mine",
        "查進度": "mine",
        "申請調解": "mediate",
        "申请调解": "mediate",
        "發送位置": "location",
        "离岗": "away",
        "签到": "signin",
        "签退": "signout",
        "節假日安排": "holidays",
        "簽到": "signin",
        "簽退": "signout",
        "系統體檢": "doctor",
        "系统体检": "doctor",
        "缺岗": "gaps",
        "缺崗": "gaps",
        "联系方式": "contacts",
        "聯繫方式": "contacts",
        "自查": "found",
        "节假日安排": "holidays",
        "要調解": "mediate",
        "要调解": "mediate",
        "語言": "language",
        "調解": "mediate",
        "請假": "leave",
        "语言": "language",
        "请假": "leave",
        "调解": "mediate",
        "軌跡": "mylog",
        "轉人工": "human",
        "轨迹": "mylog",
        "转人工": "human",
        "进度": "mine",
        "通訊錄": "contacts",
        "通讯录": "contacts",
        "進度": "mine",
        "隐私": "privacy",
        "隱私": "privacy",
        "離崗": "away",
        "預演": "whatif",
        "预演": "whatif",
        "風暴模式": "storm",
        "风暴模式": "storm",
        "👋 Sign out": "signout",
        "👋 签退": "signout",
        "👋 簽退": "signout",
        "👥 On duty": "duty",
        "👥 在岗情况": "duty",
        "👥 在崗情況": "duty",
        "📋 My cases": "mine",
        "📋 Open cases": "cases",
        "📋 我的事項": "mine",
        "📋 我的事项": "mine",
        "📋 未結事項": "cases",
        "📋 未结事项": "cases",
        "📍 Send location": "location",
        "📍 Sign in": "signin",
        "📍 发送位置": "location",
        "📍 發送位置": "location",
        "📍 签到": "signin",
        "📍 簽到": "signin",
        "🔁 Swap shifts": "swap",
        "🔁 换班": "swap",
        "🔁 換班": "swap",
        "🔔 Report a hazard": "report",
        "🔔 報隱患": "report",
        "🔔 报隐患": "report",
        "🙋 Talk to staff": "human",
        "🙋 找工作人员": "human",
        "🙋 找工作人員": "human",
        "🚶 Leave the post": "away",
        "🚶 离岗": "away",
        "🚶 離崗": "away",
        "🤝 Ask for mediation": "mediate",
        "🤝 要調解": "mediate",
        "🤝 要调解": "mediate",
    }
)

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")  # the picture before a label, spaces, a full stop
_SPACE = re.compile(r"\s+")


def _bare(text: str) -> str:
    """The word itself: without pictures and punctuation around it, full or half width, in small letters."""
    return _SPACE.sub(" ", _EDGES.sub("", unicodedata.normalize("NFKC", text))).casefold()


_BARE: Mapping[str, str] = MappingProxyType({_bare(word): command for word, command in WORDS.items()})
_LONGEST = max(map(len, WORDS)) + 8


WITH_REST = frozenset({"find", "whatif", "weather"})  # words after which more is said: 找 昨天 电瓶车, 预演 2月6日 3点


def begun(text: str) -> tuple[str, str] | None:
    """The command that a message begins with, and what follows it, for the few that want more than a word."""
    head, _, rest = text.strip().partition(" ")
    word = word_of(head)
    return (word, rest.strip()) if word in WITH_REST else None


_NUMBER = re.compile(r"/?([A-Z]\d{4})[-_](\d{4,})(@\w+)?", re.ASCII | re.IGNORECASE)


def number_of(text: str) -> str | None:
    """The case number that a whole message is: A2611-0042, or /A2611_0042, which Telegram lets people tap."""
    found = _NUMBER.fullmatch(text.strip())
    return f"{found[1].upper()}-{found[2]}" if found else None


def word_of(text: str) -> str | None:
    """The command that a whole message stands for (`mine`, `privacy`, `signin_words`, …); None for anything else."""
    return _BARE.get(_bare(text)) if len(text) <= _LONGEST else None
