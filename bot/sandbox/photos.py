"""Built-in sample pictures: flat drawings, one scene each, told apart at a glance on a small phone."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("photos")
NAMES: Final = (
    "corridor_ebike",
    "fire_smoke",
    "manhole",
    "burst_pipe",
    "rubbish",
    "after_clean",
    "after_fixed",
    "street_lamp",
)


def read(name: str) -> bytes:
    """Return the PNG of a sample picture. Raises KeyError for a name that is not built in."""
    if name not in NAMES:
        raise KeyError(name)
    return (FOLDER / f"{name}.png").read_bytes()
