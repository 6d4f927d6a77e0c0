"""docs/privacy.md: where residents' data lie and when they go. Every table and every kind of record has a row here; a
test keeps it so, and another erases somebody who has used them all."""

from typing import NamedTuple

from bot.docs import markdown
from core import erasure
from core.positions import KEPT
from core.rotation import OLDEST
from storage import tidying


class Row(NamedTuple):
    """What lies there of residents, and when it goes; twice each."""

    zh: str
    en: str
    gone_zh: str
    gone_en: str


_NOBODY = ("—", "—")
_END = (
    f"结案 {erasure.KEPT.days} 天后,或本人要求时立刻(没办完的办完就删)",
    f"{erasure.KEPT.days} days after the end, or at once at their word (open ones when they end)",
)
_OUT = (f"同上;其余 {tidying.SENT_FOR.days} 天", f"the same; all else after {tidying.SENT_FOR.days} days")
_POSTS = (f"同上;其余 {tidying.POSTS_FOR.days} 天", f"the same; all else after {tidying.POSTS_FOR.days} days")
_STAFF = ("工作人员的", "of colleagues")

TABLES: dict[str, Row] = {
    "cases": Row("谁报的、原话、照片、地点", "who told, words, pictures, place", *_END),
    "events": Row("原话、消息号", "words, message ids", *_END),
    "outbox": Row("发给谁、写了什么", "to whom, what was said", *_OUT),
    "posts": Row("我们发过的消息", "messages of ours", *_POSTS),
    "slots": Row("哪条消息是卡片", "which message is a card", *_POSTS),
    "contacts": Row("账号、名字、语言、“我家”", "account, name, language, home", *_END),
    "chats": Row("能不能发", "whether it can be written to", *_END),
    "records": Row("见下表", "see below", "见下表", "see below"),
    "letters": Row(
        "没处理成的消息原文", "updates that failed, as they came",
        f"{tidying.LETTERS_FOR.days} 天,或本人要求时", f"after {tidying.LETTERS_FOR.days} days, or at their word",
    ),
    "schedules": Row("要删谁的", "whose data are to go", "删完就没有了", "gone when that is done"),
    "sign_ins": Row(*_STAFF, f"{tidying.CHANGES_FOR.days} 天", f"after {tidying.CHANGES_FOR.days} days"),
    "aways": Row(*_STAFF, f"{tidying.CHANGES_FOR.days} 天", f"after {tidying.CHANGES_FOR.days} days"),
    "changes": Row(*_STAFF, f"{tidying.CHANGES_FOR.days} 天", f"after {tidying.CHANGES_FOR.days} days"),
    "positions": Row(*_STAFF, f"{KEPT.days} 天", f"after {KEPT.days} days"),
    "seen": Row(*_NOBODY, *_NOBODY),
    "districts": Row(*_NOBODY, *_NOBODY),
    "counters": Row(*_NOBODY, *_NOBODY),
    "trail": Row(*_NOBODY, *_NOBODY),
    "meta": Row(*_NOBODY, *_NOBODY),
    "files": Row(*_NOBODY, *_NOBODY),
    "geocodes": Row("—(地图的答案,问题只留指纹)", "— (answers of a map; of the question a fingerprint)",
                    f"{tidying.MAPS_FOR.days} 天", f"after {tidying.MAPS_FOR.days} days"),
    "leaders": Row(*_NOBODY, *_NOBODY),
}  # fmt: skip

RECORDS: dict[str, Row] = {
    "med": Row("双方是谁、各自说的、协议", "who the sides are, what each said, the agreement",
               "归档 30 天后不知是谁,2 年后没有原话;本人要求时立刻(已约定的归档后)",
               "nobody is known 30 days after filing, no words after 2 years; at their word at once (what was agreed: "
               "when it is filed)"),
    "complaint": Row("谁投诉的、原话", "who complained, the words",
                     f"答复后 {erasure.KEPT.days} 天没有再说,或本人要求时",
                     f"{erasure.KEPT.days} days after an answer that was left at that, or at their word"),
    "volunteer": Row("账号、约 100 米的位置", "account, a place to about 100 m", "退出时", "when they leave"),
    "lookup": Row("要在地图上查的路名门牌", "road and number that a map is asked for", "查完或 1 分钟后",
                  "when answered, or after a minute"),
    "call": Row("问了哪些志愿者", "which volunteers were asked", "办完或退出时", "when it is over, or they leave"),
    **dict.fromkeys(
        ("invite", "member", "stand"),
        Row("工作人员的任职", "accounts, names and roles of colleagues", "留作审计", "kept for the audit"),
    ),
    "draft": Row("点“我在这里值守”的人的账号和名字", "account and name of whoever tapped “I serve here”",
                 "移出、丢掉改动或启用时", "when they are taken out, the changes dropped, or it goes live"),
    **dict.fromkeys(
        ("board", "brief", "check", "checkup", "draw", "firstcode", "handover", "hole", "look", "muster",
         "overdue", "raised", "report", "room", "ruling", "sample", "sampling", "storm", "swap", "table", "task",
         "watch", "year"),
        Row("没有居民的账号和名字", "no account or name of a resident", *_NOBODY),
    ),
}  # fmt: skip


def page() -> str:
    """The whole text of docs/privacy.md."""
    head = ("哪里 where", "存了居民的什么", "what of residents", "什么时候删", "when it goes")
    return markdown.page(
        "# 个人信息在哪里、什么时候删 · Where personal data lie, and when they go",
        "谁能看到什么,由测试逐格核对(`tests/core/decide/test_who_sees_what.py`)。"
        "Who is shown what is tested cell by cell.",
        markdown.table(head, ((f"`{name}`", *row) for name, row in sorted(TABLES.items()))),
        "## 记录 · Records",
        markdown.table(head, ((f"`{name}`", *row) for name, row in sorted(RECORDS.items()))),
        "## 备份 · Copies",
        f"备份 {OLDEST.days} 天后删;从备份恢复时,删过的人先再删一遍,才开始收发消息。"
        f"Copies expire after {OLDEST.days} days; when one is put back, whoever was erased since is erased again "
        "before anything is sent.",
        "## 聊天记录 · The chats themselves",
        "Telegram 里已经发出的消息,机器人删不了全部;密件办完时会请双方自己删。"
        "What stands in Telegram's chats stays there; after a sealed matter both sides are asked to delete it.",
    )
