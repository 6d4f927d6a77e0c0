"""The child process: one order as JSON on standard input, the file on standard output. Exit code 0 when it was made."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

NICE = 10  # a table of a city must not take the processor from a dispatch


def _csv(data: dict[str, Any]) -> bytes:
    from bot.exports.tables import as_csv  # noqa: PLC0415 - each child loads what its one order needs

    return as_csv(data)


def _xlsx(data: dict[str, Any]) -> bytes:
    from bot.exports.tables import as_xlsx  # noqa: PLC0415 - see above

    return as_xlsx(data)


def _png(data: dict[str, Any]) -> bytes:
    from bot.exports.picture import as_png  # noqa: PLC0415 - see above

    return as_png(data)


def _pdf(data: dict[str, Any]) -> bytes:
    from bot.exports.paper import as_pdf  # noqa: PLC0415 - see above

    return as_pdf(data)


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _codes(data: dict[str, Any]) -> bytes:
    from bot.exports.placards import as_pdf  # noqa: PLC0415 - see above

    return as_pdf(data)


MAKERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "png": _png,
    "pdf": _pdf,
    "codes": _codes,
    "json": _json,
}


def main() -> None:
    """Make it."""
    os.nice(NICE)
    order = json.load(sys.stdin)
    sys.stdout.buffer.write(MAKERS[order["make"]](order["data"]))


if __name__ == "__main__":
    main()
