"""Sealed matters are unreadable at rest: what stands in the files is searched for every word, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from core.case import Case, Event, Place, Status
from core.records import Complaint
from core.records.complaint import Telling
from core.records.mediation import Dispute, Note, Party
from core.world import Decision
from storage import cases, erasure, letters, outbox, posts, queueing, records, schedules, views
from storage.errors import Locked
from storage.resealing import known_key, reseal, seal_case
from storage.sealing import Ring
from storage.store import Store
from storage.tables import CASES, EVENTS, METADATA
from storage.transaction import save, world_for
from tests.storage.test_transaction import TOWN, spoke
from tests.storage.values import NOW, REPORTER, later, notice

OLD, NEW = "an old key that nobody can guess", "a new key, thirty-two characters!"
NO = "A2611-0001"
WORDS, NAME, HOME, LABEL, RESULT = "他又打我了", "李晓梅", "3栋2单元1201", "宏济新居3栋", "已送医院"
TRACES = (WORDS, NAME, HOME, LABEL, RESULT, "photo-1", "30.639294")


def told(**changed: object) -> Case:
    values = {
        "no": NO, "reporter": REPORTER, "reporter_name": NAME, "opened_at": NOW, "heard_at": NOW, "words": (WORDS,),
        "photos": ("photo-1",), "place": Place(label=LABEL, words=HOME, lat=30.639294, lng=104.1, compound="C1"),
        "status": Status.DISP, "watchers": (-5,), "sealed": True, "result": RESULT, "due_at": later(3),
    }  # fmt: skip
    return Case(**{**values, **changed})  # type: ignore[arg-type]


def fill(conn: Connection, case: Case) -> None:
    events = [Event(kind="reported", at=NOW, data={"text": WORDS})]
    cases.write_case(conn, case, events)
    queueing.queue(conn, [notice("k", case=NO, params={"summary": WORDS, "no": NO}, spot=(30.639294, 104.1))], NOW)
    posts.remember(conn, -5, 1, notice("k2", case=NO, params={"summary": WORDS}), NOW)
    letters.park(conn, 7, f'{{"text":"{WORDS}","from":{{"id":{REPORTER},"x":1}}}}', "x", NOW)


def everything(url: str) -> str:
    with Store.open(url, running=False) as blind:
        rows = blind.read(
            lambda conn: [repr(tuple(row)) for table in METADATA.tables.values() for row in conn.execute(select(table))]
        ).result()
    return "\n".join(rows)


def clear(url: str) -> list[str]:
    """The traces that can be read without a key."""
    return [it for it in TRACES if it in everything(url)]


def test_of_a_sealed_matter_nothing_can_be_read_without_the_key(database_url: str) -> None:
    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(lambda conn: fill(conn, told())).result()
        assert clear(database_url) == []
        case, log = store.read(lambda conn: views.case_with_log(conn, NO)).result() or (None, [])
        assert case == told(version=1)
        assert [event.data for event in log] == [{"text": WORDS}]
        claim = store.submit(lambda conn: outbox.claim(conn, limit=1, now=NOW, lease_until=later(2))).result()
        assert claim[0].notice.params == {"summary": WORDS, "no": NO}
        post = store.read(lambda conn: posts.post_of(conn, -5, 1)).result()
        assert post is not None
        assert post.params == {"summary": WORDS}
        assert WORDS in store.read(letters.parked).result()[0].raw


def test_what_is_not_sealed_stays_as_it_was(database_url: str) -> None:
    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(lambda conn: cases.write_case(conn, told(sealed=False), [])).result()
    assert NAME in clear(database_url)


def test_without_the_key_it_is_said_what_is_missing(database_url: str) -> None:
    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(lambda conn: fill(conn, told())).result()
    with Store.open(database_url) as store, pytest.raises(Locked, match="BOT_SECRET_KEY"):
        store.read(cases.open_cases).result()


def test_a_matter_that_becomes_sealed_is_sealed_with_all_that_was_said_before(database_url: str) -> None:
    with Store.open(database_url, keys=(OLD,)) as store:

        def job(conn: Connection) -> None:
            fill(conn, told(sealed=False))
            known = cases.case_of(conn, NO)
            assert known is not None
            cases.write_case(conn, told(version=known.version), [Event(kind="sealed", at=NOW)])
            seal_case(conn, NO)

        store.submit(job).result()
        assert clear(database_url) == []


def test_a_first_key_seals_what_was_there_and_another_key_takes_over(database_url: str) -> None:
    with Store.open(database_url) as store:
        store.submit(lambda conn: fill(conn, told())).result()
    assert WORDS in clear(database_url)
    for keys, name in (((OLD,), OLD), ((NEW, OLD), NEW)):
        with Store.open(database_url, keys=keys) as store:
            assert store.submit(reseal).result() == 5
            assert store.read(known_key).result() == Ring((name,)).names[0]
        assert clear(database_url) == []
    with Store.open(database_url, keys=(NEW,)) as store:
        (case,) = store.read(cases.open_cases).result()
        assert case.words == (WORDS,)
        assert store.read(letters.parked).result()[0].raw.startswith('{"text"')


def test_a_chat_is_still_found_in_what_is_sealed_and_a_forgotten_person_in_what_failed(database_url: str) -> None:
    from storage.chats import cases_at

    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(lambda conn: fill(conn, told())).result()
        assert [it.no for it in store.read(lambda conn: cases_at(conn, -5)).result()] == [NO]
        store.submit(lambda conn: erasure.forget(conn, REPORTER, NOW)).result()
        due = store.read(_due).result()
        store.submit(lambda conn: erasure.run_forget(conn, due, later(2))).result()
        assert store.read(letters.parked).result() == []


def _due(conn: Connection):
    from storage import schedules

    return next(it for it in schedules.due_schedules(conn, later(9)) if it.kind == erasure.FORGET)


def test_what_both_sides_of_a_dispute_said_is_sealed_and_read_by_the_key(database_url: str) -> None:
    note = Note(step="listen", at=NOW, by="a", text=WORDS, side="a")
    dispute = Dispute(id="M2611-0001", opened_at=NOW, a=Party(user=REPORTER, name=NAME), notes=(note,), due_at=later(5))

    def job(conn: Connection) -> None:
        records.write_records(conn, [dispute])
        queueing.queue(conn, [notice("d", kind="med.said", params={"said": WORDS})], NOW)

    for keys in ((), (OLD,)):
        with Store.open(database_url, keys=keys) as store:
            store.submit(job if not keys else reseal).result()
            (found,) = store.read(lambda conn: records.open_records(conn, ("med",))).result()
            assert found == replace(dispute, version=1)
            assert store.read(lambda conn: records.due_records(conn, later(6))).result() == [("med", dispute.id)]
    assert clear(database_url) == []


def test_what_a_complaint_says_is_sealed_and_its_writer_is_still_found(database_url: str) -> None:
    said = (Telling(text=WORDS, photo="photo-1"),)
    record = Complaint(id="T2611-0001", at=NOW, name=NAME, user=REPORTER, said=said, due_at=later(5))
    params = {"no": record.id, "name": NAME, "text": WORDS, "from": REPORTER, "language": "zh-Hans"}
    asked = notice("q", kind="centre.question", params=params, slot="#complaint#T2611-0001/7/0", photos=("photo-1",))

    def job(conn: Connection) -> None:
        records.write_records(conn, [record])
        queueing.queue(conn, [asked, notice("a", kind="complaint.answer", params={"text": WORDS})], NOW)
        posts.remember(conn, -5, 1, asked, NOW)
        posts.remember(conn, REPORTER, 2, notice("b", kind="complaint.answer", params={"text": WORDS}), NOW)

    for keys in ((), (OLD,), (NEW, OLD), (NEW,)):
        with Store.open(database_url, keys=keys) as store:
            store.submit(job if not keys else reseal).result()
            assert store.read(lambda conn: records.all_records(conn, "complaint")).result() == (
                replace(record, version=1),
            )
            assert store.read(lambda conn: posts.questions_of(conn, REPORTER)).result() == [WORDS]
            post = store.read(lambda conn: posts.post_of(conn, REPORTER, 2)).result()
            assert post is not None
            assert post.params == {"text": WORDS}
            if keys == (OLD,):
                assert [it for it in clear(database_url) if it != NAME] == []
    with Store.open(database_url, keys=(NEW,)) as store:
        claim = store.submit(lambda conn: outbox.claim(conn, limit=2, now=NOW, lease_until=later(2))).result()
        assert claim[0].notice == asked
        store.submit(lambda conn: erasure.forget(conn, REPORTER, NOW)).result()


def test_a_new_complaint_is_sealed_as_it_is_written(database_url: str) -> None:
    asked = notice(
        "q", kind="centre.question", params={"text": WORDS, "from": REPORTER}, slot="#complaint#T2611-0001/7/0"
    )

    def job(conn: Connection) -> None:
        records.write_records(conn, [Complaint(id="T2611-0001", at=NOW, name="x", said=(Telling(text=WORDS),))])
        queueing.queue(conn, [asked], NOW)
        posts.remember(conn, -5, 1, asked, NOW)

    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(job).result()
        assert clear(database_url) == []
        assert f'"from":{REPORTER}' in everything(database_url), "whom an answer goes to is searched for"


def test_words_that_only_look_sealed_are_words(database_url: str) -> None:
    trick = 'sealed:1:gAAAAABm"'
    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(lambda conn: cases.write_case(conn, told(words=(trick[:-1],), sealed=False), [])).result()
        store.submit(lambda conn: cases.write_case(conn, told(no="A2", words=(trick[:-1],)), [])).result()
        assert {it.words for it in store.read(cases.open_cases).result()} == {(trick[:-1],)}


def test_not_even_the_file_and_its_journal_hold_a_word(sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url, keys=(OLD,)) as store:
        store.submit(lambda conn: fill(conn, told())).result()
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("bot.db*"))
        assert [it for it in TRACES if it.encode() in raw] == []
        place = store.read(lambda conn: conn.execute(select(CASES.c.place)).scalar()).result()
        assert place is None


NO_NAME = {"anonymous": True, "reporter_name": ""}
NAMELESS = {"sealed": False, **NO_NAME}


def books(url: str) -> str:
    """The tables of cases and of what happened to them, as they lie there."""
    with Store.open(url, running=False) as blind:
        rows = blind.read(
            lambda conn: [repr(tuple(row)) for table in (CASES, EVENTS) for row in conn.execute(select(table))]
        ).result()
    return "\n".join(rows)


def write(conn: Connection, case: Case) -> None:
    cases.write_case(conn, case, [Event(kind="unreachable", at=NOW, data={"chat": REPORTER})])


@pytest.mark.parametrize("changed", [NAMELESS, {}], ids=["without a name", "sealed"])
def test_the_account_of_a_nameless_or_sealed_report_is_not_in_the_books_and_its_reporter_is_still_known(
    database_url: str, changed: dict[str, object]
) -> None:
    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(lambda conn: write(conn, told(**changed))).result()
        store.submit(lambda conn: write(conn, told(no="A2611-0002", sealed=False, opened_at=later(-9)))).result()
        mine = store.read(lambda conn: cases.cases_of(conn, REPORTER)).result()
        assert [(it.no, it.reporter) for it in mine] == [(NO, REPORTER), ("A2611-0002", REPORTER)]
        assert store.read(lambda conn: cases.cases_of(conn, REPORTER + 1)).result() == ()
        log = store.read(lambda conn: views.case_with_log(conn, NO)).result()
        assert log is not None
        assert log[1][0].data == {"chat": REPORTER}
    rows = [it for it in books(database_url).splitlines() if NO in it]
    assert len(rows) == 2
    assert not any(str(REPORTER) in it for it in rows)


def test_whoever_asks_for_it_only_later_is_hidden_with_all_that_was_written_before(database_url: str) -> None:
    def job(conn: Connection) -> None:
        write(conn, told(sealed=False))
        asked = Event(kind="nameless", at=NOW, actor="resident")
        world = world_for(conn, spoke(), TOWN, NOW, "town_bot")
        save(conn, Decision(case=told(sealed=False, version=1, **NO_NAME), events=(asked,)), world, NOW)

    with Store.open(database_url, keys=(OLD,)) as store:
        store.submit(job).result()
        (mine,) = store.read(lambda conn: cases.cases_of(conn, REPORTER)).result()
        assert (mine.no, mine.reporter, mine.anonymous) == (NO, REPORTER, True)
    assert not any(str(REPORTER) in it for it in books(database_url).splitlines() if NO in it)


def test_a_first_key_hides_the_account_of_a_nameless_report_and_another_key_still_finds_it(database_url: str) -> None:
    with Store.open(database_url) as store:
        store.submit(lambda conn: write(conn, told(**NAMELESS))).result()
    assert str(REPORTER) in books(database_url)
    for keys in ((OLD,), (NEW, OLD)):
        with Store.open(database_url, keys=keys) as store:
            if keys != (OLD,):  # before its text is sealed anew
                assert [it.no for it in store.read(lambda conn: cases.cases_of(conn, REPORTER)).result()] == [NO]
            assert store.submit(reseal).result() == 2
        assert str(REPORTER) not in books(database_url)
    with Store.open(database_url, keys=(NEW,)) as store:
        (case,) = store.read(lambda conn: cases.cases_of(conn, REPORTER)).result()
        assert case.reporter == REPORTER


def test_whoever_reported_without_a_name_can_still_be_forgotten(database_url: str) -> None:
    with Store.open(database_url, keys=(OLD,)) as store:
        ended = told(**NAMELESS, status=Status.CLOSED, closed_at=NOW, due_at=None)
        store.submit(lambda conn: write(conn, ended)).result()
        store.submit(lambda conn: erasure.forget(conn, REPORTER, NOW)).result()
        (due,) = store.read(
            lambda conn: [it for it in schedules.due_schedules(conn, later(9)) if it.kind == erasure.ERASE]
        ).result()
        store.submit(lambda conn: erasure.run_erase(conn, due, lambda _: False, later(2))).result()
        left = store.read(lambda conn: cases.case_of(conn, NO)).result()
        assert left is not None
        assert (left.reporter, left.words) == (0, (WORDS,))
