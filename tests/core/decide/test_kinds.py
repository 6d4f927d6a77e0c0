"""What was no hazard ends as a case, reaches the centre as what it is, and is a lesson (life.md row 8)."""

from dataclasses import replace

import pytest

from core.case import Status
from core.messages import Press
from tests.core.decide.test_corrections import SLIGHT, held, menu
from tests.core.decide.village import CTR, RESIDENT, ST2, Village


def climbed() -> tuple[Village, int]:
    """A slight report that nobody took, in the grid head's hands."""
    village = Village()
    village.says(SLIGHT)
    village.passes(hours=2, minutes=1)
    return village, village.grid_head()


@pytest.mark.parametrize("kind", ["suggestion", "inquiry", "praise"])
def test_the_words_go_to_the_centre_and_its_answer_to_whoever_wrote(kind: str) -> None:
    village, head = climbed()
    menu(village, head, "btn.no_hazard", chat=head)
    village.presses(f"btn.kind_{kind}", chat=head, user=head)

    assert village.case.status is Status.REJECTED
    assert village.newest(RESIDENT).notice.kind == "case.other_kind"
    (line,) = village.events("rejected")
    assert (line.row, line.data["reason"], line.data["kind"]) == (8, "kind", kind)
    seat = village.on("CTR")
    village.replies("已经记下,周五答复您", kind="centre.question", chat=CTR, user=seat)
    assert "周五" in str(village.newest(RESIDENT, "human.answer").notice.params["text"])


def test_a_patrol_cannot_and_nobody_can_of_danger():
    village, user = held()
    village.presses("btn.correct", chat=ST2, user=user)
    assert not village.has_button("btn.no_hazard", ST2)
    grave, head = climbed()
    grave.cases[grave.case.no] = replace(grave.case, severity=1)
    press = Press(action="nk", case=grave.case.no, round=grave.case.round, arg="inquiry")
    assert grave.sends_press((None, press), chat=head, user=head).kind == "ans.not_now"
    assert grave.case.status is not Status.REJECTED
