"""Who may what: every command and every button by the part somebody has, in the one table that the door goes by.

`always`: whatever it is about. `theirs`: only what was given to them, such as a case they were asked about, a record
that names them, a report of their own; whether it is theirs is decided where the case or the record is known. The door
lets nobody through who has no business there at all. docs/rights.md is made of these tables.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from core import rights
from core.district import Person
from core.roles import ROLES
from core.town import Town


class Part(StrEnum):
    """What somebody is to the town; one person may be several."""

    RESIDENT = "resident"
    COLLEAGUE = "colleague"  # a patrol, and everybody who is no less than one
    HEAD = "head"  # 点长
    GRID = "grid"  # 网格长, their deputies and workers
    SECRETARY = "secretary"  # 社区书记
    OFFICER = "officer"  # 社区民警
    MEDIATOR = "mediator"  # 人民调解员
    DEPARTMENT = "department"  # 部门联络员
    CENTRE = "centre"  # 综治中心
    STATISTICS = "statistics"  # figures alone
    ADMINISTRATOR = "administrator"  # people, rights and settings alone


class Rule(NamedTuple):
    """Who may always, and who may only with what is theirs."""

    always: frozenset[Part]
    theirs: frozenset[Part] = frozenset()


class Group(NamedTuple):
    """Buttons of one kind, by their actions."""

    rule: Rule
    actions: tuple[str, ...]


P = Part
NOBODY: frozenset[Part] = frozenset()
ANYBODY = frozenset(Part)
STAFF = ANYBODY - {P.RESIDENT}
AT_WORK = STAFF - {P.STATISTICS, P.ADMINISTRATOR}
NARROW = frozenset({ROLES["statistics"].word, ROLES["administrator"].word})  # roles that are no work on the street


def _reads_only(person: Person) -> bool:
    return person.role in NARROW and person.team is None


IS: Mapping[Part, Callable[[Person, Town], bool]] = MappingProxyType(
    {
        P.COLLEAGUE: lambda person, _: not _reads_only(person),
        P.CENTRE: lambda person, town: rights.belongs(person, town.district.centre_team, town.district),
        P.STATISTICS: lambda person, _: rights.holds(person, "statistics"),
        P.HEAD: lambda person, town: any(rights.is_head(person, it.id, town.district) for it in town.district.teams),
        P.GRID: lambda person, town: any(rights.answers_for(person, it, town.district) for it in town.district.grids),
        P.SECRETARY: lambda person, town: town.district.secretary(person.community) == person,
        P.OFFICER: lambda person, town: person in town.district.with_role(ROLES["officer"].word),
        P.MEDIATOR: lambda person, _: person.mediates is not None,
        P.DEPARTMENT: lambda person, town: town.district.department(person.team) is not None,
    }
)


def is_part(part: Part, account: int, town: Town) -> bool:
    """Whether an account has this part."""
    person = town.district.person(account)
    if part is P.ADMINISTRATOR:
        return rights.administers(account, town)
    if person is None:
        return part is P.RESIDENT
    return part is not P.RESIDENT and IS[part](person, town)


def lets_in(rule: Rule, account: int, town: Town) -> bool:
    """Whether an account has any business with what this rule is about."""
    allowed = rule.always | rule.theirs
    return allowed == ANYBODY or any(is_part(part, account, town) for part in Part if part in allowed)


def offered(person: Person | None, account: int, town: Town) -> str:
    """Whose commands "/" offers: `resident`, `staff`, `head` or `reader`, with `+admin` for an administrator too."""
    own = "reader" if person is not None and _reads_only(person) else rights.part(person, town.district)
    administers = account in town.admins or person in rights.administrators(town)
    return f"{own}+admin" if administers else own


EVERYBODY, COLLEAGUES, WORKERS = Rule(ANYBODY), Rule(STAFF), Rule(AT_WORK)
OWN, OFFERED = Rule(NOBODY, ANYBODY), Rule(NOBODY, AT_WORK)
SEATS, ADMINISTRATION = Rule(frozenset({P.CENTRE})), Rule(frozenset({P.ADMINISTRATOR}))
UPKEEP = Rule(frozenset({P.CENTRE, P.ADMINISTRATOR}))
IN_THE_CENTRE = Rule(NOBODY, frozenset({P.CENTRE}))  # in its own chat


def _rows(rule: Rule, names: str) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), rule)


WORDS: Mapping[str, Rule] = MappingProxyType(
    {
        **_rows(
            EVERYBODY, "start help report mediate suggest mine privacy language human volunteer contacts found case"
        ),
        **_rows(COLLEAGUES, "duty gaps whatif digest checks holidays"),
        **_rows(WORKERS, "signin signin_words signout away back swap leave mylog cases find ledger qr storm"),
        **_rows(SEATS, "weather"),
        **_rows(UPKEEP, "doctor"),
        **_rows(ADMINISTRATION, "people audit"),
        "setup": Rule(ADMINISTRATION.always, ANYBODY),  # theirs: whoever has the first code is nobody yet
    }
)


def _group(rule: Rule, actions: str) -> Group:
    return Group(rule, tuple(actions.split()))


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "talk": _group(EVERYBODY, "hu lg pm"),
        "privacy": _group(Rule(frozenset({P.RESIDENT})), "pe py px pw pn"),
        "report": _group(OWN, "ok re rt cx ur ct pl js jn ja ap ty hy hn an mi nc"),
        "complaint": _group(OWN, "kc ku"),
        "verify": _group(OWN, "vy ca vr vo"),
        "volunteer": _group(Rule(frozenset({P.RESIDENT})), "vi"),
        "department": _group(OWN, "wi wr wd"),  # of its chat, where no person of it is named: whoever presses there
        "side": _group(
            OWN,
            "med.stop med.yes med.no med.out med.answer med.other med.slot med.confirm med.change med.did med.another "
            "med.longer med.letlearn med.fine med.bad",
        ),
        "mediator": _group(
            OFFERED,
            "med.take med.avoid med.spot med.send med.accept med.refuse med.refusing med.reached med.write med.notes "
            "med.note med.read med.consents med.declines med.invite med.them med.stranger med.inquire med.talks "
            "med.meet med.slotfor med.came med.off med.agree med.signed med.done med.paper med.dossier med.broken "
            "med.fail med.again med.extend med.longerfor med.panel med.join med.train med.sit med.tie med.hand "
            "med.freeze med.well med.trouble med.reopen med.file med.seen med.release med.learnfor med.table",
        ),
        "case": _group(
            OFFERED,
            "ac rf tr no bb ar dn bk wh ws hd hs hr co cs cc cp ln rj oc mg mo m2 ms sm sg mt st rl aq rp hp nk",
        ),
        "helper": _group(OFFERED, "hv"),
        "level": _group(OFFERED, "to kn ex"),
        "look": _group(WORKERS, "sp"),
        "looked": _group(OFFERED, "sv"),
        "figures": _group(COLLEAGUES, "fl fm fx rd"),
        "figures_of": _group(Rule(NOBODY, STAFF), "fv fb"),
        "shifts": _group(OFFERED, "lr lm lb xs xl xc xy xn xa xr xw gf ga gp gy gn gh"),
        "whatif": _group(COLLEAGUES, "wm"),
        "checks": _group(OFFERED, "ky ks kt kf"),
        "handover": _group(OFFERED, "hg ht"),
        "tasks": _group(OFFERED, "tk td"),
        "calls": _group(OFFERED, "cg cv"),
        "question": _group(Rule(NOBODY, frozenset({P.CENTRE})), "qh"),
        "centre": _group(IN_THE_CENTRE, "bp tn tw sw"),
        "rules": _group(SEATS, "pa yt"),
        "people": _group(
            ADMINISTRATION, "pp pp.new pp.lasts pp.void pp.undo pp.who pp.one pp.days pp.for pp.end pp.out pp.go"
        ),
        "setup": _group(Rule(ADMINISTRATION.always, ANYBODY), "su"),
    }
)
PRESSES: Mapping[str, Rule] = MappingProxyType(
    {action: group.rule for group in GROUPS.values() for action in group.actions}
)


def may_say(word: str, account: int, town: Town) -> bool:
    """Whether a command is for this account. Raises KeyError for one that has no row."""
    return lets_in(WORDS[word], account, town)


def may_press(action: str, account: int, town: Town) -> bool:
    """Whether a button can be for this account; one that nobody ever made is for nobody to tell."""
    return action not in PRESSES or lets_in(PRESSES[action], account, town)
