"""What the writer wants: patterns and learnt examples, weighed against those of the categories."""

from core.understand.emergency import Calmed, calmed, emergency
from core.understand.lexicon import Lexicon, glance, plainly
from core.understand.values import Kind
from core.understand.weigh import ENOUGH, READ, leading, weigh

_NEAR = 3.0  # points: a category this close behind a kind that opens no case is asked about, not passed over
_TALK = 8.0  # whoever is taken for talking only gets no case: that needs more than a category does
# a hazard told clearly is a hazard, though it also says 匿名 or 找工作人员, or that the day is hot
_YIELDING = frozenset({Kind.PRIVACY, Kind.HUMAN, Kind.CHAT})
_YIELDS = 0.6
_QUESTION_ENDS = ("?", "吗", "么", "嘛", "没", "不")


def kind(text: str, lexicon: Lexicon) -> Kind:
    """The kind of a message. Naming a person before others (曝光) is chat: it opens no case and is not repeated."""
    if exposes(text, lexicon):
        return Kind.CHAT
    if emergency(text, lexicon):
        return Kind.HAZARD
    return calm_kind(calmed(plainly(text, lexicon)[:READ], lexicon), lexicon)


def exposes(text: str, lexicon: Lexicon) -> bool:
    """Whether the writer points a person out to everybody (大家都认一下, with a number or a flat)."""
    return glance(plainly(text, lexicon), lexicon).search(lexicon.exposure) is not None


def calm_kind(heard: Calmed, lexicon: Lexicon) -> Kind:
    """The kind of a message that neither alarms nor exposes anybody, by its points (`weigh`)."""
    said, points, guess = heard
    strong = points.get(guess.best or "", 0.0)
    told = {it: n for it, n in points.items() if it not in _YIELDING or strong < _YIELDS * n}
    best = leading(told)
    if glance(said, lexicon).search(lexicon.abuse) and not _told_beside(said, lexicon):
        return Kind.ABUSE
    if best is None:
        return _by_signs(said, lexicon)
    if best in lexicon.order:
        return Kind.DISPUTE if best.startswith("M") else Kind.HAZARD
    close = guess.best is not None and told[guess.best] >= told[best] - _NEAR
    return Kind.UNCLEAR if close or told[best] < _TALK else Kind(best)


def _told_beside(said: str, lexicon: Lexicon) -> bool:
    """Whether something is told besides the curses: who is angry is heard all the same."""
    rest = weigh(glance(said, lexicon).without(lexicon.abuse), lexicon)
    return any(points >= ENOUGH for it, points in rest.items() if it in lexicon.order)


def _by_signs(said: str, lexicon: Lexicon) -> Kind:
    if any(glance(said, lexicon).search(pattern) for pattern, _ in lexicon.dispute_cues):
        return Kind.DISPUTE
    if said and not any(c.isalnum() for c in said):
        return Kind.CHAT
    return Kind.INQUIRY if len(said) > 3 and said.rstrip("!。. ").endswith(_QUESTION_ENDS) else Kind.UNCLEAR
