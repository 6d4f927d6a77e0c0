"""任务: a seat replies with words, voice, pictures or a film; the post takes it, answers and is done (mechanism F07).

The seat's own message is the thread: everything that comes back is a reply to it, and one card in the centre's chat and
one in the post's group say how it stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from core import rights
from core.case import Event
from core.decide import dispatch, say, screen
from core.decide.actor import RECEIVED
from core.district import Person
from core.messages import Answer, Json, Key, Lane, Notice, Press, Pressed, Spoke, record_ref
from core.records.task import Reported, Task
from core.understand import public_form
from core.world import Decision, World

TAKEN_WITHIN = timedelta(minutes=5)  # then the group is reminded, then the head of the post is told
GIVEN_UP = timedelta(hours=24)
LONGEST, LONGEST_ANSWER, MOST_ANSWERS, MOST_FILES = 1000, 300, 8, 10
FINISHED = frozenset({"做完了", "完成", "已完成", "办完了", "搞定", "done", "finished"})


def ask(command: Pressed, world: World) -> Decision:
    """派任务: the seat is asked to reply; the reply finds its way by the message's slot."""
    found = screen.chosen(command, world)
    if isinstance(found, Answer):
        return Decision(answer=found)
    person, team = found
    whom = screen.named(command)
    if not screen.may_be_sent(team, world) or (whom is not None and whom not in screen.reached(team, world)):
        return Decision(answer=say.answer(world, "ans.stale"))
    params: dict[str, Json] = {"person": person.id, "team": team.id, "who": whom}
    asked = say.staff(command.chat, "task.ask", world.town, params=params, force=True)
    slot = f"{record_ref('task', command.callback)}/ask"
    return Decision(notices=(replace(asked, slot=slot),) if asked else (), answer=say.answer(world, "ans.task_write"))


def replied(command: Spoke, world: World) -> Decision | None:
    """A reply to anything about a task, in any chat; None when it is about something else, as a place always is."""
    about = world.post.record if world.post else None
    person = world.town.district.person(command.sender.user_id)
    if about is None or about[0] != "task" or world.post is None or command.spot is not None:
        return None
    task = world.record if isinstance(world.record, Task) else None
    if screen.may_see(person, command.chat, world) and person is not None:
        begun = task or _new(about[1], world.post.params, command, person, world)
        return _told(begun, command, world, first=task is None)
    if task is None or person is None or not task.open or not _may(person, task, command.chat, world):
        return Decision()
    return _heard(task, command, person, world)


def _new(name: str, asked: Mapping[str, Json], command: Spoke, person: Person, world: World) -> Task:
    to = asked.get("who")
    return Task(
        id=name,
        team=str(asked.get("team")),
        to=str(to) if to else None,
        by=person.id,
        at=world.now,
        message=command.message,
        due_at=world.now + TAKEN_WITHIN,
    )


def _told(task: Task, command: Spoke, world: World, *, first: bool) -> Decision:
    """What the seat wants done goes to the post; a second message (or picture of an album) goes with the first."""
    text, files = public_form(command.text.strip()), _files(command)
    if not text and not files:
        empty = say.staff(command.chat, "task.empty", world.town)
        return Decision(notices=(empty,) if empty else ())
    if not task.open or task.files >= MOST_FILES:
        return Decision()
    whole = "\n".join(it for it in (task.text, text) if it)[:LONGEST]
    task = replace(task, text=whole, files=task.files + len(files))
    caption = say.staff(_post_chat(task, world), "task.file", world.town, params={"team": task.team, "by": task.by})
    sent = tuple(_file(caption, kind, file, task) for kind, file in files) if caption else ()
    kind = "task_sent" if first else "task_added"
    decision = _changed(task, world, kind, task.by, loud=not first, files=[it for it, _ in files], words=len(text))
    return replace(decision, notices=(*sent, *decision.notices))


def _files(command: Spoke) -> tuple[tuple[str, str], ...]:
    """Kind and file id of what a message carries."""
    carried = (
        ("photo", command.photo), ("voice", command.voice), ("video", command.video), ("document", command.document),
    )  # fmt: skip
    return tuple((kind, file) for kind, file in carried if file)


def _file(caption: Notice, kind: str, file: str, task: Task) -> Notice:
    """A picture, a voice or a film on its way to the other side; a reply to it is a reply about the task."""
    notice = replace(caption, slot=f"{_ref(task)}/{file[-24:]}")
    if kind == "photo":
        return replace(notice, photos=(file,))
    return replace(notice, voices=(file,)) if kind == "voice" else replace(notice, file=(kind, file))


def _ref(task: Task) -> str:
    return record_ref("task", task.id)


def _post_chat(task: Task, world: World) -> int | None:
    """The post's group, or the private chat of the one who has it."""
    if task.to is not None:
        member = world.town.district.member(task.to)
        return member.tg_id if member else None
    team = world.town.district.team(task.team)
    return team.chat_id if team else None


def _may(person: Person, task: Task, chat: int, world: World) -> bool:
    """Somebody of the post who is on duty, or its head, in the post's own group; in private the one who has it."""
    here = _post_chat(task, world) == chat
    if task.to is not None:
        return here and person.id == task.to
    return here and rights.may_act(person, task.team, world.town.district, dispatch.on_duty(world))


def _changed(task: Task, world: World, kind: str, actor: str | None, *, loud: bool = False, **data: object) -> Decision:
    """The task as it is now, on both its cards and in the log. `loud`: the post's card is heard again."""
    event = Event(kind=kind, at=world.now, actor=actor, data={"task": task.id, "team": task.team, **data})
    return Decision(records=(task,), events=(event,), notices=_cards(task, world, loud=loud))


def _cards(task: Task, world: World, *, loud: bool) -> tuple[Notice, ...]:
    """One in the post's group with its buttons, one in the centre's chat with the seat's."""
    answers: list[Json] = [
        {"person": it.person, "at": say.iso(it.at), "what": it.what, "text": it.text} for it in task.answers
    ]
    params: dict[str, Json] = {
        "team": task.team, "who": task.to, "by": task.by, "at": say.iso(task.at), "text": task.text,
        "files": task.files or None, "stage": task.stage, "person": task.done_by or task.person,
        "taken_at": say.iso(task.taken_at), "done_at": say.iso(task.done_at), "answers": answers,
    }  # fmt: skip
    centre = world.town.district.centre_chat()
    post = say.staff(_post_chat(task, world), "task.card", world.town, params=params, keys=_post_keys(task))
    seat = say.staff(
        centre, "task.card", world.town, params=params, keys=((_key("btn.task_withdraw", "tw", task),),) * task.open
    )
    return tuple(replace(it, slot=_ref(task), again=loud and it is post) for it in (post, seat) if it)


def _post_keys(task: Task) -> tuple[tuple[Key, ...], ...]:
    take, done = _key("btn.task_take", "tk", task), _key("btn.task_done", "td", task)
    return {"sent": ((take, done),), "taken": ((done,),)}.get(task.stage, ())


def _key(label: str, action: str, task: Task) -> Key:
    return Key(label=label, press=Press(action=action, case=_ref(task)))


def pressed(command: Pressed, world: World) -> Decision:
    """收到 and 做完了 by somebody of the post, 撤回 by a seat."""
    task, person = world.record, world.town.district.person(command.sender.user_id)
    if not isinstance(task, Task) or command.press is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    seat = command.press.action == "tw"
    may = screen.may_see(person, command.chat, world) if seat else _may_press(person, task, command, world)
    if person is None or not may:
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if not task.open:
        return Decision(answer=say.answer(world, "ans.task_over"))
    return PRESSES[command.press.action](task, person, world)


def _may_press(person: Person | None, task: Task, command: Pressed, world: World) -> bool:
    return person is not None and _may(person, task, command.chat, world)


def _take(task: Task, person: Person, world: World) -> Decision:
    if task.stage != "sent":
        return Decision(answer=say.answer(world, "ans.already"))
    seconds = int((world.now - task.at).total_seconds())
    decision = _changed(_taken(task, person, world), world, "task_taken", person.id, seconds=seconds)
    return replace(decision, answer=say.answer(world, "ans.task_taken"))


def _taken(task: Task, person: Person, world: World) -> Task:
    """Whoever does something about a task nobody took has taken it."""
    if task.stage != "sent":
        return task
    return replace(task, stage="taken", person=person.id, taken_at=world.now, due_at=task.at + GIVEN_UP)


def _finish(task: Task, person: Person, world: World) -> Decision:
    task = replace(
        _taken(task, person, world), stage="done", done_by=person.id, done_at=world.now, open=False, due_at=None
    )
    minutes = round((world.now - task.at).total_seconds() / 60)
    back = _back(task, world, "task.finished", {"team": task.team, "person": person.id})
    decision = _changed(task, world, "task_done", person.id, minutes=minutes).also(*back)
    return replace(decision, answer=say.answer(world, "ans.task_done"))


def _withdraw(task: Task, person: Person, world: World) -> Decision:
    task = replace(task, stage="withdrawn", open=False, due_at=None)
    decision = _changed(task, world, "task_withdrawn", person.id)
    return replace(decision, answer=say.answer(world, "ans.task_withdrawn"))


PRESSES: Mapping[str, Callable[[Task, Person, World], Decision]] = {"tk": _take, "td": _finish, "tw": _withdraw}


def _heard(task: Task, command: Spoke, person: Person, world: World) -> Decision:
    """What somebody of the post replies: 收到, 做完了, or an answer that goes to the seat as it is."""
    text, files = public_form(command.text.strip()), _files(command)
    plain = text.lower().rstrip("。.~")
    if not files and plain in RECEIVED:
        return replace(_take(task, person, world), answer=None)
    if not files and plain in FINISHED:
        return replace(_finish(task, person, world), answer=None)
    if not files and not text:
        return Decision()
    return _answered(task, text, files, person, world)


def _answered(task: Task, text: str, files: tuple[tuple[str, str], ...], person: Person, world: World) -> Decision:
    """On both cards; the seat hears of it, pictures and voices as they are."""
    what = files[0][0] if files else "text"
    answer = Reported(person=person.id, at=world.now, what=what, text=text[:LONGEST_ANSWER])
    task = replace(_taken(task, person, world), answers=(*task.answers, answer)[-MOST_ANSWERS:])
    params: dict[str, Json] = {"team": task.team, "person": person.id, "text": text}
    line = _back(task, world, "task.back", params)
    back = tuple(_file(it, kind, file, task) for it in line for kind, file in files) or line
    return _changed(task, world, "task_answered", person.id, what=what).also(*back)


def _back(task: Task, world: World, kind: str, params: dict[str, Json]) -> tuple[Notice, ...]:
    """A line for the seat, as a reply to what it wrote: a card that is edited makes no sound."""
    told = say.staff(world.town.district.centre_chat(), kind, world.town, params=params)
    slot = f"{_ref(task)}/{kind}{world.now:%d%H%M%S}"  # so that the seat can reply to it
    return (replace(told, reply_to=task.message, slot=slot),) if told else ()


def due(task: Task, world: World) -> Decision:
    """Not taken: the group is reminded, then the head of the post is told. Not done after a day: it is given up."""
    if task.stage == "taken" or task.reminded > 1:
        ended = replace(task, stage="expired", open=False, due_at=None)
        return _changed(ended, world, "task_expired", None)
    reminded = task.reminded + 1
    later = replace(task, reminded=reminded, due_at=world.now + TAKEN_WITHIN if reminded == 1 else task.at + GIVEN_UP)
    whom, told = ("group", _reminder(later, world)) if reminded == 1 else ("head", _late(later, world))
    return replace(_changed(later, world, "task_reminded", None, whom=whom), notices=told)


def _reminder(task: Task, world: World) -> tuple[Notice, ...]:
    chat, keys = _post_chat(task, world), _post_keys(task)
    told = say.staff(chat, "task.remind", world.town, lane=Lane.REMINDER, params=_about(task), keys=keys)
    return (replace(told, slot=f"{_ref(task)}/remind"),) if told else ()


def _late(task: Task, world: World) -> tuple[Notice, ...]:
    """The head of the post, in private; the centre itself where there is none who can be reached."""
    head = world.town.district.head(task.team)
    chat = head.tg_id if head and head.tg_id else world.town.district.centre_chat()
    told = say.staff(chat, "task.late", world.town, lane=Lane.REMINDER, params=_about(task))
    return (told,) if told else ()


def _about(task: Task) -> dict[str, Json]:
    return {"team": task.team, "by": task.by, "at": say.iso(task.at), "text": task.text}


def passed_on(task: Task, heir: Person, world: World) -> Decision:
    """Whoever had it in private has left: it is the heir's, with its card."""
    return _changed(replace(task, to=heir.id), world, "task_passed_on", None, before=task.to, to=heir.id)
