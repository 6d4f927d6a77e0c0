"""What is written about the bot is true: generated pages are current, commands and links exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot import __main__ as command_line
from bot.docs import life, mediation, pages, privacy
from bot.docs import settings as settings_page
from bot.voice.catalogue import catalogue
from bot.voice.keyboard import MENUS
from core.decide.mediation.clock import RUNGS
from core.decide.orders import ORDERS
from core.life import LIFE
from core.mediation.life import LIFE as MEDIATION
from core.records import RECORDS
from core.texts import LABELS
from storage.tables import METADATA

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = ("README.md", "README.en.md")
GUIDES = (*READMES, "docs/operate.md")
DEPLOY = sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):", text("Makefile")))


def test_generated_pages_are_what_would_be_written_now() -> None:
    """If this fails: python -m bot.docs write."""
    assert pages.late(DOCS) == []


def test_a_page_that_is_missing_or_old_is_noticed(tmp_path: Path) -> None:
    for name, page in pages.generated().items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    assert pages.late(tmp_path) == []
    (tmp_path / "life.md").write_text("old", encoding="utf-8")
    (tmp_path / "settings.md").unlink()
    assert pages.late(tmp_path) == ["life.md", "settings.md"]


def test_every_table_and_every_kind_of_record_says_what_it_holds_of_residents_and_when_that_goes() -> None:
    """A new one: say so in bot/docs/privacy.py, and see that erasing reaches it (test_everything_erased)."""
    assert set(privacy.TABLES) == set(METADATA.tables)
    assert set(privacy.RECORDS) == set(RECORDS)


def test_the_drawing_has_every_step_that_leads_somewhere_else() -> None:
    drawing = text("docs/life.md").split("```")[1]
    moves = [edge for edge in LIFE if edge.target is not None and edge.sources != {edge.target}]
    assert [edge.event for edge in moves if f"{edge.row} {edge.event}" not in drawing] == []


def test_every_row_of_the_rules_is_a_step_or_named_with_where_it_lives() -> None:
    assert sorted({edge.row for edge in LIFE} | {it.row for it in life.BESIDE}) == list(range(1, 45))
    assert {edge.row for edge in LIFE}.isdisjoint(it.row for it in life.BESIDE)
    assert [name for it in life.BESIDE for name in it.where.split(", ") if not (ROOT / name).is_file()] == []


def test_every_row_of_the_rules_has_a_test_named_after_it() -> None:
    written = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "core" / "decide").glob("test_*.py")
    )
    named = {int(it) for it in re.findall(r"def test_row_(\d\d)_", written)}
    assert sorted(set(range(1, 45)) - named) == []


def test_no_sentence_is_kept_for_a_step_that_is_gone() -> None:
    assert set(life.SENTENCES) == {edge.event for edge in LIFE}


def test_the_life_of_a_dispute_tells_every_step_and_everything_that_falls_due() -> None:
    drawing = text("docs/mediation.md").split("```")[1]
    moves = [it for it in MEDIATION if it.target is not None]
    assert [it.event for it in moves if f"{it.row} {it.event}" not in drawing] == []
    assert set(mediation.SENTENCES) == {it.event for it in MEDIATION}
    assert set(mediation.RUNGS) == set(RUNGS)


def test_settings_that_are_read_are_not_called_idle() -> None:
    assert settings_page.unread().isdisjoint({"token", "api_url", "database_url", "district", "listen", "clock_start"})


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_only_targets_that_the_makefile_has(name: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text(name), flags=re.MULTILINE))
    assert {"demo", "test"} <= named <= targets()


@pytest.mark.parametrize("name", GUIDES)
def test_the_readme_names_only_commands_that_the_bot_has(name: str) -> None:
    known = get_command(command_line.app)
    words = set(re.findall(r"python -m bot ([a-z]+)", text(name)))
    assert "doctor" in words
    assert words <= set(getattr(known, "commands", {}))


@pytest.mark.parametrize("name", GUIDES)
def test_the_readme_names_only_settings_that_exist(name: str) -> None:
    known = set(re.findall(r"BOT_[A-Z_]+", text(".env.example")))
    assert set(re.findall(r"BOT_[A-Z]+(?:_[A-Z]+)*", text(name))) <= known


def test_the_files_to_run_it_by_name_only_settings_and_files_that_exist() -> None:
    of_the_proxy = {"BOT_HOST", "BOT_UPSTREAM"}
    known = set(re.findall(r"BOT_[A-Z_]+", text(".env.example"))) | of_the_proxy
    written = "\n".join(path.read_text(encoding="utf-8") for path in DEPLOY)
    assert set(re.findall(r"BOT_[A-Z]+(?:_[A-Z]+)*", written)) <= known
    named = set(re.findall(r"(?:deploy|docs)/[\w./-]+\w", written + text("docs/operate.md")))
    assert {"docs/operate.md", "deploy/container/compose.yml"} <= named
    made_there = {"deploy/container/.env", "deploy/container/district", "deploy/container/district/district.json"}
    assert {name for name in named if not (ROOT / name).exists()} <= made_there


LABEL = re.compile(r"[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f? [\u4e00-\u9fff,]+")
SIGNS = {"🖥 勤务一屏", "🚨 自查", "⚠️ 群联系不上"}  # what messages begin with


@pytest.mark.parametrize("page", sorted((DOCS / "roles").glob("*.md")), ids=lambda it: it.stem)
def test_a_roles_page_names_only_buttons_and_commands_that_exist(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    known = catalogue("zh-Hans")
    labels = {known.word(key) for key in (*LABELS, *(key for rows in MENUS.values() for row in rows for key in row))}
    assert {it for it in LABEL.findall(words) if it not in labels | SIGNS} == set()
    assert set(re.findall(r"(?<=`/)[a-z]+", words)) <= set(ORDERS)
    assert "../images/role-" in words


def test_every_command_is_in_the_operators_guide_or_the_readme() -> None:
    known = set(getattr(get_command(command_line.app), "commands", {}))
    guide = text("docs/operate.md") + text("README.md")
    assert {it for it in known if not re.search(rf"\b{it}\b", guide)} == set()


def test_the_check_before_a_change_lands_runs_what_the_readme_says() -> None:
    """Whoever follows the README must see what the check sees."""
    runs = set(re.findall(r"(?m)^make ([a-z ]+)$", text(".ci/run")))
    words = {word for run in runs for word in run.split()}
    assert "test" in words
    assert words <= targets()


def test_links_between_our_pages_lead_somewhere() -> None:
    written = [ROOT / name for name in (*READMES, "CHANGELOG.md")] + sorted(DOCS.rglob("*.md"))
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in written
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert dead == []


def test_every_decision_tells_what_else_could_have_been_done() -> None:
    """A decision without its alternatives is an order; nobody can tell later whether it still holds."""
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    wanted = ("## 情形 · Context", "## 选项 · Options", "## 决定 · Decision", "## 代价 · Consequences")
    assert [(p.name, w) for p in decisions for w in wanted if w not in p.read_text(encoding="utf-8")] == []
