"""What Telegram can answer, row by row, and what it means for a message: the table by which answers are read.

Texts are compared lower-case and by part, since they drift; numbers come from `parameters`, never from a text. The
first row that fits is taken: what is special stands before what is general, and a code's last row has no words.
Sources of the texts: the Bot API server and TDLib, 10.0; upper-case ones come from Telegram's back end.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an answer means for the message that was to be sent."""

    DONE = "done"  # it is as it should be
    LATER = "later"  # certainly not done: ask again
    FLOOD = "flood"  # the same, since too much was sent: this chat waits as long as it was told to
    TOKEN = "token"  # noqa: S105  # the whole bot is refused, whatever the message
    GONE = "gone"  # nothing can arrive in this chat
    MOVED = "moved"  # the group has another id
    ANEW = "anew"  # the message to edit is not there: send a new one
    REMOVED = "removed"  # it was sent, and something in the group took it away at once
    PLAIN = "plain"  # say it without marks
    SHORT = "short"  # say less
    WORDS = "words"  # say it without the picture, and that there is one
    SINGLY = "singly"  # send the pictures one by one
    LOOSE = "loose"  # send it to the chat itself: neither into a topic nor as a reply
    KEYLESS = "keyless"  # send it without its buttons
    REFUSED = "refused"  # asking again would be refused again
    NO_RIGHT = "no_right"  # the bot may write there, but not do this
    UNKNOWN = "unknown"  # nobody knows whether it was done


OTHER_WAYS = frozenset({Kind.PLAIN, Kind.SHORT, Kind.WORDS, Kind.SINGLY, Kind.LOOSE, Kind.KEYLESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An answer: `code` with any of `words` in its description (any description when there are none)."""

    code: int
    kind: Kind
    words: tuple[str, ...]
    zh: str
    en: str

    def fits(self, code: int, words: str) -> bool:
        """Whether an answer with this code and description (lower case) is this one."""
        return code == self.code and (not self.words or any(part in words for part in self.words))


def _row(code: int, kind: Kind, words: tuple[str, ...], zh: str, en: str) -> Row:
    return Row(code=code, kind=kind, words=tuple(part.lower() for part in words), zh=zh, en=en)


ANSWERS: tuple[Row, ...] = (
    # who can be written to
    _row(403, Kind.GONE, ("bot was blocked by the user", "user_is_blocked"),
         "对方把机器人拉黑了", "the person has blocked the bot"),
    _row(403, Kind.GONE, ("user is deactivated", "input_user_deactivated"), "账号已注销", "the account is deleted"),
    _row(403, Kind.GONE, ("bot can't initiate conversation",),
         "对方从来没点过“开始”", "the person never pressed Start"),
    _row(403, Kind.GONE, ("can't send messages to the bot", "can't send messages to bots"),
         "对方也是机器人", "the other side is a bot"),
    _row(403, Kind.GONE, ("bot was kicked from",), "机器人被移出了群", "the bot was put out of the group"),
    _row(403, Kind.GONE, ("bot is not a member of",), "机器人不在群里", "the bot is not in the group"),
    _row(403, Kind.GONE, ("the group chat was deleted",), "群解散了", "the group was deleted"),
    _row(403, Kind.GONE, (), "别的 403", "any other 403"),
    _row(400, Kind.MOVED, ("upgraded to a supergroup",), "普通群升级成了超级群", "the group became a supergroup"),
    _row(400, Kind.GONE, ("chat not found",), "没有这个群或人", "no such chat"),
    _row(400, Kind.GONE, ("user not found", "peer_id_invalid"), "没有这个人", "no such person"),
    _row(400, Kind.GONE, ("bot was blocked", "user_is_blocked", "input_user_deactivated"),
         "同上,后台的写法", "the same in the back end's words"),
    _row(400, Kind.GONE, ("not enough rights to send text messages",),
         "群里不许机器人发言", "the bot may not write there"),
    _row(400, Kind.GONE, ("have no write access", "have no rights to send", "chat_write_forbidden", "chat_restricted",
                          "chat_admin_required", "need administrator rights"),
         "机器人被禁言,或只有管理员能发言", "the bot is restricted, or only administrators may write"),
    _row(400, Kind.WORDS, ("not enough rights to send", "voice_messages_forbidden", "chat_send_photos_forbidden",
                           "chat_send_media_forbidden"),
         "群里不许发这种内容(照片、语音、文件……)", "this kind of content may not be sent there"),
    # topics, and the message replied to
    _row(400, Kind.LOOSE, ("message thread not found",), "没有这个话题", "there is no such topic"),
    _row(400, Kind.LOOSE, ("topic_closed",), "话题关闭了", "the topic is closed"),
    _row(400, Kind.LOOSE, ("topic_deleted",), "话题删掉了", "the topic was deleted"),
    _row(400, Kind.LOOSE, ("message to be replied not found", "reply message not found"),
         "要回复的那条没有了", "the message to reply to is gone"),
    # the words
    _row(400, Kind.SHORT, ("message is too long", "message_too_long"), "正文超过 4096 字", "more than 4096 characters"),
    _row(400, Kind.SHORT, ("caption is too long", "media_caption_too_long"),
         "图片说明超过 1024 字", "a caption of more than 1024 characters"),
    _row(400, Kind.SHORT, ("text is too long",), "参数超过 32 KB", "a parameter of more than 32 KB"),
    _row(400, Kind.REFUSED, ("message text is empty", "text must be non-empty"), "没有字", "there are no words"),
    _row(400, Kind.PLAIN, ("can't parse entities", "can't find end of the entity", "unsupported start tag",
                           "unclosed start tag", "can't parse messageentity"),
         "加粗等标记读不懂", "the marks cannot be read"),
    # the buttons
    _row(400, Kind.KEYLESS, ("button_", "inline keyboard button", "keyboard button", "reply_markup_invalid",
                             "reply markup is too long", "text buttons are unallowed", "private chats only"),
         "按钮不合规", "a button is not allowed"),
    # pictures and files
    _row(400, Kind.WORDS, ("wrong file identifier", "wrong remote file identifier", "wrong file_id",
                           "file is temporarily unavailable", "can't use file of type"),
         "图片找不到了(失效的或别的机器人的 file_id)", "the file is gone: a stale file id, or one of another bot"),
    _row(400, Kind.SINGLY, ("failed to send message #", "group send failed"),
         "相册里有一张发不出", "one of an album is refused"),
    _row(400, Kind.WORDS, ("failed to get http url content", "wrong type of the web page content",
                           "image_process_failed", "photo_invalid_dimensions", "is too big for a photo"),
         "图片打不开或尺寸不合", "the picture cannot be read, or its size is not allowed"),
    _row(400, Kind.WORDS, ("invalid location", "live location"), "位置不合规", "the place is not on Earth"),
    # edits
    _row(400, Kind.DONE, ("message is not modified",), "改得和原来一样", "it already says so"),
    _row(400, Kind.ANEW, ("message to edit not found", "message_id_invalid"),
         "要改的那条没有了", "the message to edit is gone"),
    _row(400, Kind.ANEW, ("message can't be edited", "message_author_required"), "那条不能改", "it cannot be edited"),
    _row(400, Kind.ANEW, ("there is no text in the message", "there is no caption in the message"),
         "那条不是文字消息", "it is not a text message"),
    _row(400, Kind.REFUSED, ("message to delete not found", "message can't be deleted", "to pin not found",
                             "to unpin not found"),
         "删不掉、置顶不了", "it cannot be deleted or pinned"),
    _row(400, Kind.NO_RIGHT, ("manage pinned messages", "not enough rights to pin"),
         "机器人没有“置顶消息”的权限", "the bot may not pin messages there"),
    _row(400, Kind.REFUSED, ("query is too old", "query id is invalid"),
         "按钮按下太久了", "the press is too old to be answered"),
    _row(400, Kind.REFUSED, (), "别的 400,是程序的错", "any other 400: a fault of the program"),
    _row(413, Kind.REFUSED, (), "请求太大", "the request is too large"),
    # the whole bot
    _row(401, Kind.TOKEN, (), "令牌失效", "the token is refused"),
    _row(404, Kind.TOKEN, (), "地址或令牌写错", "the address or the token is wrong"),
    _row(421, Kind.TOKEN, (), "令牌不归这台服务器", "the token belongs to another server"),
    _row(409, Kind.LATER, (), "另一个进程在用同一个令牌", "another process uses the same token"),
    _row(429, Kind.FLOOD, (), "发得太快,或群开了慢速模式", "too fast, or the group is in slow mode"),
    _row(500, Kind.REMOVED, ("sent message was immediately deleted",),
         "发出去了,马上被群里的管家机器人删掉", "it was sent, and a guard of the group took it away at once"),
    _row(500, Kind.UNKNOWN, ("restart",), "服务器正在重启", "the server restarts"),
    _row(500, Kind.UNKNOWN, (), "服务器出错", "the server is in trouble"),
    _row(502, Kind.LATER, (), "前置服务器连不上后面(常是 HTML)", "the front cannot reach the server (often HTML)"),
    _row(503, Kind.LATER, (), "前置服务器太忙", "the front is overloaded"),
    _row(504, Kind.UNKNOWN, (), "前置服务器等不到回答", "the front got no answer in time"),
)  # fmt: skip


def find(code: int, words: str) -> Row | None:
    """The row of an answer; None for a code that no row has."""
    low = words.lower()
    return next((row for row in ANSWERS if row.fits(code, low)), None)


def kind_of(code: int, words: str) -> Kind:
    """What an answer means. Of a code we do not know: from 500 on nobody knows what was done, below it was refused."""
    row = find(code, words)
    if row is not None:
        return row.kind
    return Kind.UNKNOWN if code >= 500 or 200 <= code < 400 else Kind.REFUSED
