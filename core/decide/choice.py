"""Choices in steps: a card shows the next buttons, and what was tapped before travels in the button."""

from core.decide import cards, say
from core.decide.turn import Turn
from core.messages import Key, Pressed
from core.world import Decision

Keys = tuple[tuple[Key, ...], ...]


def parts(command: Pressed, count: int) -> tuple[str, ...]:
    """What was chosen so far, as `a/b/c` in the button; empty where nothing was."""
    chosen = (command.press.arg if command.press else "").split("/")
    return tuple(chosen[:count]) + ("",) * (count - len(chosen))


def show(turn: Turn, chat: int, keys: Keys, kind: str) -> Decision:
    """The card with the next buttons, and a way back."""
    back = (say.key("btn.back", "bb", turn.case),)
    shown = cards.card(turn.case, turn.world, chat, keys=(*keys, back))
    return Decision(notices=(shown,), answer=say.answer(turn.world, kind))
