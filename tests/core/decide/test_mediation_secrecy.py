"""Whatever anybody does in whatever order, no word of one side reaches the other, a group, a head, or the log."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.messages import DigestDue, Ordered, Sender, Spoke, WeekDue
from core.records import Dispute
from tests.core.decide.quarrels import forged, head_of, in_talks, words_to
from tests.core.decide.village import CTR, NEIGHBOUR, RESIDENT, ST2, STRANGER, Said, Village

SAYS = {RESIDENT: "甲的秘密话题壹贰叁肆伍", NEIGHBOUR: "乙的秘密话题陆柒捌玖拾"}
NOTE = "记录里的秘密内容子丑寅卯"
PRESSES = (
    "med.yes", "med.no", "med.take", "med.read", "med.notes", "med.write", "med.accept", "med.release", "med.paper",
    "med.fail", "med.agree", "med.confirm", "med.sit", "med.panel", "med.meet", "med.invite", "med.freeze", "med.hand",
    "med.table", "med.file", "med.out", "med.dossier", "med.other", "med.reopen", "med.tie", "med.train", "med.slot",
)  # fmt: skip


class Play:
    """The village with somebody who has the dispute, and everything that people may try."""

    def __init__(self) -> None:
        self.village = Village()
        self.owner = in_talks(self.village)
        self.link = str(self.village.newest(self.owner, "med.link").notice.params["link"]).rpartition("_")[2]
        self.reported: set[date] = set()
        self.others = (STRANGER, self.village.account("P011"), self.village.account("P069"), head_of(self.village))

    def side_says(self, pick: int) -> None:
        user = (RESIDENT, NEIGHBOUR)[pick % 2]
        if self.village.has_button("btn.med_answer", user):
            self.village.presses("btn.med_answer", chat=user, user=user)
        self.village.says(SAYS[user], user=user, photo=f"file-{user}" if pick % 3 else None)

    def side_edits(self, pick: int) -> None:
        user = (RESIDENT, NEIGHBOUR)[pick % 2]
        self.village.says(SAYS[user] + "改", user=user, edits=1001 + pick % 7)

    @property
    def dispute(self) -> Dispute:
        """The one that is played; somebody may ask for another meanwhile."""
        return dispute_of(self.village)

    def newest(self, kind: str, **params: object) -> Said | None:
        """The newest message of a kind that the owner has."""
        mine = [it for it in self.village.posts.values() if it.chat == self.owner and it.notice.kind == kind]
        fitting = [it for it in mine if all(it.notice.params[name] == value for name, value in params.items())]
        return fitting[-1] if fitting else None

    def mediator_notes(self, pick: int) -> None:
        step = ("look.", "listen.a", "listen.b")[pick % 3]
        forged(self.village, "med.note", chat=self.owner, user=self.owner, arg=step, about=self.dispute)
        asked = self.newest("med.note_write")
        if asked is not None:
            self.village.says(NOTE, user=self.owner, reply_to=asked)

    def mediator_passes_on(self, pick: int) -> None:
        """What a slip of the finger would be: the one side's words or picture to the other."""
        to, other = (("a", NEIGHBOUR), ("b", RESIDENT))[pick % 2]
        forged(self.village, "med.write", chat=self.owner, user=self.owner, arg=to, about=self.dispute)
        asked = self.newest("med.write", side=to)
        if asked is None or SAYS[other] not in {it.text for it in self.dispute.notes}:
            return
        photo = f"file-{other}" if pick % 3 == 0 else None
        self.village.says(SAYS[other], user=self.owner, reply_to=asked, forwarded=pick % 5 == 0, photo=photo)

    def anybody_replies(self, pick: int) -> None:
        """A reply to any message of the bot, by anybody, in private or in a group."""
        said = list(self.village.posts.values())
        target = said[pick % len(said)]
        user = (*self.others, RESIDENT, NEIGHBOUR, self.owner)[pick % 7]
        chat = target.chat if target.chat < 0 else user
        sender, words = Sender(user_id=user, name="某人"), "随便说说"
        self.village.does(
            Spoke(
                at=self.village.now, sender=sender, chat=chat, message=self.village.next(), group=chat < 0, text=words,
                reply_to=target.message,
            )
        )  # fmt: skip

    def anybody_presses(self, pick: int) -> None:
        user = (*self.others, RESIDENT, NEIGHBOUR, self.owner)[pick % 7]
        chat = (user, ST2, CTR)[pick % 3]
        arg = ("", "a", "b", "0", "1", "1.0", "csv")[pick % 5]
        forged(self.village, PRESSES[pick % len(PRESSES)], chat=chat, user=user, arg=arg, about=self.dispute)

    def anybody_looks(self, pick: int) -> None:
        user = (*self.others, RESIDENT, NEIGHBOUR)[pick % 6]
        link, old = f"md_{self.dispute.id}_x", f"md_{self.dispute.id}_{self.link}"
        looks = (
            ("ledger", ""), ("find", "秘密"), ("mine", ""), ("cases", ""), ("start", link), ("start", old),
            ("mediate", ""), ("digest", ""), ("find", self.dispute.id), ("privacy", ""), ("find", "壹贰叁"),
        )  # fmt: skip
        word, rest = looks[pick // 6 % len(looks)]
        sender, message = Sender(user_id=user, name="某人"), self.village.next()
        self.village.does(Ordered(at=self.village.now, sender=sender, chat=user, message=message, word=word, rest=rest))

    def side_forwards(self, pick: int) -> None:
        """What the mediator wrote comes back as a forward, in private, from anybody who got hold of it."""
        user = (*self.others, RESIDENT, NEIGHBOUR)[pick % 6]
        self.village.says(SAYS[(RESIDENT, NEIGHBOUR)[pick % 2]][:3] + "转发", user=user, forwarded=True)

    def time_goes_by(self, pick: int) -> None:
        """Reminders, the morning's digest, the week's report."""
        self.village.now += timedelta(hours=1 + pick)
        self.village.tick()
        day = self.village.now.replace(hour=0, minute=0, second=0, microsecond=0)
        window = (day - timedelta(days=7), day)
        monday, made = window[0].date(), DigestDue if pick % 2 else WeekDue
        if monday not in self.reported:
            self.reported.add(monday)
            self.village.does(made(at=self.village.now, day=monday, window=window))


MOVES: tuple[Callable[[Play, int], None], ...] = (
    Play.side_says, Play.side_edits, Play.mediator_notes, Play.mediator_passes_on, Play.anybody_replies,
    Play.anybody_presses, Play.anybody_looks, Play.side_forwards, Play.time_goes_by,
)  # fmt: skip


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.tuples(st.integers(0, len(MOVES) - 1), st.integers(0, 500)), min_size=4, max_size=14))
def test_no_word_of_a_side_gets_anywhere_it_must_not(moves: list[tuple[int, int]]) -> None:
    play = Play()
    for move, pick in moves:
        MOVES[move](play, pick)
        holds(play)


def holds(play: Play) -> None:
    """What must be true at every moment."""
    village = play.village
    seen = {chat: words_to(village, chat) for chat in {it.chat for it in village.sent}}
    theirs = {chat for chat in seen if chat in mediators(village, play.owner)}
    for user, words in SAYS.items():
        for chat in seen.keys() - theirs - {user}:
            assert words not in seen[chat], f"{user}'s words in {chat}"
            assert f"file-{user}" not in seen[chat], f"{user}'s picture in {chat}"
    for chat in seen.keys() - theirs:
        assert NOTE not in seen[chat], f"a note in {chat}"
    log = str([it.event.data for it in village.log if it.event.kind.startswith(("med", "perf", "follow"))])
    told = str([it.params for it in village.answers])
    assert not any(words in told for words in (*SAYS.values(), NOTE)), "words in the answer to a press"
    assert not any(words in log for words in (*SAYS.values(), NOTE))
    for user, other in ((RESIDENT, NEIGHBOUR), (NEIGHBOUR, RESIDENT)):
        assert str(other) not in seen[user], "an account in the other side's chat"
    found = [it for it in village.records.values() if isinstance(it, Dispute)]
    assert all(it.owner is not None for it in found if it.id == dispute_of(village).id)


def dispute_of(village: Village) -> Dispute:
    return next(it for it in village.records.values() if isinstance(it, Dispute))


def mediators(village: Village, owner: int) -> set[int]:
    """Whoever has or had it, by the log, the police officer who is told of danger, and the seats who read questions."""
    people = {str(it.event.data["owner"]) for it in village.log if it.event.kind == "med_owner"}
    people |= {str(it.event.actor) for it in village.log if it.event.kind == "med_joined_panel"}
    return {owner, *(village.account(it) for it in people), village.account("P066")}
