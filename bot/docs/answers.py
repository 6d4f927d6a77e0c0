"""docs/answers.md: what Telegram can answer, what the bot does then, and who hears of it, from bot.answers."""

from typing import NamedTuple

from bot.answers import ANSWERS, Kind, Row
from bot.docs import markdown
from bot.pump.aftermath import AGAIN_AFTER


class Reaction(NamedTuple):
    """What is done, and who is told, twice."""

    zh: str
    en: str
    told_zh: str = "—"
    told_en: str = "—"


REACTIONS: dict[Kind, Reaction] = {
    Kind.DONE: Reaction("算发成了", "counts as sent"),
    Kind.LATER: Reaction("肯定没发成,过几秒再发", "certainly not sent: again in seconds"),
    Kind.FLOOD: Reaction(
        "只有这个群等到它说的时间;几个群同时这样,才全部放慢",
        "this chat alone waits as long as it was told to; only several at once slow down the whole bot",
        "等半分钟以上的:报事的居民听到“通知要晚到”,一、二级另叫一个驿站",
        "from half a minute on the resident hears that it will be late, and severities 1 and 2 go to one more post",
    ),
    Kind.TOKEN: Reaction(
        "什么都不发,消息留着,每几秒试一次",
        "nothing is sent, all is kept, a try every few seconds",
        "运维:`/readyz` 变红,说明原因",
        "the operator: `/readyz` turns red and says why",
    ),
    Kind.GONE: Reaction(
        "这个群不再发;没签收的事项改派下一处,已签收的转到经办人私聊,机器人回来后卡片重发",
        "nothing more is sent there; what nobody accepted goes to the next post, what is accepted goes on in private, "
        "and the cards come again when the bot is back",
        "中心和这支队伍的负责人,马上;居民拉黑的不告诉别人",
        "the centre and the head of the team, at once; nobody of a resident who blocks the bot",
    ),
    Kind.MOVED: Reaction(
        "编号在一个事务里全部改过来,再发", "the id is rewritten everywhere in one transaction, then it is sent"
    ),
    Kind.ANEW: Reaction("发一张新卡片,以后改新的", "a new card is sent, and changed from then on"),
    Kind.REMOVED: Reaction(
        "算发过了,不重发;事项改派下一处",
        "counts as sent and is not repeated; the case goes to the next post",
        "中心(发不到,带原因)",
        "the centre, with the reason",
    ),
    Kind.PLAIN: Reaction("去掉加粗等标记马上再发", "said again at once without marks"),
    Kind.SHORT: Reaction(
        "截短马上再发(平时发之前就这样:清单分几条发,卡片截短)",
        "said again at once, shorter (before it is sent already: a list goes in several messages, a card is cut)",
    ),
    Kind.WORDS: Reaction("只发文字,写明图片发不出来", "the words alone, with a line that a picture could not be shown"),
    Kind.SINGLY: Reaction("一张一张发", "the pictures go one by one"),
    Kind.LOOSE: Reaction(
        "不进话题、不作回复,发到群里;还不行就当这个群发不到",
        "sent to the chat itself, neither into a topic nor as a reply; if that fails too, the chat is lost",
    ),
    Kind.KEYLESS: Reaction(
        "去掉按钮马上再发,回复“收到”也能签收", "said again at once without buttons; a reply accepts as well"
    ),
    Kind.REFUSED: Reaction(
        "不再发,记入日志",
        "not sent again, and logged",
        "是派单卡片时:中心,并改派下一处",
        "of a card that asks somebody: the centre, and the next post is asked",
    ),
    Kind.NO_RIGHT: Reaction(
        "不再试,消息留在群里不置顶;给了权限以后在群里发 /duty",
        "not tried again, the message stays unpinned; once the right is given, /duty in the chat",
        "这个群,一次,写明要开什么权限",
        "the chat itself, once, with the right that is missing",
    ),
    Kind.UNKNOWN: Reaction(
        "可能发成了:卡片、回答和提醒宁可重复,简报和群发宁可少一条",
        "it may have been sent: cards, answers and reminders are rather doubled, digests and broadcasts rather lost",
        "卡片一直不明的:中心,并改派下一处",
        "of a card that stays unknown: the centre, and the next post is asked",
    ),
}


def page() -> str:
    """The whole text of docs/answers.md."""
    return markdown.page(
        "# Telegram 的每一种回答 · Every answer of Telegram",
        "`bot/answers.py` 里的表,从上往下第一行合适的算;每一行都有测试(`tests/stories/test_faults.py`)。"
        "只比较小写的一部分文字,数字只看 `parameters`。\n\n"
        "The table of `bot/answers.py`: the first row that fits is taken, and each row has a test. Parts of the text "
        "are compared in lower case; numbers are read from `parameters` alone.",
        markdown.table(("", "描述里有 words", "什么时候", "when", "怎么办 → `kind`"), map(_row, ANSWERS)),
        "## 怎么办 · What is done",
        markdown.table(("`kind`", "怎么办", "what is done", "告诉谁", "who is told"), map(_reaction, Kind)),
        "## 不知道发没发成 · Unknown outcomes",
        f"连接断了、等不到回答、500 和 504:过 {_times()} 秒再发一次,所以一条最多重复 {len(AGAIN_AFTER)} 次;"
        "改卡片可以放心重复,第二次是“没有变化”。每次都记在 `outbox.doubts`,并计入指标 `bot_doubts`。\n\n"
        f"A cut, no answer in time, 500 and 504: sent again after {_times()} seconds, so that a message is doubled at "
        f"most {len(AGAIN_AFTER)} times; a change of a card can be repeated freely: the second is “not modified”. Each "
        "is counted in `outbox.doubts` and in the figure `bot_doubts`.",
    )


def _times() -> str:
    return ", ".join(f"{seconds:g}" for seconds in AGAIN_AFTER)


def _row(row: Row) -> tuple[str, ...]:
    words = " · ".join(f"`{part}`" for part in row.words) or "*"
    return str(row.code), words, row.zh, row.en, f"`{row.kind}`"


def _reaction(kind: Kind) -> tuple[str, ...]:
    return (f"`{kind}`", *REACTIONS[kind])
