"""Roles that are given to people in chat: what they are called, where they belong, and what they allow; values only.

Least rights: nobody gets more than the role says, and what a role allows is asked of `core.rights` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from core.district import Power

Where = Literal["team", "grid", "community", "department", "centre", ""]
KNOWN = "known"  # somebody whom the district file names already: a link only tells us their account


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """`word`: as a district file writes it, which routing and ladder go by. `at`: what has to be named with it.

    `office`: one person holds it at a place, whoever was named last.
    """

    word: str
    at: Where = ""
    powers: tuple[Power, ...] = ()
    office: bool = False


ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "patrol": Role(word="巡防队员", at="team", powers=("hazards",)),
        "head": Role(word="点长", at="team", powers=("hazards",), office=True),
        "worker": Role(word="专职网格员", at="grid", powers=("hazards",), office=True),
        "grid_head": Role(word="网格长", at="grid", powers=("hazards", "statistics"), office=True),
        "secretary": Role(word="社区书记", at="community", powers=("statistics",), office=True),
        "officer": Role(word="社区民警", at="community", powers=("sealed",), office=True),
        "mediator": Role(word="人民调解员", at="community", powers=("mediation",)),
        "liaison": Role(word="部门联络员", at="department"),
        "centre": Role(word="综治中心值班员", at="centre", powers=("hazards", "statistics")),
        "statistics": Role(word="统计员", powers=("statistics",)),
        "administrator": Role(word="管理员", powers=("administration",)),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What somebody is invited to: a role (a key of ROLES, or KNOWN), its place, the group they work in."""

    role: str
    where: str = ""
    group: str = ""
