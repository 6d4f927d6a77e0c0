"""docs/promises.md: what must hold at every moment, from core.audit.Promise, each in a sentence a user can read."""

from typing import NamedTuple

from bot.docs import markdown
from bot.voice import times
from bot.voice.catalogue import catalogue
from core.audit import PATIENCE, TICKS, Promise
from core.messages import Lane


class Sentence(NamedTuple):
    """What is promised and what is done when it is broken, twice each."""

    zh: str
    en: str
    mended_zh: str
    mended_en: str


SENTENCES: dict[Promise, Sentence] = {
    Promise.ASKED: Sentence(
        "每一件没办完的事,都有人在管:派给了哪个队、哪个人,或者在中心。",
        "Everything that is not finished is somebody's: a team's, a person's, or the centre's.",
        "派给中心",
        "the centre is asked",
    ),
    Promise.REACHED: Sentence(
        "管这件事的人收得到消息:那个群在辖区里,机器人也进得去。",
        "Whoever has it can be told: the chat is one of the district's, and the bot can write there.",
        "再派给中心(已签收的,中心一起跟)",
        "the centre is asked, beside whoever has accepted it",
    ),
    Promise.DUE: Sentence(
        f"每一件都有下一个时刻,到时就催,最多晚 {TICKS} 拍(一拍一秒)。",
        f"It has a next moment, and is followed up then, at most {TICKS} beats of the clock (of a second each) late.",
        "立刻补催,重算时刻",
        "followed up at once, its moment reckoned anew",
    ),
    Promise.RECORDS: Sentence(
        "交接、抽查这些待办,到时也照样处理。",
        "So it is with what goes its own way beside the cases: changes of shift, spot checks.",
        "立刻补做",
        "done at once",
    ),
    Promise.SCHEDULED: Sentence(
        "排好的事(日报、整理、删除个人信息)到时就做,停过机也补做,只做一次。",
        "What is planned (digests, tidying, erasing) is done when due; after an outage it is made up for, once.",
        "立刻补做",
        "done at once",
    ),
    Promise.DIGESTS: Sentence(
        "每个网格的下一份日报都已经排上。",
        "The next digest of every grid is planned.",
        "补排",
        "planned anew",
    ),
    Promise.SENT: Sentence(
        "消息不会压着不发:最多等下面表里的时间(Telegram 限速的群不算)。",
        "No message waits longer than its class allows (below), but for chats in which Telegram makes us wait.",
        "不能自己处理,告诉中心",
        "cannot be mended by itself: the centre is told",
    ),
    Promise.LEASED: Sentence(
        "正在发的消息,发的进程死了也会放出来,不会卡住。",
        "A message that is being sent comes free again when the process that sends it has died.",
        "放出来重发(日报和广播宁可少一次,不发两次)",
        "freed and sent again (digests and broadcasts are rather lost than doubled)",
    ),
    Promise.READ: Sentence(
        "处理不了的消息都留着,并且告诉过中心。",
        "What could not be handled is kept, and the centre has heard of it.",
        "再告诉一次",
        "the centre is told again",
    ),
}


def page() -> str:
    """The whole text of docs/promises.md."""
    return markdown.page(
        "# 承诺 · Promises",
        "系统每分钟自查一次。下面每一句都必须成立;不成立就先自己补救,补救不了就告诉中心(一条消息,处理好会自己改过来),"
        "同时 `/readyz` 变红并说明原因,`BOT_HEARTBEAT_URL` 收不到心跳。自查的开销只随出错的数量变,不随存了多少变。\n\n"
        "Looked at once a minute. What does not hold is mended; what cannot be mended is told to the centre, in one "
        "message that changes as things do. While anything is broken `/readyz` is red and says what, and "
        "`BOT_HEARTBEAT_URL` gets no sign of life. A look costs what is wrong, not what there is.",
        markdown.table(("", "承诺", "promise", "不成立时", "when broken"), map(_row, Promise)),
        "## 消息最多等多久 · How long a message may wait",
        "从可以发的时刻算起,按真实时间。In real time, from when it may go.",
        markdown.table(("类 class", "最多 at most", ""), map(_patience, PATIENCE)),
    )


def _row(promise: Promise) -> tuple[str, ...]:
    told = SENTENCES[promise]
    return f"`{promise.value}`", told.zh, told.en, told.mended_zh, told.mended_en


def _patience(lane: Lane) -> tuple[str, ...]:
    seconds = PATIENCE[lane].total_seconds()
    return f"`{lane.name.lower()}`", *(times.span(catalogue(language), seconds) for language in ("zh-Hans", "en"))
