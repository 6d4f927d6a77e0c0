"""A town as data: its values, its reader, what is doubtful about it, what changes between two versions."""

from core.district.cautions import Caution, warnings
from core.district.changes import Change, diff
from core.district.faults import DistrictFaults, Fault
from core.district.read import read_district
from core.district.town import District
from core.district.values import (
    Community,
    Compound,
    Department,
    Grid,
    Group,
    KeyPlace,
    LimitChange,
    Mediates,
    Options,
    Pattern,
    Person,
    Policy,
    Power,
    Ranking,
    Shift,
    Station,
    Team,
)

__all__ = [
    "Caution",
    "Change",
    "Community",
    "Compound",
    "Department",
    "District",
    "DistrictFaults",
    "Fault",
    "Grid",
    "Group",
    "KeyPlace",
    "LimitChange",
    "Mediates",
    "Options",
    "Pattern",
    "Person",
    "Policy",
    "Power",
    "Ranking",
    "Shift",
    "Station",
    "Team",
    "diff",
    "read_district",
    "warnings",
]
