"""The district as its file, for administrators (docs/district.md)."""

from typing import Any

import orjson
from sqlalchemy import Connection

from bot.exports.order import NothingToMake, Order
from bot.voice.speaker import Params, Speaker
from core.records import Draft
from storage.districts import file_of
from storage.records import record_of


def document(conn: Connection, speaker: Speaker, params: Params) -> Order:
    """The draft where something is changed, else what is live. Raises NothingToMake."""
    del speaker
    draft, live = record_of(conn, "draft", "now"), file_of(conn)
    raw = draft.raw if isinstance(draft, Draft) and draft.raw else live
    if not raw:
        raise NothingToMake("no district")
    data: dict[str, Any] = orjson.loads(raw)
    return Order(field="document", name=f"{params['name']}.json", make="json", data=data, keep=False)
