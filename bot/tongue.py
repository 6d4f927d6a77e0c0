"""The voice of the district as it is now: made anew when another district file was loaded."""

from collections.abc import Callable

from bot.clock import Clock
from bot.voice import Speech, Voice
from bot.voice.speaker import Speaker
from core.messages import Answer, Notice
from core.town import Town


class Tongue:
    """Speaks for the pump and answers for the routing."""

    def __init__(self, town: Callable[[], Town], clock: Clock) -> None:
        self._town, self._clock = town, clock
        self._voice: tuple[int, Voice] | None = None

    def speak(self, notice: Notice) -> Speech:
        """A notice in its reader's language."""
        return self._current().speak(notice, self._clock.now())

    def answer(self, answer: Answer) -> tuple[str, bool]:
        """The words of an answer to a press, and whether they are an alert."""
        return self._current().answer(answer), answer.alert

    def speaker(self, language: str) -> Speaker:
        """The words and names of a language, for what is no message: a table, a picture."""
        return self._current().speaker(language, self._clock.now())

    def _current(self) -> Voice:
        town = self._town()
        if self._voice is None or self._voice[0] != town.revision:
            self._voice = (town.revision, Voice.of(town.district, town.taxonomy))
        return self._voice[1]
