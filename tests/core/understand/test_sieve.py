"""What a text must have for a pattern to be found in it: no pattern is ever missed for it."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.understand.lexicon import glance, plainly
from core.understand.patterns import NEVER, Marker, Pattern, Text
from core.understand.sieve import Sieve
from tests.core.understand.demo import LEXICON, load

TABLE = (
    ("着火|起火", ({"着火", "起火"},)),
    ("煤气(?:罐|瓶)", ({"煤气"}, {"罐", "瓶"})),
    ("打(?:人|架)?了", ({"打人", "打架", "打了"},)),
    ("被[打砍]", ({"被打", "被砍"},)),
    ("刀.{0,4}伤人", ({"伤人"}, {"刀"})),
    ("(?:老人|孩子).*倒", ({"老人", "孩子"}, {"倒"})),
    ("着火(?=了吗)", ({"着火"}, {"了吗"})),
    ("着火(?!了吗)", ({"着火"},)),
    ("(?:哭)+", ({"哭"},)),
    ("救命?", ({"救命", "救"},)),
    ("(?:救命)?", ()),
    ("(?:救命)*", ()),
    ("[^火]", ()),
    (r"\d号", ({"号"},)),
    ("(?i:fire)", ()),
    ("(?i)fire", ()),
)


@pytest.mark.parametrize(("pattern", "expected"), TABLE)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, expected: tuple[set[str], ...]) -> None:
    assert sorted(map(sorted, Sieve().needs_of(pattern))) == sorted(map(sorted, expected))


SETS = {"who": "人|<child>", "child": "小孩|孩子(?!气)", "odd": "[^火]"}
SPOKEN = (
    ("打<who>", ({"打人", "打小", "打孩"}, {"人", "小孩", "孩子"})),
    ("<who>{2}", ({"人", "小孩", "孩子"},)),
    ("<child>?倒", ({"小孩", "孩子", "倒"},)),
    ("<odd>着火", ({"着火"},)),
    ("[<who>]倒", ({"倒"},)),
    ("<nobody>", ({"<n"},)),
)


@pytest.mark.parametrize(("pattern", "expected"), SPOKEN)
def test_sets_are_read_as_if_they_were_written_out(pattern: str, expected: tuple[set[str], ...]) -> None:
    sieve = Sieve(SETS)

    assert sorted(map(sorted, sieve.needs_of(pattern))) == sorted(map(sorted, expected))


def test_sets_are_written_out_for_the_search() -> None:
    marker = Marker(Sieve(SETS))

    found = marker.pattern("打<who>")

    assert found.source == "打(?:人|(?:小孩|孩子(?!气)))"
    assert Text("他打孩子", marker.pieces).search(found)


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        Sieve().needs_of("(着火")


LETTERS = "ab火c"
ATOMS = st.sampled_from([*LETTERS, "ab", "火c", ".", "[ab]", "[^a]", "[a-c]", r"\w", r"\b", "^", "$"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = inner.map(lambda it: f"(?:{it})")
    return st.one_of(
        st.lists(group, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=4).map("|".join),
        st.tuples(group, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,3}", "+?", "??"])).map("".join),
        st.tuples(st.sampled_from(["(?=", "(?!", "(", "(?i:"]), inner, st.just(")")).map("".join),
    )


@given(pattern=st.recursive(ATOMS, _larger, max_leaves=12), said=st.text(alphabet=LETTERS + "AB", max_size=12))
def test_no_pattern_is_found_in_a_text_that_lacks_what_it_needs(pattern: str, said: str) -> None:
    pieces = {*said, *(said[at : at + 2] for at in range(len(said)))}

    if re.search(pattern, said):
        assert all(clause & pieces for clause in Sieve().needs_of(pattern))


def _patterns(value: object) -> Iterator[Pattern]:
    if isinstance(value, Pattern):
        yield value
    elif isinstance(value, tuple):
        for it in value:
            yield from _patterns(it)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _patterns(getattr(value, field.name))


PATTERNS = tuple({it.source: it for it in _patterns(LEXICON)}.values())
LABELLED = [
    plainly(said, LEXICON)
    for name in ("samples", "own_samples")
    for it in load(f"tests/data/{name}.json")["messages"]
    if (said := it.get("text") or it.get("caption"))
] + [plainly(it["text"], LEXICON) for it in load("tests/data/danger_samples.json")["rows"]]
WORDS = sorted({word for it in PATTERNS for word in re.findall(r"[\u4e00-\u9fff]+|[a-z]+ ?[a-z]+", it.source)})


def _missed(said: str) -> list[str]:
    """The patterns of the town's words that stand in the text and would not be looked for."""
    text = Text(said, LEXICON.pieces)
    passed_over = [it for it in PATTERNS if text.marks & it.needs != it.needs]
    return [it.source for it in passed_over if it.regex.search(said)]


def test_no_word_of_the_town_is_missed_in_any_labelled_message() -> None:
    assert len(PATTERNS) > 500
    assert [said for said in LABELLED if _missed(said)] == []


@given(said=st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_no_word_of_the_town_is_missed_in_what_its_words_may_be_put_together_to(said: str) -> None:
    assert _missed(said) == []


def test_most_patterns_need_not_be_looked_for() -> None:
    looked_for = sum(len(Text(said, LEXICON.pieces).likely(PATTERNS)) for said in LABELLED)

    assert looked_for < len(PATTERNS) * len(LABELLED) / 5


def test_patterns_with_the_same_need_share_a_mark() -> None:
    marker = Marker()

    first, second = marker.pattern("着火(?!车)"), marker.pattern("(?:着火)")

    assert first.needs == second.needs
    assert Text("楼上着火了", marker.pieces).search(second)


def test_a_pattern_of_which_nothing_is_known_is_looked_for_everywhere() -> None:
    marker = Marker()

    assert Text("。", marker.pieces).search(marker.pattern("[^火]"))


def test_what_is_never_said_stands_in_no_text() -> None:
    assert glance("着火了", LEXICON).search(NEVER) is None
    assert NEVER.regex.search("着火了") is None


def test_patterns_read_after_others_have_marks_of_their_own() -> None:
    before = Marker()
    old = before.pattern("着火")

    after = Marker(Sieve(), before.pieces, before.patterns)
    new = after.pattern("漏水")

    assert after.pattern("着火") == old
    assert Text("着火了", after.pieces).likely([old, new]) == [old]
    assert Text("漏水了", after.pieces).likely([old, new]) == [new]
    assert "漏水" not in before.pieces
