"""The lists of commands that Telegram offers when a person types "/": by place and by language."""

from typing import Any

# word, zh-Hans, zh-Hant, en
PRIVATE = (
    ("report", "报隐患", "報隱患", "Report a hazard"),
    ("mediate", "要调解", "要調解", "Ask for mediation"),
    ("suggest", "提建议", "提建議", "Make a suggestion"),
    ("mine", "我的事项", "我的事項", "My cases"),
    ("privacy", "隐私", "隱私", "Privacy"),
    ("language", "语言", "語言", "Language"),
    ("help", "怎么用", "怎麼用", "How it works"),
    ("contacts", "常用电话", "常用電話", "Numbers to call"),
)
STAFF = (
    ("signin", "签到", "簽到", "Sign in"),
    ("signout", "签退", "簽退", "Sign out"),
    ("duty", "谁在岗", "誰在崗", "Who is on duty"),
    ("cases", "未结事项", "未結事項", "Open cases"),
    ("find", "找事项", "找事項", "Find cases"),
    ("found", "巡防自查", "巡防自查", "Found on patrol"),
    ("away", "离岗", "離崗", "Leave the post"),
    ("back", "回岗", "回崗", "Back on duty"),
    ("swap", "换班", "換班", "Swap shifts"),
    ("leave", "请假", "請假", "Ask for leave"),
    ("contacts", "通讯录", "通訊錄", "Contacts"),
    ("language", "语言", "語言", "Language"),
    ("help", "怎么用", "怎麼用", "How it works"),
)
HEAD = (
    ("digest", "今天的简报", "今天的簡報", "The day so far"),
    ("gaps", "缺岗", "缺崗", "Hours without anybody"),
    ("checks", "查岗结果", "查崗結果", "Spot checks"),
    ("whatif", "预演", "預演", "What if"),
    ("qr", "打印二维码", "列印二維碼", "QR codes to print"),
    *STAFF,
)
READER = (  # whose role is no work on the street: figures, or people and settings
    ("digest", "今天的简报", "今天的簡報", "The day so far"),
    ("duty", "谁在岗", "誰在崗", "Who is on duty"),
    ("gaps", "缺岗", "缺崗", "Hours without anybody"),
    ("contacts", "通讯录", "通訊錄", "Contacts"),
    ("language", "语言", "語言", "Language"),
    ("help", "怎么用", "怎麼用", "How it works"),
)
ADMIN = (
    ("setup", "设置辖区", "設置轄區", "Set up the district"),
    ("people", "人员和权限", "人員和權限", "People and rights"),
    ("audit", "审计记录", "審計記錄", "Audit log"),
    ("doctor", "体检", "體檢", "Check-up"),
)
GROUP = (
    ("report", "报隐患", "報隱患", "Report a hazard"),
    ("mediate", "要调解", "要調解", "Ask for mediation"),
    ("suggest", "提建议", "提建議", "Make a suggestion"),
    ("contacts", "常用电话", "常用電話", "Numbers to call"),
    ("duty", "谁在岗", "誰在崗", "Who is on duty"),
    ("cases", "未结事项", "未結事項", "Open cases"),
)
SCOPES = (("all_private_chats", PRIVATE), ("all_group_chats", GROUP))
OF_PLACE = {"resident": PRIVATE, "staff": STAFF, "head": HEAD, "reader": READER}
OF_PART = OF_PLACE | {f"{part}+admin": (*ADMIN, *listed) for part, listed in OF_PLACE.items()}
COLUMN = {"zh-Hans": 1, "zh-Hant": 2, "en": 3}
CODES = {"zh": "zh-Hans", "en": "en"}  # Telegram's two-letter codes; it cannot tell zh-Hans from zh-Hant


def menus(language: str) -> list[dict[str, Any]]:
    """The parameters of each setMyCommands call; the list without a code is for all other languages."""
    shown = [(None, language), *((code, CODES[code] if code != "zh" else _chinese(language)) for code in CODES)]
    return [_call(scope, commands, code, kind) for scope, commands in SCOPES for code, kind in shown]


def own(chat: int, part: str, language: str) -> dict[str, Any]:
    """The parameters of the call that offers one chat its own list, in the language that its person has chosen."""
    listed = [{"command": row[0], "description": row[COLUMN[language]]} for row in OF_PART[part]]
    return {"scope": {"type": "chat", "chat_id": chat}, "commands": listed}


def _chinese(language: str) -> str:
    return language if language.startswith("zh") else "zh-Hans"


def _call(scope: str, commands: tuple[tuple[str, ...], ...], code: str | None, language: str) -> dict[str, Any]:
    listed = [{"command": row[0], "description": row[COLUMN[language]]} for row in commands]
    return {"scope": {"type": scope}, "commands": listed} | ({"language_code": code} if code else {})
