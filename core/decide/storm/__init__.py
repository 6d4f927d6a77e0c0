"""风雨模式: its sheet, its beginning and end, the word to rest (duty.md, storm/big-event mode; mechanism F28)."""

from core.decide.storm.clock import due
from core.decide.storm.orders import ordered, pressed
from core.decide.storm.state import RECORD, is_on, policy, until

__all__ = ["RECORD", "due", "is_on", "ordered", "policy", "pressed", "until"]
