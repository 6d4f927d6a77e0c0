"""What a method needs to do its work: the world and the two ways of delivery."""

from dataclasses import dataclass

from bot.sandbox.delivery.polling import Poller
from bot.sandbox.delivery.webhook import Webhook
from bot.sandbox.world import World


@dataclass(slots=True)
class Desk:
    """The parts of one running server. `closed` after logOut: every further call is refused."""

    world: World
    poller: Poller
    webhook: Webhook
    closed: bool = False
