"""Every refusal of the sandbox, in Telegram's own words.

The texts are those of the Bot API server and TDLib (10.0); upper-case ones come from Telegram's closed back end.
"""

from typing import Final, NamedTuple


class Refusal(NamedTuple):
    """An error code and the text that follows its prefix; `{}` fields are filled when it is raised."""

    code: int
    text: str


PREFIXES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    421: "Misdirected Request",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}

# The whole bot
UNAUTHORIZED: Final = Refusal(401, "")
TOKEN_INVALID: Final = Refusal(401, "invalid token specified")
PATH_NOT_FOUND: Final = Refusal(404, "")
METHOD_NOT_FOUND: Final = Refusal(404, "method not found")
METHOD_NOT_BUILT: Final = Refusal(404, "the sandbox has no method {name}")
LOGGED_OUT: Final = Refusal(400, "Logged out")
TOO_LARGE: Final = Refusal(413, "")
FLOOD: Final = Refusal(429, "retry after {seconds}")
RESTART: Final = Refusal(500, "restart")
REMOVED: Final = Refusal(500, "sent message was immediately deleted and can't be returned")
UNKNOWN_PARAMETER: Final = Refusal(400, 'SANDBOX: method {method} has no parameter "{name}"')
BAD_REQUEST_BODY: Final = Refusal(400, "can't parse request body: {reason}")

# Parameters
REQUIRED: Final = Refusal(400, 'parameter "{name}" is required')
CHAT_ID_EMPTY: Final = Refusal(400, "chat_id is empty")
TEXT_EMPTY: Final = Refusal(400, "message text is empty")
NO_MEDIA: Final = Refusal(400, "there is no {kind} in the request")
VALUE_EMPTY: Final = Refusal(400, "{name} is empty")
USER_ID_INVALID: Final = Refusal(400, "invalid {name} specified")
MESSAGE_ID_UNSPECIFIED: Final = Refusal(400, "message identifier is not specified")
BAD_JSON: Final = Refusal(400, "can't parse {what} JSON object")
OBJECT_EXPECTED: Final = Refusal(400, "object expected as {what}")
ARRAY_EXPECTED: Final = Refusal(400, "expected an Array of {what}")
FIELD_NUMBER: Final = Refusal(400, 'field "{name}" must be of type Number')
FIELD_MISSING: Final = Refusal(400, 'can\'t find field "{name}"')

# Chats and people
CHAT_NOT_FOUND: Final = Refusal(400, "chat not found")
USER_NOT_FOUND: Final = Refusal(400, "user not found")
MEMBER_NOT_FOUND: Final = Refusal(400, "member not found")
BLOCKED: Final = Refusal(403, "bot was blocked by the user")
DEACTIVATED: Final = Refusal(403, "user is deactivated")
NEVER_STARTED: Final = Refusal(403, "bot can't initiate conversation with a user")
TO_A_BOT: Final = Refusal(403, "the bot can't send messages to the bot")
KICKED: Final = Refusal(403, "bot was kicked from the {kind} chat")
NOT_A_MEMBER: Final = Refusal(403, "bot is not a member of the {kind} chat")
GROUP_DELETED: Final = Refusal(403, "the group chat was deleted")
UPGRADED: Final = Refusal(400, "group chat was upgraded to a supergroup chat")
NO_RIGHTS: Final = Refusal(400, "not enough rights to send {what} to the chat")
NO_PIN_RIGHTS: Final = Refusal(400, "not enough rights to manage pinned messages in the chat")
NOT_IN_PRIVATE: Final = Refusal(400, "chat member status can't be changed in private chats")
NO_ADMINISTRATORS: Final = Refusal(400, "there are no administrators in the private chat")
THREAD_NOT_FOUND: Final = Refusal(400, "message thread not found")
TOPIC_CLOSED: Final = Refusal(400, "TOPIC_CLOSED")
TOPIC_DELETED: Final = Refusal(400, "TOPIC_DELETED")

# Text
TOO_LONG: Final = Refusal(400, "message is too long")
CAPTION_TOO_LONG: Final = Refusal(400, "message caption is too long")
PARAMETER_TOO_LONG: Final = Refusal(400, "text is too long")
TEXT_BLANK: Final = Refusal(400, "text must be non-empty")
PARSE_MODE: Final = Refusal(400, "unsupported parse_mode")
ENTITIES: Final = Refusal(400, "can't parse entities: {reason}")
ENTITY: Final = Refusal(400, "can't parse MessageEntity: {reason}")
ENTITY_PLACE: Final = Refusal(400, "receive an entity with incorrect {name} {value}")

# Keyboards
MARKUP_OBJECT: Final = Refusal(400, "object expected as reply markup")
MARKUP_ROWS: Final = Refusal(400, 'field "keyboard" must be an Array of Arrays')
INLINE_ROWS: Final = Refusal(400, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
INLINE_BUTTON: Final = Refusal(400, "can't parse inline keyboard button: {reason}")
KEYBOARD_BUTTON: Final = Refusal(400, "can't parse keyboard button: {reason}")
INLINE_TEXT_EMPTY: Final = Refusal(400, "inline keyboard button text must be non-empty")
BUTTON_TEXT_EMPTY: Final = Refusal(400, "keyboard button text must be non-empty")
BUTTON_URL: Final = Refusal(400, "inline keyboard button URL '{url}' is invalid: {reason}")
BUTTON_DATA_INVALID: Final = Refusal(400, "BUTTON_DATA_INVALID")
BUTTON_TYPE_INVALID: Final = Refusal(400, "BUTTON_TYPE_INVALID")
MARKUP_INVALID: Final = Refusal(400, "REPLY_MARKUP_INVALID")
MARKUP_TOO_LONG: Final = Refusal(400, "reply markup is too long")
INLINE_EXPECTED: Final = Refusal(400, "inline keyboard expected")
PRIVATE_ONLY: Final = Refusal(400, "{what} can be {verb} in private chats only")

# Messages
REPLY_NOT_FOUND: Final = Refusal(400, "message to be replied not found")
MESSAGE_NOT_FOUND: Final = Refusal(400, "message to {action} not found")
NOT_EDITABLE: Final = Refusal(400, "message can't be edited")
NOTHING_TO_EDIT: Final = Refusal(400, "there is no {kind} in the message to edit")
NOT_MODIFIED: Final = Refusal(
    400,
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message",
)
NOT_DELETABLE: Final = Refusal(400, "message can't be deleted for everyone")
NOT_COPYABLE: Final = Refusal(400, "message can't be copied")
NOT_FORWARDABLE: Final = Refusal(400, "message can't be forwarded")
PROTECTED: Final = Refusal(400, "message has protected content and can't be forwarded")
QUERY_TOO_OLD: Final = Refusal(400, "query is too old and response timeout expired or query ID is invalid")
ANSWER_TOO_LONG: Final = Refusal(400, "MESSAGE_TOO_LONG")
LOCATION_INVALID: Final = Refusal(400, "invalid location specified")
LIVE_LOCATION_INVALID: Final = Refusal(400, "invalid live location specified")
LIVE_PERIOD_INVALID: Final = Refusal(400, "wrong live location period specified")
HEADING_INVALID: Final = Refusal(400, "wrong live location heading specified")
ACTION_INVALID: Final = Refusal(400, "wrong parameter action in request")
REACTION_INVALID: Final = Refusal(400, "REACTION_INVALID")
REACTIONS_TOO_MANY: Final = Refusal(400, "REACTIONS_TOO_MANY")
ALBUM_EMPTY: Final = Refusal(400, "there are no messages to send")
ALBUM_LONG: Final = Refusal(400, "too many messages to send as an album")
MEDIA_MIXED: Final = Refusal(400, "can't use the media of the specified type in the album")
MEDIA_TYPE: Final = Refusal(400, "can't parse InputMedia: {reason}")
GROUP_SEND: Final = Refusal(400, 'failed to send message #{number} with the error message "{reason}"')

# Files
FILE_ID_WRONG: Final = Refusal(400, "wrong file identifier/HTTP URL specified")
FILE_ID_UNREADABLE: Final = Refusal(
    400, "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
)
FILE_TYPE: Final = Refusal(400, "can't use file of type {actual} as {wanted}")
FILE_ID_INVALID: Final = Refusal(400, "invalid file_id")
FILE_TOO_BIG: Final = Refusal(400, "file is too big")
FILE_EMPTY: Final = Refusal(400, "file must be non-empty")
URL_CONTENT: Final = Refusal(400, "failed to get HTTP URL content")
IMAGE_PROCESS_FAILED: Final = Refusal(400, "IMAGE_PROCESS_FAILED")
PHOTO_DIMENSIONS: Final = Refusal(400, "PHOTO_INVALID_DIMENSIONS")
PHOTO_TOO_BIG: Final = Refusal(
    400, "file of size {size} bytes is too big for a photo; the maximum size is {limit} bytes"
)

# Commands and descriptions
SCOPE_INVALID: Final = Refusal(400, "can't parse BotCommandScope: {reason}")
SCOPE_IN_PRIVATE: Final = Refusal(400, "can't use specified scope in private chats")
COMMAND_INVALID: Final = Refusal(400, "BOT_COMMAND_INVALID")
COMMAND_OBJECT: Final = Refusal(400, "can't parse BotCommand: {reason}")
COMMAND_EMPTY: Final = Refusal(400, "command must be non-empty")
COMMAND_LONG: Final = Refusal(400, "command length must not exceed 32")
COMMAND_TEXT_EMPTY: Final = Refusal(400, "command description must be non-empty")
COMMAND_TEXT_LONG: Final = Refusal(400, "command description length must not exceed 256")
COMMANDS_TOO_MANY: Final = Refusal(400, "BOT_COMMANDS_TOO_MUCH")
LANGUAGE_INVALID: Final = Refusal(400, "LANG_CODE_INVALID")
NAME_LONG: Final = Refusal(400, "bot name length must not exceed 64")
ABOUT_LONG: Final = Refusal(400, "bot short description length must not exceed 120")
DESCRIPTION_LONG: Final = Refusal(400, "bot description length must not exceed 512")
MENU_BUTTON: Final = Refusal(400, "can't parse menu button: {reason}")

# Delivery
WEBHOOK_ACTIVE: Final = Refusal(
    409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER: Final = Refusal(
    409, "terminated by other getUpdates request; make sure that only one bot instance is running"
)
POLLER_AND_WEBHOOK: Final = Refusal(409, "terminated by setWebhook request")
WEBHOOK_URL: Final = Refusal(400, "invalid webhook URL specified")
SECRET_LONG: Final = Refusal(400, "secret token is too long")
SECRET_CHARACTERS: Final = Refusal(400, "secret token contains unallowed characters")


class ApiError(Exception):
    """A Bot API call that is refused.

    `retry_after` (seconds) and `migrate_to_chat_id` travel in the answer's `parameters`.
    """

    def __init__(
        self,
        refusal: Refusal,
        *,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
        **values: object,
    ) -> None:
        self.code = refusal.code
        self.text = refusal.text.format(**values) if values else refusal.text
        prefix = PREFIXES[refusal.code]
        self.description = f"{prefix}: {self.text}" if self.text else prefix
        self.parameters: dict[str, int] = {}
        if retry_after is not None:
            self.parameters["retry_after"] = retry_after
        if migrate_to_chat_id is not None:
            self.parameters["migrate_to_chat_id"] = migrate_to_chat_id
        super().__init__(self.description)

    def body(self) -> dict[str, object]:
        """Return the JSON answer as Telegram writes it."""
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class Wait(Exception):  # noqa: N818 - no error yet: the answer may only be late
    """The call has to wait for its turn; nothing has been done so far, and it may be tried again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def flooded(seconds: float) -> ApiError:
    """Return the 429 that asks to wait; Telegram counts in whole seconds, rounded up."""
    whole = max(1, int(-(-seconds // 1)))
    return ApiError(FLOOD, retry_after=whole, seconds=whole)
