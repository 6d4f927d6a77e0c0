"""The whole check-up, in the order in which things have to be mended."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.clinic import machine, plan, server
from bot.clinic.findings import right, wrong
from bot.settings import Settings
from bot.telegram import Telegram
from bot.transport import Transport
from core.messages import Finding
from core.roster import Presence
from core.town import Town
from core.trail import Flaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What the database tells: the town, if any, who is where, who can be reached; lines of the audit log, and where it
    does not hold."""

    town: Town | None
    presence: Presence
    known: dict[int, bool]
    trail: tuple[int, Flaw | None] = (0, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """With what is looked, and when: `now` is the bot's time, `real` the machine's."""

    settings: Settings
    transport: Transport
    telegram: Telegram
    now: datetime
    real: datetime


async def examine(visit: Visit, patient: Patient | None) -> list[Finding]:
    """Everything there is to look at, what has to be mended first; `patient` is None when the database cannot be read.

    Never raises for what it finds.
    """
    settings, telegram = visit.settings, visit.telegram
    me, findings = await server.token(telegram)
    if me:
        findings.append(await server.webhook(telegram, settings.webhook_url, visit.real.timestamp()))
    if not settings.moved:
        findings += machine.clock(await visit.transport.date_of(settings.api_url), visit.real)
    used = patient is not None and bool(patient.known)
    findings += await asyncio.to_thread(lambda: list(_machine(settings, visit.real, used=used)))
    if patient is not None:
        findings.append(machine.trail(*patient.trail))
        findings += _town(patient, visit.now)
        if me and patient.town is not None:
            findings += await server.standing(telegram, me, patient.town)
    return sorted(findings, key=lambda it: not it.bad)


def _machine(settings: Settings, now: datetime, *, used: bool) -> Iterator[Finding]:
    yield machine.database(settings.database_url)
    yield from machine.disks(settings)
    if not settings.moved:
        yield machine.copies(settings, now, used=used)
    yield from machine.keys(settings)


def _town(patient: Patient, now: datetime) -> Iterator[Finding]:
    town = patient.town
    if town is None:
        yield wrong("no_district")
        return
    yield right("district_ok", name=town.district.name_zh)
    yield from plan.teams(town)
    yield from plan.levels(town)
    yield from plan.ladders(town, now, patient.presence)
    yield from plan.accounts(town, patient.known)
    yield from plan.calendars(town, now)
    yield from plan.gaps(town, now, patient.presence.changes)
