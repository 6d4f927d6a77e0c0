"""How a dispute is named: in a button, in the slot of a message."""

from core.messages import Key, Press, record_ref
from core.messages.json import Json
from core.records.mediation import Dispute

Keys = tuple[tuple[Key, ...], ...]


def ref(dispute: Dispute) -> str:
    """The dispute as a button names it."""
    return record_ref("med", dispute.id)


def key(label: str, action: str, dispute: Dispute, arg: str = "", **params: Json) -> Key:
    """A button about it; `action` without its prefix."""
    press = Press(action=f"med.{action}", case=ref(dispute), round=dispute.round, arg=arg)
    return Key(label=label, press=press, params=params)
