"""Things with a life of their own beside the cases; one module per topic, all of them named in RECORDS."""

from collections.abc import Mapping

from core.records.base import Record
from core.records.board import Board
from core.records.call import Call
from core.records.check import Check, Draw
from core.records.checkup import Checkup
from core.records.complaint import Complaint
from core.records.gap import Hole, Look
from core.records.handover import Handover
from core.records.leave import Swap, Watch
from core.records.lists import NoTable, Overdue, Ruling, Table
from core.records.lookup import Lookup
from core.records.mediation import Dispute, RoomDay
from core.records.muster import Muster
from core.records.raised import Raised
from core.records.report import Brief, Listed, Report
from core.records.roles import Invite, Member, StandIn
from core.records.sample import Sample, Sampling
from core.records.setup import Draft, FirstCode
from core.records.storm import Storm
from core.records.task import Reported, Task
from core.records.volunteer import Volunteer

__all__ = [
    "RECORDS",
    "Board",
    "Brief",
    "Call",
    "Check",
    "Checkup",
    "Complaint",
    "Dispute",
    "Draft",
    "Draw",
    "FirstCode",
    "Handover",
    "Hole",
    "Invite",
    "Listed",
    "Look",
    "Lookup",
    "Member",
    "Muster",
    "NoTable",
    "Overdue",
    "Raised",
    "Record",
    "Report",
    "Reported",
    "RoomDay",
    "Ruling",
    "Sample",
    "Sampling",
    "StandIn",
    "Storm",
    "Swap",
    "Table",
    "Task",
    "Volunteer",
    "Watch",
    "kind_of",
    "name_of",
]

# How each is called where it is stored and pressed: short, since a button has 64 bytes for all it says.
RECORDS: Mapping[str, type[Record]] = {
    "board": Board,
    "call": Call,
    "check": Check,
    "med": Dispute,
    "room": RoomDay,
    "checkup": Checkup,
    "complaint": Complaint,
    "draft": Draft,
    "draw": Draw,
    "firstcode": FirstCode,
    "handover": Handover,
    "hole": Hole,
    "invite": Invite,
    "member": Member,
    "stand": StandIn,
    "brief": Brief,
    "look": Look,
    "lookup": Lookup,
    "muster": Muster,
    "year": NoTable,
    "overdue": Overdue,
    "raised": Raised,
    "ruling": Ruling,
    "report": Report,
    "sample": Sample,
    "sampling": Sampling,
    "storm": Storm,
    "swap": Swap,
    "table": Table,
    "task": Task,
    "watch": Watch,
    "volunteer": Volunteer,
}
_KINDS = {record: kind for kind, record in RECORDS.items()}


def kind_of(record: Record) -> str:
    """What its kind is called. Raises KeyError for a class that is not in RECORDS."""
    return name_of(type(record))


def name_of(kind: type[Record]) -> str:
    """What records of this class are called. Raises KeyError for a class that is not in RECORDS."""
    return _KINDS[kind]
