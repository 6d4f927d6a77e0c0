"""The parsers of HTML, MarkdownV2 and Markdown against Telegram's rules and texts."""

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.helpers import escape_markdown

from bot.sandbox.entities import found, html, markdown, markdown_v2, render, text
from bot.sandbox.errors import ApiError

Entities = list[tuple[str, int, int]]

HTML: list[tuple[str, str, Entities]] = [
    ("<b>a</b>", "a", [("bold", 0, 1)]),
    ("<B>a</B>", "a", [("bold", 0, 1)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("x <strong>a</strong> <em>b</em>", "x a b", [("bold", 2, 1), ("italic", 4, 1)]),
    ("<i>a</i><ins>b</ins><u>c</u>", "abc", [("italic", 0, 1), ("underline", 1, 1), ("underline", 2, 1)]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", i, 1) for i in range(3)]),
    ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
    ("<b>🔥</b>!", "🔥!", [("bold", 0, 2)]),
    ("🔥<b>火</b>", "🔥火", [("bold", 2, 1)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("<b></b>a", "a", []),
    ("a &lt;b&gt; &amp; &quot;c&quot; &#x706B;&#28779; &nbsp; & &#0;", 'a <b> & "c" 火火 &nbsp; & &#0;', []),
    ("&ltb", "&ltb", []),
    ("&lt b", "< b", []),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<pre>a\nb</pre>", "a\nb", [("pre", 0, 3)]),
    ("<code>a</code>", "a", [("code", 0, 1)]),
    ('<a href="https://t.me/x?a=1&amp;b=2">a</a>', "a", [("text_link", 0, 1)]),
    ("<a href='t.me/x'>a</a>", "a", [("text_link", 0, 1)]),
    ("<a>nonsense</a>", "nonsense", []),
    ('<a href="http://localhost/x">a</a>', "a", []),
    ('<a href="tg://user?id=7">a</a>', "a", [("text_mention", 0, 1)]),
    ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
]

BROKEN_HTML = [
    ("<b", "Unclosed start tag at byte offset 0"),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("a < b>", 'Unsupported start tag "" at byte offset 2'),
    ("火<x>a</x>", 'Unsupported start tag "x" at byte offset 3'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("火<b>a</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
    ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href ", 'Unclosed start tag "a" at byte offset 0'),
    ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
]

MARKDOWN_V2: list[tuple[str, str, Entities]] = [
    (
        "*a* _b_ __c__ ~d~ ||e||",
        "a b c d e",
        [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1), ("spoiler", 8, 1)],
    ),
    ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
    ("`a.b`", "a.b", [("code", 0, 3)]),
    ("```python\nx = 1\n```", "x = 1\n", [("pre", 0, 6)]),
    ("```\nx```", "x", [("pre", 0, 1)]),
    (r"1\.5 \*x\*", "1.5 *x*", []),
    ("[火](https://t.me/x)", "火", [("text_link", 0, 1)]),
    ("[a](tg://user?id=7)", "a", [("text_mention", 0, 1)]),
    ("![👍](tg://emoji?id=5368324170671202286)", "👍", [("custom_emoji", 0, 2)]),
    (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
    (">a\n>b||", "a\nb", [("expandable_blockquote", 0, 3)]),
    ("🔥*火*", "🔥火", [("bold", 2, 1)]),
]

BROKEN_MARKDOWN_V2 = [
    ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("a-b", "Character '-' is reserved and must be escaped with the preceding '\\'"),
    ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
    ("火 *a", "Can't find end of Bold entity at byte offset 4"),
    ("_a", "Can't find end of Italic entity at byte offset 0"),
    ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
    ("[a](https://t.me", "Can't find end of a URL at byte offset 4"),
    ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
    ("![a](https://t.me)", "Invalid tg://emoji or tg://time URL specified"),
    (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
]

MARKDOWN: list[tuple[str, str, Entities]] = [
    ("*a* _b_ `c` .!-", "a b c .!-", [("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1)]),
    ("[a](https://t.me/x)", "a", [("text_link", 0, 1)]),
    (r"a\_b \* \.", r"a_b * \.", []),
    ("```x```", "x", [("pre", 0, 1)]),
    ("*a_b*", "a_b", [("bold", 0, 3)]),
]


def shape(entities: list[dict[str, Any]]) -> Entities:
    return [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(("source", "words", "entities"), HTML)
def test_html_becomes_text_and_entities(source: str, words: str, entities: Entities) -> None:
    parsed = html.parse(source)

    assert (parsed.text, shape(parsed.entities)) == (words, entities)


@pytest.mark.parametrize(("source", "reason"), BROKEN_HTML)
def test_broken_html_is_refused_with_its_byte_offset(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        html.parse(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(("source", "words", "entities"), MARKDOWN_V2)
def test_markdown_v2_becomes_text_and_entities(source: str, words: str, entities: Entities) -> None:
    parsed = markdown_v2.parse(source)

    assert (parsed.text, shape(parsed.entities)) == (words, entities)


@pytest.mark.parametrize(("source", "reason"), BROKEN_MARKDOWN_V2)
def test_broken_markdown_v2_is_refused_with_its_byte_offset(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        markdown_v2.parse(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(("source", "words", "entities"), MARKDOWN)
def test_markdown_becomes_text_and_entities(source: str, words: str, entities: Entities) -> None:
    parsed = markdown.parse(source)

    assert (parsed.text, shape(parsed.entities)) == (words, entities)


def test_markdown_without_an_end_is_refused() -> None:
    with pytest.raises(ApiError, match="Can't find end of the entity starting at byte offset 3"):
        markdown.parse("火*a")


def test_code_with_a_language_inside_pre_is_one_entity() -> None:
    parsed = html.parse('<pre><code class="language-python">x</code></pre>')

    assert parsed.entities == [{"offset": 0, "length": 1, "type": "pre", "language": "python"}]


def test_a_link_is_kept_as_telegram_writes_it() -> None:
    assert html.parse('<a href="https://t.me">a</a>').entities[0]["url"] == "https://t.me/"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_words_come_through_html_unchanged(words: str) -> None:
    assert html.parse(f"<b>{escape(words)}</b>").text == words.replace("&#x27;", "'")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_words_come_through_markdown_v2_unchanged(words: str) -> None:
    assert markdown_v2.parse(escape_markdown(words.replace("\\", ""), version=2)).text == words.replace("\\", "")


@pytest.mark.parametrize(
    ("words", "entities"),
    [
        ("/start 你好", [("bot_command", 0, 6)]),
        ("/duty@sandbox_bot", [("bot_command", 0, 17)]),
        ("火 @li_wei", [("mention", 2, 7)]),
        ("看 https://t.me/x。", [("url", 2, 14)]),
        ("a@b.org #消防", [("email", 0, 7), ("hashtag", 8, 3)]),
        ("1/2 и/или", []),
        ("🔥 /go", [("bot_command", 3, 3)]),
    ],
)
def test_telegram_finds_commands_mentions_and_links_itself(words: str, entities: Entities) -> None:
    assert shape(found.find(words, [])) == entities


def test_nothing_is_found_inside_code() -> None:
    assert shape(text.message_text("<code>/start</code>", "HTML", None).entities) == [("code", 0, 6)]


@pytest.mark.parametrize(
    ("source", "mode", "reason"),
    [
        ("", "", "message text is empty"),
        (" \n ", "", "text must be non-empty"),
        ("\u200b", "", "text must be non-empty"),
        ("<b></b>", "HTML", "text must be non-empty"),
        ("a" * 4097, "", "message is too long"),
        ("火" * 11000, "", "text is too long"),
        ("a", "BBCode", "unsupported parse_mode"),
    ],
)
def test_texts_that_telegram_does_not_take(source: str, mode: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        text.message_text(source, mode, None)

    assert refused.value.text == reason


def test_the_limit_counts_what_is_left_after_parsing() -> None:
    assert len(text.message_text(f"<b>{'🔥' * 4096}</b>", "HTML", None).text) == 4096


def test_blank_ends_are_cut_and_entities_with_them() -> None:
    tidy = text.message_text("\n a<b>b </b> ", "HTML", None)

    assert (tidy.text, shape(tidy.entities)) == ("ab", [("bold", 1, 1)])


@pytest.mark.parametrize(
    ("given_entities", "kept"),
    [
        ([{"type": "bold", "offset": 0, "length": 2}], [("bold", 0, 2)]),
        ([{"type": "bold", "offset": 1, "length": 99}], [("bold", 1, 2)]),
        ([{"type": "bot_command", "offset": 0, "length": 2}], []),
        ([{"type": "bold", "offset": 9, "length": 2}], []),
        ([{"type": "pre", "offset": 0, "length": 2, "language": "py"}], [("pre", 0, 2)]),
        ([{"type": "text_link", "offset": 0, "length": 2, "url": "t.me/x"}], [("text_link", 0, 2)]),
        ([{"type": "text_mention", "offset": 0, "length": 2, "user": {"id": 7}}], [("text_mention", 0, 2)]),
        ([{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "7"}], [("custom_emoji", 0, 2)]),
    ],
)
def test_given_entities_are_kept_as_far_as_the_text_goes(given_entities: list[Any], kept: Entities) -> None:
    assert shape(text.message_text("abc", "", given_entities).entities) == kept


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (1, "can't parse MessageEntity: expected an Object"),
        ({"type": "bold", "length": 2}, "can't parse MessageEntity: can't find field \"offset\""),
        (
            {"type": "bold", "offset": "x", "length": 2},
            'can\'t parse MessageEntity: field "offset" must be of type Number',
        ),
        ({"offset": 1, "length": 2}, "can't parse MessageEntity: can't find field \"type\""),
        ({"type": "bold", "offset": -1, "length": 2}, "receive an entity with incorrect offset -1"),
        ({"type": "big", "offset": 0, "length": 2}, "can't parse MessageEntity: unsupported type specified"),
    ],
)
def test_given_entities_that_telegram_does_not_take(entity: Any, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        text.message_text("abc", "", [entity])

    assert refused.value.text == reason


def test_addresses_are_shown_as_links() -> None:
    words = "t.me a@b.org https://t.me/x t.me/y"

    shown = render.as_html(words, found.find(words, []))

    assert [part.split('"')[0] for part in shown.split('href="')[1:]] == [
        "http://t.me",
        "mailto:a@b.org",
        "https://t.me/x",
        "http://t.me/y",
    ]


def test_a_link_that_could_run_a_script_is_no_link() -> None:
    shown = render.as_html("a", [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}])

    assert shown == '<a href="#" target="_blank" rel="noopener">a</a>'


def test_words_are_shown_as_safe_html() -> None:
    parsed = html.parse('<b>&lt;script&gt; <i>🔥</i></b> <a href="https://t.me/x">t</a>')

    shown = render.as_html(parsed.text, parsed.entities)

    link = '<a href="https://t.me/x" target="_blank" rel="noopener">t</a>'
    assert shown == f"<b>&lt;script&gt; <i>🔥</i></b> {link}"
