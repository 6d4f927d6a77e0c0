"""A department is whistled for outside its hours: the team hears it at once, and whom to call meanwhile."""

import pytest

from tests.core import demo
from tests.core.decide.village import ST2, Village

LAMP = "宏济新居门口路灯不亮了"


def whistled(at: str, dept: str) -> Village:
    village = Village(now=demo.at(at))
    user = village.accepted(LAMP)
    village.replies("到了", chat=ST2, user=user, photo="there")
    village.presses("btn.whistle", chat=ST2, user=user)
    village.presses("btn.department", chat=ST2, user=user, target=dept)
    village.presses("btn.whistle_kind", chat=ST2, user=user, whistle="daily")
    village.presses("btn.reason", chat=ST2, user=user, reason="power")
    head = village.grid_head()
    village.presses("btn.sign", chat=head, user=head)
    return village


def test_after_hours_the_team_is_told_when_it_opens_and_whom_to_ask():
    told = whistled("2026-11-20 18:00", "D_LIGHT").newest(ST2, "dept.closed").notice
    assert (told.params["target"], told.params["opens_at"]) == ("D_LIGHT", demo.at("2026-11-23 09:00").isoformat())


@pytest.mark.parametrize(("at", "dept"), [("2026-11-20 15:00", "D_LIGHT"), ("2026-11-20 18:00", "D_FIRE")])
def test_whoever_is_there_is_not_called_closed(at, dept):
    assert "dept.closed" not in whistled(at, dept).kinds(ST2)
