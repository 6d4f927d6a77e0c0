import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.advice import ADVICE, PURPOSE
from bot.example import env_example
from bot.settings import Refused, Settings, address, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def made(**given: Any) -> Settings:
    return load(**{"token": "1:secret-token", **given})


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"token": ""}, "BOT_TOKEN"),
        ({"token": "no-digits"}, "BOT_TOKEN"),
        ({"api_url": "api.telegram.org"}, "BOT_API_URL"),
        ({"api_url": "https://x.cn/bot"}, "BOT_API_URL"),
        ({"database_url": "mysql://x"}, "BOT_DATABASE_URL"),
        ({"webhook_url": "bot.example.cn", "webhook_secret": "s"}, "BOT_WEBHOOK_URL"),
        ({"webhook_url": "https://x.cn/h", "webhook_secret": "a b"}, "BOT_WEBHOOK_SECRET"),
        ({"webhook_url": "https://x.cn/h"}, "BOT_WEBHOOK_SECRET"),
        ({"webhook_url": "http://x.cn/h", "webhook_secret": "s"}, "https"),
        ({"listen": "8080"}, "BOT_LISTEN"),
        ({"metrics_listen": "127.0.0.1:99999"}, "BOT_METRICS_LISTEN"),
        ({"admins": "1,x"}, "BOT_ADMINS"),
        ({"language": "fr"}, "BOT_LANGUAGE"),
        ({"log_level": "LOUD"}, "BOT_LOG_LEVEL"),
        ({"log_format": "xml"}, "BOT_LOG_FORMAT"),
        ({"heartbeat_url": "x"}, "BOT_HEARTBEAT_URL"),
        ({"clock_start": "2026-11-20T08:00:00", "api_url": "http://x"}, "BOT_CLOCK_START"),
        ({"clock_speed": "0", "api_url": "http://x"}, "BOT_CLOCK_SPEED"),
        ({"clock_speed": "60"}, "BOT_CLOCK_SPEED"),
        ({"clock_speed": "60", "api_url": "https://API.telegram.org."}, "BOT_CLOCK_SPEED"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence_that_names_it(given: dict[str, Any], named: str) -> None:
    with pytest.raises(Refused) as refused:
        made(**given)
    words = str(refused.value)
    assert named in words
    assert words.startswith("无法启动:")
    assert ";cannot start: " in words
    assert "\n" not in words
    assert "secret-token" not in words


def test_a_missing_token_ends_the_command_with_code_2_and_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "BOT_TOKEN" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_empty_values_mean_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:a")
    monkeypatch.setenv("BOT_WEBHOOK_URL", "")
    monkeypatch.setenv("BOT_CLOCK_SPEED", "")
    monkeypatch.setenv("BOT_ADMINS", "")
    settings = load()
    assert (settings.webhook_url, settings.clock_speed, settings.admins) == (None, None, ())


def test_administrators_are_separated_by_commas_of_any_kind() -> None:
    assert made(admins="1001, 1002,1003").admins == (1001, 1002, 1003)


SEAL, OLD_SEAL = "seal-secret-" * 3, "old-seal-secret-" * 3


def test_secrets_are_not_shown() -> None:
    settings = made(
        webhook_url="https://x.cn/h",
        webhook_secret="hook-secret",
        secret_key=f"{SEAL},{OLD_SEAL}",
        database_url="postgresql://me:db-secret@host/x",
    )
    shown = f"{settings!r} {settings}"
    assert not any(secret in shown for secret in settings.secrets)
    assert set(settings.secrets) == {"1:secret-token", "hook-secret", SEAL, OLD_SEAL, "db-secret"}


def test_every_setting_has_advice_and_a_purpose() -> None:
    assert set(ADVICE) == set(PURPOSE) == set(Settings.model_fields)


def test_the_example_file_is_what_the_settings_say() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()


def test_the_example_file_filled_with_a_token_starts(tmp_path: Path) -> None:
    filled = env_example().replace("BOT_TOKEN=", "BOT_TOKEN=1:a").replace("# BOT_", "BOT_")
    (tmp_path / ".env").write_text(filled, encoding="utf-8")
    assert load() == made(token="1:a")


def test_an_address_is_a_host_and_a_port() -> None:
    assert address("[::1]:80") == ("::1", 80)
    assert address("0.0.0.0:8080") == ("0.0.0.0", 8080)
