"""What would happen at a moment, played by the code that would act."""

from dataclasses import replace

import pytest

from core.decide.rehearsal import moment_of, post_of, rehearse
from core.district import read_district
from core.grids import GridIndex
from core.world import World
from tests.core import demo
from tests.core.decide.village import NIGHT, Village, town

NOW = demo.at("2026-11-20 15:00")
THREE = demo.at("2027-02-06 03:00")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("2027-02-06T03:00", "2027-02-06 03:00"),
        ("2027-02-06 03:00", "2027-02-06 03:00"),
        ("2月6日 3点", "2027-02-06 03:00"),
        ("2月6號3點半", "2027-02-06 03:30"),
        ("12月1日晚上8点", "2026-12-01 20:00"),
        ("2027年10月1日 0:15", "2027-10-01 00:15"),
        ("明天3点", "2026-11-21 03:00"),
        ("3点", "2026-11-21 03:00"),
        ("今天 16:00", "2026-11-20 16:00"),
        ("明晚十点半", "2026-11-21 22:30"),
        ("今晚11点", "2026-11-20 23:00"),
        ("晚上12点", "2026-11-21 00:00"),
        ("11月28日晚上两点", "2026-11-29 02:00"),
        ("夜里十一点", "2026-11-20 23:00"),
        ("夜里3点", "2026-11-21 03:00"),
        ("明天中午1点", "2026-11-21 13:00"),
        ("凌晨12点", "2026-11-21 00:00"),
        ("周六凌晨3点", "2026-11-21 03:00"),
        ("星期天二十三点", "2026-11-22 23:00"),
        ("週五下午六點", "2026-11-20 18:00"),
    ],
)
def test_moments_are_understood_as_people_write_them(words: str, meant: str) -> None:
    assert moment_of(words, NOW, demo.district().zone) == demo.at(meant)


@pytest.mark.parametrize("words", ["", "春节", "2月30日 3点", "25点", "2026-13-01", "3"])
def test_what_is_no_moment_is_not_guessed(words: str) -> None:
    assert moment_of(words, NOW, demo.district().zone) is None


def test_three_on_spring_festival_has_two_posts_the_seat_and_a_ladder_for_each_severity() -> None:
    found = rehearse(THREE, World(now=NOW, town=town()))
    assert {it.team for it in found.on_duty} == {"ST1", "ST2", "CTR"}
    assert dict(found.covers) == {"ST3": "ST2", "ST4": "ST2"}
    assert found.nobody == ()
    assert found.doubts == ("year",)
    first = found.plays[0].steps[0]
    assert (first.after.total_seconds(), set(first.who)) >= (0, set())
    assert {"ST2", "ST1", "CTR"} <= set(first.who), "two posts at once and the centre"


@pytest.mark.parametrize("severity", [1, 2])
def test_the_rehearsal_says_what_then_really_happens(severity: int) -> None:
    """The same moment, played and lived: the first to be asked are the same."""
    words = {1: "宏济新居3栋着火了", 2: "宏济新居门口水管爆了,水往外喷"}[severity]
    village = Village(now=demo.at(NIGHT))
    village.says(words)
    case = village.case
    assert case.severity == severity
    post = demo.district().station("ST2")
    assert post
    found = rehearse(village.now, World(now=village.now, town=village.town), [post])
    asked = [offer.team for offer in case.offers]
    assert asked == [it for it in found.plays[severity - 1].steps[0].who if it in asked]


def test_a_town_whose_plan_ends_in_nobody_is_told_so_loudly() -> None:
    raw = demo.raw_district()
    raw["people"] = [{**it, "tg_user_id": None} for it in raw["people"]]
    for team in raw["teams"]:
        for group in team["groups"]:
            group["members"] = []
    lost = read_district(raw)
    empty = replace(town(), district=lost, grids=GridIndex(lost))
    found = rehearse(THREE, World(now=NOW, town=empty))
    assert set(found.doubts) == {"year", "centre", "nobody"}
    assert set(found.nobody) == {"ST1", "ST2", "ST3", "ST4"}


def test_the_chat_answers_staff_and_keeps_nothing() -> None:
    village = Village(now=demo.at(NIGHT))
    who = village.on("ST1")
    decision = village.orders("whatif", "2月6日 3点", user=who)
    assert [it.kind for it in decision.notices] == ["whatif.plan"]
    assert [it["severity"] for it in decision.notices[0].params["levels"]] == [1, 2, 3, 4]
    assert village.cases == {}
    village.orders("whatif", "春节", user=who)
    assert village.kinds(who)[-1] == "whatif.ask"


@pytest.mark.parametrize(
    ("words", "post", "left"),
    [
        ("宏济新路 2月6日 3点", "ST2", "2月6日 3点"),
        ("2月6日 3点 宏济新路平安驿站", "ST2", "2月6日 3点"),
        ("st3 2027-02-06T03:00", "ST3", "2027-02-06T03:00"),
        ("Hongji New Road Safety Post 3点", "ST2", "3点"),
        ("2月6日 3点", None, "2月6日 3点"),
    ],
)
def test_the_post_that_is_asked_about_is_found_in_the_words(words: str, post: str | None, left: str) -> None:
    found, rest = post_of(words, demo.district())
    assert (found.id if found else None, rest) == (post, left)
    assert moment_of(rest, NOW, demo.district().zone)


def test_a_post_whose_id_is_a_number_is_not_found_in_a_date() -> None:
    numbered = replace(demo.district(), stations=(replace(demo.district().stations[0], id="6"),))
    assert post_of("2月6日 3点", numbered) == (None, "2月6日 3点")
    assert post_of("6 2月6日 3点", numbered) == (numbered.stations[0], "2月6日 3点")


def test_whatif_plays_the_post_that_is_named() -> None:
    village = Village(now=NOW)
    for words, post in (("2月6日 3点", "ST3"), ("宏济新路 2月6日 3点", "ST2"), ("ST4 2月6日 3点", "ST4")):
        village.orders("whatif", words, user=village.on("ST2"))
        plan = village.newest(village.on("ST2"), "whatif.plan").notice
        assert plan.params["station"] == post


def test_asked_without_a_moment_it_offers_the_nights_that_are_worth_a_look_and_a_tap_answers() -> None:
    village = Village(now=demo.at("2026-09-20 15:00"))
    head = village.account("P045")
    village.orders("whatif", rest="宏济新路", user=head)
    asked = village.newest(head, "whatif.ask").notice
    moments = [str(key.params["start_at"])[:16] for row in asked.keys for key in row]
    assert moments == ["2026-09-21T03:00", "2026-09-26T03:00", "2026-09-25T03:00", "2026-10-01T03:00"]
    village.presses("btn.moment", chat=head, user=head, start_at="2026-10-01T03:00:00+08:00")
    plan = village.newest(head, "whatif.plan").notice
    assert (plan.params["station"], str(plan.params["at"])[:16]) == ("ST2", "2026-10-01T03:00")
    answer = village.presses("btn.moment", chat=head, user=village.account("P062") + 999_999)
    assert answer.kind == "ans.not_yours"
