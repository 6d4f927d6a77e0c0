"""查岗应答: spot checks answered within five minutes ÷ sent, and their results (figures.md, duty.md)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.figures.log import Entry, Window, words
from core.figures.shares import Share, share

RESULTS = ("present", "excused", "absent")  # 在岗, 离岗有因, 脱岗


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotChecks:
    """The checks sent in a window, of some teams or all. `answered` counts people who were asked (`check/person`);
    `teams` are those that were checked; `results` counts what two inspectors signed."""

    teams: tuple[str, ...]
    checks: tuple[str, ...]
    answered: Share
    results: Mapping[str, int]


def spot_checks(
    entries: Iterable[Entry], window: Window, team: str | None = None, person: str | None = None
) -> SpotChecks:
    """From the log alone. A result counts in the window in which the check was sent, whenever it was signed."""
    known = [it for it in entries if "check" in it.data and team in {None, it.data.get("team")}]
    mine = [it for it in known if person in {None, words(it.data.get("person"))}]
    sent = {_one(it): it for it in mine if it.kind == "check_sent" and window.holds(it.at)}
    told = (_one(it) for it in mine if it.kind == "check_answered" and it.data.get("in_time"))
    kept = [it for it in dict.fromkeys(told) if it in sent]
    found = Counter(str(it.data.get("result")) for it in mine if it.kind == "check_result" and _one(it) in sent)
    return SpotChecks(
        teams=tuple(dict.fromkeys(str(it.data["team"]) for it in sent.values())),
        checks=tuple(dict.fromkeys(str(it.data["check"]) for it in sent.values())),
        answered=share(kept, sent),
        results=MappingProxyType(dict(found)),
    )


def sampled(entries: Iterable[Entry], window: Window, team: str | None = None, person: str | None = None) -> Share:
    """资料抽查: drawn cases that were found true ÷ those that were asked about in a window; the last word counts."""
    last = {
        f"{it.data['sample']}/{it.data.get('case')}": it
        for it in entries
        if it.kind == "sample_result" and window.holds(it.at) and team in {None, it.data.get("team")}
    }
    mine = {name: it for name, it in last.items() if person in {None, words(it.data.get("person"))}}
    return share((name for name, it in mine.items() if it.data.get("true")), mine)


def _one(entry: Entry) -> str:
    return f"{entry.data.get('check')}/{entry.data.get('person')}"
