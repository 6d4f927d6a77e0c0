"""Reports in the storage: what a week is counted from, files that were sent, and how long all of it is kept."""

from datetime import date, timedelta

from core.case import Event
from core.messages import Press, Pressed, Sender, WeekDue, record_ref
from core.records import Listed, Report
from core.world import Decision, World
from storage import files, tidying
from storage.cases import append_apart, write_case
from storage.records import record_of, write_records
from storage.store import Store
from storage.transaction import decided, world_for
from storage.views import count_lines
from tests.storage.test_transaction import TOWN
from tests.storage.values import NOW, case

DAY = timedelta(days=1)


def report(name: str, *, still: bool = False) -> Report:
    lists = (Listed(name="new", text="2", cases=("A2611-0001", "A2611-0009")),)
    told = {"grid": "G01", "attention": [{"no": "A2611-0001", "over": 1}], "usual": None}
    return Report(id=name, kind="day", grid="G01", day=date(2026, 11, 20), chat=7, told=told, lists=lists, open=still)


def test_a_report_comes_back_as_it_was_kept(store: Store) -> None:
    kept = report("261120d.G01", still=True)
    store.submit(lambda conn: write_records(conn, [kept])).result()
    found = store.read(lambda conn: record_of(conn, "report", "261120d.G01")).result()
    assert found is not None
    assert (found.told, found.lists, found.version) == (kept.told, kept.lists, 1)  # type: ignore[attr-defined]


def test_a_mere_count_reads_only_what_makes_a_case_count(store: Store) -> None:
    def lived(conn) -> None:
        events = [Event(kind=kind, at=NOW + n * DAY, data={}) for n, kind in enumerate(("reported", "done", "merged"))]
        write_case(conn, case("A2611-0001"), events)
        append_apart(conn, [Event(kind="signed_in", at=NOW, data={})])

    store.submit(lived).result()
    lines = store.read(lambda conn: count_lines(conn, NOW, NOW + 2 * DAY)).result()
    assert [(it.case, it.event.kind) for it in lines] == [("A2611-0001", "reported")]
    assert len(store.read(lambda conn: count_lines(conn, NOW, NOW + 3 * DAY)).result()) == 2


def test_a_weekly_report_is_shown_both_weeks_and_the_counts_of_nine(store: Store) -> None:
    def lived(conn) -> None:
        for number, weeks in (("A2610-0001", 7), ("A2611-0001", 0)):
            at = NOW - timedelta(weeks=weeks)
            closed = at + DAY
            kept = case(number, opened_at=at, closed_at=closed)
            write_case(conn, kept, [Event(kind="reported", at=at, data={}), Event(kind="closed", at=closed, data={})])

    store.submit(lived).result()
    command = WeekDue(at=NOW, day=NOW.date(), window=(NOW - DAY, NOW + 6 * DAY))
    world = store.read(lambda conn: world_for(conn, command, TOWN, NOW, "bot")).result()
    assert {it.case for it in world.counts} == {"A2610-0001", "A2611-0001"}
    assert {it.event.kind for it in world.counts} == {"reported"}


def test_a_list_is_shown_the_cases_that_its_record_names(store: Store) -> None:
    store.submit(lambda conn: write_case(conn, case("A2611-0001"), [])).result()
    seen: list[World] = []

    def decide(_command, world: World) -> Decision:
        world.cases_of(("A2611-0001", "A2611-0009"))
        seen.append(world)
        return Decision()

    press = Press(action="fl", case=record_ref("report", "261120d.G01"), arg="new/0")
    command = Pressed(at=NOW, sender=Sender(user_id=7, name="x"), chat=7, message=None, callback="c", press=press)

    def job(conn) -> Decision:
        return decided(conn, decide, command, world_for(conn, command, TOWN, NOW, "bot"))

    store.submit(job).result()
    assert [it.no for it in seen[0].cases_of(("A2611-0001", "A2611-0009"))] == ["A2611-0001"]


def test_reports_and_file_ids_go_when_their_messages_do(store: Store) -> None:
    def fill(conn) -> None:
        write_records(conn, [report("260901d.G01"), report("260902d.G01", still=True), report("261119d.G01")])
        files.keep_file_id(conn, "old", "id1", NOW - 61 * DAY)
        files.keep_file_id(conn, "new", "id2", NOW)

    store.submit(fill).result()
    store.submit(lambda conn: tidying.tidy(conn, NOW)).result()
    left = [
        name
        for name in ("260901d.G01", "260902d.G01", "261119d.G01")
        if store.read(lambda conn, name=name: record_of(conn, "report", name)).result()
    ]
    assert left == ["260902d.G01", "261119d.G01"], "one that is still open stays"
    assert store.read(lambda conn: files.file_id_of(conn, "old")).result() is None
    assert store.read(lambda conn: files.file_id_of(conn, "new")).result() == "id2"
