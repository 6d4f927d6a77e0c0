"""One message, several cases: 反映两个事:一是…;二是…"""

import re

from core.understand.category import categories
from core.understand.lexicon import Lexicon
from core.understand.normal import normal

_HEAD = re.compile(
    r"(?:^|(?<=[,。;:!?\n ]))"
    r"(?:[一二三四]是|第[一二三四](?:个|件)?(?:是|,|:)?|[1-5](?:[、)]|\.(?![0-9]))"
    r"|另外|还有(?:就是|一个|个事|一件)?|顺便|再有)"
)


def split_matters(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts that each tell a case of another category, in order; empty when the message is about one matter."""
    said = normal(text, lexicon.simple)
    cuts = [hit.start() for hit in _HEAD.finditer(said)]
    if not cuts:
        return ()
    parts = [said[a:b].strip(" ,。;:\n") for a, b in zip([0, *cuts], [*cuts, len(said)], strict=True)]
    told = {part: guess.best for part in parts if part and (guess := categories(part, lexicon)).best}
    return tuple(told) if len(set(told.values())) > 1 else ()
