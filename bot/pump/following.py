"""What follows from a message that was sent."""

from bot.pump.bundling import BUNDLE
from core import texts
from core.messages import Lane, Notice
from storage.taking import Claimed

# what is left of what is no case's card
MOVED = {
    "board.now": "board.moved",
    "task.card": "board.moved",
    **{kind: "board.moved" for kind in texts.NOTICES if kind.startswith("setup.")},
}


def followed(row: Claimed) -> bool:
    """Whether something may follow from its being sent."""
    notice = row.notice
    return bool(notice.report or notice.pin or notice.again or notice.leaves or row.shut) or notice.kind == BUNDLE


def left_behind(row: Claimed) -> Notice:
    """What becomes of the card that was posted anew: it points down and has no buttons, so that one card is alive."""
    notice = row.notice
    return Notice(
        to=notice.to,
        kind=MOVED.get(notice.kind, "card.moved"),
        key=f"moved:{notice.to}:{row.slot_message}",
        lane=Lane.REMINDER,
        params={"no": notice.params.get("no")},
        edit=row.slot_message,
        case=notice.case,
        language=notice.language,
        silent=True,
    )


def pinning(row: Claimed, message: int) -> Notice:
    """The message that was just sent is pinned by a call of its own; a second time does no harm."""
    notice = row.notice
    key = f"pin:{notice.to}:{message}"
    return Notice(to=notice.to, kind="pin", key=key, lane=Lane.REMINDER, edit=message, pin=True,
                  language=notice.language, silent=True)  # fmt: skip
