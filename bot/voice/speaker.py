"""How each parameter is told: the conventions of core/texts.py as one table, from a parameter's name to its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

from bot.voice import codes, markup, times
from bot.voice.catalogue import Catalogue
from bot.voice.markup import Told
from bot.voice.names import Names, surname
from core.messages import Json

Params = Mapping[str, Json]

MANY = 12  # names that are told of a list
UNTELLABLE = 1e12  # beyond it a number is a mistake, whatever it counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One reader's language, the names of the town and its clock. `escape` is `markup.keep` for plain text."""

    catalogue: Catalogue
    names: Names
    zone: ZoneInfo
    now: datetime | None = None
    escape: markup.Escape = markup.escape

    def say(self, key: str, params: Params) -> Told | None:
        """The text of a key; None when something that it cannot do without is missing."""
        told = self.catalogue[key].fill(self._filler(params))
        return None if told is None else Told(told)

    def insist(self, key: str, params: Params) -> Told:
        """The text of a key whatever is missing."""
        return Told(self.catalogue[key].force(self._filler(params)))

    def maybe(self, key: str, params: Params) -> Told | None:
        """The text of a key, if there is such a key."""
        return self.say(key, params) if key in self.catalogue else None

    def words(self, value: Json, limit: int = 60) -> str:
        """Anything as the words of people: cleaned, cut and escaped."""
        return self.escape(markup.clean(str(value), limit))

    def plainly(self) -> Self:
        """The same speaker for buttons and answers."""
        return replace(self, escape=markup.keep)

    def _filler(self, params: Params) -> Callable[[str, str], str | None]:
        def fill(name: str, way: str) -> str | None:
            value = params.get(name)
            if value is None or value in ("", []):
                return None
            if isinstance(value, Told):
                return value
            return TELLERS[teller_of(name, way)](self, value)

        return fill


Teller = Callable[[Speaker, Json], str | None]


def _words(limit: int) -> Teller:
    return lambda speaker, value: speaker.words(value, limit)


def quantity(value: Json) -> float | None:
    """A value as a number that can be told; None for anything else, endless numbers too."""
    return value if isinstance(value, int | float) and abs(value) < UNTELLABLE else None


def _number(speaker: Speaker, value: Json) -> str:
    """Whole numbers whole, others with one decimal, halves rounded up as people do."""
    number = quantity(value)
    if number is None:
        return speaker.words(value)
    return str(int(number)) if number == int(number) else f"{int(number * 10 + 0.5) / 10:.1f}"


def _category(speaker: Speaker, value: Json) -> str:
    code = str(value)
    own = f"category.{code}"
    if own in speaker.catalogue:
        return speaker.escape(speaker.catalogue.word(own))
    known = speaker.names.categories.get(code)
    return speaker.words(known.told(speaker.catalogue.language) if known else code)


def place_of_work(speaker: Speaker, value: Json) -> str:
    """A team, a post, a department, or `person:P065` for a named officer."""
    name = str(value)
    known = speaker.names.places.get(name) or speaker.names.people.get(name.removeprefix("person:"))
    return speaker.words(known.told(speaker.catalogue.language) if known else name, 40)


def _teams(speaker: Speaker, value: Json) -> str:
    """A team, or several."""
    return _joined(speaker, value, place_of_work)


def _people(speaker: Speaker, value: Json) -> str:
    """Several people by name."""
    return _joined(speaker, value, _person)


def _joined(speaker: Speaker, value: Json, tell: Callable[[Speaker, Json], str]) -> str:
    several = value if isinstance(value, list) else [value]
    return speaker.catalogue.word("joint").join(tell(speaker, it) for it in several[:MANY])


def _post(speaker: Speaker, value: Json) -> str | None:
    """A team that is not the centre itself; "the centre and the centre" would be told otherwise."""
    return None if value == speaker.names.centre else place_of_work(speaker, value)


def _places(speaker: Speaker, value: Json) -> str | None:
    several = value if isinstance(value, list) else [value]
    return speaker.catalogue.word("joint").join(place_of_work(speaker, it) for it in several[:4]) or None


def _person(speaker: Speaker, value: Json) -> str:
    known = speaker.names.people.get(str(value))
    return speaker.words(known.zh if known else value, 20)


def _mention(speaker: Speaker, value: Json) -> str:
    """The name as a mention: a forced reply opens only for the one who is mentioned (`selective`)."""
    account = speaker.names.accounts.get(str(value))
    name = _person(speaker, value)
    return f'<a href="tg://user?id={account}">{name}</a>' if account else name


def _surname(speaker: Speaker, value: Json) -> str | None:
    """Residents learn surnames of known colleagues only; an id would tell them nothing."""
    known = speaker.names.people.get(str(value))
    return speaker.words(surname(known.zh), 20) if known else None


def _grid(speaker: Speaker, value: Json) -> str:
    known = speaker.names.grids.get(str(value))
    return speaker.words(known.told(speaker.catalogue.language) if known else value, 40)


def _compound(speaker: Speaker, value: Json) -> str:
    known = speaker.names.compounds.get(str(value))
    return speaker.words(known.told(speaker.catalogue.language) if known else value, 20)


def _moment(speaker: Speaker, value: Json) -> str:
    at = times.parse(str(value), speaker.zone)
    return times.moment(speaker.catalogue, at, speaker.now) if at else speaker.words(value, 40)


def _date(speaker: Speaker, value: Json) -> str:
    at = times.parse(str(value), speaker.zone)
    return times.day(speaker.catalogue, at, speaker.now) if at else speaker.words(value, 40)


def _day(speaker: Speaker, value: Json) -> str:
    try:
        return times.weekday(speaker.catalogue, date.fromisoformat(str(value)[:10]))
    except ValueError:
        return speaker.words(value, 40)


def _span(speaker: Speaker, value: Json) -> str:
    seconds = quantity(value)
    return speaker.words(value, 20) if seconds is None else times.span(speaker.catalogue, seconds)


def _over(speaker: Speaker, value: Json) -> str | None:
    """How long overdue; in the very second it falls due there is nothing to tell."""
    return _span(speaker, value) if value else None


def _about(speaker: Speaker, value: Json) -> str:
    seconds = quantity(value)
    return speaker.words(value, 20) if seconds is None else times.about(speaker.catalogue, seconds)


def _code(prefix: str, limit: int = 60) -> Teller:
    """A code by its text `prefix.code`; one that we do not know is told as it came."""

    def tell(speaker: Speaker, value: Json) -> str | None:
        key = f"{prefix}.{value}"
        return speaker.catalogue.word(key) if key in speaker.catalogue else speaker.words(value, limit)

    return tell


def _mark(speaker: Speaker, value: Json) -> str | None:
    key = f"severity.mark.{value}"
    return speaker.catalogue.word(key) if key in speaker.catalogue else None


def _codes(prefix: str) -> Teller:
    one = _code(prefix)

    def tell(speaker: Speaker, value: Json) -> str | None:
        several = value if isinstance(value, list) else [value]
        return speaker.catalogue.word("joint").join(filter(None, (one(speaker, it) for it in several[:7])))

    return tell


TELLERS: Mapping[str, Teller] = MappingProxyType(
    {
        "": _number,
        "declined": _places,
        "silent": _places,
        "source": _code("source"),
        "spot": _code("spot"),
        "*_at": _moment,
        "*_due": _moment,
        "at": _moment,
        "by": _person,
        "category": _category,
        "date": _day,
        "date:day": _day,
        "date:date": _date,
        "compound": _compound,
        "figure": _code("figure"),
        "error": _words(200),
        "eta": _moment,
        "grid": _grid,
        "handover": place_of_work,
        "language": _code("language.name"),
        "left": _span,
        "level": _code("level"),
        "limit": _span,
        "metres": _number,
        "missing": _code("missing"),
        "name": _words(40),
        "outcome": _code("check.result"),
        "over": _over,
        "over:about": _about,
        "person": _person,
        "person:mention": _mention,
        "person:surname": _surname,
        "raised": _codes("raised"),
        "rating": _code("rating"),
        "reason": _code("reason"),
        "disposition": _code("disposition"),
        "result": _code("result", 200),
        "seed": _words(80),
        "severity": _code("severity"),
        "severity:mark": _mark,
        "shift": _code("shift"),
        "station": place_of_work,
        "station:post": _post,
        "status": _code("status"),
        "summary": _words(300),
        "target": place_of_work,
        "team": place_of_work,
        "text": _words(600),
        "until": _moment,
        "until:date": _date,
        "since": _moment,
        "since:date": _date,
        "colleague": _person,
        "cover": _teams,
        "excuse": _code("excuse"),
        "lacking": _codes("lacking"),
        "others": _people,
        "people": _people,
        "rule": _code("rule"),
        "rung": _code("rung"),
        "who": _person,
        "after": _span,
        "steps": _words(2000),
        "whistle": _code("whistle.kind"),
        "answered": _code("answered"),
        "body": _code("body"),
        "change": _code("change"),
        "check": _code("check.reason"),
        "supposed": _code("supposed"),
        "where": _code("where"),
        **{name: _code(prefix) for name, prefix in codes.ONE.items()},
        **{name: _codes(prefix) for name, prefix in codes.SEVERAL.items()},
        "link": _words(200),
        "others:people": _people,
        "room": place_of_work,
        "said": _words(3000),
        "why": _code("why"),
    }
)


@cache
def teller_of(name: str, way: str) -> str:
    """The row of TELLERS for a gap. Raises KeyError for a way that does not exist, so that a test finds it."""
    if way:
        return next(row for row in (f"{name}:{way}",) if row in TELLERS)
    return next((row for row in (name, f"*{name[name.rfind('_') :]}" if "_" in name else "") if row in TELLERS), "")
