"""A message as it is kept: the Bot API object and what that object does not tell."""

from dataclasses import dataclass
from typing import Final

from bot.sandbox.world.users import Json

MEDIA: Final = ("photo", "video", "document", "voice", "audio", "animation", "video_note")
CONTENT: Final = ("text", *MEDIA, "sticker", "venue", "location", "contact", "poll", "dice")


@dataclass(slots=True, kw_only=True)
class Stored:
    """A kept message. `body` is the Bot API `Message` without what is added for one reader only.

    `keyboard` is the reply keyboard or ForceReply it carries (never told in the Bot API object, and reason enough for
    Telegram to refuse every edit). `at` is when it was said, in Unix seconds: `date` in the body is cut to whole ones,
    and what was said in the second of a jump would be shown behind it.
    """

    body: Json
    kind: str
    at: float
    keyboard: Json | None = None

    @property
    def id(self) -> int:
        """The message id, unique in its chat."""
        return int(self.body["message_id"])

    @property
    def is_service(self) -> bool:
        """Whether it tells of a change of the chat instead of saying something."""
        return self.kind == "service"

    def quoted(self) -> Json:
        """Return the message as the answer to it shows it: one level deep."""
        return {key: value for key, value in self.body.items() if key != "reply_to_message"}


def kind_of(body: Json) -> str:
    """Return which content a Bot API `Message` carries, "service" when none."""
    return next((kind for kind in CONTENT if kind in body), "service")
