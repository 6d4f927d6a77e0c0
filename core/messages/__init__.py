"""Every word that travels: commands come in, notices and answers go out. Values only."""

from core.messages.commands import Command, Migrated, Ordered, Press, Pressed, Spoke, StatusChanged, record_ref
from core.messages.happenings import Delivered, DigestDue, RecordDue, Tick, Undelivered
from core.messages.json import Json
from core.messages.needs import Needs
from core.messages.notices import Answer, Key, Lane, Notice
from core.messages.people import Sender, Spot

__all__ = [
    "Answer",
    "Command",
    "Delivered",
    "DigestDue",
    "Json",
    "Key",
    "Lane",
    "Migrated",
    "Needs",
    "Notice",
    "Ordered",
    "Press",
    "Pressed",
    "RecordDue",
    "Sender",
    "Spoke",
    "Spot",
    "StatusChanged",
    "Tick",
    "Undelivered",
    "record_ref",
]
