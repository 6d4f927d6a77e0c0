"""Other processes of a measurement: started on a core of their own, asked over a line or a port, always ended."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn, Self

import orjson

ROOT = Path(__file__).parents[2]
BOT_CPU = 0
LOAD_CPU = 1 if (os.cpu_count() or 1) > 1 else 0
PATIENCE = 30.0  # seconds for a process to end by itself
CANCELLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_RUNNING: set["Child"] = set()


class Died(RuntimeError):  # noqa: N818  # reads as what it says
    """A process of the measurement ended by itself; `str()` is what it last said."""


@dataclass(slots=True, eq=False)
class Child:
    """A running process; it says one line when it is ready and ends when its standard input does."""

    process: subprocess.Popen[bytes]
    words: IO[bytes]
    port: int = 0

    @classmethod
    def start(cls, module: str, *arguments: str, cpu: int, env: Mapping[str, str] | None = None) -> Self:
        """`python -m module`, pinned to a core; threads that it starts later stay there too."""
        words = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        command = [sys.executable, "-m", module, *arguments]
        process = subprocess.Popen(  # noqa: S603  # our own modules
            command, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=words, start_new_session=True,
        )  # fmt: skip
        os.sched_setaffinity(process.pid, {cpu})
        started = cls(process, words)
        _RUNNING.add(started)
        return started

    def line(self) -> bytes:
        """The next line it says. Raises Died when there is none."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        if not said:
            self.process.wait(PATIENCE)
            raise Died(self.last_words())
        return said

    def say(self, words: str) -> None:
        """A line to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n".encode())
        self.process.stdin.flush()

    def last_words(self) -> str:
        """What it wrote to standard error."""
        self.words.seek(0)
        return self.words.read().decode(errors="replace")[-4000:]

    def alive(self) -> None:
        """Raises Died when it is not."""
        if self.process.poll() is not None:
            raise Died(self.last_words())

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory now."""
        return self._status("VmRSS")

    def peak_memory_mb(self) -> float:
        """The most resident memory it ever had."""
        return self._status("VmHWM")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) / 1000

    def kill(self) -> None:
        """As a power cut would."""
        _RUNNING.discard(self)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Let it end; a process that does not is killed."""
        _RUNNING.discard(self)
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.words.close()


@contextlib.contextmanager
def child(module: str, *arguments: str, cpu: int = BOT_CPU, env: Mapping[str, str] | None = None) -> Iterator[Child]:
    """A process for as long as the block runs."""
    started = Child.start(module, *arguments, cpu=cpu, env=env)
    try:
        yield started
    finally:
        started.stop()


def end_when_cancelled() -> None:
    """A measurement that is broken off takes its processes with it, and every block that it is in is left in order: no
    bot and no PostgreSQL works on for nobody. Once is enough: whoever asks twice must not break off that.
    """
    for name in CANCELLED:
        signal.signal(name, _cancelled)


def _cancelled(number: int, _frame: object) -> NoReturn:
    for name in CANCELLED:
        signal.signal(name, signal.SIG_IGN)
    for it in list(_RUNNING):  # a thread that waits for one of them finds it dead and ends too
        it.process.kill()
    raise SystemExit(128 + number)


class Server:
    """The stand-in for Telegram, seen from the measurement."""

    def __init__(self, process: Child) -> None:
        self.process = process
        self.port = int(process.line())
        self.url = f"http://127.0.0.1:{self.port}"
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def tell(self, word: str, body: bytes = b"") -> Any:
        """A `/control/…` word, and what is answered."""
        self._line.request("POST", f"/control/{word}", body)
        return orjson.loads(self._line.getresponse().read())

    def load(self, updates: list[bytes]) -> float:
        """Put updates into the queue; the moment at which they were there."""
        return float(self.tell("load", b"\n".join(updates))["at"])

    def stats(self) -> dict[str, Any]:
        """Figures since the last `forget`."""
        figures: dict[str, Any] = self.tell("stats")
        return figures


@contextlib.contextmanager
def server(*, rtt: float = 0.0, jitter: float = 0.0) -> Iterator[Server]:
    """A stand-in for as long as the block runs, on the load's core."""
    with child("benchmarks.peer.api", cpu=LOAD_CPU) as process:
        started = Server(process)
        started.tell("rtt", orjson.dumps([rtt, jitter]))
        yield started
