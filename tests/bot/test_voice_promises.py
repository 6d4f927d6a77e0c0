"""No text to a resident may say that help is coming or that somebody was called: whoever believes it stops calling."""

import re

import pytest

from bot.voice.catalogue import catalogue
from core import texts
from tests.bot.voices import LANGUAGES

TO_RESIDENTS = ("emg.", "case.", "relay.", "human.", "report.", "start.", "help.resident", "mediate.", "err.")
SAID = re.compile(
    r"(?<!代)[已帮幫替]\S{0,3}(报警|報警|叫救护车|叫救護車)|(已经?|已經?)\S{0,4}(打了?|拨打?|撥打?) ?1[12]\d"
    r"|[马馬]上(就)?(到|来|來)|正在赶|正在趕|已经?出发|已經?出發|"
    r"help is (coming|on)|on (its|the|our|their) way|(have|has) (already )?called (1\d\d|the police|an ambulance)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_that_help_is_coming_or_that_somebody_was_called(language: str) -> None:
    known = catalogue(language)
    kinds = [kind for kind in texts.NOTICES if kind.startswith(TO_RESIDENTS)]
    found = {kind: hit.group() for kind in kinds if (hit := SAID.search(str(known[kind])))}

    assert found == {}


@pytest.mark.parametrize("words", ["已经帮您报警", "马上就到", "正在赶来", "Help is on the way", "已拨打 120"])
def test_such_words_would_be_found(words: str) -> None:
    assert SAID.search(words)
