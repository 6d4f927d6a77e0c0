"""Each finding of the check-up, by itself: what is wrong is found, and what is right is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.clinic import machine, plan, server
from bot.settings import load
from bot.telegram import Reply, Sent, Unknown
from core.messages import Finding
from core.roster import Presence
from core.texts.doctor import NOTICES
from storage.copies import folder
from tests.core import demo
from tests.core.decide.village import town

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
ME = {"id": 7, "username": "post_bot"}


class Says:
    """A server that answers what it is told to."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers

    async def call(self, method: str, _params: dict[str, object]) -> Reply:
        answer = self.answers.get(method)
        return Unknown(why="away") if answer is None else Sent(result=answer)


def kinds(found: object) -> list[str]:
    return [it.kind for it in found if it.bad]  # type: ignore[attr-defined]  # findings, of a list or one by one


async def standing(member: dict[str, object] | None, chat: dict[str, object]) -> list[Finding]:
    centre = tuple(it for it in town().district.teams if it.id == "CTR")
    district = replace(town().district, teams=centre, communities=(), departments=(), compounds=())
    return await server.standing(
        Says(getChatMember=member, getChat=chat),
        ME,
        replace(town(), district=district),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("member", "chat", "found"),
    [
        (None, {}, ["chat_lost"]),
        ({"status": "member"}, {}, ["chat_plain"]),
        ({"status": "administrator"}, {}, ["chat_no_pin"]),
        ({"status": "administrator", "can_pin_messages": True}, {}, []),
        ({"status": "creator"}, {"is_forum": True}, []),
    ],
)
async def test_rights_in_a_group(member: dict[str, object] | None, chat: dict[str, object], found: list[str]) -> None:
    assert kinds(await standing(member, chat)) == found


@pytest.mark.parametrize(
    ("member", "chat", "found"),
    [
        (None, {}, ["room_lost"]),
        ({"status": "left"}, {}, ["room_lost"]),
        ({"status": "member"}, {"permissions": {"can_send_messages": True}}, []),
        ({"status": "member"}, {"permissions": {"can_send_messages": False}}, ["room_muted"]),
        ({"status": "restricted", "can_send_messages": False}, {}, ["room_muted"]),
        ({"status": "administrator"}, {"permissions": {"can_send_messages": False}}, []),
    ],
)
@pytest.mark.parametrize("place", ["communities", "departments", "compounds"])
async def test_where_only_buttons_are_pressed_the_bot_needs_to_be_there_and_to_write(
    place: str, member: dict[str, object] | None, chat: dict[str, object], found: list[str]
) -> None:
    here = town().district
    nothing: dict[str, tuple[()]] = {"teams": (), "communities": (), "departments": (), "compounds": ()}
    one = replace(here, **(nothing | {place: getattr(here, place)[:1]}))  # type: ignore[arg-type]  # by name
    says = Says(getChatMember=member, getChat=chat)
    assert kinds(await server.standing(says, ME, replace(town(), district=one))) == found  # type: ignore[arg-type]


async def test_topics_are_told_of_though_nothing_has_to_be_mended() -> None:
    assert [it.kind for it in await standing({"status": "creator"}, {"is_forum": True})] == ["chat_topics"]


@pytest.mark.parametrize(
    ("info", "ours", "found"),
    [
        ({"url": ""}, None, "hook_ok"),
        ({"url": "https://a.cn/h"}, None, "hook_left"),
        ({"url": "https://b.cn/h"}, "https://a.cn/h", "hook_other"),
        ({"url": "https://a.cn/h"}, "https://a.cn/h", "hook_ok"),
        (
            {"url": "https://a.cn/h", "last_error_date": 999_900, "last_error_message": "no"},
            "https://a.cn/h",
            "hook_failing",
        ),
        ({"url": "https://a.cn/h", "last_error_date": 9_000}, "https://a.cn/h", "hook_ok"),
    ],
)
async def test_where_updates_go(info: dict[str, object], ours: str | None, found: str) -> None:
    assert (await server.webhook(Says(getWebhookInfo=info), ours, 1_000_000.0)).kind == found  # type: ignore[arg-type]


async def test_a_bot_that_may_not_join_groups_is_told() -> None:
    _, found = await server.token(Says(getMe={**ME, "can_join_groups": False}))  # type: ignore[arg-type]
    assert kinds(found) == ["no_groups"]


def test_people_whom_no_message_reaches_are_named() -> None:
    there = town()
    first, second, third, *_ = there.district.people
    known = {it.tg_id: True for it in there.district.people if it.tg_id and it is not second}
    assert third.tg_id
    known[third.tg_id] = False
    bare = replace(
        there, district=replace(there.district, people=(replace(first, tg_id=None), *there.district.people[1:]))
    )
    found = {it.kind: it.params for it in plan.accounts(bare, known)}
    assert {kind: it["text"] for kind, it in found.items()} == {
        "people_unknown": first.name, "people_never": second.name, "people_blocked": third.name
    }  # fmt: skip


def test_a_ladder_that_ends_in_nobody_is_found_before_a_case_does() -> None:
    there = town()
    sound = list(plan.ladders(there, demo.at("2026-11-20 09:00"), Presence()))
    nobody = tuple(replace(it, tg_id=None) for it in there.district.people)
    groups = tuple(replace(it, chat_id=None) for it in there.district.teams)
    empty = replace(there, district=replace(there.district, people=nobody, teams=groups))
    assert kinds(sound) == []
    assert kinds(plan.ladders(empty, demo.at("2026-11-20 09:00"), Presence())) == ["ladder"]
    assert kinds(plan.levels(empty)) == ["level", "level"]
    assert kinds(plan.levels(there)) == []
    assert "no_centre" in kinds(plan.teams(empty))


@pytest.mark.parametrize(
    ("hours", "used", "found"),
    [(None, True, ["copy_none"]), (None, False, []), (2, True, []), (40, True, ["copy_old"])],
)
def test_how_old_the_newest_copy_is(hours: int | None, found: list[str], tmp_path: Path, *, used: bool) -> None:
    settings = load(_env_file=None, token="1:a", backup_dir=tmp_path)
    if hours is not None:
        (tmp_path / folder.name_for(NOW - timedelta(hours=hours), ".db")).touch()
    assert kinds([machine.copies(settings, NOW, used=used)]) == found


def test_a_disk_that_is_nearly_full_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(_env_file=None, token="1:a", database_url=f"sqlite:///{tmp_path}/new/bot.db")
    for free, found in ((499_000_000, ["disk"]), (501_000_000, [])):
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda _place, free=free: SimpleNamespace(free=free))
        assert sorted(set(kinds(machine.disks(settings)))) == found


@pytest.mark.parametrize(("off", "found"), [(None, []), (0, []), (29, []), (-31, ["clock"]), (400, ["clock"])])
def test_a_clock_that_is_wrong_is_found(off: float | None, found: list[str]) -> None:
    theirs = None if off is None else NOW + timedelta(seconds=off)
    assert kinds(machine.clock(theirs, NOW)) == found


def test_a_database_that_cannot_be_opened_is_said_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database of ours at all, but long enough to be looked at as one")
    assert machine.database(f"sqlite:///{tmp_path}/file").kind == "database"


def test_every_finding_in_the_code_has_words() -> None:
    import re

    code = "".join(path.read_text(encoding="utf-8") for path in Path(plan.__file__).parent.glob("*.py"))
    named = set(re.findall(r'(?:wrong|right)\)?\(\s*"(\w+)"', code))
    named |= set(re.findall(r'"(people_\w+|disk\w*|copy_\w+)"', code))
    around = {"doctor.looking", "doctor.report", "doctor.well"}
    assert {f"doctor.{it}" for it in named} == set(NOTICES) - around
