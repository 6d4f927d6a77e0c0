"""`python -m bot doctor --at MOMENT`: what would happen then, told as the chat tells it; nothing is kept or sent."""

import html
import re
from datetime import datetime

from bot.clock import real_now
from bot.districts import NONE
from bot.settings import Refused, Settings
from bot.town import build_town
from bot.voice.voice import Voice
from core.decide.rehearsal import Rehearsal, moment_of, post_of, rehearse
from core.decide.rehearsal import told as plainly
from core.messages import Notice
from core.roster import Presence
from core.town import Town
from core.world import World
from storage import districts, people
from storage.store import Store

_TAG = re.compile(r"<[^>]+>")
GRAVE = frozenset({"nobody", "centre"})  # doubts that make the exit code 1


def ask(settings: Settings, words: str) -> tuple[bool, list[str]]:
    """Whether the plan of a moment is sound, and what to say about it. Raises Refused without a district, and for words
    that are no moment."""
    town, presence = _loaded(settings)
    post, rest = post_of(words, town.district)
    at = moment_of(rest, real_now(), town.district.zone)
    if at is None:
        raise Refused(f"看不懂时间 {words},请写成 2027-02-06T03:00;{words} is no moment, write 2027-02-06T03:00.")
    found = rehearse(at, World(now=at, town=town, presence=presence), (post,) if post else None)
    return not GRAVE & set(found.doubts), lines(found, town, settings.language)


def _loaded(settings: Settings) -> tuple[Town, Presence]:
    with Store.open(settings.database_url, running=False) as store:
        stored = store.read(districts.current_district).result()
        presence = store.read(lambda conn: people.presence(conn, real_now())).result()
    if stored is None:
        raise Refused(NONE)
    return build_town(stored[1], stored[0]), presence


def lines(found: Rehearsal, town: Town, language: str) -> list[str]:
    """The rehearsal as the chat would show it, without its marks; then the posts whose cases would be lost."""
    notice = Notice(to=0, kind="whatif.plan", key="", params=plainly(found), language=language)
    text = Voice.of(town.district, town.taxonomy).speak(notice, _before(found.at)).text
    lost = [f"❌ {name} 一带没有人接 / nobody would take what is reported around {name}" for name in found.nobody]
    return [*html.unescape(_TAG.sub("", text)).splitlines(), *lost]


def _before(at: datetime) -> datetime:
    """A moment of an earlier year, so that the day is told in full."""
    return at.replace(year=at.year - 1, day=1)
