"""What every part of a bot stands on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.clock import Clock
from bot.engine import Engine
from bot.health import Health
from bot.metrics import Metrics
from bot.settings import Settings
from bot.telegram import Telegram
from bot.tongue import Tongue
from bot.town import NO_TOWN, build_town
from bot.transport import Transport
from core.town import Town
from storage import districts
from storage.store import Store
from storage.transaction import Decide


@dataclass(kw_only=True)
class Ground:
    """What every part stands on."""

    settings: Settings
    store: Store
    clock: Clock
    decide: Decide
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    health: Health = field(default_factory=Health)
    metrics: Metrics = field(default_factory=Metrics)
    transport: Transport = field(default_factory=Transport)

    def __post_init__(self) -> None:
        token = self.settings.token.get_secret_value()
        build = partial(build_town, admins=self.settings.admins)
        self.engine = Engine(
            self.store,
            self.clock,
            self.decide,
            _stored_town(self.store, build),
            wake=self.wake,
            secret=token.encode(),
            build=build,
        )
        self.telegram = Telegram(self.transport, self.settings.api_url, token)
        self.tongue = Tongue(self.town, self.clock)

    def town(self) -> Town:
        """The town as the engine knows it now."""
        return self.engine.town or build_town(NO_TOWN[1], NO_TOWN[0])

    def centre(self) -> int | None:
        """The chat that hears of what went wrong."""
        return self.town().district.centre_chat()


def _stored_town(store: Store, build: Callable[[str, int], Town]) -> Town:
    revision, raw = store.read(districts.current_district).result() or NO_TOWN
    return build(raw, revision)
