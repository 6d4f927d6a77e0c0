"""The audit log as a table. Its file is called by its head, so that the chat it was sent to is one more witness."""

import json

from sqlalchemy import Connection

from bot.exports.order import Order
from bot.voice.speaker import Params, Speaker
from storage import trail

COLUMNS = ("serial", "at", "kind", "actor", "name", "case", "data", "hash")


def whole(conn: Connection, speaker: Speaker, params: Params) -> Order:
    """Every line, with its hash; `name` is what the actor is called now."""
    del params
    serial, head = trail.head(conn)
    rows = [_row(it.body, it.hash, speaker) for it in trail.lines(conn)]
    data = {"title": "audit", "columns": list(COLUMNS), "rows": rows}
    return Order(field="document", name=f"audit-{serial}-{head[:12]}.csv", make="csv", data=data, keep=False)


def _row(body: str, made: str, speaker: Speaker) -> list[str | int]:
    told = json.loads(body)
    known = speaker.names.people.get(told["actor"] or "")
    data = json.dumps(told["data"], ensure_ascii=False, sort_keys=True)
    name = known.zh if known else ""
    return [told["serial"], told["at"], told["kind"], told["actor"] or "", name, told["case"], data, made]
