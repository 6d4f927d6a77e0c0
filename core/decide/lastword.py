"""“解决了” and “还没解决” typed instead of tapped: the same answer to the same question (life.md rows 25, 26)."""

import re
from dataclasses import replace

from core.case import Case, Status
from core.decide import reading, resident
from core.decide.turn import Turn
from core.messages import Spoke
from core.world import Decision, World

_END = r"[了啦。.!!~ ]*(?:[,, ]*(?:谢谢|謝謝|感谢|thanks?|thank you).*)?$"
SOLVED = re.compile(
    r"^(?:已经|已經|已|都|问题|問題)*"
    r"(?:解决|解決|处理好|處理好|修好|弄好|搞定|solved|fixed|it is solved)" + _END,
    re.IGNORECASE,
)
NOT_SOLVED = re.compile(
    r"^(?:问题|問題|根本|都)*(?:还|還|仍)?(?:没有?|沒有?|未)(?:解决|解決|处理|處理|修|弄)"
    r"|^(?:还|還)没好|^(?:still )?not (?:solved|fixed)",
    re.IGNORECASE,
)


def heard(command: Spoke, world: World) -> Decision | None:
    """The answer to 解决了吗; None where nothing waits for one, or the words are about something else."""
    text = command.text.strip()
    case = _asked(world)
    if case is None or command.edited:
        return None
    turn = Turn(case=case, world=replace(world, case=case))
    if SOLVED.match(text) and case.status is Status.DONE and not command.photo:
        return replace(resident.solved(turn, command), answer=None)
    if NOT_SOLVED.match(text):
        kept = (*case.words, text) if text not in case.words else case.words
        turn = turn.change(words=kept)
        turn = replace(turn, case=reading.with_health(turn.case, text, world.town))
        return replace(resident.not_solved(turn, command), answer=None)
    return None


def _asked(world: World) -> Case | None:
    """The case of the message that is replied to; else the newest that waits for its reporter."""
    if world.post is not None:
        found = next((it for it in world.cases if it.no == world.post.case), None)
        return found if found is not None and found.status in {Status.DONE, Status.CLOSED} else None
    return next((it for it in world.cases if it.status is Status.DONE), None)
