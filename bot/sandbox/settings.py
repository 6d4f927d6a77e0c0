"""What can be tuned about the sandbox; the defaults are Telegram's own numbers where they are known."""

from dataclasses import dataclass
from typing import Literal

FloodMode = Literal["strict", "absorb", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Numbers of the stand-in server.

    `flood`: "strict" answers 429 at once, "absorb" delays the answer up to `absorb_cap` seconds first (as Telegram
    does), "off" sets no limits (slow mode of a chat stays). Times are seconds of the world's clock.
    """

    flood: FloodMode = "strict"
    absorb_cap: float = 8.0
    private_burst: int = 3
    group_per_minute: int = 20
    overall_per_second: int = 30
    callback_lifetime: float = 15.0
    conflict_delay: float = 3.0
    poll_repeat_guard: float = 3.0
    privacy_mode: bool = True
    bot_name: str = "Sandbox"
    bot_username: str = "sandbox_bot"
    call_memory: int = 50_000
    event_memory: int = 2_000
