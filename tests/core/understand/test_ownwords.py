"""What a town says in its own words is understood as it says, and nothing else changes."""

import pytest

from core import understand as u
from tests.core.understand.demo import GAZETTEER, LEXICON, NOON, load

PHRASES = {
    "HJ06": ("嗡嗡机又开了",),
    "RS04": ("屋头又在过堂",),
    "inquiry": ("红本本咋个整",),
    "danger": ("水頭子來了",),
    "calm": ("烧火龙表演",),
    "ZZ77": ("没有这一类",),
}
WORDS, EXAMPLES = load("bot/data/words.json"), load("bot/data/examples.json")
OWN = u.read_lexicon(load("bot/data/taxonomy.json"), *u.with_own(WORDS, EXAMPLES, PHRASES, LEXICON), like=LEXICON)


@pytest.mark.parametrize("said", ["嗡嗡机又开了", "3栋楼下嗡嗡机又开了嘛,晚上"])
def test_a_phrase_of_a_category_is_the_first_guess(said: str) -> None:
    assert u.categories(said, OWN).best == "HJ06"
    assert u.categories(said, LEXICON).best != "HJ06"


def test_a_phrase_of_a_kind_is_that_kind() -> None:
    assert u.kind("请问红本本咋个整", OWN) is u.Kind.INQUIRY
    assert u.understand("红本本咋个整", OWN, GAZETTEER, NOON).kind is u.Kind.INQUIRY


def test_a_phrase_of_danger_alarms_in_either_script() -> None:
    for said in ("水頭子來了", "河边水头子来了,好多人在"):
        told = u.emergency(said, OWN)
        assert told is not None
        assert told.sure
        assert told.kind == "help"


def test_a_phrase_of_a_grave_category_alarms_as_its_danger() -> None:
    told = u.emergency("隔壁屋头又在过堂", OWN)

    assert told is not None
    assert (told.category, told.manner) == ("RS04", u.Manner.SILENT)


def test_what_is_calm_here_does_not_alarm_and_hides_nothing_beside_it() -> None:
    assert u.emergency("看烧火龙表演,烧起来好大的火", LEXICON) is not None
    assert u.emergency("晚上七点看烧火龙表演", OWN) is None
    assert u.emergency("烧火龙表演把旁边的房子点着了,着火了", OWN) is not None


def test_a_code_that_no_category_has_is_named_and_passed_over() -> None:
    assert u.strange(PHRASES, LEXICON) == ("ZZ77",)
    assert "ZZ77" not in OWN.order


def test_without_phrases_the_files_stay_as_they_are() -> None:
    words, examples = u.with_own(WORDS, EXAMPLES, {}, LEXICON)

    assert {**words, "alarms": [dict(it) for it in words["alarms"]]} == WORDS
    assert examples == EXAMPLES
