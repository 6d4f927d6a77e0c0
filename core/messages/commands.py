"""What people do, as commands that want a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.messages.needs import Needs
from core.messages.people import Sender, Spot

RECORD = "#"  # no case number begins with it
# Which open records a word or a press wants to see beside its own: see core.records.
CALL, VOLUNTEER = "call", "volunteer"  # a call has its case's number, a volunteer their account as id
LOOKS_UP = frozenset({"sv", "fv"})  # presses that show a case with its history
ONE_CASE = "case"  # the word that does: a number alone
ASKS_HELP = "bk"  # the press that begins a case's calls, or adds one
CHECKS = frozenset({"check"})
OF_VOLUNTEERS = frozenset({"vi", "vr", "vo", "py"})  # presses about the presser's own record; erasing takes it along
OF_ALL_CASES = frozenset(
    {"pa", "sw", "pp.out", "pp.go", "pp.undo"}
)  # presses that decide about, or count, every running case
SETTING = ("su", frozenset({"check", "live"}))  # presses that look whether whoever would go still has something to do
TOWN_FILE = ".json"  # a document that may take people out of the town
OWN = frozenset({VOLUNTEER, "privacy"})  # words about the asker's own record
LAST_MONTHS, A_DAY = timedelta(days=62), timedelta(days=1)
OF_PAPERS = frozenset({"table"})  # what was sent before and not used yet
OF_PLACES = frozenset({"muster", "watch"})  # a place may be a sign-in, which ends what was open about the person
SCREEN = ("board", "centre")  # the record of the centre's one screen
ON_SCREEN = frozenset({"hole"})
OF_POSTS = frozenset({"bp"})  # presses that show what a post has to do
STORM = ("storm", "now")  # the record of the one storm mode; its sheet counts what was dealt with in AN_HOUR
AN_HOUR = timedelta(hours=1)
OF_EVENTS = frozenset({"checks", "digest"})  # words that ask for what happened beside the cases
RECORDS_OF_WORD: Mapping[str, frozenset[str]] = {
    "digest": frozenset({"brief"}),
    "duty": ON_SCREEN,
    "away": frozenset({"watch"}),
    "signin": frozenset({"watch"}),
    "signin_words": frozenset({"watch"}),
    "back": frozenset({"watch"}),
    "signout": frozenset({"watch"}),
}
RECORDS_OF_PRESS: Mapping[str, frozenset[str]] = {
    "cv": frozenset({VOLUNTEER}),
    "bp": ON_SCREEN,
    "lm": frozenset({"watch"}),
    "xs": frozenset({"swap"}),
    "xl": frozenset({"swap"}),
    "xa": frozenset({"hole"}),
    "xy": frozenset({"hole"}),
    "gf": frozenset({"hole"}),
    "ga": frozenset({"hole"}),
    "gy": frozenset({"muster", "hole"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that wants a decision."""

    at: datetime  # when it was meant (message date), in the bot's time

    def needs(self) -> Needs:
        """What has to be loaded before deciding."""
        return Needs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke(Command):
    """A message of a person: in private, or in a group (`group` is True) as a reply to one of ours.

    `reply_to` is the id of the message that is replied to, `about` the case number that is read in it. Files travel by
    Telegram's file ids.
    """

    sender: Sender
    chat: int
    message: int
    group: bool = False
    text: str = ""
    photo: str | None = None
    voice: str | None = None
    video: str | None = None
    document: str | None = None
    document_bytes: int = 0
    document_name: str = ""
    paper: str | None = None  # the text of a small file of a colleague, empty when it could not be read (bot/papers.py)
    sticker: str | None = None
    spot: Spot | None = None
    pictured: Spot | None = None  # where a photograph says that it was taken
    album: str | None = None
    reply_to: int | None = None
    about: str | None = None
    edited: bool = False
    forwarded: bool = False
    called: bool = False  # in a group: the bot was named, or asked by /report
    called_in: int | None = None  # that group, once the report goes on as if told in private
    quoted: bool = False  # the words are another person's, whose message the caller replied to

    @property
    def moved(self) -> bool:
        """Whether this is no message but one more moment of a live place."""
        return self.edited and self.spot is not None

    def needs(self) -> Needs:
        """The sender, the sender's cases and the message replied to.

        A place may be a volunteer's; a place or a picture may be what a spot check asked for. A live place that moves
        may be an arrival, no report.
        """
        replied = (self.chat, self.reply_to) if self.reply_to is not None else None
        return Needs(
            user=self.sender.user_id,
            cases_of=None if (self.group and not self.called) or self.moved else self.sender.user_id,
            message=replied,
            otherwise=self.about,
            case_of_message=True,  # an officer goes on with a sealed case by replies in private
            mine=self.spot is not None and not self.group,
            record=(VOLUNTEER, str(self.sender.user_id)) if self.spot is not None and not self.group else None,
            records=self._records(),
            cases_open=self.paper is not None and not self.group and self.document_name.lower().endswith(TOWN_FILE),
        )

    def _records(self) -> frozenset[str]:
        if self.group:
            return frozenset()
        told = CHECKS if self.spot or self.photo else frozenset()
        return told | (OF_PLACES if self.spot else frozenset()) | (OF_PAPERS if self.paper is not None else frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Command):
    """A command such as /start or its Chinese word; `word` without the slash, `rest` what follows it.

    `said` is the whole message where it only begins with the word: from a resident it is something that is told.
    """

    sender: Sender
    chat: int
    message: int
    group: bool = False
    word: str
    rest: str = ""
    said: str = ""
    title: str = ""  # of the group

    def needs(self) -> Needs:
        """The sender and the sender's cases; for staff what the word is about."""
        number = self.rest if self.word == ONE_CASE else None
        return Needs(
            case=number,
            history=number,
            user=self.sender.user_id,
            cases_of=self.sender.user_id,
            track=self.word == "mylog",
            records=RECORDS_OF_WORD.get(self.word, frozenset()),
            record=(VOLUNTEER, str(self.sender.user_id)) if self.word in OWN else self._screen(),
            apart=(self.at - LAST_MONTHS, self.at + A_DAY) if self.word in OF_EVENTS else None,
            log=(self.at - AN_HOUR, self.at) if self.word == STORM[0] and self.group else None,
            cases_open=self.word == STORM[0] and self.group,
        )

    def _screen(self) -> tuple[str, str] | None:
        return {"duty": SCREEN, STORM[0]: STORM}.get(self.word) if self.group else None


def record_ref(kind: str, name: str) -> str:
    """A record as a button names it where another names a case: `#swap#17`."""
    return f"{RECORD}{kind}{RECORD}{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a button of ours says; `round` tells a stale one (0 for buttons that do not age)."""

    action: str
    case: str = ""  # a case number, or a record (`record_ref`)
    round: int = 0
    arg: str = ""

    @property
    def record(self) -> tuple[str, str] | None:
        """Kind and id of the record that the button is about; None when it is about a case or nothing."""
        if not self.case.startswith(RECORD):
            return None
        kind, _, name = self.case.removeprefix(RECORD).partition(RECORD)
        return kind, name


def _of_all_cases(press: Press) -> bool:
    return press.action in OF_POSTS | OF_ALL_CASES or (press.action == SETTING[0] and press.arg in SETTING[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Command):
    """An inline button was pressed. `press` is None when its data is not ours (a forged or very old one)."""

    sender: Sender
    chat: int
    message: int | None
    callback: str
    press: Press | None

    def needs(self) -> Needs:
        """The case named by the button, the presser, the presser's cases and the message it hangs on."""
        record = self.press.record if self.press else None
        case = self.press.case if self.press and record is None else ""
        if record is not None and record[0] == CALL:
            case = record[1]
        if self.press and self.press.action == ASKS_HELP:
            record = (CALL, self.press.case)
        if self.press and self.press.action in OF_VOLUNTEERS:
            record = (VOLUNTEER, str(self.sender.user_id))
        return Needs(
            case=case or None,
            history=case if self.press and self.press.action in LOOKS_UP else None,
            user=self.sender.user_id,
            cases_of=self.sender.user_id,
            message=(self.chat, self.message) if self.message is not None else None,
            record=record,
            cases_open=self.press is not None and _of_all_cases(self.press),
            log=(self.at - AN_HOUR, self.at) if record == STORM else None,
            records=RECORDS_OF_PRESS.get(self.press.action, frozenset()) if self.press else frozenset(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(Command):
    """The bot's standing in a chat changed (blocked, started, kicked, made administrator)."""

    chat: int
    group: bool
    present: bool
    title: str = ""
    who: Sender | None = None

    def needs(self) -> Needs:
        """The chat; the person and what they have reported, when it is a private one."""
        person = None if self.group else self.chat
        return Needs(user=person, cases_of=person, chat=self.chat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated(Command):
    """A group became a supergroup: its id changes everywhere, in one transaction."""

    old: int
    new: int
