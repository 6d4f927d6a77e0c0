"""What is learnt from examples, and what that does not change."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import understand as u
from core.understand.examples import Examples, evidence, learn
from core.understand.pieces import features, pieces, sizes
from tests.core.understand.demo import GAZETTEER, LEXICON, NOON, load

PHRASES = load("bot/data/examples.json")["phrases"]


def test_what_stands_in_one_meaning_only_speaks_for_it() -> None:
    learnt = learn({"A": ["井盖没了", "井盖破了"], "B": ["路灯没了", "路灯破了"]})

    told = evidence("那个井盖翻了", learnt)

    assert max(told, key=lambda it: told[it]) == "A"
    assert "B" not in told


def test_what_stands_everywhere_alike_speaks_for_nothing() -> None:
    learnt = learn({"A": ["井盖没了"], "B": ["路灯没了"]})

    assert evidence("没了", learnt) == {}


def test_a_stretch_of_words_is_one_reason_however_many_pieces_it_holds() -> None:
    learnt = learn({"A": ["好几天没见"], "B": ["路灯坏了"], "C": ["有人吵架"]})
    pieces = ("好", "几", "天", "好几", "几天", "好几天")

    assert evidence("好几天", learnt)["A"] < sum(evidence(piece, learnt)["A"] for piece in pieces) / 2


SAID = st.text(alphabet="井盖没了路灯破好几天ab ,。", max_size=30)


@given(phrases=st.dictionaries(st.sampled_from("ABC"), st.lists(SAID, min_size=1), min_size=1), said=SAID)
def test_each_character_counts_once_for_a_meaning_by_the_piece_that_says_most(
    phrases: dict[str, list[str]], said: str
) -> None:
    learnt = learn(phrases)
    best: dict[tuple[str, int], float] = defaultdict(float)
    for piece, start in zip(*pieces(said), strict=True):
        for meaning, step, points in _shares(piece, learnt):
            place = meaning, start + step
            best[place] = max(best[place], points)
    expected: dict[str, float] = defaultdict(float)
    for (meaning, _), points in best.items():
        expected[meaning] += points

    assert evidence(said, learnt) == pytest.approx(expected)


def _shares(piece: int, learnt: Examples) -> Iterator[tuple[str, int, float]]:
    for row in (number for number, known in enumerate(learnt.known.tolist()) if known == piece):
        for cell in range(learnt.ends[row], learnt.ends[row + 1]):
            step, meaning = divmod(int(learnt.at[cell]), len(learnt.meanings))
            yield learnt.meanings[meaning], step, int(learnt.shares[cell]) / 6000


@given(st.text(alphabet="好几天𠮷ab',。 ", max_size=12))
def test_each_piece_has_a_number_of_its_own(said: str) -> None:
    parts = list(re.finditer("[a-z]+(?:'[a-z]+)?|[好几天𠮷]+", said))
    runs = [
        (part.group()[at : at + size], part.start() + at)
        for part in parts
        for size in ((1, 2, 3) if not part.group().isascii() else (len(part.group()),))
        for at in range(len(part.group()) - size + 1)
    ]
    codes, starts = pieces(said)

    assert starts == [start for _, start in runs]
    assert len(set(codes)) == len({run for run, _ in runs}) == len(features(said))
    assert sizes(np.array(codes, np.uint64)).tolist() == [1 if it.isascii() else len(it) for it, _ in runs]


def test_words_of_an_alphabet_are_learnt_whole() -> None:
    learnt = learn({"A": ["gas leak"], "B": ["street light"]})

    assert "A" in evidence("there is gas in the hall", learnt)
    assert evidence("gasoline", learnt) == {}


def test_a_phrase_that_a_community_adds_is_understood_from_then_on() -> None:
    words = [load(f"bot/data/{name}.json") for name in ("taxonomy", "words")]
    said = "咕噜咕噜兽又出来了"
    before = u.understand(said, LEXICON, GAZETTEER, NOON)
    more = {"phrases": PHRASES | {"HJ06": [*PHRASES["HJ06"], "咕噜咕噜兽", "看到咕噜咕噜兽"]}}

    after = u.understand(said, u.read_lexicon(*words, more), GAZETTEER, NOON)

    assert before.guess.best != "HJ06"
    assert after.guess.best == "HJ06"


def test_examples_of_a_meaning_that_does_not_exist_are_refused() -> None:
    words = [load(f"bot/data/{name}.json") for name in ("taxonomy", "words")]

    with pytest.raises(ValueError, match="QQ77"):
        u.read_lexicon(*words, {"phrases": {"QQ77": ["什么"]}})


def test_the_rules_alone_still_hear_the_dangers_without_any_example() -> None:
    bare = replace(LEXICON, examples=learn({}))

    assert u.emergency("三楼着火了", bare) is not None
    assert u.emergency("三楼着火了", LEXICON) == u.emergency("三楼着火了", bare)


def test_every_category_has_examples_in_both_languages() -> None:
    codes = set(LEXICON.order) - {"XX99"}

    assert codes <= set(PHRASES)
    for code in codes:
        assert any(phrase.isascii() for phrase in PHRASES[code]), code


def test_no_phrase_is_an_example_of_two_meanings() -> None:
    said = [(phrase, code) for code, phrases in PHRASES.items() for phrase in phrases]

    twice = sorted(phrase for phrase in {it for it, _ in said} if sum(p == phrase for p, _ in said) > 1)

    assert twice == []


def test_no_labelled_message_was_learnt_by_heart() -> None:
    learnt = {
        phrase for phrases in PHRASES.values() for phrase in phrases if len(phrase) > (20 if phrase.isascii() else 7)
    }
    said = "\n".join(_texts("samples.json") + _texts("own_samples.json"))

    assert [phrase for phrase in sorted(learnt) if phrase in said] == []


def _texts(name: str) -> list[str]:
    raw = json.loads((Path(__file__).parents[2] / "data" / name).read_text(encoding="utf-8"))
    return [it["text"] for it in raw["messages"] if it.get("text")]
