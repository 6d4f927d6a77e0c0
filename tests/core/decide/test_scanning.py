"""A printed code on a place: its card, the report that needs no place any more, and the file to print (F56)."""

from core.case import Status
from tests.core.decide.village import RESIDENT, ST2, STRANGER, Village

PLACE = "KP01"


def token(village: Village, identity: str = PLACE) -> str:
    found = village.town.district.key_place(identity)
    assert found is not None
    return found.token


def test_a_scan_shows_the_place_and_the_next_words_are_a_report_from_there():
    village = Village()
    village.orders("start", token(village))
    assert village.kinds(RESIDENT) == ["place.card", "start.privacy"]
    village.says("楼道堆了很多纸箱")

    assert village.case.place is not None
    assert village.case.place.label == "顺江路地铁站A口"
    assert village.case.status is Status.DISP
    assert "case.need_place" not in village.kinds(RESIDENT)


def test_after_a_scan_words_that_nobody_taught_us_are_a_report_too():
    village = Village()
    village.orders("start", token(village))
    village.says("嘎吱嘎吱,斜斜的")

    assert village.case.status is Status.DRAFT
    assert village.case.place is not None


def test_words_that_name_another_place_count_more_than_the_code():
    village = Village()
    village.orders("start", token(village))
    village.says("宏济新居3栋楼道堆了很多纸箱")

    assert village.case.place is not None
    assert village.case.place.label.startswith("宏济新居")


def test_the_code_is_about_one_report_and_for_half_an_hour():
    village = Village()
    village.orders("start", token(village))
    village.says("楼道堆了很多纸箱")
    village.passes(minutes=2)
    village.says("路灯坏了")
    assert village.kinds(RESIDENT)[-1] == "case.need_place"

    later = Village()
    later.orders("start", token(later))
    later.passes(minutes=31)
    later.says("路灯坏了")
    assert later.kinds(RESIDENT)[-1] == "case.need_place"


def test_a_scan_answers_the_question_for_the_place():
    village = Village()
    village.says("楼道堆了很多纸箱")
    assert village.case.status is Status.DRAFT
    village.orders("start", token(village))

    assert village.case.status is Status.DISP
    assert len(village.cases) == 1


def test_the_card_counts_open_cases_and_never_sealed_ones():
    village = Village()
    village.says("顺江路地铁站A口楼道堆了很多纸箱")
    village.says("顺江路地铁站A口有人吸毒", user=STRANGER)
    village.orders("start", token(village), user=STRANGER)

    assert village.newest(STRANGER, "place.card").notice.params["count"] == 1


def test_a_token_that_nobody_printed_is_a_greeting():
    village = Village()
    village.orders("start", "pl_nowhere_000000")

    assert village.kinds(RESIDENT) == ["start.hello", "start.privacy"]


def test_colleagues_get_the_codes_of_what_they_answer_for_and_residents_none():
    village = Village()
    seat = village.on("CTR")
    village.orders("qr", user=seat)
    everything = village.newest(seat, "qr.file").notice
    assert everything.attachment is not None
    items = everything.attachment.params["items"]
    assert isinstance(items, list)
    assert len(items) == len([it for it in village.town.district.key_places if it.token]) == everything.params["count"]
    assert all(f"?start={it.token}" in str(items) for it in village.town.district.key_places if it.token)
    village.orders("qr")
    assert village.kinds(RESIDENT) == ["err.unknown_command"]
    assert village.kinds(ST2) == []
