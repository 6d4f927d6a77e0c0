"""getUpdates, the webhook's settings, logOut and close."""

import re
from collections.abc import Awaitable
from typing import Final
from urllib.parse import urlsplit

from bot.sandbox import errors
from bot.sandbox.delivery.webhook import Address
from bot.sandbox.methods.request import Handler, Request
from bot.sandbox.world.updates import DEFAULT
from bot.sandbox.world.users import Json

SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")
MOST_CONNECTIONS: Final = 100


class RawJson(bytes):
    """A result that is JSON already."""

    __slots__ = ()


async def get_updates(request: Request) -> RawJson:
    """Return what waits, or wait for it (`timeout`). Raises ApiError 409 under a webhook or a second poller."""
    params, desk = request.params, request.desk
    if desk.webhook.address is not None:
        raise await desk.poller.conflict(errors.WEBHOOK_ACTIVE)
    limit = min(max(params.number("limit", 100), 1), 100)
    request.world.updates.allow(_allowed(request))
    return RawJson(await desk.poller.get(params.number("offset"), limit, max(0, params.number("timeout"))))


def _allowed(request: Request) -> object:
    """Return the kinds asked for; what is no JSON list is ignored, as the server does."""
    try:
        return request.params.json("allowed_updates")
    except errors.ApiError:
        return None


async def set_webhook(request: Request) -> bool:
    """Set the address of the webhook, or remove it with an empty url. Raises ApiError.

    Like a server run with --local it takes http addresses and any port.
    """
    params, desk = request.params, request.desk
    url, now = params.text("url"), request.world.clock()
    if not url:
        return await delete_webhook(request)
    if now < desk.webhook.next_set_at:
        raise errors.flooded(1)
    desk.webhook.next_set_at = now + 1
    address = _address(request, url)
    desk.poller.oust(errors.POLLER_AND_WEBHOOK)
    if params.flag("drop_pending_updates"):
        request.world.updates.clear()
    request.world.updates.allow(_allowed(request))
    if address != desk.webhook.address:
        await desk.webhook.start(address)
    return True


def _address(request: Request, url: str) -> Address:
    try:
        parts = urlsplit(url if "://" in url else "https://" + url)
    except ValueError:
        raise errors.ApiError(errors.WEBHOOK_URL) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise errors.ApiError(errors.WEBHOOK_URL)
    secret = request.params.text("secret_token")
    if len(secret) > 256:
        raise errors.ApiError(errors.SECRET_LONG)
    if not SECRET.fullmatch(secret):
        raise errors.ApiError(errors.SECRET_CHARACTERS)
    connections = min(max(request.params.number("max_connections", 40), 1), MOST_CONNECTIONS)
    return Address(url=parts.geturl(), secret=secret, max_connections=connections)


async def delete_webhook(request: Request) -> bool:
    """Remove the webhook; what was not delivered waits for getUpdates. Raises nothing."""
    await request.desk.webhook.stop()
    if request.params.flag("drop_pending_updates"):
        request.world.updates.clear()
    return True


def get_webhook_info(request: Request) -> Json:
    """Return the WebhookInfo."""
    webhook, updates = request.desk.webhook, request.world.updates
    pending = len(updates.pending(request.world.clock()))
    address = webhook.address
    info: Json = {
        "url": address.url if address else "",
        "has_custom_certificate": False,
        "pending_update_count": pending,
    }
    if address is not None:
        info["max_connections"] = address.max_connections
        if webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = webhook.last_error
    if updates.allowed != DEFAULT:
        info["allowed_updates"] = sorted(updates.allowed)
    return info


def log_out(request: Request) -> Awaitable[bool]:
    """Leave this server: every further call is refused."""
    request.desk.closed = True
    request.desk.poller.oust(errors.LOGGED_OUT)
    return delete_webhook(request)


def close(request: Request) -> bool:
    """Close the bot's instance; here it opens again at the next call."""
    request.desk.poller.oust(errors.RESTART)
    return True


METHODS: dict[str, Handler] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": close,
}
