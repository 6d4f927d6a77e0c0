"""Settings, read once at the start from the environment (prefix BOT_) and a `.env` file, and passed down.

Whatever is wrong or missing stops the start with one sentence in Chinese and English that says which and how
to mend it.
"""

import hmac
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.advice import ADVICE, TOGETHER, Pair

TELEGRAM = "https://api.telegram.org"
SHORTEST_KEY = 32  # characters: it is used as it is, no guessing may reach it


class Refused(Exception):  # noqa: N818  # a named situation, read aloud to the operator
    """The bot cannot start; `str()` is one sentence for the operator, in Chinese and English."""


class Settings(BaseSettings):
    """All that an operator decides. Frozen; secrets show as stars."""

    model_config = SettingsConfigDict(env_prefix="BOT_", env_file=".env", frozen=True, extra="ignore")

    token: SecretStr
    api_url: str = TELEGRAM
    database_url: str = Field(default="sqlite:///var/bot.db", repr=False)
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    metrics_listen: str | None = None
    admins: Annotated[tuple[int, ...], NoDecode] = ()
    district: Path | None = None
    language: Literal["zh-Hans", "zh-Hant", "en"] = "zh-Hans"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    geocoder_url: str | None = Field(default=None, repr=False)
    geocoder: Literal["nominatim", "photon"] = "nominatim"
    geocoder_agent: str = "pinganpost"
    heartbeat_url: str | None = Field(default=None, repr=False)
    secret_key: SecretStr | None = None
    backup_dir: Path | None = None
    clock_start: datetime | None = None
    clock_speed: float | None = Field(default=None, gt=0, le=100_000)

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any, info: Any) -> Any:
        """`BOT_X=` in an .env file means: not set."""
        return cls.model_fields[info.field_name].get_default() if value == "" else value

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part for part in re.split(r"[,,\s]+", value) if part) if isinstance(value, str) else value

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        return _matching(value, r"\d+:[A-Za-z0-9_-]+")

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _matching(value, r"[A-Za-z0-9_-]{1,256}")  # the alphabet that setWebhook accepts

    @field_validator("secret_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if any(len(key) < SHORTEST_KEY for key in _keys_in(value)):
            raise ValueError("too short")
        return value

    @field_validator("api_url")
    @classmethod
    def _server(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("scheme://host[:port]")
        return value.rstrip("/")

    @field_validator("webhook_url", "geocoder_url", "heartbeat_url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("a full URL")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")) or value in {"sqlite:///", "postgresql://"}:
            raise ValueError("sqlite:///path or postgresql://…")
        return value

    @field_validator("listen", "metrics_listen")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None:
            address(value)
        return value

    @field_validator("clock_start")
    @classmethod
    def _zoned(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("needs a zone")
        return value and value.astimezone(UTC)

    @model_validator(mode="after")
    def _together(self) -> Self:
        """What only the whole shows: a webhook without a secret, a moved clock against real people."""
        if self.webhook_url and not self.webhook_secret:
            raise PydanticCustomError("webhook_without_secret", "together")
        if self.official and self.webhook_url and urlsplit(self.webhook_url).scheme != "https":
            raise PydanticCustomError("webhook_not_https", "together")
        if self.official and self.moved:
            raise PydanticCustomError("moved_clock_for_real", "together")
        return self

    @property
    def moved(self) -> bool:
        """Whether the clock is not the real one."""
        return self.clock_start is not None or self.clock_speed is not None

    @property
    def official(self) -> bool:
        """Whether the server is Telegram's own, where real people read along."""
        host = urlsplit(self.api_url).hostname or ""
        return host.rstrip(".") == "telegram.org" or host.rstrip(".").endswith(".telegram.org")

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every string that must not reach a log."""
        held = [secret.get_secret_value() for secret in (self.token, self.webhook_secret) if secret]
        password = urlsplit(self.database_url).password
        return (*held, *self.keys, *([password] if password else []))

    def prints(self) -> dict[str, str]:
        """A fingerprint of each setting that was made: it tells whether it changed, and no more."""
        given = self.model_dump(exclude_defaults=True, exclude={"token"})
        return {name: _print(value, self.token) for name, value in given.items()}

    @property
    def keys(self) -> tuple[str, ...]:
        """What seals confidential text at rest: the first seals, the others still open what they sealed."""
        return _keys_in(self.secret_key)


def address(text: str) -> tuple[str, int]:
    """`host:port` as a pair; an IPv6 host in brackets; port 0 = any free one. Raises ValueError."""
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) <= 65_535):
        raise ValueError("host:port")
    return host.strip("[]"), int(port)


def load(**overrides: Any) -> Settings:
    """The settings of this process. Raises Refused with the sentence for the first thing that is wrong."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Refused(sentence(str(first["loc"][0]) if first["loc"] else first["type"])) from None


def sentence(what: str) -> str:
    """The one sentence for a setting (by field name) or for a clash between settings (by its error type)."""
    pair: Pair = TOGETHER[what] if what in TOGETHER else ADVICE[what]
    named = pair if what in TOGETHER else Pair(f"BOT_{what.upper()} {pair.zh}", f"BOT_{what.upper()} {pair.en}")
    return f"无法启动:{named.zh};cannot start: {named.en}."


def _keys_in(value: SecretStr | None) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[,\s]+", value.get_secret_value()))) if value else ()


def _print(value: object, token: SecretStr) -> str:
    said = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    return hmac.new(token.get_secret_value().encode(), said.encode(), sha256).hexdigest()[:16]


def _matching(value: SecretStr, pattern: str) -> SecretStr:
    if not re.fullmatch(pattern, value.get_secret_value()):
        raise ValueError("does not look right")
    return value
