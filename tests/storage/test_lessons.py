"""What people set right comes back as examples: without sealed matters, names of places and numbers."""

from sqlalchemy import Connection

from bot.lessons import learnable, of_kind, of_severity
from core.case import Case, Event
from storage import lessons
from storage.cases import write_case
from storage.store import Store
from tests.storage.values import NOW, case, town

SAID = "宏济花园3栋2单元那个嗡嗡叫的东西,电话13812345678"


def written(store: Store, made: Case, kind: str) -> None:
    def work(conn: Connection) -> None:
        write_case(conn, made, (Event(kind=kind, at=NOW, actor="P001", data={"category": made.category}),))

    store.submit(work).result()


def test_words_that_a_person_set_right_are_learnt_without_place_and_number(store: Store) -> None:
    written(store, case("A2611-0001", category="HJ06", words=(SAID,)), "set_right")
    written(store, case("A2611-0002", category="HJ06", words=(SAID,)), "opened")
    written(store, case("A2611-0003", category="RS04", words=(SAID,), sealed=True), "set_right")
    written(store, case("A2611-0004", category="HJ06"), "kind_chosen")

    taught = store.read(lessons.taught).result()
    found = learnable(taught, town())

    assert [it.no for it in taught] == ["A2611-0001"]
    (said,) = found["HJ06"]
    assert "嗡嗡叫" in said
    assert not [word for word in ("宏济花园", "3栋", "2单元", "13812345678") if word in said]


def test_what_was_understood_anyway_is_no_lesson(store: Store) -> None:
    written(store, case(category="SB07", words=("楼下路灯不亮",)), "kind_chosen")

    assert learnable(store.read(lessons.taught).result(), town()) == {}


def test_an_alarm_that_a_person_set_lower_may_be_calm_and_other_levels_are_kept_beside_it(store: Store) -> None:
    written(store, case("A2611-0001", severity=4, words=("烤箱着火了一样红",)), "regraded")
    written(store, case("A2611-0002", severity=1, words=("电梯里关了人",)), "regraded")
    written(store, case("A2611-0003", severity=4, words=("厨房着火了",), sealed=True), "regraded")

    found = of_severity(store.read(lessons.regraded).result(), town())

    assert found == {"severity": {"4": ["烤箱着火了一样红"], "1": ["电梯里关了人"]}, "calm": ["烤箱着火了一样红"]}


def test_a_report_that_was_no_hazard_is_a_lesson_of_what_it_was(store: Store) -> None:
    def work(conn: Connection) -> None:
        for no, data, said in (
            ("A2611-0001", {"reason": "kind", "kind": "suggestion"}, "3栋楼道那个灯嗡嗡叫,电话13812345678"),
            ("A2611-0002", {"reason": "labour"}, "老板欠薪"),
        ):
            write_case(conn, case(no, words=(said,)), (Event(kind="rejected", at=NOW, actor="P001", data=data),))

    store.submit(work).result()
    found = of_kind(store.read(lessons.rekinded).result(), town())

    assert list(found) == ["suggestion"]
    assert "嗡嗡叫" in found["suggestion"][0]
    assert "13812345678" not in found["suggestion"][0]
