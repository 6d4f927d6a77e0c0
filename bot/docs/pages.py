"""The generated pages by name, and which of the written ones differ from them."""

from pathlib import Path

from bot.docs import answers, commands, district, life, mediation, privacy, promises, rights, settings


def generated() -> dict[str, str]:
    """The text of each page by its name in docs/."""
    return {
        "life.md": life.page(),
        "mediation.md": mediation.page(),
        "settings.md": settings.page(),
        "commands.md": commands.page(),
        "answers.md": answers.page(),
        "promises.md": promises.page(),
        "rights.md": rights.page(),
        "privacy.md": privacy.page(),
        "district.md": district.page(),
    }


def late(folder: Path) -> list[str]:
    """The names of pages in `folder` that are missing or not what would be written now."""
    return [name for name, text in generated().items() if not _is(folder / name, text)]


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
