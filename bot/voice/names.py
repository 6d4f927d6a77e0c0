"""What things and people are called: the names behind the ids and codes that travel in notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol, Self

from core.district import District
from core.taxonomy import Taxonomy

# 复姓 that are still common enough to be met; everybody else's surname is one character.
_COMPOUND = (
    "欧阳歐陽司马司馬上官诸葛諸葛夏侯皇甫尉迟尉遲公孙公孫慕容令狐司徒长孙長孫宇文东方東方南宫南宮西门西門独孤獨孤端木百里"
    "呼延闻人聞人轩辕軒轅钟离鍾離澹台澹臺太史申屠公冶濮阳濮陽淳于单于單于拓跋赫连赫連完颜完顏耶律"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))


class Named(Protocol):
    """Anything of a district that has an id and a name in two languages (`name_en` may be empty)."""

    @property
    def id(self) -> str: ...  # noqa: D102 - said above
    @property
    def name_zh(self) -> str: ...  # noqa: D102 - said above
    @property
    def name_en(self) -> str: ...  # noqa: D102 - said above


@dataclass(frozen=True, slots=True)
class Pair:
    """A name in Chinese and in English; `en` may be empty."""

    zh: str
    en: str = ""

    def told(self, language: str) -> str:
        """The English name for English readers, if there is one."""
        return (self.en or self.zh) if language == "en" else self.zh


def _nothing() -> Mapping[str, Pair]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Look-ups by id or code. `places` holds teams, stations and departments, which are all "who has it".

    `accounts` are the Telegram ids of people. `centre` is the id of the dispatch centre, which some texts name
    themselves.
    """

    categories: Mapping[str, Pair] = field(default_factory=_nothing)
    places: Mapping[str, Pair] = field(default_factory=_nothing)
    grids: Mapping[str, Pair] = field(default_factory=_nothing)
    compounds: Mapping[str, Pair] = field(default_factory=_nothing)
    people: Mapping[str, Pair] = field(default_factory=_nothing)
    accounts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    centre: str = ""

    @classmethod
    def of(cls, district: District, taxonomy: Taxonomy) -> Self:
        """The names of a town; cheap enough to be made anew for every district file."""
        return cls(
            categories=_kinds(taxonomy),
            places=_pairs((*district.departments, *district.stations, *district.teams)),
            grids=_pairs(district.grids),
            compounds=_pairs(district.compounds),
            accounts=MappingProxyType({it.id: it.tg_id for it in district.people if it.tg_id}),
            centre=district.centre_team,
            people=MappingProxyType({it.id: Pair(it.name) for it in district.people}),
        )


def _pairs(things: Iterable[Named]) -> Mapping[str, Pair]:
    return MappingProxyType({it.id: Pair(it.name_zh, it.name_en) for it in things if it.name_zh})


def _kinds(taxonomy: Taxonomy) -> Mapping[str, Pair]:
    names = {it.code: Pair(it.zh, it.en) for it in taxonomy.others}
    names |= {it.code: Pair(it.zh, it.en) for it in taxonomy.disputes.values()}
    return MappingProxyType(names | {it.code: Pair(it.zh, it.en) for it in taxonomy.categories.values()})


def surname(name: str) -> str:
    """The surname of a Chinese name; any other name whole, since we cannot know."""
    if not name or not "\u4e00" <= name[0] <= "\u9fff":
        return name
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[0]
