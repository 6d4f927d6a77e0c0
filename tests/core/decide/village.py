"""A whole town in memory: decisions are applied as the storage would, time moves when it is told to.

What the bot guarantees everywhere is checked at every step (`rules.check`), so that each test of a single story also
proves the general promises.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from core import erasure, roster, search
from core.case import Case, Event, Status
from core.decide import daily, decide
from core.distance import Point
from core.district import read_district
from core.duplicates import OPEN_WITHIN, cell_of
from core.figures.log import Entry
from core.figures.told import told
from core.grids import GridIndex
from core.ladder import WORKING
from core.members import applied
from core.messages import (
    Answer,
    Command,
    DayBegins,
    Delivered,
    Needs,
    Notice,
    Ordered,
    Press,
    Pressed,
    RecordDue,
    Sender,
    Spoke,
    Spot,
    Tick,
    Undelivered,
)
from core.positions import Position
from core.records import Member, Record, StandIn, kind_of
from core.roster import Away, Change, Presence, SignIn
from core.routing import Load
from core.search import Found, Query, Scope
from core.town import Town, gazetteer_of
from core.understand import read_lexicon
from core.world import (
    CasesNeeded,
    ClosedNeeded,
    Contact,
    Decision,
    DocumentNeeded,
    LogLine,
    Post,
    RecordNeeded,
    RecordsNeeded,
    SearchNeeded,
    ToldNeeded,
    World,
)
from tests.core import demo
from tests.core.decide import rules

RESIDENT = 700001
NEIGHBOUR = 700002
STRANGER = 700666
ST1, ST2, ST3, ST4 = -1009000000001, -1009000000002, -1009000000003, -1009000000004
FRIDAY = "2026-11-20 15:00"
NIGHT = "2026-11-20 23:30"
FORGOTTEN = {"volunteer", "lookup"}  # of which the storage keeps no closed one
CLEAR = "宏济新居3栋楼道堆了很多纸箱"
SPOTS = {
    "宏济新居": Spot(lat=30.639294, lng=104.096597),
    "锦畔苑": Spot(lat=30.633954, lng=104.091096),
    "far away": Spot(lat=30.9, lng=104.5),
}


@cache
def town() -> Town:
    """The demo district with everything the rules read."""
    taxonomy_raw = demo.raw("bot/data/taxonomy.json")
    lexicon = read_lexicon(taxonomy_raw, demo.raw("bot/data/words.json"), demo.raw("bot/data/examples.json"))
    return Town(
        district=demo.district(),
        taxonomy=demo.taxonomy(),
        lexicon=lexicon,
        gazetteer=gazetteer_of(demo.district(), lexicon),
        grids=GridIndex(demo.district()),
    )


CTR = town().district.centre_chat() or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of ours in a chat, as it stands after its last edit."""

    chat: int
    message: int
    notice: Notice
    order: int
    loud: bool


class _Nearby(dict[tuple[str, str], tuple[Case, ...]]):
    """What the storage would find by kind and cell; every question has its answer."""

    def __init__(self, village: "Village") -> None:
        super().__init__()
        self._village = village

    def get(self, key: tuple[str, str], default: object = None) -> tuple[Case, ...]:
        row, column = map(int, key[1].split(":"))
        around = {f"{row + north}:{column + east}" for north in (-1, 0, 1) for east in (-1, 0, 1)}
        return self._village.near(key[0], around)


@dataclass(slots=True, kw_only=True)
class Village:
    """The town, its books and its chats."""

    now: datetime = field(default_factory=lambda: demo.at(FRIDAY))
    town: Town = field(default_factory=town)
    absent: frozenset[str] = frozenset()  # teams that have not signed in
    real_sign_ins: bool = False
    cases: dict[str, Case] = field(default_factory=dict)
    log: list[LogLine] = field(default_factory=list)
    contacts: dict[int, Contact] = field(default_factory=dict)
    sign_ins: dict[tuple[str, str, datetime], SignIn] = field(default_factory=dict)
    aways: list[Away] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    posts: dict[tuple[int, int], Said] = field(default_factory=dict)
    slots: dict[tuple[int, str], int] = field(default_factory=dict)
    sent: list[Said] = field(default_factory=list)  # everything in order, edits too
    answers: list[Answer] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    unreachable: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()  # groups that are known to be unreachable
    deliver: bool = True
    waiting: list[Command] = field(default_factory=list)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    serial: int = 1000
    document: str = ""  # the file of the district, for who changes it
    bot_name: str = "pinganbot"

    def presence(self) -> Presence:
        """Who has signed in: everybody on the plan but the absent teams, or those who really did."""
        if self.real_sign_ins:
            return Presence(
                sign_ins=tuple(self.sign_ins.values()), aways=tuple(self.aways), changes=tuple(self.changes)
            )
        plan = roster.everybody_signed_in(self.town.district, self.now, self.absent, changes=self.changes)
        return Presence(sign_ins=plan.sign_ins, aways=tuple(self.aways), changes=tuple(self.changes), lost=self.lost)

    def world(self, command: Command) -> World:
        """What the storage would load for this command."""
        needs = command.needs()
        said = self.posts.get(needs.message) if needs.message else None
        post = _post(said) if said else None
        about = needs.record or (post.record if post else None)
        name = needs.case or (post.case if post and needs.case_of_message else None)
        mine = [c for c in self.cases.values() if c.reporter == needs.cases_of] if needs.cases_of else []
        return World(
            now=self.now,
            town=self.town,
            presence=self.presence(),
            case=self.cases.get(name or ""),
            contact=self.contacts.get(needs.user or 0),
            cases=tuple(sorted(mine, key=lambda c: c.opened_at, reverse=True)),
            open_cases=self._open_cases(needs),
            positions={it.person: it for it in self.positions},
            nearby=_Nearby(self),
            loads={it.id: self._load(it.id) for it in self.town.district.teams},
            track=self._track(needs.user) if needs.track else (),
            post=post,
            number=f"A{self.now:%y%m}-{len(self.cases) + self._disputes() + 1:04}",
            log=tuple(it for it in self.log if _wanted(it, needs)),
            counts=tuple(it for it in self.log if needs.counts and it.case),
            known=dict(self.cases),
            record=self.records.get(about) if about else None,
            records=tuple(it for (kind, _), it in sorted(self.records.items()) if it.open and kind in needs.records),
            bot_name=self.bot_name,
            code=f"code{self.serial}",
        )

    def _disputes(self) -> int:
        return sum(kind in {"med", "complaint"} for kind, _ in self.records)

    def _open_cases(self, needs: Needs) -> tuple[Case, ...]:
        still = [it for it in self.cases.values() if not rules.over(it)]
        person = self.town.district.person(needs.user) if needs.mine else None
        mine = [it for it in still if person and it.status is Status.ACK and it.handler == person.id]
        return tuple(still if needs.cases_open else mine)

    def near(self, category: str, cells: set[str]) -> tuple[Case, ...]:
        """What lies in these cells, as the storage finds it: the open first, then the closed."""
        found = [it for it in self.cases.values() if it.category == category and not it.sealed and _cell(it) in cells]
        still = [it for it in found if not rules.over(it) and self.now - it.opened_at <= OPEN_WITHIN]
        return (*still, *reversed([it for it in found if it.status is Status.CLOSED]))

    def _load(self, team: str) -> Load | None:
        mine = [it for it in self.cases.values() if it.team == team and it.status in WORKING]
        return Load(open=len(mine), newest=max(it.opened_at for it in mine)) if mine else None

    def _track(self, user: int | None) -> tuple[Position, ...]:
        person = self.town.district.person(user)
        return tuple(it for it in reversed(self.positions) if person and it.person == person.id)

    def does(self, command: Command) -> Decision:
        """One command through the road, and the words of delivery that follow from it."""
        decision = self.decides(command)
        if self.deliver:
            self.deliver_all()
        return decision

    def decides(self, command: Command) -> Decision:
        """One command; what it wants to know of its delivery waits in `waiting`."""
        world, decision = self._decided(command)
        assert decision == decide(command, world), "deciding twice gave two outcomes"
        before = self.cases.get(decision.case.no) if decision.case else None
        rules.check(command, world, decision, before)
        self._save(decision, before)
        for follows in decision.then:
            self.decides(follows)
        return decision

    def _decided(self, command: Command) -> tuple[World, Decision]:
        """As the storage does: what few decisions ask for is looked up when one does."""
        world = self.world(command)
        while True:
            try:
                return world, decide(command, world)
            except CasesNeeded as wanted:
                world = replace(world, known={**world.known, **{no: self.cases.get(no) for no in wanted.numbers}})
            except ToldNeeded as wanted:
                known = told(self._each_case(), wanted.moments)
                world = replace(world, told={**world.told, (wanted.window, wanted.moments): known})
            except ClosedNeeded as wanted:
                world = replace(world, closed={**world.closed, wanted.window: self._closed(*wanted.window)})
            except RecordNeeded as wanted:
                key = (wanted.kind, wanted.name)
                world = replace(world, looked_up={**world.looked_up, key: self.records.get(key)})
            except RecordsNeeded as wanted:
                every = tuple(it for (kind, _), it in sorted(self.records.items()) if kind == wanted.kind and it.open)
                world = replace(world, all_open={**world.all_open, wanted.kind: every})
            except DocumentNeeded:
                world = replace(world, document=self.document)
            except SearchNeeded as wanted:
                found = self._found(wanted.scope, wanted.query)
                world = replace(world, found={**world.found, (wanted.scope, wanted.query): found})

    def _each_case(self) -> Iterator[list[Entry]]:
        lines = daily.entries(it for it in self.log if it.case)
        return ([it for it in lines if it.case == no] for no in sorted({it.case for it in lines}))

    def _closed(self, start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
        closed = (it for it in self.cases.values() if it.status is Status.CLOSED and it.closed_at and not it.sealed)
        return tuple((it.no, it.team) for it in closed if it.team and it.closed_at and start <= it.closed_at < end)

    def _found(self, scope: Scope, query: Query) -> Found:
        fitting = [it for it in self.cases.values() if search.within(scope, it) and search.holds(query, it)]
        fitting.sort(key=lambda it: (it.opened_at, it.no), reverse=not query.urgent_first)
        if query.urgent_first:
            fitting.sort(key=lambda it: it.severity)
        return Found(numbers=tuple(it.no for it in fitting[: search.MOST]), more=len(fitting) > search.MOST)

    def deliver_all(self) -> None:
        """Telegram's word about all that waits."""
        while self.waiting:
            self.decides(self.waiting.pop(0))

    def _save(self, decision: Decision, before: Case | None) -> None:
        case = decision.case
        if case is not None:
            assert case.version == (before.version if before else 0), "written over another writer"
            self.cases[case.no] = replace(case, version=case.version + 1)
        self.log += [LogLine(case=case.no if case else "", event=event) for event in decision.events]
        for record in decision.records:
            self._write(record)
        if decision.contact is not None:
            self.contacts[decision.contact.user_id] = decision.contact
        if decision.forget is not None:
            self._forget(decision.forget)
        for it in decision.sign_ins:
            self.sign_ins[it.person, it.team, it.shift_start] = it
        written = {(it.person, it.since) for it in decision.aways}
        self.aways = [it for it in self.aways if (it.person, it.since) not in written] + [*decision.aways]
        self.changes += decision.changes
        self.positions += decision.positions
        for notice in decision.notices:
            self._send(notice)
        if decision.answer is not None:
            self.answers.append(decision.answer)

    def _write(self, record: Record) -> None:
        key = (kind_of(record), record.id)
        known = self.records.get(key)
        assert record.version == (known.version if known else 0), "written over another writer"
        self.records[key] = replace(record, version=record.version + 1)
        if key[0] in FORGOTTEN and not record.open:
            del self.records[key]
        if isinstance(record, Member | StandIn):
            self._people_changed()

    def _people_changed(self) -> None:
        """The town with its people as was decided, as the storage gives it."""
        still = [it for it in self.records.values() if it.open]
        members = [it for it in still if isinstance(it, Member)]
        raw = applied(demo.raw_district(), members, [it for it in still if isinstance(it, StandIn)])
        self.town = replace(self.town, district=read_district(raw))

    def begins_day(self, seed: str = "seed") -> Decision:
        """The beat at midnight, or when the district is loaded."""
        return self.does(DayBegins(at=self.now, day=self.now.date(), seed=seed, month_seed=f"month of {seed}"))

    def _forget(self, user: int) -> None:
        self.contacts.pop(user, None)
        for case in [it for it in self.cases.values() if it.reporter == user]:
            over = rules.over(case)
            self.cases[case.no] = (
                erasure.erased(case, self.now, staff=False) if over else replace(case, forget=True)
            )  # fmt: skip

    def _send(self, notice: Notice) -> None:
        assert notice.key not in self.keys, f"{notice.key} was sent before"
        self.keys.add(notice.key)
        if notice.to in self.unreachable:
            if notice.case:
                self.waiting.append(
                    Undelivered(at=self.now, case=notice.case, chat=notice.to, kind=notice.kind, why="Forbidden")
                )
            return
        slot = (notice.to, notice.slot) if notice.slot else None
        known = self.slots.get(slot) if slot and not notice.again else None
        said = Said(
            chat=notice.to,
            message=known or notice.edit or self.next(),
            notice=notice,
            order=len(self.sent),
            loud=known is None,
        )
        self.posts[notice.to, said.message] = said
        self.sent.append(said)
        if slot:
            self.slots[slot] = said.message
        if notice.report and notice.case:
            self.waiting.append(Delivered(at=self.now, case=notice.case, chat=notice.to, kind=notice.kind))

    def next(self) -> int:
        """A fresh number for a message."""
        self.serial += 1
        return self.serial

    def says(
        self,
        text: str = "",
        *,
        user: int = RESIDENT,
        photo: str | None = None,
        voice: str | None = None,
        spot: Spot | str | None = None,
        album: str | None = None,
        reply_to: Said | None = None,
        edits: int | None = None,
        **more: object,
    ) -> Decision:
        """A private message."""
        command = Spoke(
            at=self.now,
            sender=sender(user),
            chat=user,
            message=edits or self.next(),
            text=text,
            photo=photo,
            voice=voice,
            spot=SPOTS[spot] if isinstance(spot, str) else spot,
            album=album,
            reply_to=reply_to.message if reply_to else None,
            edited=edits is not None,
            **more,  # type: ignore[arg-type]  # the rest of Spoke's fields, named by the test
        )
        return self.does(command)

    def orders(
        self, word: str, rest: str = "", *, user: int = RESIDENT, chat: int | None = None, said: str = ""
    ) -> Decision:
        """A command, in private or in a group."""
        return self.does(
            Ordered(
                at=self.now,
                sender=sender(user),
                chat=chat or user,
                message=self.next(),
                group=chat is not None and chat < 0,
                word=word,
                rest=rest,
                said=said,
            )
        )

    def presses(self, label: str, *, chat: int | None = None, user: int = RESIDENT, **params: object) -> Answer:
        """The newest button of this label that hangs in the chat (with these parameters, when there are several)."""
        return self.sends_press(self.button(label, chat or user, **params), chat=chat or user, user=user)

    def sends_press(self, found: tuple[Said | None, Press | None], *, chat: int, user: int) -> Answer:
        """A press with any content, also one that no button of ours has."""
        said, press = found
        decision = self.does(
            Pressed(
                at=self.now,
                sender=sender(user),
                chat=chat,
                message=said.message if said else None,
                callback=f"cb{self.next()}",
                press=press,
            )
        )
        assert decision.answer is not None, "a press without an answer"
        return decision.answer

    def replies(
        self, text: str = "", *, kind: str = "card", chat: int, user: int, photo: str | None = None
    ) -> Decision:
        """A reply in a group (or in private) to the newest message of a kind."""
        target = self.newest(chat, kind)
        return self.does(
            Spoke(
                at=self.now,
                sender=sender(user),
                chat=chat,
                message=self.next(),
                group=chat < 0,
                text=text,
                photo=photo,
                reply_to=target.message,
            )
        )

    def passes(self, **span: float) -> None:
        """Time goes by and the clock beats at every due moment on the way."""
        end = self.now + timedelta(**span)
        while (due := self.next_due()) is not None and due <= end:
            self.now = max(due, self.now)
            self.tick()
        self.now = end

    def jumps(self, **span: float) -> None:
        """Time goes by and nothing runs (an outage)."""
        self.now += timedelta(**span)

    def next_due(self) -> datetime | None:
        """The earliest moment at which a case owes something."""
        cases = (c.due_at for c in self.cases.values() if c.due_at and not rules.over(c))
        records = (it.due_at for it in self.records.values() if it.due_at and it.open)
        return min((*cases, *records), default=None)

    def tick_to_next_due(self) -> datetime:
        """The clock goes to the next due moment and beats once."""
        due = self.next_due()
        assert due is not None, "nothing is due"
        self.now = max(self.now, due)
        self.tick()
        return self.now

    def tick(self) -> None:
        """Each due case gets its tick."""
        for case in sorted(self.cases.values(), key=lambda c: c.due_at or self.now):
            if case.due_at is not None and case.due_at <= self.now and not rules.over(case):
                self.does(Tick(at=self.now, case=case.no))
        for (kind, name), record in sorted(self.records.items()):
            if record.open and record.due_at is not None and record.due_at <= self.now:
                self.does(RecordDue(at=self.now, kind=kind, id=name))

    @property
    def case(self) -> Case:
        """The newest case."""
        return list(self.cases.values())[-1]

    def events(self, kind: str | None = None, case: str | None = None) -> list[Event]:
        """The history, of one kind and one case when asked."""
        number = self.case.no if case is None else case
        return [it.event for it in self.log if it.case == number and kind in {None, it.event.kind}]

    def heard(self, chat: int, kind: str | None = None) -> list[Said]:
        """All that reached a chat as a message of its own (edits are not heard)."""
        return [it for it in self.sent if it.chat == chat and it.loud and kind in {None, it.notice.kind}]

    def kinds(self, chat: int, since: int = 0) -> list[str]:
        """The kinds of all that was heard in a chat."""
        return [it.notice.kind for it in self.heard(chat) if it.order >= since]

    def mark(self) -> int:
        """A place in the order of sending, for `kinds(since=…)`."""
        return len(self.sent)

    def newest(self, chat: int, kind: str | None = None) -> Said:
        """The newest message in a chat, in its present state."""
        found = [it for (where, _), it in self.posts.items() if where == chat and kind in {None, it.notice.kind}]
        assert found, f"nothing of {kind} in {chat}"
        return max(found, key=lambda it: it.message)

    def card(self, chat: int) -> Notice:
        """The living card of the newest case in a chat."""
        return self.posts[chat, self.slots[chat, f"card:{self.case.no}"]].notice

    def labels(self, said: Notice) -> list[str]:
        """The labels of a message's buttons."""
        return [key.label for row in said.keys for key in row]

    def button(self, label: str, chat: int, **params: object) -> tuple[Said, Press]:
        """The newest button with this label in a chat."""
        for said, press, given in self._buttons(label, chat):
            if all(given.get(name) == value for name, value in params.items()):
                return said, press
        raise AssertionError(f"no button {label} {params} in {chat}")

    def has_button(self, label: str, chat: int) -> bool:
        """Whether the newest card or message shows this button anywhere in the chat now."""
        return next(self._buttons(label, chat), None) is not None

    def _buttons(self, label: str, chat: int) -> Iterator[tuple[Said, Press, dict[str, object]]]:
        mine = sorted((it for it in self.posts.values() if it.chat == chat), key=lambda it: -it.message)
        for said in mine:
            for row in said.notice.keys:
                for key in row:
                    if key.label == label and key.press is not None:
                        yield said, key.press, dict(key.params)

    def on(self, team: str, index: int = 0) -> int:
        """The account of somebody of the team who is on duty now."""
        found = self.town.district.team(team)
        assert found is not None
        planned = roster.rostered(found, self.now, self.town.district, self.town.holidays)
        return self.account([person for shift in planned for person in shift.members][index])

    def there(self, team: str) -> int:
        """Somebody on duty with the team; its head, or else anybody of it, when nobody is."""
        try:
            return self.on(team)
        except IndexError:
            head = self.town.district.head(team) or self.town.district.members(team)[0]
            return self.account(head.id)

    def off(self, team: str) -> int:
        """The account of somebody of the team who is off duty now and does not lead it."""
        found = self.town.district.team(team)
        assert found is not None
        planned = roster.rostered(found, self.now, self.town.district, self.town.holidays)
        busy = {person for shift in planned for person in shift.members} | {found.head}
        everybody = [person for group in found.groups for person in group.members]
        return self.account(next(it for it in everybody if it not in busy))

    def account(self, person: str) -> int:
        """Somebody's Telegram id."""
        found = self.town.district.member(person)
        assert found is not None
        assert found.tg_id is not None
        return found.tg_id

    def grid_head(self, case: Case | None = None) -> int:
        """The account of the grid head of the case."""
        place = (case or self.case).place
        head = self.town.district.grid_head(place.grid if place else None)
        assert head is not None
        return self.account(head.id)

    def accepted(self, text: str = CLEAR, chat: int = ST2, team: str = "ST2") -> int:
        """A report that a member of the post has accepted; gives the member's account."""
        self.says(text)
        who = self.on(team)
        self.presses("btn.accept", chat=chat, user=who)
        return who

    def finished(self, chat: int = ST2) -> int:
        """A report that was dealt with, with photo and line; gives the member's account."""
        who = self.accepted()
        self.presses("btn.done", chat=chat, user=who)
        self.replies("已经清走了电瓶车", kind="duty.done_need", chat=chat, user=who, photo="after")
        return who


def _wanted(line: LogLine, needs: Needs) -> bool:
    """Whether a command asked to see this line."""
    if not line.case:
        return needs.apart is not None
    return needs.log is not None or line.case == needs.history


def _cell(case: Case) -> str | None:
    place = case.place
    return cell_of(Point(place.lat, place.lng)) if place and place.lat is not None and place.lng is not None else None


def sender(user: int) -> Sender:
    """Whoever writes or presses, by account."""
    return Sender(user_id=user, name=f"user{user}", language="zh-hans")


def _post(said: Said) -> Post:
    params = json.loads(json.dumps(dict(said.notice.params)))
    return Post(
        chat=said.chat,
        message=said.message,
        kind=said.notice.kind,
        slot=said.notice.slot,
        case=said.notice.case,
        params=params,
    )
