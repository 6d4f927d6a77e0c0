"""Reply keyboards and ForceReply: what each reader sees under the text field."""

from dataclasses import dataclass, field

from bot.sandbox.world.users import Json


@dataclass(slots=True)
class Keyboards:
    """The keyboard shown to everybody in a chat, and the ones shown to single people."""

    common: Json | None = None
    personal: dict[int, Json | None] = field(default_factory=dict)

    def show(self, markup: Json, addressed: frozenset[int]) -> None:
        """Take in the keyboard of a new message. A selective one reaches only those `addressed` (user ids)."""
        shown = None if markup.get("remove_keyboard") else markup
        if markup.get("selective"):
            self.personal.update(dict.fromkeys(addressed, shown))
            return
        self.common = shown
        self.personal.clear()

    def of(self, viewer: int) -> Json | None:
        """Return what the viewer sees now, or None."""
        return self.personal.get(viewer, self.common)

    def used(self, viewer: int) -> None:
        """Note that the viewer has written: ForceReply and one-time keyboards fold away for them."""
        seen = self.of(viewer)
        if seen is not None and (seen.get("force_reply") or seen.get("one_time_keyboard")):
            self.personal[viewer] = None
