"""What was closed in a window, for the inspectors' draw."""

from functools import partial

from core.case import Status
from storage.cases import closed_between, write_case
from storage.store import Store
from tests.storage.values import NOW, case, later


def test_what_was_closed_in_the_window_is_told_with_its_team_and_sealed_cases_never(store: Store) -> None:
    cases = (
        case("A2611-0001", status=Status.CLOSED, team="ST2", closed_at=NOW),
        case("A2611-0002", status=Status.CLOSED, team="ST1", closed_at=later(9)),
        case("A2611-0003", status=Status.CLOSED, team="ST1", closed_at=later(10)),  # the end is outside
        case("A2611-0004", status=Status.CLOSED, team="ST2", closed_at=later(5), sealed=True),
        case("A2611-0005", status=Status.CANCELLED, team="ST2", closed_at=later(5)),
        case("A2611-0006", status=Status.ACK, team="ST2"),
    )
    for it in cases:
        store.submit(partial(write_case, case=it, events=())).result()
    found = store.read(lambda conn: closed_between(conn, NOW, later(10))).result()

    assert found == (("A2611-0001", "ST2"), ("A2611-0002", "ST1"))
