"""A word of thanks: asked for after a good rating, passed on, told in the weekly report (figures.md, last line)."""

from dataclasses import replace

from tests.core.decide.test_reports import HEAD, monday
from tests.core.decide.village import RESIDENT, ST2, Village


def asked() -> tuple[Village, int]:
    """A resident who was satisfied and pressed for a word of thanks, and who had done the work."""
    village = Village()
    who = village.finished()
    village.presses("btn.solved")
    village.presses("btn.rate", rating="satisfied")
    village.presses("btn.thank")
    return village, who


def thanked() -> tuple[Village, int]:
    village, who = asked()
    village.says("师傅来得真快,谢谢")
    return village, who


def test_whoever_was_satisfied_may_say_a_word_of_thanks_for_the_weekly_report():
    village, who = asked()
    assert "person" in village.newest(RESIDENT, "thanks.ask").notice.params
    village.says("师傅来得真快,谢谢!我电话13800001111")
    handler = village.town.district.person(who).id
    said = village.newest(ST2, "duty.thanked").notice.params
    assert (said["person"], "13800001111" in said["text"]) == (handler, False)
    (thanked,) = village.events("thanked")
    assert (thanked.data["person"], thanked.data["grid"], thanked.data["words"]) == (handler, "G05", said["text"])
    assert len(village.cases) == 1, "it is no new report"
    village.says("谢谢")
    assert len(village.events("thanked")) == 1


def test_danger_is_no_word_of_thanks_and_whoever_was_not_satisfied_is_not_asked_for_one():
    village, _who = asked()
    village.says("宏济新居2栋着火了")
    assert village.case.severity == 1
    assert not village.events("thanked", "A2611-0001")
    other = Village()
    other.finished()
    other.presses("btn.solved")
    other.presses("btn.rate", rating="unsatisfied")
    assert not other.has_button("btn.thank", RESIDENT)


def test_a_word_of_thanks_stands_in_the_weekly_report_without_a_name():
    village, who = thanked()
    monday(village)
    handler = village.town.district.person(who).id
    assert village.newest(HEAD, "week").notice.params["thanks"] == [
        {"person": handler, "count": 1, "text": "师傅来得真快,谢谢"}
    ]


def test_a_word_of_thanks_that_was_taken_back_stands_in_no_report_and_the_rating_still_counts():
    village, _who = thanked()
    village.orders("privacy")
    assert village.newest(RESIDENT, "privacy.show").notice.params["count"] == 1
    village.presses("btn.withdraw_thanks")
    village.orders("privacy")
    assert village.newest(RESIDENT, "privacy.show").notice.params["count"] is None
    assert not [
        key for row in village.newest(RESIDENT).notice.keys for key in row if key.label == "btn.withdraw_thanks"
    ]
    monday(village)

    (told,) = village.newest(HEAD, "week").notice.params["thanks"]
    assert (told["count"], told["text"]) == (1, None)
    (back,) = [it.event for it in village.log if it.event.kind == "consent_withdrawn"]
    assert back.data == {"what": "thanks", "cases": ["A2611-0001"]}


def test_each_consent_is_taken_back_by_itself():
    village, _who = thanked()
    village.contacts[RESIDENT] = replace(village.contacts[RESIDENT], minor=True)
    village.orders("privacy")
    village.presses("btn.of_age")

    assert not village.contacts[RESIDENT].minor
    assert village.contacts[RESIDENT].unpublished == ()
    village.orders("privacy")
    assert village.newest(RESIDENT, "privacy.show").notice.params["count"] == 1
