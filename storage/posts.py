"""Our messages in chats: what a reply to one of them is about, and which message is a living card."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from core.messages import Notice
from core.world import Post
from storage import quick
from storage.codec import pack, unpack
from storage.sealing import is_sealed, opened, seal_all, seal_text
from storage.tables import OUTBOX, POSTS, SLOTS
from storage.tenancy import district_of, run
from storage.upserts import put

TOLD_ONCE = frozenset(
    {"role.link"}
)  # kinds whose words nothing keeps once they were sent: whoever reads them may come in

QUESTION = "centre.question"  # its post knows whom the answer goes to
_POST = select(POSTS).where(
    POSTS.c.district_id == bindparam("district"),
    POSTS.c.chat == bindparam("chat"),
    POSTS.c.message == bindparam("message"),
)
_SLOT = select(SLOTS.c.message).where(
    SLOTS.c.district_id == bindparam("district"), SLOTS.c.chat == bindparam("chat"), SLOTS.c.slot == bindparam("slot")
)
_SERVED = (
    select(POSTS.c.message)
    .where(POSTS.c.district_id == bindparam("district"), POSTS.c.chat == bindparam("chat"))
    .where(POSTS.c.kind.not_like("setup.%"))
    .limit(1)
)

_CARDS = select(SLOTS.c.chat, SLOTS.c.slot, SLOTS.c.message).where(
    SLOTS.c.district_id == bindparam("district"),
    quick.among(SLOTS.c.chat, "chat"),
    quick.among(SLOTS.c.slot, "slot"),
)


def post_of(conn: Connection, chat: int, message: int) -> Post | None:
    """What a message of ours was about; None when it is not ours or forgotten."""
    row = run(conn, _POST, chat=chat, message=message).one_or_none()
    if row is None:
        return None
    params = unpack(dict, opened(conn, row.params))
    return Post(chat=chat, message=message, kind=row.kind, slot=row.slot, case=row.case_no, params=params)


def served(conn: Connection, chat: int) -> bool:
    """Whether anything about the town's work ever stood in a chat, as far as is remembered."""
    return run(conn, _SERVED, chat=chat).first() is not None


def slot_message(conn: Connection, chat: int, slot: str) -> int | None:
    """The message in which a living card of a chat is edited; None when it has to be sent first."""
    message: int | None = run(conn, _SLOT, chat=chat, slot=slot).scalar()
    return message


def slot_messages(conn: Connection, slots: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The same for many (chat, slot)."""
    wanted = sorted(set(slots))
    pairs = zip(
        quick.fews("chat", [chat for chat, _ in wanted]), quick.fews("slot", [slot for _, slot in wanted]), strict=True
    )
    found = (row for chats, names in pairs for row in quick.rows(conn, _CARDS, **chats, **names))
    return {(chat, slot): message for chat, slot, message in found if (chat, slot) in wanted}


def remember(conn: Connection, chat: int, message: int, notice: Notice, now: datetime) -> None:
    """Note that a notice stands in a message now; with a slot, that message is its living card."""
    notice = _told_once(conn, chat, message, notice) if notice.kind in TOLD_ONCE else notice
    params = pack(notice.params)
    post = {
        "chat": chat,
        "message": message,
        "kind": notice.kind,
        "slot": notice.slot,
        "case_no": notice.case,
        "params": (
            seal_all(conn, params)
            if is_sealed(conn, notice.kind, notice.case)
            else seal_text(conn, params, notice.slot)
        ),
        "at": now,
    }
    put(conn, POSTS, [post])
    if notice.slot is not None:
        put(conn, SLOTS, [{"chat": chat, "slot": notice.slot, "message": message}])


def _told_once(conn: Connection, chat: int, message: int, notice: Notice) -> Notice:
    """The notice without its words, which the outbox forgets as well."""
    bare = replace(notice, params={})
    here = (OUTBOX.c.district_id == district_of(conn), OUTBOX.c.chat == chat, OUTBOX.c.message_id == message)
    conn.execute(update(OUTBOX).where(*here).values(notice=pack(bare)))
    return bare


def questions_of(conn: Connection, user: int) -> list[str]:
    """What somebody has asked the centre and is still kept, the oldest first."""
    asked = POSTS.c.params.contains(f'"from":{user},')
    rows = select(POSTS.c.params).where(POSTS.c.district_id == district_of(conn), POSTS.c.kind == QUESTION, asked)
    found = conn.execute(rows.order_by(POSTS.c.at)).scalars()
    return list(dict.fromkeys(str(unpack(dict, opened(conn, it)).get("text", "")) for it in found))


def forget_post(conn: Connection, chat: int, message: int) -> None:
    """A message of ours is gone: the card that lived in it is sent anew when it next changes."""
    for table in (POSTS, SLOTS):
        here = table.c.district_id == district_of(conn)
        conn.execute(delete(table).where(here, table.c.chat == chat, table.c.message == message))


def forget_chat(conn: Connection, chat: int) -> None:
    """No message of ours is left in a chat."""
    for table in (POSTS, SLOTS):
        conn.execute(delete(table).where(table.c.district_id == district_of(conn), table.c.chat == chat))
