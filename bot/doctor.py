"""The check-up on the command line, before people rely on the bot."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clinic import Patient, Visit, examine
from bot.clock import real_now
from bot.settings import Settings
from bot.telegram import Telegram
from bot.town import build_town
from bot.transport import Transport
from bot.voice import Voice
from bot.voice.catalogue import catalogue
from bot.voice.names import Names
from bot.voice.speaker import Speaker
from bot.witness import checked, witness_of
from core.messages import Finding
from core.town import Town
from storage import districts, people
from storage.migrate import pending
from storage.store import Store


async def check(settings: Settings) -> tuple[list[Finding], Town | None]:
    """The whole check-up, and the town it was about."""
    transport = Transport()
    await transport.initialize()
    try:
        telegram = Telegram(transport, settings.api_url, settings.token.get_secret_value())
        now = real_now()
        patient = _patient(settings, now)
        visit = Visit(settings=settings, transport=transport, telegram=telegram, now=now, real=now)
        return await examine(visit, patient), patient.town if patient else None
    finally:
        await transport.shutdown()


def lines(findings: list[Finding], town: Town | None) -> list[str]:
    """The findings in Chinese and in English, what has to be mended first."""
    return [f"{'❌' if it.bad else '✅'} {_said(it, 'zh-Hans', town)} / {_said(it, 'en', town)}" for it in findings]


def _said(finding: Finding, language: str, town: Town | None) -> str:
    if town is not None:
        speaker = Voice.of(town.district, town.taxonomy).speaker(language, None)
    else:
        speaker = Speaker(catalogue=catalogue(language), names=Names(), zone=ZoneInfo("UTC"), now=None)
    return speaker.plainly().insist(f"doctor.{finding.kind}", finding.params)


def _patient(settings: Settings, now: datetime) -> Patient | None:
    """None when the database cannot be read as it is; nothing is brought up to date here."""
    try:
        if pending(settings.database_url):
            return None
    except Exception:  # the check-up itself says why
        return None
    with Store.open(settings.database_url, running=False) as store:
        stored = store.read(districts.current_district).result()
        presence, known = store.read(lambda conn: (people.presence(conn, now), people.reached(conn))).result()
        chain = store.read(lambda conn: checked(conn, witness_of(settings).heads())).result()
    town = build_town(stored[1], stored[0]) if stored else None
    return Patient(town=town, presence=presence, known=known, trail=chain)
