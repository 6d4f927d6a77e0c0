"""A check-up before people rely on it: token, database, district, chats and the bot's rights there, roster gaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import real_now
from bot.districts import NONE
from bot.settings import Settings
from bot.telegram import Reply, Sent, Telegram
from bot.town import build_town
from bot.transport import Transport
from core.roster import Rostered, rostered
from core.town import Town
from storage import districts
from storage.migrate import pending
from storage.store import Store

POST = "station"  # teams of this kind have a head to whom a late case goes first
DAYS = 7  # of the roster that are looked at, hour by hour


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
        town = None if any(finding.bad for finding in findings[1:]) else _town(settings)
        findings.append(_loaded(town))
        if town is not None and not findings[0].bad:
            findings += [await _chat(telegram, chat, name) for chat, name in chats(town)]
        return findings + (list(gaps(town, real_now())) if town else [])
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


def _town(settings: Settings) -> Town | None:
    with Store.open(settings.database_url, running=False) as store:
        stored = store.read(districts.current_district).result()
    return build_town(stored[1], stored[0]) if stored else None


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


def gaps(town: Town, now: datetime) -> Iterator[Finding]:
    """Teams without a chat or a head, shifts without people, and hours at which nobody at all is on the roster."""
    for team in town.district.teams:
        if team.chat_id is None:
            yield Finding(bad=True, zh=f"{team.name_zh} 没有群", en=f"{team.id} has no chat")
        if team.head is None and team.kind == POST:
            yield Finding(bad=True, zh=f"{team.name_zh} 没有负责人", en=f"{team.id} has no head")
    hours = [now + timedelta(hours=hour) for hour in range(24 * DAYS)]
    empty = {shift.team: at for at in reversed(hours) for shift in _shifts(town, at) if not shift.members}
    for team_id, at in empty.items():
        yield Finding(bad=True, zh=f"{team_id} {_told(town, at)} 的班没有人", en=f"{team_id}: a shift without people")
    alone = next((at for at in hours if not any(shift.members for shift in _shifts(town, at))), None)
    if alone is not None:
        yield Finding(bad=True, zh=f"{_told(town, alone)} 没有任何人值班", en="at some hour nobody at all is on duty")


def _shifts(town: Town, at: datetime) -> list[Rostered]:
    here = town.district
    return [shift for team in here.teams for shift in rostered(team, at, here, holidays=town.holidays)]


def _told(town: Town, at: datetime) -> str:
    return at.astimezone(town.district.zone).strftime("%m-%d %H:%M")


def _why(reply: Reply) -> str:
    return str(getattr(reply, "why", type(reply).__name__))
