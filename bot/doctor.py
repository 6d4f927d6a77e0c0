"""A check-up before people rely on it: token, database, district, chats and the bot's rights there, roster gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.clock import real_now
from bot.districts import NONE
from bot.settings import Settings
from bot.telegram import Reply, Sent, Telegram
from bot.town import build_town
from bot.transport import Transport
from core import calendar
from core import gaps as core_gaps
from core.roster import Changes
from core.town import Town
from storage import districts, people
from storage.migrate import pending
from storage.store import Store

POST = "station"  # teams of this kind have a head to whom a late case goes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A line of the report; `bad` makes the exit code 1."""

    bad: bool
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{'❌' if self.bad else '✅'} {self.zh} / {self.en}"


async def examine(settings: Settings) -> list[Finding]:
    """The whole check-up. Never raises for what it finds."""
    transport = Transport()
    await transport.initialize()
    try:
        telegram = Telegram(transport, settings.api_url, settings.token.get_secret_value())
        findings = [await _token(telegram), _database(settings)]
        late = any(finding.bad for finding in findings[1:])
        town, changes = (None, ()) if late else _town(settings)
        findings.append(_loaded(town))
        if town is not None and not findings[0].bad:
            findings += [await _chat(telegram, chat, name) for chat, name in chats(town)]
        more = [*calendars(town, real_now())] if town else []
        return findings + more + (list(gaps(town, real_now(), changes)) if town else [])
    finally:
        await transport.shutdown()


async def _token(telegram: Telegram) -> Finding:
    me = await telegram.call("getMe", {})
    if isinstance(me, Sent):
        name = me.result.get("username", "") if isinstance(me.result, dict) else ""
        return Finding(bad=False, zh=f"令牌有效:@{name}", en=f"the token works: @{name}")
    return Finding(
        bad=True, zh=f"令牌不能用或连不上:{_why(me)}", en="the token is refused or the server cannot be reached"
    )


def _database(settings: Settings) -> Finding:
    try:
        late = pending(settings.database_url)
    except Exception as error:
        name = type(error).__name__
        return Finding(bad=True, zh=f"打不开数据库:{name}", en=f"the database cannot be opened: {name}")
    if late:
        return Finding(bad=True, zh="数据库要更新:python -m bot migrate", en="the database is not up to date")
    return Finding(bad=False, zh="数据库是最新的", en="the database is up to date")


def _town(settings: Settings) -> tuple[Town | None, Changes]:
    with Store.open(settings.database_url, running=False) as store:
        stored = store.read(districts.current_district).result()
        if stored is None:
            return None, ()
        presence = store.read(lambda conn: people.presence(conn, real_now())).result()
    return build_town(stored[1], stored[0]), presence.changes


def _loaded(town: Town | None) -> Finding:
    if town is None:
        return Finding(bad=True, zh=NONE.split(" / ", maxsplit=1)[0], en=NONE.split(" / ", maxsplit=1)[1])
    return Finding(bad=False, zh=f"辖区:{town.district.name_zh}", en=f"district: {town.district.name_en}")


def chats(town: Town) -> list[tuple[int, str]]:
    """Every group the bot has to write in, once, with a name."""
    named = [(team.chat_id, team.name_zh) for team in town.district.teams]
    return list({chat: (chat, name) for chat, name in named if chat is not None}.values())


async def _chat(telegram: Telegram, chat: int, name: str) -> Finding:
    """Reachable, and we administer it: otherwise privacy mode hides what is not a reply to us."""
    me = await telegram.call("getMe", {})
    bot = me.result["id"] if isinstance(me, Sent) and isinstance(me.result, dict) else 0
    member = await telegram.call("getChatMember", {"chat_id": chat, "user_id": bot})
    if not isinstance(member, Sent) or not isinstance(member.result, dict):
        return Finding(bad=True, zh=f"{name} 群 {chat} 进不去:{_why(member)}", en=f"group {chat} cannot be reached")
    if member.result.get("status") not in {"administrator", "creator"}:
        return Finding(
            bad=True, zh=f"{name} 群 {chat}:请把机器人设为管理员", en=f"make the bot administrator in {chat}"
        )
    return Finding(bad=False, zh=f"{name} 群 {chat} 正常", en=f"group {chat} is fine")


def calendars(town: Town, now: datetime) -> Iterator[Finding]:
    """Years whose holidays nobody knows: limits in working days would be wrong."""
    for year in calendar.missing_years(calendar.local(now, town.district.zone).date(), town.calendar):
        yield Finding(
            bad=True,
            zh=f"没有 {year} 年的放假安排,请写进辖区文件的 calendar",
            en=f"no holiday table for {year}; put it under calendar in the district file",
        )


def gaps(town: Town, now: datetime, changes: Changes = ()) -> Iterator[Finding]:
    """Teams without a chat or a head, and hours of the coming two weeks that have nobody, after leave and swaps."""
    for team in town.district.teams:
        if team.chat_id is None:
            yield Finding(bad=True, zh=f"{team.name_zh} 没有群", en=f"{team.id} has no chat")
        if team.head is None and team.kind == POST:
            yield Finding(bad=True, zh=f"{team.name_zh} 没有负责人", en=f"{team.id} has no head")
    ahead = core_gaps.gaps(town.district, now, now + core_gaps.AHEAD, town.holidays, changes=changes)
    owed = core_gaps.owed(ahead)
    for team_id, it in {it.team: it for it in reversed(owed)}.items():
        hours = round(sum(gap.hours for gap in owed if gap.team == team_id), 1)
        yield Finding(
            bad=True,
            zh=f"{team_id} {_told(town, it.start)} 起没有人(两周内共 {hours} 小时),由{it.taker or '谁也不'}代管",
            en=f"{team_id}: a shift without people, {hours} h in two weeks, {it.taker or 'nobody'} stands in",
        )
    if any(it.taker is None for it in owed):
        yield Finding(bad=True, zh="有的时段没有任何人值班", en="at some hour nobody at all is on duty")


def _told(town: Town, at: datetime) -> str:
    return at.astimezone(town.district.zone).strftime("%m-%d %H:%M")


def _why(reply: Reply) -> str:
    return str(getattr(reply, "why", type(reply).__name__))
