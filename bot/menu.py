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
)
GROUP = (
    ("duty", "谁在岗", "誰在崗", "Who is on duty"),
    ("cases", "未结事项", "未結事項", "Open cases"),
)
SCOPES = (("all_private_chats", PRIVATE), ("all_group_chats", GROUP))
COLUMN = {"zh-Hans": 1, "zh-Hant": 2, "en": 3}
CODES = {"zh": "zh-Hans", "en": "en"}  # Telegram's two-letter codes; it cannot tell zh-Hans from zh-Hant


def menus(language: str) -> list[dict[str, Any]]:
    """The parameters of each setMyCommands call; the list without a code is for all other languages."""
    shown = [(None, language), *((code, CODES[code] if code != "zh" else _chinese(language)) for code in CODES)]
    return [_call(scope, commands, code, kind) for scope, commands in SCOPES for code, kind in shown]


def _chinese(language: str) -> str:
    return language if language.startswith("zh") else "zh-Hans"


def _call(scope: str, commands: tuple[tuple[str, ...], ...], code: str | None, language: str) -> dict[str, Any]:
    listed = [{"command": row[0], "description": row[COLUMN[language]]} for row in commands]
    return {"scope": {"type": scope}, "commands": listed} | ({"language_code": code} if code else {})
