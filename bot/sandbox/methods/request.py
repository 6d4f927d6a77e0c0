"""A Bot API call on its way through a method."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.desk import Desk
from bot.sandbox.params import Params
from bot.sandbox.world import World


@dataclass(slots=True)
class Request:
    """A call: the desk it came to, its documented name, its parameters, and whether the caller still listens."""

    desk: Desk
    method: str
    params: Params
    is_alive: Callable[[], bool] = lambda: True

    @property
    def world(self) -> World:
        """Return the world the call is about."""
        return self.desk.world


Handler = Callable[[Request], Any]
"""Answers a call with the `result`, or with an awaitable of it; refuses it by raising ApiError."""
