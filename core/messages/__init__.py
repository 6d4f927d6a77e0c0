"""Every word that travels: commands come in, notices and answers go out. Values only."""

from core.messages.bonds import Bond, Endangered, HandedOn, Orphaned, PartyGone, ReporterGone, Tied
from core.messages.checkup import CHECKUP, Examined, Finding
from core.messages.commands import Command, Migrated, Ordered, Press, Pressed, Spoke, StatusChanged, record_ref
from core.messages.happenings import (
    ChatBack,
    ChatGone,
    DayBegins,
    Delayed,
    Delivered,
    DigestDue,
    LateTold,
    PolicyApplied,
    RecordDue,
    Regained,
    Repair,
    ScreenDue,
    Tick,
    Undelivered,
    WeekDue,
)
from core.messages.json import Json
from core.messages.maps import Mapped
from core.messages.needs import Needs
from core.messages.notices import Answer, Attachment, Key, Lane, Notice
from core.messages.outage import Resumed, Returned, Unheard
from core.messages.people import Sender, Spot

__all__ = [
    "CHECKUP",
    "Answer",
    "Attachment",
    "Bond",
    "ChatBack",
    "ChatGone",
    "Command",
    "DayBegins",
    "Delayed",
    "Delivered",
    "DigestDue",
    "Endangered",
    "Examined",
    "Finding",
    "HandedOn",
    "Json",
    "Key",
    "Lane",
    "LateTold",
    "Mapped",
    "Migrated",
    "Needs",
    "Notice",
    "Ordered",
    "Orphaned",
    "PartyGone",
    "PolicyApplied",
    "Press",
    "Pressed",
    "RecordDue",
    "Regained",
    "Repair",
    "ReporterGone",
    "Resumed",
    "Returned",
    "ScreenDue",
    "Sender",
    "Spoke",
    "Spot",
    "StatusChanged",
    "Tick",
    "Tied",
    "Undelivered",
    "Unheard",
    "WeekDue",
    "record_ref",
]
