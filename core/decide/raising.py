"""⚠️ 是隐患: the centre reads a question and it is a hazard. It becomes a case as if it had been told as one, what is
missing is asked of whoever wrote it, and its words are kept as a lesson."""

from dataclasses import replace

from core.case import Event
from core.changing import changed
from core.decide import intake, reading, relay, say
from core.decide.actor import colleague
from core.decide.reading import Heard
from core.messages import Pressed, Sender, Spoke
from core.records import Raised
from core.world import Decision, Post, World


def raised(command: Pressed, world: World) -> Decision:
    """By a seat of the centre, once for each question."""
    post, person = world.post, colleague(world, command.sender.user_id)
    if person is None or not relay.of_centre(command.sender.user_id, world):
        return Decision(answer=say.answer(world, "ans.not_yours", alert=True))
    if post is None or post.kind != relay.QUESTION or (told := _told(post, world)) is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    name = f"{post.chat}.{post.message}"
    if world.look_up(Raised, name) is not None:
        return Decision(answer=say.answer(world, "ans.already"))
    made = intake.take(told, changed(world, case=None, cases=(), contact=None, post=None), None)
    if made.case is None:
        return Decision(answer=say.answer(world, "ans.stale"))
    first = say.reporter(made.case, "case.raised")
    line = Event(kind="raised", at=world.now, actor=person.id)
    return replace(
        made,
        case=replace(made.case, anonymous=True),  # it was asked under a made-up name, and stays so
        contact=None,  # of whoever presses nothing is remembered, of the writer all stays as it is
        events=(*made.events, line),
        notices=(first, *made.notices),
        records=(*made.records, Raised(id=name, no=made.case.no, open=False)),
        answer=say.answer(world, "ans.raised", no=made.case.no),
    )


def _told(post: Post, world: World) -> Heard | None:
    """The question as its writer would have told it; None for one that names nobody any more."""
    user, text, language = (post.params.get(it) for it in ("from", "text", "language"))
    if not isinstance(user, int) or not isinstance(text, str) or not text:
        return None
    writer = Sender(user_id=user, name="", language=str(language or ""))
    spoke = Spoke(at=world.now, sender=writer, chat=user, message=0, text=text)
    return Heard(command=spoke, meaning=reading.read(text, world.town, world.now))
