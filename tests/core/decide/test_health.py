"""Who reads what is told of somebody's health, cell by cell (privacy.md, sensitive data): whoever has the case reads it
in private; groups, departments and the public read that there was something, except while somebody's life hangs on it.
"""

import copy
from dataclasses import replace

import pytest

from core import erasure
from core.decide import cards
from core.district import read_district
from core.understand import open_form
from tests.core import demo
from tests.core.decide.test_called import calls
from tests.core.decide.test_who_sees_what import reports
from tests.core.decide.village import CTR, RESIDENT, ST2, Village, town

TOLD = "宏济新居2栋楼道堆了很多纸箱,我妈有糖尿病走不动"
GRAVE = "宏济新居2栋楼道着火了,我妈瘫痪在床出不来"
UNHEARD = "宏济新居2栋楼道堆了很多纸箱,我妈心脏病犯病了过不去"
ILL = "糖尿病"
MASK = "[健康信息]"


def read(village: Village, chat: int) -> str:
    """All that ever stood in a chat, of this life."""
    said = [it.notice for it in village.sent if it.chat == chat]
    return str([(it.kind, it.params, [key.params for row in it.keys for key in row]) for it in said])


def lived() -> tuple[Village, int]:
    """Told, taken, added to, done with a line that tells of it too, closed, rated, thanked; then the reports."""
    village = Village()
    who = village.on("ST2")
    village.says(TOLD)
    village.presses("btn.accept", chat=ST2, user=who)
    village.replies("纸箱后面还有个柜子,我爸也有糖尿病", kind="case.received", chat=RESIDENT, user=RESIDENT)
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("已清走,老人糖尿病低血糖,已陪同", kind="duty.done_need", chat=ST2, user=who, photo="after.jpg")
    village.presses("btn.solved")
    village.presses("btn.rate", rating="satisfied")
    village.presses("btn.thank")
    village.says("谢谢师傅,知道我妈有糖尿病,东西都帮忙搬了")
    reports(village)
    return village, who


def test_of_an_ordinary_case_the_handler_alone_reads_it() -> None:
    village, who = lived()

    assert ILL in read(village, who), "whoever goes there, in private"
    for chat in {it.chat for it in village.sent} - {who}:
        assert ILL not in read(village, chat), chat
    assert MASK in read(village, ST2)


def test_a_word_of_thanks_in_a_report_tells_nothing_of_it() -> None:
    village, _ = lived()

    (thanked,) = village.events("thanked")
    assert thanked.data["words"] == f"谢谢师傅,知道我妈有{MASK},东西都帮忙搬了"


def test_after_thirty_days_nothing_of_it_is_left() -> None:
    village, _ = lived()
    case = village.case

    gone = erasure.erased(case, village.now, staff=False)
    assert ILL not in str(gone)
    assert ILL not in str([erasure.erased_data(it.event.kind, it.event.data, case) for it in village.log])
    assert gone.health == ()


@pytest.mark.parametrize(("told", "detail"), [(GRAVE, "瘫痪在床"), (UNHEARD, "心脏病")])
def test_whoever_runs_to_an_open_emergency_reads_it_all(told: str, detail: str) -> None:
    village = Village()
    village.says(told)

    assert detail in village.card(ST2).params["summary"]


def test_when_the_emergency_is_over_the_card_is_masked() -> None:
    village = Village()
    who = village.on("ST2")
    village.says(GRAVE)
    village.presses("btn.accept", chat=ST2, user=who)
    assert "瘫痪" in village.card(ST2).params["summary"]
    village.presses("btn.done", chat=ST2, user=who)
    village.replies("火已灭,人平安", kind="duty.done_need", chat=ST2, user=who, photo="after.jpg")

    assert "瘫痪" not in village.card(ST2).params["summary"]
    assert MASK in village.card(ST2).params["summary"]


def test_once_it_becomes_grave_the_mask_falls() -> None:
    village = Village()
    village.says(TOLD)
    assert MASK in village.card(ST2).params["summary"]

    village.replies("纸箱着火了", kind="case.received", chat=RESIDENT, user=RESIDENT)
    assert ILL in village.card(ST2).params["summary"]


def test_who_follows_a_case_is_masked_as_the_case_is() -> None:
    village = Village()
    village.says(TOLD)
    joined = replace(village.case, no="A2611-0009", status=village.case.status)

    assert ILL not in cards.masked(cards.as_written(joined), joined, within=village.case)
    grave = replace(village.case, severity=1)
    assert ILL in cards.masked(cards.as_written(joined), joined, within=grave)


def test_a_question_that_tells_of_it_goes_to_a_seat_in_private() -> None:
    village = Village()
    village.says("请问我有糖尿病,在哪里可以申请慢病卡")

    assert ILL not in read(village, CTR)
    assert "centre.private_question" in village.kinds(CTR)
    seats = {it.chat for it in village.sent if it.notice.kind == "centre.question"}
    assert seats
    assert all(ILL in read(village, chat) for chat in seats)


def test_where_nobody_of_the_centre_can_be_written_to_alone_its_group_reads_the_question_masked() -> None:
    raw = copy.deepcopy(dict(demo.raw_district()))
    centre = town().district.centre_team
    raw["people"] = [it | {"tg_user_id": None} if it.get("team") == centre else it for it in raw["people"]]
    village = Village(town=replace(town(), district=read_district(raw)))
    village.says("请问我有糖尿病,在哪里可以申请慢病卡")

    assert village.newest(CTR, "centre.question").notice.params["text"] == f"请问我有{MASK},在哪里可以申请慢病卡"


def test_a_suggestion_reaches_the_group_of_the_centre_without_it() -> None:
    village = Village()
    village.says("建议楼道加装扶手,我爸是二级残疾上不去")

    assert MASK in read(village, CTR)
    assert "残疾" not in read(village, CTR)


def test_what_others_told_in_a_group_is_kept_from_it_and_the_writer_is_told() -> None:
    village = Village()
    calls(village, "宏济新居3栋2楼楼道灯坏了,我妈有糖尿病")

    assert "group.hint" in village.kinds(RESIDENT)
    assert ILL not in village.card(ST2).params["summary"]


def test_nothing_is_asked_of_anybodys_health_and_no_consent_is_needed() -> None:
    village, _ = lived()

    assert village.contacts[RESIDENT].said == ""
    assert ILL not in str(village.contacts[RESIDENT])
    assert open_form(TOLD, village.town.lexicon) != TOLD
