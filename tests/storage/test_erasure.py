"""After an erasure no table holds the resident any more, on both databases; and the figures have not moved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import orjson
import pytest
from sqlalchemy import Connection, select

from core.case import Case, Event, Place, Status
from core.decide import decide
from core.messages import DigestDue, Notice, Sender, Spoke
from core.world import Contact, Decision
from storage import cases, erasure, letters, outbox, people, posts, schedules, tidying, views
from storage.store import Store
from storage.tables import METADATA
from storage.transaction import decided, save, world_for
from tests.storage.values import GROUP, NOW, REPORTER, later, notice, town

TOWN = town()
DAY = timedelta(days=1)
MONTH = timedelta(days=30)
NEIGHBOUR = 9_000_000_777
NO, OTHER = "A2611-0001", "A2611-0002"
NAME, PHONE, WORDS, HOME = "李晓梅", "13812345678", "我是李晓梅,电话13812345678", "宏济新居3栋2单元1201"
FILES = ("photo-1", "voice-1", "video-1", "album-1", "after-1")
TRACES = (NAME, PHONE, WORDS, HOME, "请问能补证吗", str(REPORTER), *FILES)


def no_staff(_user: int) -> bool:
    return False


def told(no: str = NO, **changed: object) -> Case:
    """A case that has everything in it."""
    values = {
        "no": no, "reporter": REPORTER, "reporter_name": NAME, "opened_at": NOW, "heard_at": NOW, "words": (WORDS,),
        "photos": ("photo-1",), "voices": ("voice-1",), "files": (("video", "video-1"),), "messages": (77001,),
        "album": "album-1", "place": Place(label="宏济新居3栋", words=HOME, grid="G05"), "category": "G02",
    }  # fmt: skip
    return Case(**{**values, **changed})  # type: ignore[arg-type]


def keep(store: Store, decision: Decision, user: int = REPORTER, now=NOW) -> int:
    command = Spoke(at=now, sender=Sender(user_id=user, name="x"), chat=user, message=1)

    def job(conn: Connection) -> int:
        return save(conn, decision, world_for(conn, command, TOWN, now, "bot"), now)

    return store.submit(job).result()


def send_all(store: Store, now=NOW) -> None:
    """Everything that waits is delivered."""

    def step(conn: Connection) -> int:
        taken = outbox.claim(conn, limit=50, now=now, lease_until=now)
        for row in taken:
            outbox.mark_sent(conn, row.id, 500 + row.id, now)
        return len(taken)

    while store.submit(step).result():
        pass


def reported(store: Store, no: str = NO, user: int = REPORTER, **changed: object) -> None:
    """A case opened with all that is said and shown about it."""
    case = told(no, reporter=user, **changed)
    events = (
        Event(kind="opened", at=NOW, actor="resident", data={"message": 77001}),
        Event(kind="reported", at=NOW, data={"category": "G02", "severity": 3, "grid": "G05", "source": "resident"}),
        Event(kind="assigned", at=NOW, data={"assignment": 1, "team": "ST2"}),
        Event(kind="added", at=later(1), actor="resident", data={"message": 77001, "text": WORDS}),
        Event(kind="unreachable", at=later(2), data={"chat": user, "notice": "case.added", "why": "Forbidden"}),
        Event(kind="done", at=later(3), actor="P001", data={"photo": False, "reason": f"打过{PHONE}"}),
    )
    notices = (
        notice(f"c{no}.0:0", to=user, kind="case.received", case=no, params={"no": no}),
        notice(f"c{no}.0:1", case=no, slot=f"card:{no}", params={"summary": WORDS}),
        notice(f"c{no}.0:2", kind="duty.added", case=no, params={"no": no, "text": WORDS}),
        notice(f"c{no}.0:3", kind="evidence", case=no, photos=("photo-1",)),
        notice(f"c{no}.0:4", kind="evidence", case=no, voices=("voice-1",)),
    )
    keep(store, Decision(case=case, events=events, notices=notices, contact=Contact(user_id=user, name=NAME)), user)
    send_all(store)


def ends(store: Store, no: str = NO, status: Status = Status.CLOSED, now=NOW, **changed: object) -> None:
    case = store.read(partial(cases.case_of, no=no)).result()
    assert case is not None
    over = replace(case, status=status, closed_at=now, result=f"{NAME}家已清", result_photo="after-1", **changed)
    keep(store, Decision(case=over, events=(Event(kind="closed", at=now, data={"auto": False}),)), now=now)


def talked(store: Store) -> None:
    """Talk beside any case: a greeting, a question to the centre, a suggestion, an update that failed."""
    first = f"m{REPORTER}.5.1:"
    told_them = (
        notice(f"{first}0", to=REPORTER, kind="start.hello", params={"district": "x"}),
        notice(
            "pcallback:0", kind="centre.question", params={"name": "居民1", "text": "请问能补证吗", "from": REPORTER}
        ),
        notice(f"{first}1", kind="centre.suggestion", params={"text": "多装路灯"}),
    )
    keep(store, Decision(notices=told_them))
    send_all(store)
    raw = orjson.dumps({"update_id": 9, "message": {"from": {"id": REPORTER, "first_name": NAME}, "text": WORDS}})
    store.submit(lambda conn: letters.park(conn, 9, raw.decode(), "ValueError", NOW)).result()


def beat(store: Store, now) -> int:
    """What the clock does at this moment; how many rows were due."""

    def job(conn: Connection) -> int:
        due = schedules.due_schedules(conn, now)
        for plan in due:
            if plan.kind == erasure.ERASE:
                erasure.run_erase(conn, plan, no_staff, now)
            else:
                erasure.run_forget(conn, plan, now)
        return len(due)

    return store.submit(job).result()


def found(store: Store, *needles: str) -> list[str]:
    """Which of these stand anywhere in the database."""

    def job(conn: Connection) -> list[str]:
        rows = [
            (name, repr(tuple(row))) for name, table in METADATA.tables.items() for row in conn.execute(select(table))
        ]
        assert rows
        return sorted({f"{it} in {name}: {row}" for it in needles for name, row in rows if it in row})

    return store.read(job).result()


def due_of(store: Store) -> dict[str, object]:
    plans = store.read(lambda conn: schedules.due_schedules(conn, NOW + 999 * DAY)).result()
    return {plan.key: plan.due_at for plan in plans}


def case_of(store: Store, no: str = NO) -> Case:
    case = store.read(partial(cases.case_of, no=no)).result()
    assert case is not None
    return case


def test_before_it_is_erased_everything_is_there(store: Store) -> None:
    """Or the tests below could not fail."""
    reported(store)
    talked(store)
    ends(store)
    missing = [it for it in TRACES if not found(store, it)]
    assert missing == []


def test_thirty_days_after_the_end_nothing_of_the_resident_is_in_any_table(store: Store) -> None:
    reported(store)
    talked(store)
    ends(store)
    assert beat(store, NOW + MONTH - DAY) == 0
    assert beat(store, NOW + MONTH + DAY) == 1, "the case"
    assert beat(store, NOW + MONTH + DAY) == 1, "the person"
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is None
    assert found(store, *TRACES) == []
    assert due_of(store) == {}


def test_what_the_house_needs_is_still_there(store: Store) -> None:
    reported(store)
    ends(store)
    beat(store, NOW + MONTH)
    left = case_of(store)
    assert (left.status, left.category, left.words) == (Status.CLOSED, "G02", ("我是***,电话138****5678",))
    timeline = store.read(partial(views.case_with_log, no=NO)).result()
    assert timeline is not None
    assert [it.kind for it in timeline[1]] == [
        "opened", "reported", "assigned", "added", "unreachable", "done", "closed", "erased",
    ]  # fmt: skip
    assert dict(timeline[1][-1].data) == {}, "the act is logged, not the data"


def test_a_neighbours_matter_is_left_alone(store: Store) -> None:
    reported(store)
    reported(store, OTHER, NEIGHBOUR, words=("锦畔苑水管爆了",), reporter_name="王建国")
    before = case_of(store, OTHER)
    ends(store)
    beat(store, NOW + MONTH)
    beat(store, NOW + MONTH)
    assert case_of(store, OTHER) == before
    assert store.read(lambda conn: people.contact_of(conn, NEIGHBOUR)).result() is not None
    assert len(found(store, "锦畔苑水管爆了")) == 1


def test_of_a_sealed_matter_not_even_a_masked_word_is_left(store: Store) -> None:
    reported(store, sealed=True, words=("他又打我了",))
    ends(store)
    beat(store, NOW + MONTH)
    assert found(store, "打我") == []


def test_a_case_that_was_reopened_waits_for_its_next_end(store: Store) -> None:
    reported(store)
    ends(store)
    keep(store, Decision(case=replace(case_of(store), status=Status.DISP, closed_at=None, reopened=1)))
    beat(store, NOW + MONTH)
    assert case_of(store).reporter == REPORTER
    ends(store, now=NOW + 40 * DAY)
    assert due_of(store) == {f"erase:{NO}:1": NOW + 40 * DAY + MONTH}
    beat(store, NOW + 40 * DAY + MONTH)
    assert case_of(store).reporter == 0


def test_a_rating_after_the_end_does_not_put_the_day_off(store: Store) -> None:
    reported(store)
    ends(store)
    keep(store, Decision(case=replace(case_of(store), rating="satisfied")), now=NOW + 9 * DAY)
    assert due_of(store) == {f"erase:{NO}:0": NOW + MONTH}


def test_erasing_again_changes_nothing(store: Store) -> None:
    reported(store)
    ends(store)
    plan = schedules.Schedule(key="erase:x", kind="erase", params={"no": NO, "reopened": 0}, due_at=NOW)
    for _ in range(2):
        store.submit(lambda conn: erasure.run_erase(conn, plan, no_staff, NOW + MONTH)).result()
    timeline = store.read(partial(views.case_with_log, no=NO)).result()
    assert timeline is not None
    assert [it.kind for it in timeline[1]].count("erased") == 1


def test_before_its_time_nothing_is_erased_and_the_row_stays(store: Store) -> None:
    reported(store)
    ends(store)
    (plan,) = store.read(lambda conn: schedules.due_schedules(conn, NOW + MONTH)).result()
    store.submit(lambda conn: erasure.run_erase(conn, plan, no_staff, NOW + MONTH - DAY)).result()
    assert case_of(store).reporter == REPORTER
    assert list(due_of(store)) == [plan.key]


def test_the_contact_stays_while_another_matter_does(store: Store) -> None:
    reported(store)
    reported(store, OTHER)
    ends(store)
    beat(store, NOW + MONTH)
    assert beat(store, NOW + MONTH) == 0
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is not None


def test_the_contact_stays_while_a_question_may_be_answered(store: Store) -> None:
    reported(store)
    ends(store)
    question = notice("q", kind="centre.question", params={"name": "x", "text": "?", "from": REPORTER})
    keep(store, Decision(notices=(question,)))
    send_all(store, NOW + 20 * DAY)
    for _ in range(2):
        beat(store, NOW + MONTH)
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is not None
    assert found(store, f'"from":{REPORTER}')
    beat(store, NOW + 2 * MONTH)
    assert found(store, *TRACES) == []
    assert due_of(store) == {}


def test_who_came_back_with_a_new_matter_is_known_until_that_ends(store: Store) -> None:
    reported(store)
    ends(store)
    beat(store, NOW + MONTH)
    reported(store, OTHER)
    beat(store, NOW + MONTH)
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is not None
    assert due_of(store) == {}


def test_a_colleague_is_no_resident(store: Store) -> None:
    reported(store)
    ends(store)
    (plan,) = store.read(lambda conn: schedules.due_schedules(conn, NOW + MONTH)).result()
    store.submit(lambda conn: erasure.run_erase(conn, plan, lambda user: user == REPORTER, NOW + MONTH)).result()
    assert case_of(store).reporter == REPORTER
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is not None
    assert found(store, PHONE, HOME, *FILES) == []


@pytest.mark.parametrize("state", ["pending", "sending"])
def test_what_is_on_its_way_is_waited_for(store: Store, state: str) -> None:
    reported(store)
    ends(store)
    keep(store, Decision(notices=(notice("late", to=REPORTER, kind="case.rate", case=NO),)))
    if state == "sending":
        store.submit(lambda conn: outbox.claim(conn, limit=1, now=NOW, lease_until=NOW)).result()
    beat(store, NOW + MONTH)
    assert case_of(store).reporter == REPORTER
    if state == "sending":
        store.submit(outbox.release_leases).result()
    send_all(store, NOW + MONTH)
    beat(store, NOW + MONTH + timedelta(minutes=1))
    assert case_of(store).reporter == 0


def test_what_cannot_be_sent_for_a_day_does_not_keep_anybody(store: Store) -> None:
    reported(store)
    ends(store)
    keep(store, Decision(notices=(notice("late", to=REPORTER, kind="case.rate", case=NO),)))
    beat(store, NOW + MONTH)
    beat(store, NOW + MONTH + DAY)
    assert case_of(store).reporter == REPORTER
    beat(store, NOW + MONTH + DAY + timedelta(minutes=2))
    beat(store, NOW + MONTH + DAY + timedelta(minutes=2))
    assert found(store, *TRACES) == []


def gone(store: Store, now=NOW) -> None:
    """The resident asks to be forgotten and is told so."""
    done = notice("pcallback2:0", to=REPORTER, kind="privacy.deleted")
    keep(store, Decision(forget=REPORTER, notices=(done,)), now=now)
    beat(store, now)
    send_all(store, now + timedelta(seconds=5))


def test_on_demand_nothing_is_left_after_a_minute(store: Store) -> None:
    reported(store)
    talked(store)
    ends(store)
    gone(store, NOW + DAY)
    assert case_of(store).reporter == 0
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() is None
    beat(store, NOW + DAY + timedelta(minutes=1))
    assert found(store, *TRACES) == []
    assert due_of(store) == {}


def test_an_open_matter_goes_on_and_is_erased_when_it_ends(store: Store) -> None:
    reported(store)
    gone(store)
    beat(store, later(1))
    assert (case_of(store).reporter, case_of(store).forget) == (REPORTER, True)
    assert store.read(lambda conn: posts.post_of(conn, GROUP, 502)).result() is not None
    ends(store, now=NOW + DAY)
    for _ in range(2):
        beat(store, NOW + DAY)
    assert found(store, *TRACES) == []


def test_what_is_said_after_the_deletion_is_a_new_talk(store: Store) -> None:
    reported(store)
    ends(store)
    gone(store)
    hello = notice("pnew:0", to=REPORTER, kind="start.hello")
    contact = Contact(user_id=REPORTER, greeted=True)
    keep(store, Decision(contact=contact, notices=(hello,)), now=later(0.5))
    send_all(store, later(0.5))
    beat(store, later(1))
    assert store.read(lambda conn: people.contact_of(conn, REPORTER)).result() == contact
    assert [row for row in found(store, "start.hello") if "in outbox" in row]


def test_the_digest_is_the_same_before_and_after(store: Store) -> None:
    reported(store)
    ends(store)

    def said(now, day) -> tuple[Notice, ...]:
        window = (day, day + DAY)
        command = DigestDue(at=now, day=day.date(), window=window)

        def job(conn: Connection) -> tuple[Notice, ...]:
            return decided(conn, decide, command, world_for(conn, command, TOWN, now, "bot")).notices

        return store.read(job).result()

    now = NOW + MONTH
    days = [NOW - timedelta(hours=2), now - timedelta(hours=2), now + 3 * DAY]
    before = [said(now + 4 * DAY, day) for day in days]
    beat(store, now)
    assert [said(now + 4 * DAY, day) for day in days] == before
    assert any(notice.params["figures"]["new"] for notice in before[0])  # type: ignore[index,call-overload]


@pytest.fixture
def old(store: Store) -> Callable[[timedelta], bool]:
    """Rows of every kind written at NOW; tidies so long after."""
    reported(store)
    talked(store)
    keep(store, Decision(notices=(notice("waits", case=NO),)))
    store.submit(lambda conn: letters.failed(conn, 10, "ValueError", NOW)).result()
    return lambda span: store.submit(lambda conn: tidying.tidy(conn, NOW + span)).result()


def counts(store: Store) -> dict[str, int]:
    names = ("seen", "outbox", "letters", "posts", "slots")

    def job(conn: Connection) -> dict[str, int]:
        return {name: len(conn.execute(select(METADATA.tables[name])).all()) for name in names}

    return store.read(job).result()


def test_tidying_keeps_what_is_young(store: Store, old: Callable[[timedelta], bool]) -> None:
    before = counts(store)
    assert not old(29 * DAY)
    assert counts(store) == before


def test_after_a_month_what_was_sent_and_dead_letters_go_and_what_waits_stays(
    store: Store, old: Callable[[timedelta], bool]
) -> None:
    before = counts(store)
    old(MONTH)
    after = counts(store)
    assert (after["outbox"], after["letters"]) == (1, 0)
    assert after["posts"] == before["posts"]


def test_after_two_months_posts_of_ended_matters_go_with_their_cards_and_those_of_open_ones_stay(
    store: Store, old: Callable[[timedelta], bool]
) -> None:
    old(60 * DAY)
    assert counts(store)["posts"] == 5, "of the open case"
    assert counts(store)["slots"] == 1
    send_all(store)
    ends(store)
    old(60 * DAY)
    assert (counts(store)["posts"], counts(store)["slots"]) == (0, 0)


def test_much_to_tidy_is_done_in_batches(store: Store, old: Callable[[timedelta], bool]) -> None:
    del old
    rounds = 0
    while store.submit(lambda conn: tidying.tidy(conn, NOW + MONTH, 2)).result():
        rounds += 1
    assert rounds > 2
    assert counts(store)["outbox"] == 1
