"""Search and lists for staff: what is found, page by page, and that nothing is shown to who may not see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.case import Status
from core.messages import Press
from core.search import holds, within
from core.search.query import Query, Scope
from tests.core.decide.village import CLEAR, CTR, NEIGHBOUR, RESIDENT, ST2, STRANGER, Village

SEALED = "宏济花园2栋有人吸毒"
ELSEWHERE = "锦畔苑2栋楼道堆了很多纸箱"


def found(village: Village, chat: int) -> list[str]:
    """The numbers on the page that a chat shows now."""
    said = village.newest(chat).notice
    assert said.kind in {"find.list", "find.none"}, said.kind
    return [it["no"] for it in said.params.get("items", [])]


def finds(village: Village, words: str, user: int) -> list[str]:
    village.orders("find", words, user=user)
    return found(village, user)


def centre(village: Village) -> int:
    return village.on(village.town.district.centre_team)


def officer(village: Village) -> int:
    """The account of the officer who has the newest case, which is sealed."""
    assert village.case.team is not None
    return village.account(village.case.team.removeprefix("person:"))


@pytest.fixture
def village() -> Village:
    """Two cases in two grids, and a sealed one."""
    made = Village()
    made.says(CLEAR)
    made.passes(hours=1)
    made.says(ELSEWHERE, user=NEIGHBOUR)
    made.says(SEALED, user=700003)
    return made


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("A2611-0001", ["A2611-0001"]),
        ("#2", ["A2611-0002"]),
        ("宏济新居", ["A2611-0001"]),
        ("宏济新居3栋", ["A2611-0001"]),
        ("宏济新居13栋", []),
        ("今天 未结", ["A2611-0002", "A2611-0001"]),
        ("昨天", []),
        ("楼道堆物 锦畔苑", ["A2611-0002"]),
        ("待签收 锦畔", ["A2611-0002"]),
        ("已结案", []),
    ],
)
def test_the_centre_finds_by_number_place_state_day_and_kind_in_any_order(village, words, numbers):
    assert finds(village, words, centre(village)) == numbers
    assert finds(village, " ".join(reversed(words.split())), centre(village)) == numbers


def test_a_case_is_found_by_who_handles_it(village):
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    name = village.town.district.person(who).name
    assert finds(village, name, centre(village)) == ["A2611-0001"]
    assert finds(village, "我的", who) == ["A2611-0001"]
    assert finds(village, "我的", centre(village)) == []


def test_a_post_finds_its_own_cases_only(village):
    assert finds(village, "今天", village.on("ST2")) == ["A2611-0001"]
    for words in ("A2611-0002", "锦畔苑", "楼道堆物 今天", "A2611-0003"):
        assert "A2611-0002" not in finds(village, words, village.on("ST2"))
        assert "A2611-0003" not in finds(village, words, village.on("ST2"))


def test_a_grid_head_finds_what_is_in_the_grid_whoever_has_it(village):
    head = village.grid_head(village.cases["A2611-0002"])
    assert finds(village, "今天", head) == ["A2611-0002"]


def test_a_sealed_case_is_found_by_its_officer_alone(village):
    number, who = village.case.no, officer(village)
    assert finds(village, number, who) == [number]
    for user in (centre(village), village.grid_head(), village.on("ST2")):
        for words in (number, "宏济花园", "吸毒", "今天", "未结"):
            assert number not in finds(village, words, user)
    village.orders("cases", user=who)
    assert number in found(village, who)


def test_a_list_in_a_group_shows_its_teams_cases_and_no_sealed_one_even_to_the_officer(village):
    village.orders("find", "今天", user=village.on("ST2"), chat=ST2)
    assert found(village, ST2) == ["A2611-0001"]
    village.orders("find", "今天", user=centre(village), chat=CTR)
    assert found(village, CTR) == ["A2611-0002", "A2611-0001"]


def opens(village: Village, number: str, user: int, chat: int | None = None) -> str | None:
    """What is shown for a number alone."""
    mark = village.mark()
    village.orders("case", number, user=user, chat=chat)
    return next((it.notice.kind for it in village.sent[mark:]), None)


def test_a_number_alone_opens_the_case_for_whoever_may_see_it(village):
    sealed, who = village.case.no, officer(village)
    post = village.on("ST2")
    assert opens(village, "A2611-0001", post) == "find.case"
    assert village.newest(post).notice.params["no"] == "A2611-0001"
    assert [it.event.data["case"] for it in village.log if it.event.kind == "looked_up"] == ["A2611-0001"]
    assert opens(village, "A2611-0001", post, chat=ST2) == "find.case"
    assert opens(village, sealed, who) == "find.case"
    for number, user in (("A2611-0002", post), (sealed, centre(village)), ("A2611-9999", centre(village))):
        assert opens(village, number, user) == "find.none"
    assert opens(village, sealed, who, chat=CTR) is None
    assert opens(village, "A2611-0002", post, chat=ST2) is None


def test_a_number_alone_shows_a_resident_their_own_case_and_else_their_list(village):
    assert opens(village, "A2611-0001", RESIDENT) == "mine.one"
    assert opens(village, "A2611-0002", RESIDENT) == "mine.list"
    assert opens(village, "A2611-0001", STRANGER) == "mine.none"


def test_the_head_opens_the_living_card_of_a_case_and_sets_it_right(village):
    case = village.cases["A2611-0001"]
    head = village.grid_head(case)
    opens(village, case.no, head)
    village.presses("btn.open_card", chat=head, user=head)
    assert village.newest(head, "card").notice.case == case.no
    village.presses("btn.correct", chat=head, user=head)
    village.presses("btn.fix_severity", chat=head, user=head)
    village.presses("btn.severity", chat=head, user=head, severity=2)
    assert village.cases[case.no].severity == 2


def test_who_may_not_act_where_they_look_is_offered_no_card(village):
    opens(village, "A2611-0001", village.on("ST2"))
    assert not village.has_button("btn.open_card", village.on("ST2"))
    village.orders("find", "A2611-0001", user=centre(village))
    village.presses("btn.case", chat=centre(village), user=centre(village))
    assert not village.has_button("btn.open_card", centre(village)), "the centre acts in its group"
    press = Press(action="oc", case="A2611-0001")
    assert village.sends_press((None, press), chat=RESIDENT, user=RESIDENT).kind == "ans.not_yours"


def test_others_get_no_list_in_a_group_and_nothing_is_said(village):
    mark = village.mark()
    for user in (STRANGER, RESIDENT, village.on("ST1")):
        village.orders("find", "今天", user=user, chat=ST2)
    assert village.mark() == mark


def test_a_resident_has_no_such_command(village):
    village.orders("find", "A2611-0001")
    assert village.kinds(RESIDENT)[-1] == "err.unknown_command"


def test_what_a_resident_tells_with_the_same_word_is_a_report(village):
    village.orders("find", "物业清理宏济新居3栋楼道的纸箱", user=700009, said="找 物业清理宏济新居3栋楼道的纸箱")
    assert village.case.reporter == 700009
    assert village.case.words == ("找 物业清理宏济新居3栋楼道的纸箱",)


def many(count: int) -> Village:
    village = Village()
    for it, compound in enumerate(village.town.district.compounds[:count]):
        village.says(f"{compound.name_zh}2栋楼道堆了很多纸箱", user=710000 + it)
    return village


def test_pages_are_turned_in_the_same_message(village):
    village = many(14)
    who = centre(village)
    village.orders("cases", user=who)
    first = village.newest(who)
    assert len(found(village, who)) == 6
    assert (first.notice.params["page"], first.notice.params["pages"]) == (1, 3)
    village.presses("btn.later", chat=who, user=who)
    village.presses("btn.later", chat=who, user=who)
    assert village.newest(who).message == first.message
    assert len(found(village, who)) == 2
    assert not village.has_button("btn.later", who)
    village.presses("btn.earlier", chat=who, user=who)
    assert len(found(village, who)) == 6


def test_yesterday_stays_that_day_while_pages_are_turned():
    village = many(14)
    who = centre(village)
    village.jumps(days=1)
    village.orders("find", "昨天", user=who)
    village.jumps(days=1)
    village.presses("btn.later", chat=who, user=who)
    assert len(found(village, who)) == 6


def test_a_case_opens_read_only_with_its_history_and_the_look_is_on_record(village):
    who = village.on("ST2")
    village.presses("btn.accept", chat=ST2, user=who)
    village.orders("cases", user=who)
    village.presses("btn.case", chat=who, user=who, no="A2611-0001")
    shown = village.newest(who).notice
    assert shown.kind == "find.case"
    kinds = [it["kind"] for it in shown.params["history"]]
    assert (kinds[0], kinds[1], kinds[-1]) == ("told", "dispatched", "accepted")
    assert village.labels(shown) == ["btn.back"]
    looked = village.events("looked_up", case="")
    assert [(village.account(it.actor), it.data["case"]) for it in looked] == [(who, "A2611-0001")]
    village.presses("btn.back", chat=who, user=who)
    assert found(village, who) == ["A2611-0001"]


def test_forged_buttons_show_nothing_that_the_list_would_not(village):
    """Another grid's number, a sealed one, one that is not there: all get the same answer, and no message."""
    who = village.on("ST2")
    village.orders("cases", user=who)
    said, mark = village.newest(who), village.mark()
    answers = {
        village.sends_press((said, Press(action="sv", case=no, arg="0")), chat=who, user=who).kind
        for no in ("A2611-0002", "A2611-0003", "A2611-9999", "")
    }
    assert answers == {"ans.not_yours"}
    assert village.mark() == mark


@pytest.mark.parametrize("arg", ["-1", "99999999", "x", "", "²", "0/0"])
def test_a_forged_page_is_a_page_of_the_same_list_or_none(village, arg):
    who = village.on("ST2")
    village.orders("cases", user=who)
    village.sends_press((village.newest(who), Press(action="sp", arg=arg)), chat=who, user=who)
    assert found(village, who) == ["A2611-0001"]


def test_a_strangers_press_on_a_list_in_a_group_shows_nothing(village):
    who = village.on("ST2")
    village.orders("cases", user=who, chat=ST2)
    said, mark = village.newest(ST2), village.mark()
    for user in (STRANGER, RESIDENT, village.on("ST1")):
        for press in (Press(action="sp", arg="0"), Press(action="sv", case="A2611-0001", arg="0")):
            assert village.sends_press((said, press), chat=ST2, user=user).kind == "ans.not_yours"
    assert village.mark() == mark


def test_a_button_on_another_message_has_no_list_behind_it(village):
    who = village.on("ST2")
    card = village.newest(ST2, "card")
    assert village.sends_press((card, Press(action="sp", arg="0")), chat=ST2, user=who).kind == "ans.stale"
    assert village.sends_press((None, Press(action="sp", arg="0")), chat=who, user=who).kind == "ans.stale"


def test_a_case_that_was_passed_on_is_shown_no_longer_by_an_old_list(village):
    who = village.on("ST2")
    village.orders("cases", user=who)
    said = village.newest(who)
    village.cases["A2611-0001"] = change(village.cases["A2611-0001"], team="ST1", offers=())
    press = Press(action="sv", case="A2611-0001", arg="0")
    assert village.sends_press((said, press), chat=who, user=who).kind == "ans.not_yours"


def test_posts_that_were_asked_as_well_find_it_until_another_has_it():
    village = Village()
    village.says("宏济花园2栋楼道着火了")
    asked = [it.team for it in village.case.offers if it.kind == "second"]
    assert asked, "severity 1 goes to two posts"
    second = village.on(asked[0])
    assert finds(village, "今天", second) == ["A2611-0001"]
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    assert village.case.team == "ST2"
    assert finds(village, "今天", second) == []


def change(case, **fields):
    return replace(case, **fields)


def test_what_is_still_being_told_and_what_was_talk_is_nobodys_to_find():
    village = Village()
    village.says("楼道里堆了很多纸箱")
    assert village.case.status is Status.DRAFT
    assert finds(village, "今天", centre(village)) == []
    assert not within(Scope(everything=True), village.case)


def test_what_ended_more_than_a_year_ago_wants_a_day(village):
    who = centre(village)
    village.jumps(days=400)
    assert finds(village, "锦畔苑 待签收", who) == ["A2611-0002"]  # open is found however old
    assert finds(village, "锦畔苑", who) == []
    assert finds(village, "2026-11-20 锦畔苑", who) == ["A2611-0002"]


def test_an_empty_search_asks_what_for(village):
    who = village.on("ST2")
    village.orders("find", user=who)
    assert village.kinds(who)[-1] == "find.ask"


def test_overdue_means_open_and_past_its_limit(village):
    case = village.cases["A2611-0001"]
    late = Query(late_at=case.close_due + timedelta(seconds=1))
    assert holds(late, case)
    assert not holds(late, change(case, status=Status.CLOSED))
    assert not holds(Query(late_at=case.close_due), case)
