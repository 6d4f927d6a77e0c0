"""Heads of the audit log beside the copies: a chain that was made anew or cut does not agree with them."""

from datetime import UTC, datetime
from pathlib import Path

from bot.settings import load
from bot.witness import Witness, checked, note_settings
from core.trail import Entry, Flaw
from storage import trail
from storage.store import Store

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_what_was_noted_is_read_and_an_unchanged_head_is_written_once(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "copies")
    for _ in range(3):
        witness.note((7, "abc"), NOW)
    witness.note((9, "def"), NOW)

    assert witness.heads() == {7: "abc", 9: "def"}
    assert len((tmp_path / "copies" / "audit-heads.txt").read_text().splitlines()) == 2


def test_after_a_restore_the_heads_of_the_lost_hours_count_no_more(tmp_path: Path) -> None:
    witness = Witness(tmp_path)
    witness.note((7, "abc"), NOW)
    witness.note((9, "lost"), NOW)
    witness.note((8, "new"), NOW, restored=True)

    assert witness.heads() == {7: "abc", 8: "new"}


def test_a_line_that_was_cut_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "audit-heads.txt").write_text("2026-11-20T08:00:00+00:00 7 abc\n2026-11-21T08:0")

    assert Witness(tmp_path).heads() == {7: "abc"}


def test_settings_that_changed_are_in_the_log_by_name_alone(store: Store) -> None:
    first = load(token="1:a", admins="77", secret_key="k" * 40, _env_file=None)
    for settings in (first, first, load(token="1:a", admins="77,78", secret_key="k" * 40, _env_file=None)):
        store.submit(lambda conn, it=settings: note_settings(conn, it, NOW)).result()
    told = [it.body for it in store.read(lambda conn: list(trail.lines(conn))).result()]

    assert len(told) == 2
    assert '"names":"admins"' in told[1]
    assert not [it for it in told if "78" in it.replace("2026", "") or "kkkk" in it]


def test_the_check_goes_by_what_was_noted(store: Store, tmp_path: Path) -> None:
    witness = Witness(tmp_path)
    store.submit(lambda conn: trail.append(conn, [Entry(at=NOW, kind="a", data={})] * 3)).result()
    witness.note((3, "another"), NOW)

    assert store.read(lambda conn: checked(conn, witness.heads())).result() == (3, Flaw(kind="rewritten", serial=3))
