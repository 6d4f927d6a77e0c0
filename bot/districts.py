"""The district file from the command line: check it, say what would change, load it, show what is loaded."""

from datetime import date
from pathlib import Path

import orjson

from bot.clock import real_now
from bot.daysoff import official_holidays
from bot.settings import Refused
from bot.town import lexicon
from core import roster
from core.calendar import local, missing_years
from core.district import District, DistrictFaults, Fault, diff, read_district, warnings
from core.town import check_phrases
from storage import districts
from storage.migrate import migrate
from storage.store import Store

NONE = (
    "还没有辖区,请私聊机器人发 /setup,或运行 python -m bot district load 文件 / "
    "no district yet, send /setup to the bot in private, or run python -m bot district load FILE"
)


def check(file: Path) -> tuple[bool, list[str]]:
    """Whether the file can be loaded, and what to say about it: every fault, or the doubts."""
    try:
        new = read(file)
    except DistrictFaults as faults:
        return False, [_fault(fault) for fault in faults.faults]
    return True, [*_doubts(new), f"可以装入:{_count(new)}", f"can be loaded: {_count_en(new)}"]


def load(url: str, file: Path) -> list[str]:
    """Load a file, idempotent; the changes as lines. Raises Refused when it has faults or cannot be read."""
    try:
        new = read(file)
    except DistrictFaults as faults:
        raise Refused("\n".join(_fault(fault) for fault in faults.faults)) from None
    migrate(url)
    with Store.open(url, running=False) as store:
        before = store.read(districts.current_district).result()
        raw = file.read_text(encoding="utf-8")
        changed = store.submit(lambda conn: districts.load_district(conn, raw, real_now())).result()
    if not changed:
        return ["没有变化 / nothing changes"]
    changes = [str(change) for change in diff(read_district(orjson.loads(before[1])), new)] if before else []
    return [*_doubts(new), *changes, f"已装入:{_count(new)}", f"loaded: {_count_en(new)}"]


def show(url: str) -> list[str]:
    """What is loaded."""
    migrate(url)
    with Store.open(url, running=False) as store:
        stored = store.read(districts.current_district).result()
    if stored is None:
        return [NONE]
    here = read_district(orjson.loads(stored[1]))
    posts = [f"  {post.id} {post.name_zh}  chat {post.chat_id or '—'}" for post in here.stations]
    return [
        f"{here.name_zh} / {here.name_en} ({here.id}) revision {stored[0]}",
        _count(here),
        _count_en(here),
        *posts,
    ]


def read(file: Path) -> District:
    """A file as a district. Raises DistrictFaults, or Refused when there is no JSON to be read."""
    try:
        district = read_district(orjson.loads(file.read_bytes()))
    except OSError as error:
        raise Refused(
            f"读不了 {file}({error.strerror}),请检查路径;{file} cannot be read ({error.strerror}), check the path."
        ) from None
    except orjson.JSONDecodeError as error:
        raise Refused(
            f"{file} 第 {error.lineno} 行不是 JSON,请检查括号、引号和逗号;"
            f"{file} is not JSON at line {error.lineno}, check its brackets, quotes and commas."
        ) from None
    check_phrases(district, lexicon())
    return district


def _doubts(new: District) -> list[str]:
    today: date = local(real_now(), new.zone).date()
    cautions = [f"⚠️ {caution.where}:{caution.zh} / {caution.en}" for caution in warnings(new, today.year)]
    return [*cautions, *next_year(new, today), *(told(it) for team in new.teams for it in roster.doubts(team, new))]


def next_year(new: District, today: date) -> list[str]:
    """Next year's holidays from December on: the year that runs is among the cautions."""
    known = new.calendar(official_holidays(new.emergency_profile))
    return [
        f"🚨 calendar.{year}:没有 {year} 年的放假安排,请上传 / no holiday table for {year}, upload it"
        for year in missing_years(today, known)
        if year > today.year
    ]


FLAWS: dict[str, tuple[str, str]] = {
    "double": ("有两组同时在班", "two groups are on at a time"),
    "hole": ("有 {hours} 小时没有组在班", "{hours} h without any group"),
    "rest": ("两班之间只休息 {hours} 小时", "only {hours} h of rest between two shifts"),
    "hours": ("每月约 {hours} 小时,超过上限", "about {hours} h a month, above the limit"),
    "alone": ("夜里只有一个人", "one person alone at night"),
}


def told(it: roster.Doubt) -> str:
    """A flaw of a roster in both languages."""
    zh, en = (words.format(hours=round(it.amount, 1)) for words in FLAWS[it.flaw])
    return f"⚠️ {it.team} {it.group}({it.at:%m-%d %H:%M}):{zh} / {en}"


def _fault(fault: Fault) -> str:
    return f"❌ {fault.where}:{fault.what},{fault.remedy} / {fault.what_en}, {fault.remedy_en}"


def _count(here: District) -> str:
    return f"网格 {len(here.grids)},岗站 {len(here.stations)},队伍 {len(here.teams)},人员 {len(here.people)}"


def _count_en(here: District) -> str:
    return f"{len(here.grids)} grids, {len(here.stations)} posts, {len(here.teams)} teams, {len(here.people)} people"
