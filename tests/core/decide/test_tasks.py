"""A task goes from the centre's screen to a post; what comes back is on the same card."""

import pytest

from core.messages import ScreenDue, Sender, Spoke
from core.records import Task
from tests.core.decide.village import CTR, ST2, STRANGER, Village

WORDS = "去锦畔苑东门看看有没有人堵消防通道"


@pytest.fixture
def village() -> Village:
    village = Village()
    village.does(ScreenDue(at=village.now))
    village.presses("btn.post", chat=CTR, user=village.on("CTR"), team="ST2")
    village.presses("btn.task_send", chat=CTR, user=village.on("CTR"))
    return village


def replies(village: Village, text: str = "", *, kind: str, chat: int, user: int, **carried: str):
    command = Spoke(
        at=village.now, sender=Sender(user_id=user, name="某人"), chat=chat, message=village.next(), group=True,
        text=text, reply_to=village.newest(chat, kind).message, **carried,
    )  # fmt: skip
    return village.does(command)


def sends(village: Village, text: str = WORDS, **carried: str):
    return replies(village, text, kind="task.ask", chat=CTR, user=village.on("CTR"), **carried)


def task(village: Village) -> Task:
    (found,) = [it for it in village.records.values() if isinstance(it, Task)]
    return found


def kinds(village: Village) -> list[str]:
    return [it.event.kind for it in village.log if it.event.kind.startswith("task")]


def card(village: Village, chat: int) -> dict:
    return dict(village.newest(chat, "task.card").notice.params)


def test_the_seat_is_asked_to_reply_and_the_reply_is_the_task(village):
    asked = village.newest(CTR, "task.ask").notice
    assert (asked.force, asked.params["team"]) == (True, "ST2")
    sends(village)
    for chat in (CTR, ST2):
        assert (card(village, chat)["text"], card(village, chat)["stage"]) == (WORDS, "sent")
    assert village.labels(village.newest(ST2, "task.card").notice) == ["btn.task_take", "btn.task_done"]
    assert village.labels(village.newest(CTR, "task.card").notice) == ["btn.task_withdraw"]
    assert kinds(village) == ["task_sent"]


@pytest.mark.parametrize(
    ("carried", "field"),
    [({"photo": "f1"}, "photos"), ({"voice": "f1"}, "voices"), ({"video": "f1"}, "file"), ({"document": "f1"}, "file")],
)
def test_pictures_voices_and_films_go_along_before_the_card(village, carried, field):
    sends(village, "", **carried)
    assert village.kinds(ST2) == ["task.file", "task.card"]
    assert "f1" in getattr(village.newest(ST2, "task.file").notice, field)
    assert card(village, ST2)["files"] == 1


def test_an_album_is_one_task_and_later_words_are_heard_by_the_post(village):
    sends(village, WORDS, photo="f1", album="a")
    sends(village, "", photo="f2", album="a")
    assert task(village).files == 2
    sends(village, "拍一张给我")
    assert card(village, ST2)["text"] == f"{WORDS}\n拍一张给我"
    assert village.heard(ST2, "task.card")[-1].notice.again, "an edit would make no sound"


def test_what_leads_to_a_person_is_masked_in_the_posts_group(village):
    sends(village, "联系住户 13800138000")
    assert "13800138000" not in card(village, ST2)["text"]


def test_an_empty_reply_is_told_what_is_missing(village):
    sends(village, "")
    assert "task.empty" in village.kinds(CTR)
    assert not [it for it in village.records.values() if isinstance(it, Task)]


def test_taking_and_finishing_are_seen_on_the_same_card(village):
    sends(village)
    who = village.on("ST2")
    assert village.presses("btn.task_take", chat=ST2, user=who).kind == "ans.task_taken"
    assert card(village, CTR)["stage"] == "taken"
    assert village.presses("btn.task_done", chat=ST2, user=who).kind == "ans.task_done"
    assert (card(village, CTR)["stage"], task(village).open, task(village).due_at) == ("done", False, None)
    told = village.newest(CTR, "task.finished").notice
    assert told.reply_to == task(village).message, "it rings, below what the seat wrote"
    assert not village.has_button("btn.task_done", ST2)
    assert not village.has_button("btn.task_withdraw", CTR)
    assert kinds(village) == ["task_sent", "task_taken", "task_done"]


def test_answers_come_back_to_the_seat_and_stand_on_the_card(village):
    sends(village)
    who = village.on("ST2")
    replies(village, "东门没有人", kind="task.card", chat=ST2, user=who)
    replies(village, "", kind="task.card", chat=ST2, user=who, photo="p1")
    replies(village, "", kind="task.card", chat=ST2, user=who, voice="v1")
    assert [(it["what"], it["text"]) for it in card(village, CTR)["answers"]] == [
        ("text", "东门没有人"), ("photo", ""), ("voice", ""),
    ]  # fmt: skip
    back = [it.notice for it in village.heard(CTR, "task.back")]
    assert [(it.params["text"], it.photos, it.voices) for it in back] == [
        ("东门没有人", (), ()), ("", ("p1",), ()), ("", (), ("v1",)),
    ]  # fmt: skip
    assert {it.reply_to for it in back} == {task(village).message}
    assert task(village).stage == "taken", "whoever answers has taken it"


@pytest.mark.parametrize(("words", "stage"), [("收到", "taken"), ("做完了。", "done")])
def test_words_count_as_the_buttons(village, words, stage):
    sends(village)
    replies(village, words, kind="task.card", chat=ST2, user=village.on("ST2"))
    assert task(village).stage == stage


def test_a_task_nobody_takes_is_reminded_of_then_its_head_is_told_then_it_ends(village):
    sends(village)
    village.passes(minutes=6)
    assert "task.remind" in village.kinds(ST2)
    head = village.town.district.head("ST2")
    village.passes(minutes=5)
    assert "task.late" in village.kinds(head.tg_id)
    village.passes(hours=25)
    assert (task(village).stage, task(village).open) == ("expired", False)
    assert kinds(village) == ["task_sent", "task_reminded", "task_reminded", "task_expired"]


def test_a_task_that_was_taken_reminds_nobody(village):
    sends(village)
    village.presses("btn.task_take", chat=ST2, user=village.on("ST2"))
    village.passes(hours=2)
    assert "task.remind" not in village.kinds(ST2)


def test_a_seat_can_withdraw_it_and_then_nothing_more_happens(village):
    sends(village)
    take = village.button("btn.task_take", ST2)
    village.presses("btn.task_withdraw", chat=CTR, user=village.on("CTR"))
    assert card(village, ST2)["stage"] == "withdrawn"
    assert village.sends_press(take, chat=ST2, user=village.on("ST2")).kind == "ans.task_over"
    replies(village, "收到", kind="task.card", chat=ST2, user=village.on("ST2"))
    sends(village, "还有一件")
    assert kinds(village) == ["task_sent", "task_withdrawn"]


@pytest.mark.parametrize("label", ["btn.task_take", "btn.task_done"])
def test_only_the_posts_people_on_duty_may_press(village, label):
    sends(village)
    for user in (STRANGER, village.off("ST2"), village.on("ST1")):
        assert village.presses(label, chat=ST2, user=user).kind == "ans.not_yours"
    assert task(village).stage == "sent"


def test_only_a_seat_may_send_and_withdraw(village):
    found = village.button("btn.task_send", CTR)
    assert village.sends_press(found, chat=CTR, user=village.on("ST2")).kind == "ans.not_yours"
    replies(village, WORDS, kind="task.ask", chat=CTR, user=village.on("ST2"))
    assert not kinds(village)
    sends(village)
    assert village.presses("btn.task_withdraw", chat=CTR, user=village.on("ST2")).kind == "ans.not_yours"


def test_a_second_to_take_it_is_told_so(village):
    sends(village)
    village.presses("btn.task_take", chat=ST2, user=village.on("ST2"))
    found = (
        village.newest(ST2, "task.card"),
        village.button("btn.task_done", ST2)[1].__class__(
            action="tk", case=village.button("btn.task_done", ST2)[1].case
        ),
    )
    assert village.sends_press(found, chat=ST2, user=village.on("ST2", 1)).kind == "ans.already"


def test_a_task_for_one_person_goes_to_them_in_private_and_comes_back_on_the_same_card(village):
    first, second = village.on("ST2"), village.on("ST2", 1)
    person = village.town.district.person(first)
    assert person
    village.presses("btn.post", chat=CTR, user=village.on("CTR"), team="ST2")
    village.presses("btn.task_person", chat=CTR, user=village.on("CTR"), person=person.id)
    before = len(village.heard(ST2))
    sends(village)
    assert task(village).to == person.id
    assert len(village.heard(ST2)) == before, "the group has nothing to do with it"
    assert card(village, first)["who"] == card(village, CTR)["who"] == person.id
    assert village.presses("btn.task_take", chat=first, user=second).kind == "ans.not_yours"
    village.presses("btn.task_take", chat=first, user=first)
    asked = village.newest(first, "task.card").message
    village.does(
        Spoke(at=village.now, sender=Sender(user_id=first, name="某人"), chat=first, message=village.next(),
              text="东门堵了,已劝开", reply_to=asked)
    )  # fmt: skip
    assert village.newest(CTR, "task.back").notice.params["text"] == "东门堵了,已劝开"
    village.presses("btn.task_done", chat=first, user=first)
    assert (task(village).stage, card(village, CTR)["stage"]) == ("done", "done")
    assert not village.cases, "an answer to a task is no report"


def test_who_has_gone_home_is_sent_no_task_in_private(village):
    person = village.town.district.person(village.on("ST2"))
    assert person
    village.presses("btn.post", chat=CTR, user=village.on("CTR"), team="ST2")
    village.absent = frozenset({"ST2"})
    answer = village.presses("btn.task_person", chat=CTR, user=village.on("CTR"), person=person.id)
    assert answer.kind == "ans.stale"
