"""What the writer wants, by an ordered table of patterns."""

from core.understand.category import categories
from core.understand.emergency import emergency
from core.understand.lexicon import Lexicon
from core.understand.normal import normal
from core.understand.values import Guess, Kind

_READ = 1000  # characters; what a message is for is said before that
# a hazard told clearly is a hazard, though it also says 匿名 or 找工作人员
_YIELDING = frozenset({Kind.PRIVACY, Kind.HUMAN})
_QUESTION_ENDS = ("?", "吗", "么", "嘛", "没", "不")


def kind(text: str, lexicon: Lexicon, guess: Guess | None = None) -> Kind:
    """The kind of a message; `guess` may be passed when the categories are known already.

    Naming a person before others (曝光) is chat: it opens no case and is not repeated.
    """
    if exposes(text, lexicon):
        return Kind.CHAT
    if emergency(text, lexicon):
        return Kind.HAZARD
    return calm_kind(text, lexicon, guess or categories(text, lexicon))


def calm_kind(text: str, lexicon: Lexicon, guess: Guess) -> Kind:
    """The kind of a message that was looked through already and neither alarms nor exposes anybody."""
    said = normal(text, lexicon.simple).lower()[:_READ]
    return _by_table(said, lexicon, guess) or _by_category(said, lexicon, guess)


def exposes(text: str, lexicon: Lexicon) -> bool:
    """Whether the writer points a person out to everybody (大家都认一下, with a number or a flat)."""
    return lexicon.exposure.search(normal(text, lexicon.simple).lower()) is not None


def _by_table(said: str, lexicon: Lexicon, guess: Guess) -> Kind | None:
    for rule in lexicon.kinds:
        if rule.kind in _YIELDING and guess.sure:
            continue
        if rule.pattern.search(said) and not rule.unless.search(said):
            return rule.kind
    if lexicon.prank.search(said):
        return Kind.PRANK
    return Kind.CHAT if lexicon.chat.search(said) else None


def _by_category(said: str, lexicon: Lexicon, guess: Guess) -> Kind:
    if lexicon.abuse.search(said) and categories(lexicon.abuse.sub(" ", said), lexicon).best is None:
        return Kind.ABUSE
    if guess.best is not None:
        return Kind.DISPUTE if guess.best.startswith("M") else Kind.HAZARD
    if any(pattern.search(said) for pattern, _ in lexicon.dispute_cues):
        return Kind.DISPUTE
    return _wordless(said)


def _wordless(said: str) -> Kind:
    if said and not any(c.isalnum() for c in said):
        return Kind.CHAT
    return Kind.INQUIRY if len(said) > 3 and said.rstrip("!。. ").endswith(_QUESTION_ENDS) else Kind.UNCLEAR
