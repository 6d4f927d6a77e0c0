"""What is left of a case when its reporter is forgotten, and when that is (privacy.md, column "kept")."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from core import erasure
from core.case import ENDED, Case, Closing, Place, Status, Supposed

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def case(**changed: object) -> Case:
    values = {
        "no": "A2611-0001", "status": Status.CLOSED, "reporter": 700001, "reporter_name": "陈玉芳", "opened_at": NOW,
        "heard_at": NOW, "closed_at": NOW + DAY, "words": ("我是陈玉芳,电话13812345678", "3栋楼道堆满纸箱"),
        "photos": ("p1",), "voices": ("v1",), "files": (("video", "f1"),), "messages": (11, 12), "album": "al",
        "place": Place(label="宏济新居3栋", words="宏济新居3栋2单元1201", lat=30.6, lng=104.1, grid="G05"),
        "category": "G02", "result": "已劝陈玉芳搬走", "result_photo": "after",
        "closing": Closing(by="P001", photo="half", line="等等"),
    }  # fmt: skip
    return Case(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.REJECTED, Status.CANCELLED])
def test_a_case_is_erased_thirty_days_after_its_end(status: Status) -> None:
    assert erasure.erase_at(case(status=status), NOW + DAY) == NOW + DAY + timedelta(days=30)


def test_an_end_without_a_time_of_its_own_counts_from_the_decision() -> None:
    assert erasure.erase_at(case(status=Status.REJECTED, closed_at=None), NOW) == NOW + timedelta(days=30)


def test_who_asked_to_be_forgotten_is_erased_with_the_end() -> None:
    assert erasure.erase_at(case(forget=True), NOW + DAY) == NOW + DAY


@pytest.mark.parametrize("status", [it for it in Status if it not in ENDED])
def test_an_open_case_is_never_due(status: Status) -> None:
    assert erasure.erase_at(case(status=status, forget=True), NOW) is None


def test_what_was_erased_is_not_due_again() -> None:
    assert erasure.erase_at(case(erased_at=NOW), NOW) is None


def test_nothing_that_leads_to_the_reporter_is_left() -> None:
    left = repr(erasure.erased(case(), NOW, staff=False))
    traces = ("700001", "陈玉芳", "13812345678", "1201", "p1", "v1", "f1", "11, 12", "'al'", "after", "half")
    assert [it for it in traces if it in left] == []


# No word, name, id or picture of a resident's, or what the figures need. A new field is put here, or into GONE.
KEPT = frozenset({
    "no", "version", "status", "language", "source", "opened_at", "heard_at", "place", "category", "guesses",
    "severity", "raised", "sealed", "helpers", "emergency", "asked", "round", "offers", "watchers", "unheard", "team",
    "handler", "handover", "refusals", "transfers", "accepted_at", "shift_ends", "arrived_at", "done_at",
    "closed_at", "arrive_due", "close_due", "confirm_due", "steps", "route_at", "result", "whistles", "hold",
    "policy", "alive_at", "known", "question", "late", "reopened", "reopened_at", "rating", "auto_closed",
    "told_received", "forget", "erased_at", "similar", "linked", "joined", "reporters", "also", "into",
    "merged_at", "check", "doubt", "unreachable", "rest_until", "anonymous", "watched", "group", "due_at",
    "words",
})  # fmt: skip
GONE = frozenset({
    "reporter", "reporter_name", "photos", "voices", "files", "messages", "album", "closing", "result_photo",
    "conflict", "supposed", "rivals", "health", "acute",
})  # fmt: skip


def test_every_field_of_a_case_is_known_to_stay_or_to_go() -> None:
    assert {it.name for it in fields(Case)} == KEPT | GONE


@pytest.mark.parametrize("name", sorted(GONE))
def test_what_has_to_go_is_as_if_it_had_never_been_told(name: str) -> None:
    where = Place(label="宏济新居3栋", words="3栋2单元1201")
    full = case(
        conflict=where, supposed=Supposed(place=where, why="map"), rivals=("XQ07",), health=("糖尿病",), acute=True
    )
    empty = Case(no="x", reporter=erasure.NOBODY, opened_at=NOW, heard_at=NOW)
    assert getattr(full, name) != getattr(empty, name), "or this could not fail"
    assert getattr(erasure.erased(full, NOW, staff=False), name) == getattr(empty, name)


def test_steps_that_repeat_an_address_go_and_the_others_stay() -> None:
    left = erasure.erased(case(steps=("map:龙舟路45号", "meant:宏济新居3栋", "pin:XQ07", "ack:1")), NOW, staff=False)
    assert left.steps == ("ack:1",)


def test_what_the_figures_and_the_next_people_need_stays() -> None:
    left = erasure.erased(case(), NOW, staff=False)
    assert left.words == ("我是***,电话138****5678 / 3栋楼道堆满纸箱",)
    assert left.place == replace(case().place, words="")  # type: ignore[type-var]  # it has one
    assert (left.category, left.status, left.closed_at, left.erased_at) == ("G02", Status.CLOSED, NOW + DAY, NOW)
    assert left.result == "已劝***搬走"


def test_a_long_story_is_cut() -> None:
    (summary,) = erasure.erased(case(words=("很多纸箱" * 200,)), NOW, staff=False).words
    assert len(summary) == 300


def test_of_a_sealed_matter_no_word_is_left() -> None:
    left = erasure.erased(case(sealed=True), NOW, staff=False)
    assert (left.words, left.result) == ((), "")


def test_a_name_of_one_letter_does_not_eat_the_words() -> None:
    left = erasure.erased(case(reporter_name="楼", words=("楼道堵了",)), NOW, staff=False)
    assert left.words == ("楼道堵了",)


def test_a_colleagues_report_keeps_who_made_it_and_loses_the_rest() -> None:
    left = erasure.erased(case(), NOW, staff=True)
    assert (left.reporter, left.reporter_name) == (700001, "陈玉芳")
    assert (left.photos, left.messages, left.album) == ((), (), None)


def test_the_history_loses_words_message_ids_and_the_account() -> None:
    data = {"message": 11, "from": "NEW", "text": "我家", "answer": "police", "chat": 700001, "why": "Forbidden"}
    assert erasure.erased_data("added", data, case()) == {"from": "NEW", "why": "Forbidden"}


def test_a_groups_id_and_codes_stay_in_the_history() -> None:
    data = {"chat": -1001, "reason": "area", "assignment": 1, "grid": "G05", "place": "宏济新居3栋"}
    assert erasure.erased_data("declined", data, case()) == data


def test_the_handlers_reason_for_no_photo_is_masked_and_of_a_sealed_matter_gone() -> None:
    data = {"photo": False, "reason": "打了13812345678,陈玉芳说好了"}
    assert erasure.erased_data("done", data, case()) == {"photo": False, "reason": "打了138****5678,***说好了"}
    assert erasure.erased_data("done", data, case(sealed=True)) == {"photo": False, "reason": None}


def test_a_merged_case_waits_for_the_end_of_the_one_it_follows() -> None:
    """Or its reporter could not be told how it ended; who asks to be forgotten does not wait."""
    merged = case(status=Status.MERGED, into="A2611-0000", closed_at=None)
    assert erasure.erase_at(merged, NOW) is None
    assert erasure.erase_at(replace(merged, closed_at=NOW), NOW) == NOW + erasure.KEPT
    assert erasure.erase_at(replace(merged, forget=True), NOW) == NOW


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ("3栋2单元1203漏水 / 我在1203", "3栋2单元****漏水 / 我在****"),
        ("3栋2单元1203漏水 / 订单1203456", "3栋2单元****漏水 / 订单1203456"),
        ("1203路公交站牌歪了", "1203路公交站牌歪了"),
    ],
)
def test_a_flat_that_was_told_once_is_masked_wherever_it_comes_again(words: str, public: str) -> None:
    assert erasure.nameless(words, case(words=tuple(words.split(" / ")))) == public
