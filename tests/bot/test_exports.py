"""Files that are made when they are sent: what is in them, and what happens when they cannot be made."""

import asyncio
import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import psutil
import pytest
from PIL import Image
from sqlalchemy import Connection

from bot.exports import own, workshop
from bot.exports.__main__ import MAKERS
from bot.exports.orders import ORDERS
from bot.exports.picture import as_png
from bot.exports.tables import as_csv, as_xlsx, safe
from bot.voice.catalogue import catalogue
from bot.voice.names import Names
from bot.voice.speaker import Speaker
from core.case import Case, Place, Status
from core.messages import Attachment, Notice
from core.records import Dispute, Listed, Report, Volunteer
from core.records.mediation import Note, Party
from core.world import Contact, Decision, World
from storage import cases, files, people, posts
from storage.records import write_records
from storage.store import Store
from tests.bot.street import Street, street, until
from tests.core import demo

HOME = Path(__file__).parents[2]
AT = demo.at("2026-11-20 08:00")
TABLE = {
    "title": "t",
    "columns": ["编号", "地点"],
    "rows": [["A1", "=cmd|' /C calc'!A0"], ["A2", "宏济新居"], ["A3", None]],
}
PICTURE = {
    "grid": "G05",
    "date": "2026-11-16",
    "until": "2026-11-22",
    "days": [{"day": f"2026-11-{16 + n}", "new": n, "closed": 0, "usual": None} for n in range(7)],
    "categories": [{"category": "XF03", "count": 3}],
    "compounds": [],
}


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_no_cell_begins_like_a_formula(words: str) -> None:
    assert safe(words) == f"'{words}"
    (_, row) = csv.reader(io.StringIO(as_csv({"columns": ["a"], "rows": [[words]]}).decode("utf-8-sig"), newline=""))
    assert row == [f"'{words}"]


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [safe(it) for it in ("宏济新居", "A2611-0001", -5, None, "")] == ["宏济新居", "A2611-0001", -5, None, ""]


def test_a_csv_opens_in_excel_in_chinese() -> None:
    made = as_csv(TABLE)
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["编号", "地点"]
    assert rows[2] == ["A2", "宏济新居"]


def test_an_xlsx_holds_texts_and_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(TABLE))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    texts = [it.text for it in ET.fromstring(sheet).iter() if it.tag.endswith("}t")]
    assert texts == ["编号", "地点", "A1", "'=cmd|' /C calc'!A0", "A2", "宏济新居", "A3"]


def test_a_picture_is_as_wide_as_a_phone_and_grows_with_its_parts() -> None:
    days = [{"label": "周一", "under": "11/16", "count": n, "usual": 2.5} for n in range(7)]
    base = {"title": "第5网格 周报", "span": "11月16日", "heading": "每天新增", "none": "没有", "days": days}
    sizes = []
    for rows in ([], [{"name": "电动车违停充电飞线" * 3, "count": 3}]):
        made = as_png({**base, "parts": [{"title": "种类", "rows": rows}]})
        sizes.append(Image.open(io.BytesIO(made)).size)
    assert [width for width, _ in sizes] == [1080, 1080]
    assert sizes[1][1] > sizes[0][1]


def test_a_week_without_anything_is_drawn_too() -> None:
    days = [{"label": "周一", "under": "11/16", "count": 0, "usual": None}] * 7
    data = {"title": "x", "span": "y", "heading": "z", "none": "这一周没有新增", "days": days, "parts": []}
    assert as_png(data).startswith(b"\x89PNG")


def test_the_child_makes_a_file_and_tells_a_fault_by_its_exit_code() -> None:
    def child(order: object) -> subprocess.CompletedProcess[bytes]:
        asked = json.dumps(order).encode()
        return subprocess.run(
            [sys.executable, "-m", "bot.exports"], input=asked, capture_output=True, cwd=HOME, check=False
        )

    assert child({"make": "csv", "data": TABLE}).stdout.startswith(b"\xef\xbb\xbf")
    assert child({"make": "exe", "data": {}}).returncode != 0


def nothing(command: object, world: World) -> Decision:
    return Decision()


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Street]:
    async with street(tmp_path, decide=nothing) as opened:
        yield opened


async def written(here: Street, job: Callable[[Connection], object]) -> None:
    await asyncio.wrap_future(here.app.store.submit(job))


def drawn(key: str, **more: object) -> Notice:
    return Notice(
        to=7, kind="week.picture", key=key, params={"grid": "G05", "date": "2026-11-16"},
        attachment=Attachment(kind="picture", params={**PICTURE, **more}),
    )  # fmt: skip


async def test_a_picture_is_uploaded_once_and_then_sent_by_its_id(here: Street) -> None:
    await here.queue(drawn("p1"))
    await here.settle(30)
    await here.queue(drawn("p2"))
    await here.settle(30)
    first, second = here.sandbox.world.calls.find(method="sendPhoto")
    assert "bytes>" in str(first.params["photo"])
    assert "bytes>" not in str(second.params["photo"])
    assert "第5网格" in str(first.params["caption"])


async def test_an_id_that_telegram_does_not_know_any_more_is_forgotten_and_the_file_made_anew(here: Street) -> None:
    await here.queue(drawn("p1"))
    await here.settle(30)

    def spoil(conn: Connection) -> None:
        conn.exec_driver_sql("UPDATE files SET file_id = 'AgACnothing'")

    await written(here, spoil)
    await here.queue(drawn("p2"))
    await here.settle(30)
    calls = here.sandbox.world.calls.find(method="sendPhoto")
    assert [call.ok for call in calls] == [True, False, True]


async def test_a_picture_that_cannot_be_made_is_told_in_words_and_stops_nothing(
    here: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "ENVIRONMENT", ())
    monkeypatch.setattr(workshop, "HOME", HOME / "docs")  # there is no bot.exports
    await here.queue(drawn("p1"), replace(drawn("t1"), kind="digest.nothing", params={}, attachment=None))
    await here.settle(30)
    assert here.sandbox.world.calls.find(method="sendPhoto") == []
    assert len(here.texts(7)) == 2


async def test_a_child_that_hangs_is_killed_and_told_in_words(here: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "LONGEST", 0.01)
    await here.queue(drawn("p1"))
    await here.settle(30)
    assert len(here.texts(7)) == 1


CASE = Case(
    no="A2611-0001", reporter=7001, reporter_name="张三丰", words=("我叫张三丰,电话13800001111",),
    opened_at=AT, heard_at=AT, category="XF03", severity=2, status=Status.ACK, team="ST2", accepted_at=AT,
    place=Place(label="=宏济新居3栋", words="3栋2单元501", grid="G05", compound="X01"),
)  # fmt: skip
SEALED = replace(CASE, no="A2611-0002", sealed=True, category="RS04")


def kept(conn: Connection) -> None:
    for case in (CASE, SEALED):
        cases.write_case(conn, case, ())
    lists = (Listed(name="new", text="3", cases=("A2611-0001", "A2611-0002", "A2611-0003")),)
    write_records(
        conn, [Report(id="261120d.G05", kind="day", grid="G05", day=date(2026, 11, 20), chat=7, told={}, lists=lists)]
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_table_has_no_name_no_account_no_words_and_of_a_sealed_case_its_number(here: Street, form: str) -> None:
    await written(here, kept)
    attachment = Attachment(kind="cases", params={"report": "261120d.G05", "format": form})
    params = {"grid": "G05", "date": "2026-11-20", "count": 2}
    await here.queue(Notice(to=7, kind="report.file", key="f", params=params, attachment=attachment))
    await here.settle(30)
    (call,) = here.sandbox.world.calls.find(method="sendDocument")
    file = here.sandbox.world.files.by_id(call.result["document"]["file_id"])
    assert file.name == f"cases-261120d.G05.{form}"
    words = file.data.decode("utf-8-sig") if form == "csv" else _texts(file.data)
    for secret in ("张三丰", "13800001111", "7001", "501", "RS04"):
        assert secret not in words
    assert "'=宏济新居3栋" in words
    assert "电动车" in words
    (sealed,) = [line for line in words.splitlines() if "A2611-0002" in line] if form == "csv" else ["🔒"]
    assert "🔒" in sealed
    assert "宏济" not in sealed


def _texts(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


async def test_what_was_asked_for_and_is_not_there_any_more_is_told_in_words(here: Street) -> None:
    attachment = Attachment(kind="cases", params={"report": "gone", "format": "csv"})
    await here.queue(Notice(to=7, kind="report.file", key="f", params={}, attachment=attachment))
    await here.settle(30)
    assert len(here.texts(7)) == 1


async def test_an_id_is_kept_and_dropped(here: Street) -> None:
    await written(here, lambda conn: files.keep_file_id(conn, "k", "id1", AT))
    await written(here, lambda conn: files.keep_file_id(conn, "k", "id2", AT))
    assert await here.read(lambda conn: files.file_id_of(conn, "k")) == "id2"
    await written(here, lambda conn: files.drop_file_id(conn, "k"))
    assert await here.read(lambda conn: files.file_id_of(conn, "k")) is None


async def test_nothing_is_left_running(here: Street) -> None:
    await here.queue(drawn("p1"))
    await until(lambda: here.sandbox.world.calls.find(method="sendPhoto"))
    assert [it for it in psutil.Process().children() if "bot.exports" in " ".join(it.cmdline())] == []


async def test_ones_own_data_are_all_there_but_of_a_sealed_matter_the_number_alone(sqlite_url: str) -> None:
    told = Case(
        no="A2611-0001", reporter=7, reporter_name="陈玉芳", opened_at=AT, heard_at=AT, words=("路灯不亮",),
        photos=("p1", "p2"), place=Place(label="3栋", words="3栋2单元1201", lat=30.6, lng=104.1), status=Status.DISP,
    )  # fmt: skip
    sealed = replace(told, no="A2611-0002", sealed=True, words=("他打我",))

    def fill(conn: Connection) -> None:
        home = Place(label="宏济新居3栋", lat=30.6, lng=104.1)
        people.write_contact(conn, Contact(user_id=7, name="芳", language="zh-Hans", home=home, anonymous=True))
        mine, theirs = Note(step="ask", at=AT, by="a", text="吵"), Note(step="ask", at=AT, by="b", text="没有吵")
        quarrel = Dispute(
            id="M2611-0004", opened_at=AT, a=Party(user=7), b=Party(user=8), notes=(mine, theirs), open=False
        )
        secret = replace(quarrel, id="M2611-0005", named=True)
        agreed = Volunteer(id="7", user=7, lat=30.6, lng=104.1, consented_at=AT)
        write_records(conn, (quarrel, secret, agreed))
        asked = Notice(
            to=-1, kind=posts.QUESTION, key="q", params={"name": "居民1", "text": "几点上班", "from": 7, "x": 1}
        )
        posts.remember(conn, -1, 5, asked, AT)
        for it in (told, sealed, replace(told, no="A2611-0003", reporter=8, words=("别人的",))):
            cases.write_case(conn, it, [])

    with Store.open(sqlite_url) as store:
        store.submit(fill).result()
        speaker = Speaker(catalogue=catalogue("zh-Hans"), names=Names(), zone=ZoneInfo("Asia/Shanghai"))
        order = store.read(lambda conn: ORDERS["own"](conn, speaker, {"user": 7})).result()
    assert not order.keep, "whoever has the id of the file has the file"
    made = json.loads(MAKERS[order.make](dict(order.data)))
    by_number = {it["no"]: it for it in made["cases"]}
    assert by_number["A2611-0001"]["words"] == ["路灯不亮"]
    assert by_number["A2611-0001"]["place"]["words"] == "3栋2单元1201"
    assert by_number["A2611-0002"] == {"no": "A2611-0002"}
    assert (made["account"], made["name"], len(by_number)) == (7, "芳", 2)
    assert (made["home"]["label"], made["anonymous"], made["questions"]) == ("宏济新居3栋", True, ["几点上班"])
    assert made["volunteer"]["metres"] == 500
    open_words, secret = made["disputes"]
    assert (open_words["words"], secret) == (["吵"], {"no": "M2611-0005"})
    assert {own.NAMES.get(it.name, it.name) for it in fields(Contact)} <= made.keys(), "a new field must be in it too"
