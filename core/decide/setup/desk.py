"""Who sets up, and what lies on their desk: the draft and its document."""

from dataclasses import dataclass, replace
from typing import Self

from core import rights
from core.decide import say
from core.members import applied
from core.messages import Key, Notice, Ordered, Press, Pressed, Sender, Spoke, StatusChanged
from core.records import Draft, Member, StandIn
from core.setup import Document, blank, parsed, rebased, written
from core.setup.edit import person_of
from core.world import World

NOW = "now"  # the one draft
ACTION = "su"
SLOT = "setup"  # the one message in which the screens stand

By = Spoke | Ordered | Pressed | StatusChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An administrator at work. `doc` is the draft, or what is live while nothing is changed."""

    sender: Sender
    world: World
    draft: Draft
    doc: Document

    @property
    def people(self) -> Document:
        """The document with the people as was decided beside it, by invitation; to be shown, not to be kept."""
        return applied(self.doc, self.world.every(Member), self.world.every(StandIn))

    @property
    def user(self) -> int:
        """The administrator's account."""
        return self.sender.user_id

    def kept(self, doc: Document) -> Self:
        """With the document changed."""
        base = self.draft.base if self.draft.raw else self.world.file()
        draft = replace(self.draft, raw=written(doc), base=base, by=self.user, open=True)
        return replace(self, doc=doc, draft=draft)

    def dropped(self) -> Self:
        """With nothing changed any more."""
        return replace(self, draft=replace(self.draft, raw="", base="", open=False), doc=_live(self.world))

    def merged(self) -> Document:
        """The draft on top of what is live now, which others may have changed since it began."""
        live = self.world.file()
        if not live or not self.draft.base or self.draft.base == live:
            return self.doc
        return rebased(self.doc, parsed(self.draft.base), parsed(live))

    def tell(
        self,
        kind: str,
        keys: tuple[tuple[Key, ...], ...] = (),
        *,
        again: bool = False,
        slot: str | None = SLOT,
        **params: object,
    ) -> Notice:
        """A screen, in the one message that holds them; `again`: at the end of the chat."""
        return Notice(
            to=self.user,
            kind=kind,
            key="",
            params=params,  # type: ignore[arg-type]  # JSON, checked against the text's names by a test
            keys=keys,
            slot=slot,
            again=again,
            language=say.personal_language(self.world, self.sender.language),
        )


def draft_of(world: World) -> Draft:
    """The draft as it is kept. Raises RecordNeeded."""
    return world.look_up(Draft, NOW) or Draft(id=NOW, open=False)


def may(user: int, world: World, draft: Draft) -> bool:
    """Whether somebody administers the town: by the settings, by their role, or by the first code."""
    return user in draft.owners or rights.administers(user, world.town)


def desk_of(sender: Sender, world: World) -> Desk | None:
    """The desk of an administrator; None for anybody else. Raises RecordNeeded."""
    draft = draft_of(world)
    if not may(sender.user_id, world, draft):
        return None
    return Desk(sender=sender, world=world, draft=draft, doc=document(draft, world))


def document(draft: Draft, world: World) -> Document:
    """The draft's document, or the one that is live."""
    return parsed(draft.raw) if draft.raw else _live(world)


def _live(world: World) -> Document:
    raw = world.file()
    return parsed(raw) if raw else blank()


def key(label: str, verb: str, round_: int = 0, **params: object) -> Key:
    """A button of these screens: `verb` and what it is about, as `post:ST1`."""
    press = Press(action=ACTION, round=round_, arg=verb)
    return Key(label=label, press=press, params=params)  # type: ignore[arg-type]  # JSON, checked by a test


def staff(user: int, world: World, draft: Draft) -> bool:
    """Whether somebody works for the town, in the draft or live; they may let the bot into a group."""
    known = world.town.district.person(user) is not None
    return known or may(user, world, draft) or (bool(draft.raw) and person_of(parsed(draft.raw), user) is not None)
