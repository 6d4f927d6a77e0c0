"""A measurement that is broken off leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEASURING = """
from benchmarks.rig.processes import child, end_when_cancelled
end_when_cancelled()
try:
    with child("benchmarks.peer.api") as started:
        started.line()
        print(started.process.pid, flush=True)
        started.process.wait()
finally:
    print("left in order", flush=True)
"""


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_a_measurement_that_is_broken_off_takes_its_processes_with_it(name: signal.Signals) -> None:
    command = [sys.executable, "-c", MEASURING]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as measuring:
        assert measuring.stdout is not None
        pid = int(measuring.stdout.readline())
        assert alive(pid)

        measuring.send_signal(name)
        words = measuring.stdout.read()

    assert measuring.returncode == 128 + name
    assert "left in order" in words
    assert not alive(pid)
