"""From a notice to what Telegram is given: text in the reader's language, and a keyboard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Self
from zoneinfo import ZoneInfo

from bot.voice import (
    board,
    bundle,
    card,
    catalogue,
    digest,
    duty,
    finding,
    keyboard,
    lists,
    markup,
    mediation,
    setup,
    shifts,
    tables,
    week,
)
from bot.voice.keyboard import Keyboard
from bot.voice.names import Names
from bot.voice.speaker import Params, Speaker
from core.district import District
from core.messages import Answer, Notice
from core.taxonomy import Taxonomy

ANSWER_LIMIT = 200  # Telegram's, for answerCallbackQuery
LINES = "only_lines"  # the parameter that picks lines of a text: from, up to

# Kinds that are more than a text with gaps.
COMPOSED: Mapping[str, Callable[[Speaker, Params], str]] = MappingProxyType(
    {
        "board.now": board.now,
        "board.post": board.post,
        "bundle": bundle.tell,
        "call.board": shifts.board,
        "card": card.tell,
        "centre.audit": lists.audit,
        "contacts.list": lists.contacts,
        "check.month": shifts.month,
        "check.result": shifts.check,
        "digest": digest.tell,
        "doctor.report": lists.checkup,
        "report.file": week.caption("report.file"),
        "report.list": week.page,
        "report.menu": week.menu,
        "week": week.tell,
        "week.picture": week.caption("week.picture"),
        "duty.board": lists.board,
        "duty.track": lists.track,
        "find.case": finding.one,
        "find.list": finding.found,
        "find.none": finding.nothing,
        "gaps.list": duty.gaps,
        "handover.gear_ask": shifts.gear_text("handover.gear_ask"),
        "handover.gear_lack": shifts.gear_text("handover.gear_lack"),
        "handover.sheet": shifts.handover,
        "ladder.list": lists.overdue,
        "sample.sheet": shifts.sample,
        "sample.told": shifts.sample_told,
        "med.ledger": mediation.ledger,
        "med.terms": mediation.terms("med.terms"),
        "mediate.terms": mediation.terms("mediate.terms"),
        "mine.list": lists.mine,
        "mine.one": lists.one,
        "setup.blocked": setup.blocked,
        "setup.faults": setup.faults,
        "setup.people": setup.people,
        "setup.preview": setup.preview,
        "setup.screen": setup.screen,
        "setup.week": setup.week,
        "storm.sheet": board.storm,
        "table.flaws": tables.flaws,
        "table.preview": tables.preview,
        "table.state": tables.state,
        "task.card": board.task,
        "whatif.plan": duty.rehearsal,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """`text` is Telegram HTML that fits (4096 code points, 1024 as a caption); `keyboard` its reply markup.

    `lots`: the lines of a list that does not fit, as they go in several messages; each is the notice with `LINES`. A
    card has none: it is one message that is changed later, and is shortened.
    """

    text: str
    keyboard: Keyboard | None = None
    lots: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Says notices and answers. Made anew, cheaply, whenever the district changes."""

    names: Names
    zone: ZoneInfo

    @classmethod
    def of(cls, district: District, taxonomy: Taxonomy) -> Self:
        """The voice of a town."""
        return cls(Names.of(district, taxonomy), district.zone)

    def speak(self, notice: Notice, now: datetime) -> Speech:
        """What is sent. Raises KeyError for a kind without a text and ValueError for a button that cannot be made."""
        speaker = self.speaker(notice.language, now)
        text = _chosen(COMPOSED.get(notice.kind, _plain_kind(notice.kind))(speaker, notice.params), notice.params)
        file = notice.photos or notice.voices or notice.file or notice.attachment
        limit = markup.CAPTION_LIMIT if file else markup.TEXT_LIMIT
        card = file or notice.slot is not None or notice.edit is not None
        lots = () if card else markup.lots(text, limit)
        return Speech(text=markup.fit(text, limit), keyboard=keyboard.of(notice, speaker), lots=lots)

    def answer(self, answer: Answer) -> str:
        """What a press is answered with: plain text of at most 200 characters."""
        speaker = self.speaker(answer.language, None).plainly()
        return markup.cut(speaker.insist(answer.kind, answer.params), ANSWER_LIMIT)

    def speaker(self, language: str, now: datetime | None) -> Speaker:
        """Whatever tells single words and names beside whole texts."""
        local = now.astimezone(self.zone) if now else None
        return Speaker(catalogue=catalogue.catalogue(language), names=self.names, zone=self.zone, now=local)


def _chosen(text: str, params: Params) -> str:
    """Only the lines that are asked for, when a text goes in several messages."""
    wanted = params.get(LINES)
    match wanted:
        case [int(first), int(last)]:
            return "\n".join(text.split("\n")[first:last])
    return text


def _plain_kind(kind: str) -> Callable[[Speaker, Params], str]:
    return lambda speaker, params: speaker.insist(kind, lists.with_kind(params))
