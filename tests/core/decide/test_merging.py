"""并案 and 拆分 by staff (life.md rows 31-32)."""

import pytest

from core.case import Status
from tests.core.decide.test_joining import FIRST, SECOND, SLIGHT, card
from tests.core.decide.village import NEIGHBOUR, RESIDENT, ST2, Village


def taps(village: Village, number: str, label: str, user: int, **params: object) -> str:
    """A button of one case's card in ST2's group; gives the answer."""
    said = village.posts[ST2, village.slots[ST2, f"card:{number}"]]
    keys = (
        key for row in said.notice.keys for key in row if key.label == label and params.items() <= key.params.items()
    )
    return village.sends_press((said, next(keys).press), chat=ST2, user=user).kind


@pytest.fixture
def two() -> Village:
    """Two cases in one compound; the resident of the second said that it is another one."""
    village = Village()
    village.says(SLIGHT)
    village.says("宏济新居3栋楼道全是杂物", user=NEIGHBOUR)
    village.presses("btn.not_same", user=NEIGHBOUR)
    assert village.cases[SECOND].status is Status.DISP
    return village


def merged(village: Village) -> Village:
    """ST2 has put the second into the first."""
    user = village.on("ST2")
    taps(village, SECOND, "btn.accept", user)
    taps(village, SECOND, "btn.correct", user)
    taps(village, SECOND, "btn.merge", user)
    assert taps(village, SECOND, "btn.merge_with", user, no=FIRST) == "ans.merged"
    return village


def test_row_31_whoever_has_it_merges_it_into_the_older_one_near_it(two):
    merged(two)
    main, younger = two.cases[FIRST], two.cases[SECOND]
    assert (younger.status, younger.into, younger.team) == (Status.MERGED, FIRST, "ST2")
    assert (main.joined, main.reporters) == ((SECOND,), 2)
    assert two.newest(NEIGHBOUR, "case.merged")
    assert card(two, SECOND)["into"] == FIRST
    assert two.posts[ST2, two.slots[ST2, f"card:{SECOND}"]].notice.keys == ()


def test_row_31_the_younger_goes_into_the_older_whichever_was_pressed(two):
    user = two.on("ST2")
    taps(two, FIRST, "btn.accept", user)
    taps(two, FIRST, "btn.correct", user)
    taps(two, FIRST, "btn.merge", user)
    taps(two, FIRST, "btn.merge_with", user, no=SECOND)
    assert two.cases[SECOND].into == FIRST


def test_row_31_by_number_only_whoever_oversees_may_take_what_is_far_away():
    village = Village()
    village.says(SLIGHT)
    village.says("锦畔苑3栋楼道堆满杂物", user=NEIGHBOUR)
    first = village.cases[FIRST]
    head = village.grid_head(first)
    user = village.on("ST2")
    taps(village, FIRST, "btn.accept", user)
    taps(village, FIRST, "btn.correct", user)
    taps(village, FIRST, "btn.merge", user)
    taps(village, FIRST, "btn.by_number", user)
    village.replies(SECOND, kind="fix.need_number", chat=ST2, user=user)
    assert village.cases[SECOND].status is Status.DISP, "somebody else's case was taken"
    village.replies(SECOND, kind="fix.need_number", chat=ST2, user=head)
    assert village.cases[SECOND].into == FIRST


def test_row_31_whoever_was_merged_sees_how_the_case_goes_that_theirs_went_into(two):
    merged(two)
    user = two.on("ST2")
    taps(two, FIRST, "btn.accept", user)
    two.orders("mine", user=NEIGHBOUR)
    (item,) = two.newest(NEIGHBOUR, "mine.list").notice.params["items"]
    assert (item["no"], item["into"], item["status"]) == (SECOND, FIRST, "ACK")
    two.presses("btn.case", user=NEIGHBOUR)
    shown = two.newest(NEIGHBOUR, "mine.one").notice
    assert (shown.params["into"], shown.params["person"]) == (FIRST, two.cases[FIRST].handler)
    assert [it["kind"] for it in shown.params["steps"]] == ["opened", "accepted"]
    assert two.labels(shown) == ["btn.urge"], "it is not theirs alone to withdraw"
    assert two.presses("btn.urge", user=NEIGHBOUR).kind == "ans.thanks"
    assert two.events("urged", FIRST)


def test_row_32_within_seven_days_it_is_split_off_and_its_reporter_hears_so(two):
    merged(two)
    user = two.on("ST2")
    taps(two, FIRST, "btn.accept", user)
    taps(two, FIRST, "btn.correct", user)
    taps(two, FIRST, "btn.split", user)
    taps(two, FIRST, "btn.merge_with", user, no=SECOND)
    younger, main = two.cases[SECOND], two.cases[FIRST]
    assert (younger.status, younger.into) == (Status.DISP, None)
    assert (main.joined, main.reporters) == ((), 1)
    assert two.newest(NEIGHBOUR, "case.split")
    assert two.events("split", SECOND)[0].row == 32
    assert two.events("split", SECOND)[0].data["to"] == "NEW"


def test_row_32_after_seven_days_it_is_too_late(two):
    merged(two)
    user = two.on("ST2")
    taps(two, FIRST, "btn.accept", user)
    head = two.grid_head(two.cases[FIRST])
    two.jumps(days=7, minutes=1)
    taps(two, FIRST, "btn.correct", head)
    assert taps(two, FIRST, "btn.split", head) == "ans.too_late_split"
    assert two.cases[SECOND].status is Status.MERGED


def test_row_32_a_case_whose_reporter_was_forgotten_cannot_be_split_off(two):
    """Found by a random life: nobody was left to hear of it, and its words were gone."""
    merged(two)
    user = two.on("ST2")
    taps(two, FIRST, "btn.accept", user)
    two.orders("privacy", user=NEIGHBOUR)
    two.presses("btn.erase", user=NEIGHBOUR)
    two.presses("btn.erase_sure", user=NEIGHBOUR)
    taps(two, FIRST, "btn.correct", user)
    assert taps(two, FIRST, "btn.split", user) == "ans.too_late_split"
    assert two.cases[SECOND].status is Status.MERGED


def test_a_case_that_others_follow_takes_them_along(two):
    merged(two)
    two.says("宏济新居3栋楼道全是杂物啊", user=700003)
    assert two.cases["A2611-0003"].similar == (FIRST,)
    assert two.presses("btn.same", user=700003).kind == "ans.joined"
    assert two.cases[FIRST].joined == (SECOND, "A2611-0003")
    assert two.cases[FIRST].reporters == 3
    assert RESIDENT not in {two.cases[no].reporter for no in two.cases[FIRST].joined}
