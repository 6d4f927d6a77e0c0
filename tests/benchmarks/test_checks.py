import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.checks import reports
from benchmarks.judge import Kind, within
from benchmarks.kinds import CHECKS, SAMPLES
from tests.core import demo

DEMO = "bot/data/demo_district.json"
ANSWERS = "tests/data/checks.json"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as people start it."""
    command = [sys.executable, "-m", "benchmarks.checks", *arguments]
    return subprocess.run(command, cwd=demo.ROOT, capture_output=True, text=True, check=False, timeout=60)


def found(checks: dict[str, Any], samples: Any = None) -> dict[str, Any]:
    """The reports by kind."""
    return {it["kind"]: it for it in reports(demo.bench(), checks, samples)}


@pytest.mark.parametrize("kind", [name for name, it in CHECKS.items() if it.judge])
def test_every_expected_answer_of_a_built_kind_is_given(kind: str) -> None:
    report = found({kind: demo.checks(kind)})[kind]
    assert report["built"]
    assert report["misses"] == []
    assert report["passed"] == report["rows"] > 0


def test_the_rules_hold_for_the_sample_threads_too() -> None:
    report = found({}, demo.raw("tests/data/samples.json"))
    assert set(report) == set(SAMPLES)
    for kind in ("samples_routing", "samples_deadlines"):
        assert (report[kind]["rows"], report[kind]["passed"]) == (28, 28)


def test_the_command_prints_one_json_object_per_kind() -> None:
    done = run("--district", DEMO, "--checks", ANSWERS, "--json")
    lines = [json.loads(it) for it in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert {"deadlines", "roster", "routing", "coordinates", "metrics"} <= {it["kind"] for it in lines}
    assert all(set(it) == {"kind", "built", "rows", "passed", "misses"} for it in lines)


def test_the_command_prints_a_table_for_people() -> None:
    done = run("--district", DEMO, "--checks", ANSWERS)
    assert done.returncode == 0
    assert "deadlines" in done.stdout


def test_a_wrong_answer_is_a_miss_and_the_command_still_ran(tmp_path: Path) -> None:
    row = demo.raw(ANSWERS)["deadlines"][0] | {"close_limit": "48h"}
    path = tmp_path / "checks.json"
    path.write_text(json.dumps({"deadlines": [row]}), encoding="utf-8")
    done = run("--district", DEMO, "--checks", str(path), "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["rows"], report["passed"]) == (0, 1, 0)
    assert report["misses"][0]["expected"]["close_limit"] == "48h"
    assert report["misses"][0]["got"]["close_limit"] == "24h"


def test_a_faulty_district_ends_with_its_faults(tmp_path: Path) -> None:
    raw = demo.raw_district()
    raw["stations"][2]["head"] = "P999"
    path = tmp_path / "district.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    done = run("--district", str(path), "--checks", ANSWERS, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "stations[2].head" in done.stderr
    assert "P999" in done.stderr


@pytest.mark.parametrize("content", ["{", "[]", '{"metrics": [{}]}'])
def test_a_file_of_answers_that_cannot_be_read_ends_with_2(tmp_path: Path, content: str) -> None:
    path = tmp_path / "checks.json"
    path.write_text(content, encoding="utf-8")
    assert run("--district", DEMO, "--checks", str(path)).returncode == 2


def test_a_kind_that_is_not_built_never_passes() -> None:
    report = found({"miracles": [{"text": "x"}, {"text": "y"}]})["miracles"]
    assert report == {"kind": "miracles", "built": False, "rows": 2, "passed": 0, "misses": []}
    assert Kind().judge is None


def test_a_row_nobody_can_read_is_a_miss_and_does_not_stop_the_others() -> None:
    rows = demo.checks("deadlines")
    report = found({"deadlines": [{"category": "NONE"}, rows[0]]})["deadlines"]
    assert (report["rows"], report["passed"]) == (2, 1)


def test_an_expectation_nobody_knows_is_a_miss() -> None:
    row = demo.raw(ANSWERS)["routing"][0]
    row["expect"]["colour"] = "red"
    assert found({"routing": [row]})["routing"]["misses"][0]["got"]["colour"] is None


def test_metres_may_differ_by_half_a_percent_or_two() -> None:
    assert [within(1000, it, 0.005, 2.0) for it in (1004.9, 995.1, 1005.1)] == [1000, 1000, 1005.1]
    assert [within(100, it, 0.005, 2.0) for it in (101.9, 102.1)] == [100, 102.1]


def test_a_silent_post_is_left_out_of_the_route() -> None:
    row = next(it for it in demo.raw(ANSWERS)["routing"] if it["stations_without_signin"])
    assert found({"routing": [row]})["routing"]["passed"] == 1
    row["stations_without_signin"] = []
    assert found({"routing": [row]})["routing"]["passed"] == 0


def test_another_town_of_the_format_can_be_measured(tmp_path: Path) -> None:
    path = tmp_path / "district.json"
    raw = demo.in_accra()
    for place in (*raw["xiaoqu"], *raw["key_places"]):
        place["name_en"] = place.pop("name_zh")
    path.write_text(json.dumps(raw), encoding="utf-8")
    done = run("--district", str(path), "--checks", ANSWERS, "--json")
    kinds = {it["kind"]: it for it in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0
    assert kinds["routing"]["passed"] < kinds["routing"]["rows"]
