import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import benchmarks.all as everything
from benchmarks.peer.desk import Desk, params_of
from benchmarks.peer.flood import Flood
from benchmarks.peer.http import Line, Respond, response
from benchmarks.rig.command import command
from benchmarks.rig.goals import GOALS
from benchmarks.rig.page import filled, goals, keep, read, section
from benchmarks.rig.report import Report, Table, markdown, shown
from benchmarks.rig.rounds import Spread, interleaved, percentile, ratio
from benchmarks.rig.town import NINE, BigTown
from benchmarks.rig.updates import MATTERS, told
from benchmarks.rig.updates import report as report_update
from bot.town import build_town
from core import roster

REPORT = Report(
    name="life",
    setup="5 rounds.",
    tables=(Table(title="RTT 0", head=("bot", "rate"), rows=(("ours", Spread(2.0, 1.0, 3.0)), ("echo", 1234.5))),),
    goals={"R1": 0.5},
    notes=("A note.",),
)


def app_of(main: Any) -> typer.Typer:
    app = typer.Typer()
    app.command()(main)
    return app


def test_configurations_take_turns_in_every_round() -> None:
    said: list[str] = []
    runs = {name: lambda name=name: said.append(name) or len(said) for name in "AB"}

    assert interleaved(runs, 2) == {"A": [1, 3], "B": [2, 4]}
    assert said == ["A", "B", "A", "B"]


def test_a_ratio_is_the_middle_one_of_the_rounds_and_not_the_ratio_of_the_middles() -> None:
    assert ratio([2, 30, 4], [1, 10, 8]) == Spread(2.0, 0.5, 3.0)


def test_ratios_need_the_same_rounds() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        ratio([1.0], [1.0, 2.0])


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_figure_that_was_measured(share: float, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_without_figures_there_is_no_percentile() -> None:
    with pytest.raises(ValueError, match="no figures"):
        percentile([], 0.5)


@pytest.mark.parametrize(
    ("goal", "value", "word"),
    [
        ("R1", 0.44, "not reached"), ("R1", 0.45, "good"), ("R1", 0.6, "excellent"),
        ("R9", 1.2, "not reached"), ("R9", 1.1, "good"), ("R9", 1.0, "excellent"),
        ("R5", 1, "not reached"), ("R5", 0, "excellent"),
    ],
)  # fmt: skip
def test_a_goal_knows_which_way_is_better(goal: str, value: float, word: str) -> None:
    assert GOALS[goal].word(value) == word


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("ours", "ours"), (None, "–"), (0.0, "0"), (12345, "12,345"), (1234.5, "1,234"), (0.12345, "0.123"),
        (Spread(2.0, 1.0, 3.0), "2 (1–3)"), (Spread(2.0, 2.0, 2.0), "2"),
    ],
)  # fmt: skip
def test_figures_are_shown_with_three_digits(cell: object, text: str) -> None:
    assert shown(cell) == text  # type: ignore[arg-type]  # any cell


def test_a_report_comes_back_from_json_as_it_was() -> None:
    assert read(json.loads(REPORT.as_json())) == REPORT


def test_a_page_gets_the_figures_between_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    page = "# Words\n<!-- measured: life -->\nold\n<!-- end -->\nmore\n<!-- measured: db -->\nold\n<!-- end -->\n"
    (tmp_path / "benchmarks.md").write_text(page, encoding="utf-8")

    keep({"life": REPORT}, {"date": "2026-11-22", "Python": "3.11.7"}, tmp_path)

    written = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert written.startswith("# Words\n<!-- measured: life -->\n5 rounds.")
    assert "| ours | 2 (1–3) |" in written
    assert "*2026-11-22, Python 3.11.7*" in written
    assert "more\n<!-- measured: db -->\nNot measured yet.\n<!-- end -->" in written
    assert "old" not in written


def test_a_later_measurement_replaces_its_own_figures_only(tmp_path: Path) -> None:
    (tmp_path / "benchmarks.md").write_text("<!-- measured: goals -->\n<!-- end -->\n", encoding="utf-8")
    other = Report(name="db", setup="", tables=(), goals={"R6": 2.0})

    keep({"life": REPORT}, {}, tmp_path)
    keep({"db": other}, {}, tmp_path)

    written = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "| R1 |" in written
    assert "| 0.5 | 0.45 / 0.55 |  | good |" in written
    assert "| 2 | 1 / 1.5 |  | excellent |" in written


def test_what_was_not_measured_is_said_to_be_so() -> None:
    assert goals({}).count("not measured") == len(GOALS)
    assert (
        filled("<!-- measured: soak -->\n<!-- end -->", {})
        == "<!-- measured: soak -->\nNot measured yet.\n<!-- end -->"
    )


def test_the_page_in_docs_shows_the_figures_that_are_kept() -> None:
    docs = Path(__file__).parents[2] / "docs"
    file = docs / "benchmarks.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    page = (docs / "benchmarks.md").read_text(encoding="utf-8")

    assert page == filled(page, kept)
    assert all(section(it) in page for it in kept.values())


def test_every_goal_of_a_report_is_in_its_section() -> None:
    assert "| R1 | durable report→dispatch" in markdown(REPORT)


def heard() -> tuple[Line, list[tuple[str, bytes]]]:
    requests: list[tuple[str, bytes]] = []

    def serve(path: str, body: bytes, _respond: Respond) -> None:
        requests.append((path, body))

    return Line(serve), requests


def test_requests_are_understood_in_whatever_pieces_they_come() -> None:
    raw = b"POST /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n\r\n"
    for cut in range(len(raw)):
        line, requests = heard()
        line.data_received(raw[:cut])
        line.data_received(raw[cut:])
        assert requests == [("/a", b"abc"), ("/b", b"")]


def test_an_answer_has_its_length() -> None:
    assert response(b"{}", 429).startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
    assert response(b"{}").endswith(b"Content-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize("body", [b'{"chat_id":5,"text":"x"}', b"chat_id=5&text=x"])
def test_a_call_is_understood_as_json_and_as_a_form(body: bytes) -> None:
    assert int(params_of(body)["chat_id"]) == 5


def test_updates_are_handed_out_again_until_they_are_confirmed() -> None:
    desk = Desk(updates=[b'{"update_id":1}', b'{"update_id":2}', b'{"update_id":3}'])

    assert desk.poll({"limit": 2}) == b'{"ok":true,"result":[{"update_id":1},{"update_id":2}]}'
    assert desk.poll({"offset": 2, "limit": 1}) == b'{"ok":true,"result":[{"update_id":2}]}'
    assert (desk.confirmed, desk.handed) == (1, 2)
    assert desk.poll({"offset": 4}) is None
    assert desk.confirmed == 3


def test_a_send_is_noted_with_its_tag_whether_sent_as_json_or_as_a_form() -> None:
    desk = Desk()
    desk.say("sendMessage", {"chat_id": "-5"}, "text=3栋 %23000042%23".encode())
    desk.say("sendMessage", {"chat_id": 5}, '{"text":"3栋 #000007#"}'.encode())
    desk.say("sendMessage", {"chat_id": 5}, b"{}")
    assert [(send.chat, send.tag) for send in desk.sends] == [(-5, 42), (5, 7), (5, 0)]


def test_the_thirty_first_message_of_a_second_is_refused() -> None:
    flood = Flood()
    assert [flood.wait(chat, 100.0) for chat in range(1, 31)] == [0.0] * 30
    assert flood.wait(31, 100.5) == pytest.approx(0.5)
    assert flood.wait(31, 101.0) == 0.0


def test_a_person_may_have_three_at_once_and_then_one_a_second() -> None:
    flood = Flood()
    assert [flood.wait(7, 100.0) for _ in range(3)] == [0.0] * 3
    assert flood.wait(7, 100.0) == pytest.approx(1.0)
    assert flood.wait(7, 101.0) == 0.0
    assert flood.wait(7, 101.0) > 0.0


def test_a_group_may_have_twenty_a_minute_and_a_refusal_uses_nothing_up() -> None:
    flood = Flood()
    assert [flood.wait(-7, 100.0 + turn) for turn in range(20)] == [0.0] * 20
    assert flood.wait(-7, 150.0) == pytest.approx(10.0)
    assert flood.wait(-7, 160.0) == 0.0


def test_the_big_town_is_a_district_that_is_on_duty() -> None:
    town = BigTown(posts=120)
    district = build_town(town.file().decode(), 0).district

    assert len(district.stations) == len({town.compound(post) for post in range(120)}) == 120
    assert all(roster.rostered(team, NINE, district) for team in district.teams if team.kind == "station")


def test_a_report_names_its_compound_and_carries_its_number() -> None:
    text = json.loads(report_update(BigTown(posts=10), 13))["message"]["text"]
    assert text.startswith(BigTown(posts=10).compound(3))
    assert "#000013#" in text


def test_what_a_measurement_can_be_given_is_an_option_on_its_command_line() -> None:
    def measure(*, rounds: int = 5, posts: int = 100) -> Report:
        return replace(REPORT, setup=f"{rounds} rounds, {posts} posts.")

    done = CliRunner().invoke(app_of(command(measure)), ["--rounds", "2", "--json"])

    assert done.exit_code == 0
    assert json.loads(done.stdout)["setup"] == "2 rounds, 100 posts."


def test_one_that_breaks_is_told_and_leaves_the_others_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Report:
        raise OSError("no such port")

    measures = {"a": broken, "b": lambda: REPORT}
    turns = {name: everything.Line(measure=it, quick={}, minutes=1) for name, it in measures.items()}
    monkeypatch.setattr(everything, "LINES", turns)

    done = CliRunner().invoke(app_of(everything.main), ["--quick"])

    assert done.exit_code == 1
    assert "not measured: a" in done.stderr
    assert "no such port" in done.stderr
    assert "A note." in done.stdout


def test_ten_matters_of_every_compound_are_told_before_one_is_told_again() -> None:
    town = BigTown(posts=7)
    words = [told(town, number).partition(" #")[0] for number in range(7 * len(MATTERS))]

    assert len(set(words)) == len(words)
    assert told(town, 7 * len(MATTERS)).startswith(words[0])
