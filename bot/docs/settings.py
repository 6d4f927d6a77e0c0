"""docs/settings.md: every setting with its default, from bot.settings; those that nothing reads yet say so."""

import re
from functools import cache
from pathlib import Path

from bot.advice import PURPOSE
from bot.docs import markdown
from bot.settings import Settings

HOUSE = Path(__file__).parents[1]
ELSEWHERE = frozenset({"sandbox", "docs"})  # the sandbox has settings of its own, these pages only tell of them


def page() -> str:
    """The whole text of docs/settings.md."""
    return markdown.page(
        "# 设置 · Settings",
        "写在环境变量或工作目录的 `.env` 里(`cp .env.example .env`);启动时读一次,写错或缺少就用一句话说明并退出。\n\n"
        "Read once at the start from the environment and from `.env`; whatever is wrong stops the start with one "
        "sentence that says how to mend it.",
        markdown.table(("变量 variable", "默认 default", "用途", "purpose"), map(_row, Settings.model_fields)),
    )


@cache
def unread() -> frozenset[str]:
    """Names of settings that no module reads: accepted and checked, without effect so far."""
    modules = (it for it in HOUSE.rglob("*.py") if it.relative_to(HOUSE).parts[0] not in ELSEWHERE)
    house = "\n".join(it.read_text(encoding="utf-8") for it in modules)
    return frozenset(name for name in Settings.model_fields if not re.search(rf"\bsettings\.{name}\b", house))


def _row(name: str) -> tuple[str, ...]:
    field = Settings.model_fields[name]
    default = "" if field.default in (None, ()) else f"`{field.default}`"
    zh, en = PURPOSE[name]
    if name in unread():
        zh, en = f"{zh}(**尚未起作用**)", f"{en} (**no effect yet**)"
    return f"`BOT_{name.upper()}`", "**必填 required**" if field.is_required() else default, zh, en
