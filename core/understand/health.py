"""What words tell of somebody's health: an illness, a pregnancy, a medicine, a disability (privacy.md, sensitive data).

What a helper has to act on at once (晕倒, 流血, 被咬) is no such detail; an illness beside it stays readable while the
emergency is open (`is_acute`, core.decide.cards).
"""

import re
from collections.abc import Iterable

from core.understand.lexicon import Lexicon, glance, plainly
from core.understand.public import public_form

HIDDEN, HIDDEN_EN = "[健康信息]", "[health]"
_CHINESE = re.compile("[\u4e00-\u9fff]")


def health_told(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The details as they were written, the longest first; none of what names a place, a notice or a figure of speech
    (精神病院路口, 抑郁症讲座, 气出心脏病)."""
    words = lexicon.health
    if glance(plainly(text, lexicon), lexicon).search(words.told) is None:
        return ()
    said = text.translate(lexicon.simple).lower()  # character by character: what is found here stands there in the text
    spared = [it.span() for it in words.spare.regex.finditer(said)]
    found = (it.span(it.lastindex or 0) for it in words.told.regex.finditer(said))  # a group leaves out who has it
    telling = (text[a:b] for a, b in found if not any(a < end and start < b for start, end in spared))
    return tuple(sorted(dict.fromkeys(telling), key=lambda it: (-len(it), it)))


def open_form(text: str, lexicon: Lexicon) -> str:
    """What is no case's, as a group and the public may read it: masked, and without anybody's health."""
    return without_health(public_form(text), health_told(text, lexicon))


def is_acute(text: str, lexicon: Lexicon) -> bool:
    """Whether something is happening to somebody now, for which whoever comes has to know of the illness; wider than
    what alarms, since a mask over a danger that nobody heard would hide it from people too."""
    return glance(plainly(text, lexicon), lexicon).search(lexicon.health.now) is not None


def without_health(text: str, told: Iterable[str]) -> str:
    """The text with a word of its own language in place of each of these details; `told` has the longest first."""
    mark = HIDDEN if _CHINESE.search(text) else HIDDEN_EN
    for detail in told:
        text = text.replace(detail, mark)
    return text
