"""Copies of the database at the operator's word, and where they are."""

from datetime import timedelta
from pathlib import Path

from bot.clock import real_now
from bot.forgotten import Journal
from bot.settings import Refused, Settings
from storage.copies import folder, roads
from storage.errors import CopyRefused, DatabaseBusy


def folder_of(settings: Settings) -> Path:
    """Where the copies of this bot are."""
    return roads.folder_for(settings.database_url, settings.backup_dir)


def journal_of(settings: Settings) -> Journal:
    """Who asked to be forgotten, beside the copies."""
    return Journal(folder_of(settings), settings.token.get_secret_value().encode())


def backup(settings: Settings) -> list[str]:
    """Make a copy now, beside a running bot or without one. Raises Refused."""
    try:
        made = roads.make_copy(settings.database_url, folder_of(settings), real_now())
    except (CopyRefused, OSError) as error:
        raise Refused(_why(error)) from None
    size = made.stat().st_size / 1_000_000
    return [f"备份好了:{made}({size:.1f} MB)", f"a copy was made: {made} ({size:.1f} MB)"]


def restore(settings: Settings, source: Path | None) -> list[str]:
    """Put a copy back, the newest when none is named. Raises Refused."""
    there = folder.copies(folder_of(settings))
    if source is None and not there:
        raise Refused(f"{folder_of(settings)} 里没有备份 / there is no copy in {folder_of(settings)}")
    chosen = source or there[-1][1]
    try:
        aside = roads.put_back(settings.database_url, chosen, real_now())
    except DatabaseBusy:
        raise Refused("机器人还在运行,请先停掉再恢复 / a bot is running on this database, stop it first") from None
    except (CopyRefused, OSError) as error:
        raise Refused(_why(error)) from None
    told = [f"已恢复:{chosen}", f"put back: {chosen}"]
    if aside is not None:
        told += [f"原来的数据库留在 {aside},34 天后自动删除", f"the former database is kept as {aside} for 34 days"]
    return [
        *told,
        "现在运行 python -m bot run:可能发过的消息不会再发,每个群会听到从什么时候起的事要重新登记",
        "now run python -m bot run: nothing that may have been sent is sent again; every group hears what to tell anew",
    ]


def listed(settings: Settings) -> list[str]:
    """The copies there are, newest first, with their ages."""
    now = real_now()
    there = reversed(folder.copies(folder_of(settings)))
    lines = [f"{path}  {_age(now - at)}  {path.stat().st_size / 1_000_000:.1f} MB" for at, path in there]
    return lines or [f"没有备份 / no copies: {folder_of(settings)}"]


def _age(span: timedelta) -> str:
    return f"{span.days} d {span.seconds // 3600} h"


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, CopyRefused) else f"备份文件读写失败 / the file cannot be used: {error}"
