"""Opening the house: database, clock, district. Whatever is not right is one sentence for the operator (Refused)."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot import firstcode
from bot.clock import Clock, Course, Real, real_now, resume
from bot.settings import Refused, Settings
from bot.ticker import COURSE
from bot.town import build_town
from core.district import DistrictFaults
from storage import districts, meta, resealing
from storage.errors import DatabaseBusy
from storage.migrate import migrate, pending
from storage.sealing import Ring
from storage.store import Store

TAKEN = "district_file"  # the key under which it is kept which file of the settings was taken last


def open_store(settings: Settings) -> Store:
    """The database, up to date. A file is brought up to date here, a server only by its operator."""
    url = settings.database_url
    try:
        if url.startswith("sqlite:"):
            migrate(url)
        elif pending(url):
            raise Refused(
                "无法启动:数据库结构不是最新,请先运行 python -m bot migrate;"
                "cannot start: the database is not up to date, run python -m bot migrate first."
            )
        store = Store.open(url, keys=settings.keys)
    except DatabaseBusy:
        raise Refused(
            "无法启动:另一个进程正在用这个数据库,请先停掉它,或换一个 BOT_DATABASE_URL;"
            "cannot start: another process is using this database, stop it or choose another BOT_DATABASE_URL."
        ) from None
    except (SQLAlchemyError, OSError, ValueError) as error:
        raise Refused(
            f"无法启动:打不开 BOT_DATABASE_URL 指的数据库({type(error).__name__}),请检查路径、权限和服务器;"
            f"cannot start: the database of BOT_DATABASE_URL cannot be opened ({type(error).__name__}), "
            "check its path, rights and server."
        ) from None
    try:
        open_sealed(store, settings)
    except BaseException:
        store.close()
        raise
    return store


def open_sealed(store: Store, settings: Settings) -> None:
    """The keys fit what is sealed; at the first start with a key what is confidential is sealed. Raises Refused."""
    known = store.read(resealing.known_key).result()
    names = Ring(settings.keys).names if settings.keys else ()
    if known is not None and known not in names:
        raise Refused(
            "无法启动:数据库里有加密的保密内容,BOT_SECRET_KEY 没有设或不对,请填回原来的密钥;"
            "cannot start: the database holds sealed text, and BOT_SECRET_KEY is missing or another; put it back."
        )
    if known is None and names:
        store.submit(resealing.reseal).result()


def open_clock(settings: Settings, store: Store, real: Real = real_now) -> Clock:
    """The real clock, or a moved one that goes on where it was."""
    if not settings.moved:
        return Clock(real=real)
    kept = store.read(lambda conn: meta.get_meta(conn, COURSE)).result()
    course = resume(Course.from_text(kept) if kept else None, settings.clock_start, settings.clock_speed, real())
    store.submit(lambda conn: meta.put_meta(conn, COURSE, course.to_text())).result()
    return Clock(course, real)


def open_district(settings: Settings, store: Store, now: datetime) -> None:
    """Load the file of the settings, if it is another than last time: what was changed in chat since stays. Without any
    the town is set up in chat."""
    if settings.district is not None:
        raw = read_file(settings.district)
        store.submit(lambda conn: _take(conn, raw, now)).result()


def _take(conn: Connection, raw: str, now: datetime) -> None:
    digest = sha256(raw.encode()).hexdigest()
    if meta.get_meta(conn, TAKEN) != digest or districts.current_district(conn) is None:
        districts.load_district(conn, raw, now)
        meta.put_meta(conn, TAKEN, digest)


def open_setup(settings: Settings, store: Store, now: datetime) -> str | None:
    """The code by which the first administrator is known, while there is neither a town nor an administrator."""
    if settings.admins or store.read(districts.current_district).result() is not None:
        return None
    secret = settings.token.get_secret_value()
    return store.submit(lambda conn: firstcode.offered(conn, secret, now)).result()


def read_file(path: Path) -> str:
    """The text of a district file that has no faults. Raises Refused with the first of them."""
    try:
        raw = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"无法启动:读不了辖区文件 {path}({type(error).__name__}),请检查路径;"
            f"cannot start: the district file {path} cannot be read ({type(error).__name__}), check the path."
        ) from None
    try:
        build_town(raw, 0)
    except orjson.JSONDecodeError as error:
        raise Refused(
            f"无法启动:辖区文件 {path} 不是 JSON(第 {error.lineno} 行),请检查括号、引号和逗号;"
            f"cannot start: the district file {path} is not JSON (line {error.lineno}), "
            "check its brackets, quotes and commas."
        ) from None
    except DistrictFaults as faults:
        first, more = faults.faults[0], len(faults.faults) - 1
        raise Refused(
            f"无法启动:辖区文件 {path} 有误,{first.where}:{first.what},{first.remedy}(另有 {more} 处);"
            f"cannot start: the district file {path} has faults, {first.where}: {first.what_en}, {first.remedy_en} "
            f"(and {more} more)."
        ) from None
    return raw
