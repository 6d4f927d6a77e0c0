"""/setup: the town is set up, changed and brought to life in chat by its administrators (docs/operate.md)."""

from core.decide.setup import code, group
from core.decide.setup.code import ordered
from core.decide.setup.taps import pressed
from core.decide.setup.words import heard

__all__ = ["code", "group", "heard", "ordered", "pressed"]
