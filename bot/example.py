"""`.env.example`, written from the settings themselves so that it cannot grow old."""

from pydantic import SecretStr

from bot.advice import PURPOSE
from bot.settings import Settings


def env_example() -> str:
    """The whole text of `.env.example`: each setting with its purpose in two languages and its default."""
    blocks = [_block(name) for name in Settings.model_fields]
    return "# 复制成 .env 再改 / copy to .env and edit\n\n" + "\n".join(blocks)


def _block(name: str) -> str:
    field = Settings.model_fields[name]
    default = "" if field.is_required() or field.default in (None, ()) else field.default
    mark = "" if field.is_required() else "# "
    shown = "" if isinstance(default, SecretStr) else default
    return f"# {PURPOSE[name].zh} / {PURPOSE[name].en}\n{mark}BOT_{name.upper()}={shown}\n"
