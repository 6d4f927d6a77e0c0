"""Disputes under random clocks and random colleagues: read back from storage at every step, nothing is missed or done
twice, and whoever has it is one person who may have it."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.mediation import ladder, matching
from core.records import RECORDS, Dispute, Record, kind_of
from core.records.mediation import Step
from storage.codec import pack, unpack
from tests.core.decide.quarrels import dispute, forged, in_talks
from tests.core.decide.village import NEIGHBOUR, RESIDENT, Village

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUICK = settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])


class Restarted(Village):
    """Nothing is kept in memory between two commands but what the storage would give back."""

    def _write(self, record: Record) -> None:
        super()._write(record)
        key = (kind_of(record), record.id)
        self.records[key] = unpack(RECORDS[key[0]], pack(self.records[key]))


@cache
def _prepared(step: str) -> Village:
    """A village whose dispute stands at the beginning of its talks, or has just been agreed upon."""
    village = Restarted()
    owner = in_talks(village)
    if step == "agreed":
        village.presses("btn.med_agree", chat=owner, user=owner)
        asked = village.newest(owner, "med.terms_write")
        village.says("甲 11月28日 不再敲天花板\n乙 12月5日 铺地毯", user=owner, reply_to=asked)
        for user in (RESIDENT, NEIGHBOUR):
            village.presses("btn.med_confirm", chat=user, user=user)
    return village


def copied(step: str) -> Village:
    """A copy of it to play with."""
    found = _prepared(step)
    lists = {name: list(getattr(found, name)) for name in ("log", "sent", "answers", "waiting")}
    maps = {name: dict(getattr(found, name)) for name in ("contacts", "posts", "slots", "records", "cases")}
    return replace(found, **lists, **maps, keys=set(found.keys))


def events(village: Village, kind: str, name: str) -> list[str]:
    return [str(it.event.data[name]) for it in village.log if it.event.kind == kind]


@QUICK
@given(st.lists(st.integers(1, 24 * 20), min_size=1, max_size=12), st.booleans())
def test_no_reminder_and_no_visit_is_missed_or_doubled_however_the_clock_stood_still(hours, done) -> None:
    """Leaps of hours or of weeks, the beat once or twice: each promise and each visit is asked about exactly once."""
    village = copied("agreed")
    if done:
        owner = village.account("P010")
        for index in (1, 2):
            village.presses("btn.med_done", chat=owner, user=owner, index=index)
    planned = [f"{dispute(village).id}.0.{n}" for n in range(len(dispute(village).visits))]
    last = max(it.due for it in dispute(village).visits) + DAY
    for leap in (*hours, 24 * 60):
        village.now = min(village.now + leap * HOUR, max(last, village.now))
        for _ in range(1 + leap % 2):
            village.tick()
    assert sorted(events(village, "med_visit", "visit")) == planned
    for user in (RESIDENT, NEIGHBOUR):
        assert len(village.heard(user, "med.followup")) == len(planned)
    steps = dispute(village).steps
    assert len(steps) == len(set(steps))
    reminded = events(village, "med_reminded", "term")
    assert (reminded == []) if done else {reminded.count(it) for it in set(reminded)} == {3}
    assert len(village.heard(RESIDENT, "mediate.court")) == 1
    due = ladder.due_at(dispute(village), village.town.calendar, village.town.taxonomy)
    assert dispute(village).due_at == due


MOVES = (
    "panel",
    "sit",
    "panel",
    "sit",
    "hand",
    "avoid",
    "other_a",
    "other_b",
    "sit",
    "panel",
    "leave",
    "return",
    "day",
    "fail",
    "again",
)


def moves(village: Village, move: str, pick: int, everybody: tuple) -> None:
    """Something that a colleague or a side may do to who has it."""
    found = dispute(village)
    owner = village.town.district.member(found.owner)
    people = [it for it in village.town.district.people if it.mediates is not None and it.tg_id is not None]
    one = people[pick % len(people)] if people else owner
    if move == "day":
        village.now += DAY
        village.tick()
    elif move in {"leave", "return"}:
        gone = village.town.district.people[:0] if move == "return" else (one,)
        left = tuple(it for it in everybody if it not in gone)
        village.town = replace(village.town, district=replace(village.town.district, people=left))
        village.begins_day(f"seed {len(village.sent)}")
    elif move.startswith("other"):
        user = RESIDENT if move.endswith("a") else NEIGHBOUR
        forged(village, "med.other", chat=user, user=user)
    elif move == "sit" and found.asked:
        asked = village.town.district.member(found.asked[pick % len(found.asked)])
        if asked is not None:
            forged(village, "med.sit", chat=asked.tg_id, user=asked.tg_id)
    elif owner is not None and one is not None:
        action, arg = {"panel": ("join", one.id)}.get(move, (move, ""))
        forged(village, f"med.{action}", chat=owner.tg_id, user=owner.tg_id, arg=arg)


@QUICK
@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 20)), min_size=3, max_size=14))
def test_whoever_has_a_dispute_is_one_person_who_may_have_it_and_nobody_only_when_there_is_nobody(played) -> None:
    village = copied("talks")
    everybody = village.town.district.people
    for move, pick in played:
        moves(village, move, pick, everybody)
        village.tick()
        holds(village, dispute(village))


def holds(village: Village, found: Dispute) -> None:
    """One owner, of the town, not in conflict, no trainee, not on the panel as well; none only where there is none."""
    if found.step is Step.FILED:
        return
    owner = village.town.district.member(found.owner)
    able = [it for it in village.town.district.people if matching.may_own(it, found)]
    if found.owner is None:
        assert not able or found.due_at is not None, "somebody is looked for again"
        return
    assert owner is not None, "whoever left the town has it no more"
    assert owner.id not in found.conflicts or not [it for it in able if it.id != owner.id]
    assert owner.id not in found.panel
    assert len(found.team_of_mediators()) <= matching.PANEL
    assert owner.mediates is None or not owner.mediates.trainee
