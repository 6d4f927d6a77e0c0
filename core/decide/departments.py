"""The department's side of a whistle, in its own chat: 报到, 退回 with a ground, 办结 with a photo (life.md 18-21).

Where the district file names people of a department, only they may answer. Where it names nobody, whoever the
department has admitted to its own chat may: otherwise a whistle could never be answered.
"""

from collections.abc import Callable, Mapping

from core.case import Closing, Whistle
from core.decide import closing, levels, say, whistle
from core.decide.actor import colleague
from core.decide.turn import Turn, begin
from core.district import Department
from core.life import can
from core.messages import Pressed, Spoke
from core.world import Decision, World

GROUND = 4  # characters: “不管” is no ground
RETURN, PROOF = "dept.return_need", "dept.done_need"


def pressed(command: Pressed, world: World) -> Decision:
    """A button of the department's card."""
    department = _speaks_for(command.sender.user_id, command.chat, world)
    if department is None or world.case is None:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    turn = begin(world)
    found = whistle.open_to(turn, department.id)
    if found is None or command.press is None or not can(turn.case.status, "reported_in"):
        return Decision(answer=say.answer(world, "ans.stale"))
    return ANSWERS[command.press.action](turn, department, found)


def _speaks_for(user: int, chat: int, world: World) -> Department | None:
    """The department whose chat it is, when this person may answer for it."""
    department = world.town.district.department_of_chat(chat)
    if department is None:
        return None
    named = world.town.district.members(department.id)
    return department if not named or any(it.tg_id == user for it in named) else None


def _in(turn: Turn, department: Department, found: Whistle) -> Decision:
    """报到: it is on it; the team and the grid head hear it (row 18)."""
    if found.state == "in":
        return Decision(answer=say.answer(turn.world, "ans.already"))
    in_time = found.due is None or turn.now <= found.due
    turn = turn.move("reported_in", whistle=found.serial, dept=department.id, in_time=in_time)
    turn = whistle.became(turn, found, state="in")
    params = {"target": department.id}
    town, case = turn.world.town, turn.case
    team = say.staff(levels.holder_chat(case), "whistle.in", town, case=case, params=params)
    turn = levels.once_each(turn, team, levels.to_head(turn, "whistle.in", params))
    return _refreshed(turn, found).decide(say.answer(turn.world, "ans.ok"))


def _return(turn: Turn, department: Department, found: Whistle) -> Decision:
    return _need(turn, department, found, RETURN)


def _done(turn: Turn, department: Department, found: Whistle) -> Decision:
    return _need(turn, department, found, PROOF)


def _need(turn: Turn, department: Department, found: Whistle, kind: str) -> Decision:
    ask = say.staff(department.chat_id, kind, turn.world.town, case=turn.case, force=True)
    turn = whistle.became(turn, found, asked=kind)
    return turn.tell(ask).decide(say.answer(turn.world, NEEDED[kind]))


NEEDED: Mapping[str, str] = {RETURN: "ans.need_ground", PROOF: "ans.reply_photo"}
ANSWERS: Mapping[str, Callable[[Turn, Department, Whistle], Decision]] = {"wi": _in, "wr": _return, "wd": _done}


def replied(command: Spoke, world: World) -> Decision | None:
    """A reply in a department's chat to what we asked; None where it is no department's.

    The word that our question was sent can be late or lost: then the whistle itself knows what was asked last.
    """
    department = _speaks_for(command.sender.user_id, command.chat, world)
    if department is None or world.case is None:
        return None
    turn = begin(world)
    found = whistle.open_to(turn, department.id)
    if found is None or not can(turn.case.status, "reported_in"):
        return Decision()
    kind = world.post.kind if world.post and world.post.kind in NEEDED else found.asked
    if kind not in NEEDED and command.photo is None:
        return Decision()
    return (_with_ground if kind == RETURN else _with_proof)(turn, department, found, command)


def _with_ground(turn: Turn, department: Department, found: Whistle, command: Spoke) -> Decision:
    ground = command.text.strip()
    if len(ground) < GROUND:
        return _need(turn, department, found, RETURN)
    return _refreshed(whistle.came_back(turn, found, ground[:500]), found).decide()


def _with_proof(turn: Turn, department: Department, found: Whistle, command: Spoke) -> Decision:
    """部门办结 with its photo; the resident is asked as after any other end (row 21)."""
    if command.photo is None:
        return _need(turn, department, found, PROOF)
    actor = colleague(turn.world, command.sender.user_id)
    turn = turn.move("done_by_department", actor=actor.id if actor else None, whistle=found.serial, dept=department.id)
    turn = turn.log("done", photo=True, disposition="department")
    turn = whistle.became(turn, found, state="done")
    proof = Closing(by=department.id, photo=command.photo, line=command.text.strip(), disposition="department")
    return _refreshed(closing.ask_reporter(turn, proof), found).decide()


def _refreshed(turn: Turn, found: Whistle) -> Turn:
    """The department's card as it stands now."""
    return whistle.call(turn, turn.case.whistles[found.serial - 1], loud=False)
