"""The voice: a notice and a language become a text and a keyboard. The words themselves are in bot/locales."""

from bot.voice.markup import plain
from bot.voice.names import Names
from bot.voice.voice import LINES, Speech, Voice

__all__ = ["LINES", "Names", "Speech", "Voice", "plain"]
