"""What a sealed matter leaves behind when it is over: both sides are asked to delete the chat (privacy.md, Storage)."""

from core.decide import helpers, say
from core.decide.turn import Turn


def tidied(turn: Turn) -> Turn:
    """The reporter and whoever had the case in private hear that the messages can go; Telegram keeps them otherwise."""
    case = turn.case
    if not case.sealed:
        return turn
    had = dict.fromkeys(it.chat for it in case.offers if it.state == "accepted" and it.chat > 0)
    told = (say.staff(chat, "sealed.tidy", turn.world.town, case=case) for chat in had)
    gone = helpers.out(case, case.helpers, turn.world)
    return turn.tell(say.reporter(case, "case.tidy_sealed"), *told, *gone).change(helpers=())
