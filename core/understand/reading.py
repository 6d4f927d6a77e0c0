"""The one call of the bot: a message in, all that it means out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from core.understand.emergency import Calmed, calmed, heard
from core.understand.gazetteer import Gazetteer
from core.understand.kind import calm_kind, exposes
from core.understand.lexicon import OTHER, Lexicon, is_sealed, plainly
from core.understand.matters import split_matters
from core.understand.place import read_place, without_names
from core.understand.severity import severity
from core.understand.values import Emergency, Guess, Kind, Understanding
from core.understand.weigh import READ

_CASES = (Kind.HAZARD, Kind.DISPUTE)
_GRAVEST = 1
_CLEARER = 1.3  # times the points of the alarm's own category


def understand(
    text: str,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    at: datetime,
    *,
    near_key_place: bool = False,
    repeats: int = 0,
    warning: bool = False,
) -> Understanding:
    """Understand one message sent at local time `at`; the other arguments are those of `severity`.

    An emergency sets the category and level 1. Whoever exposes a person gets neither an alarm nor a case from it, but
    the message is sealed: it may tell of violence that only the police officer should see.
    """
    plain = without_names(text, gazetteer)
    whole = plainly(plain, lexicon)
    told = calmed(whole[:READ], lexicon)
    points, guess = told.points, told.guess
    exposure = exposes(plain, lexicon)
    alarm = None if exposure else heard(whole, lexicon)
    urgency = partial(
        severity,
        text=plain,
        at=at,
        lexicon=lexicon,
        near_key_place=near_key_place,
        repeats=repeats,
        warning=warning,
    )
    if alarm is not None:
        own = urgency(guess.best or OTHER)
        alarm = _named(alarm, guess, points, lexicon, grave=own is not None and own.level == _GRAVEST)
        guess = _settled(guess, alarm)
    what = _kind(told, lexicon, alarm=alarm is not None, exposure=exposure)
    level = urgency(guess.best or OTHER)
    if alarm and level:
        level = replace(level, level=1)
    return Understanding(
        kind=what,
        guess=guess,
        emergency=alarm,
        severity=level if what in (*_CASES, Kind.URGE) else None,
        place=read_place(text, gazetteer),
        sealed=exposure or is_sealed(guess.best, lexicon),
        exposure=exposure,
        matters=split_matters(plain, lexicon) if what in _CASES else (),
    )


def _kind(told: Calmed, lexicon: Lexicon, *, alarm: bool, exposure: bool) -> Kind:
    if exposure:
        return Kind.CHAT
    return Kind.HAZARD if alarm else calm_kind(told, lexicon)


def _named(alarm: Emergency, guess: Guess, points: Mapping[str, float], lexicon: Lexicon, *, grave: bool) -> Emergency:
    """An alarm takes the name of the hazard that is clearly told, where it only sounds like danger or that hazard is
    critical by its own rules (`grave`: an accident with somebody hurt); it stays an alarm with its numbers. What may
    have to be kept secret keeps its own name, and no open danger becomes a secret one."""
    best = guess.best
    if best is None or best.startswith("M") or is_sealed(alarm.category, lexicon):
        return alarm
    if alarm.sure:
        clear = points[best] >= _CLEARER * points.get(alarm.category, 0.0)
        told = grave and clear and not is_sealed(best, lexicon)
    else:
        told = guess.sure
    return replace(alarm, category=best) if told else alarm


def _settled(guess: Guess, alarm: Emergency) -> Guess:
    if alarm.category == OTHER and guess.best and not guess.best.startswith("M"):
        return guess
    rest = tuple(c for c in guess.three if c != alarm.category)
    return Guess(
        best=alarm.category,
        sure=alarm.sure or (guess.sure and guess.best == alarm.category),
        three=(alarm.category, *rest)[:3],
    )
