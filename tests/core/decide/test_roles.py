"""Roles in chat: invitations by link, an end, stand-ins, and what becomes of whoever leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import rights
from core.case import Status
from core.district import read_district
from core.messages import Press, Spot
from core.records import Invite, Member
from core.world import Decision
from tests.core import demo
from tests.core.decide.village import CTR, NIGHT, RESIDENT, ST2, STRANGER, Village

ADMIN, NEW = 700900, 700901


@pytest.fixture
def village() -> Village:
    village = Village()
    village.town = replace(village.town, admins=frozenset({ADMIN}))
    return village


def taps(village: Village, arg: str, action: str = "pp.new", user: int = ADMIN):
    return village.sends_press((None, Press(action=action, arg=arg)), chat=user, user=user)


def invited(village: Village, arg: str) -> str:
    """The code of a fresh link."""
    taps(village, arg)
    link = str(village.newest(ADMIN, "role.link").notice.params["link"])
    return link.partition("start=")[2]


def comes(village: Village, code: str, user: int = NEW) -> Decision:
    return village.orders("start", code, user=user)


def person(village: Village, user: int = NEW):
    return village.town.district.person(user)


def test_the_screen_leads_to_a_link_by_four_taps(village):
    village.orders("people", user=ADMIN)
    village.presses("btn.role_new", user=ADMIN)
    village.presses("btn.role", user=ADMIN, role="patrol")
    village.presses("btn.role_name", user=ADMIN, name=village.town.district.team("ST2").name_zh)
    village.presses("btn.role_name", user=ADMIN, name="甲")
    told = village.newest(ADMIN, "role.link").notice
    assert str(told.params["link"]).startswith("https://t.me/pinganbot?start=in_")
    assert told.params["group"] == "甲"


def test_who_opens_the_link_is_of_the_post_at_once_and_the_inviter_sees_who(village):
    decision = comes(village, invited(village, "patrol:ST2:甲"))
    assert [it.kind for it in decision.notices] == ["role.welcome", "role.came"]
    assert decision.notices[0].menu == "staff"
    found = person(village)
    assert (found.role, found.team, found.group, found.powers) == ("巡防队员", "ST2", "甲", ("hazards",))
    assert found in village.town.district.members("ST2")
    assert village.newest(ADMIN, "role.came").notice.params["name"] == f"user{NEW}"
    assert [it.kind for it in village.events(case="") if it.kind.startswith("role")] == ["role_invited", "role_came"]


@pytest.mark.parametrize(
    ("arg", "listed"),
    [
        ("patrol:ST2:甲", "staff"),
        ("head:ST2", "head"),
        ("grid_head:G05", "head"),
        ("secretary:C2", "head"),
        ("centre", "head"),
        ("statistics", "reader"),
        ("administrator", "reader+admin"),
    ],
)
def test_the_commands_of_a_new_role_are_offered_at_once_and_stay_the_same_by_start(village, arg, listed):
    decision = comes(village, invited(village, arg))
    assert decision.notices[0].commands == village.orders("start", user=NEW).notices[0].commands == listed


def test_an_operators_administrator_who_leaves_the_town_keeps_its_commands(village):
    comes(village, invited(village, "patrol:ST2:甲"))
    village.town = replace(village.town, admins=frozenset({ADMIN, NEW}))
    taps(village, person(village).id, "pp.undo")
    assert village.newest(NEW, "role.bye").notice.commands == "resident+admin"


def test_the_code_of_a_link_is_kept_nowhere(village):
    code = invited(village, "patrol:ST2:甲").removeprefix("in_")
    assert all(code not in repr(it) for it in village.records.values())
    assert all(code not in repr(it) for it in village.log)


def test_a_link_works_once(village):
    code = invited(village, "patrol:ST2:-")
    comes(village, code)
    assert [it.kind for it in comes(village, code, STRANGER).notices] == ["role.link_dead"]
    assert person(village, STRANGER) is None


def test_a_link_for_several_lets_several_in_and_no_more(village):
    code = invited(village, "patrol:ST2:-")
    assert village.presses("btn.role_several", user=ADMIN).kind == "ans.role_several"
    for user in range(NEW, NEW + 10):
        comes(village, code, user)
    assert len([it for it in village.town.district.people if it.id.startswith("M")]) == 10
    assert [it.kind for it in comes(village, code, STRANGER).notices] == ["role.link_dead"]


@pytest.mark.parametrize("code", ["in_", "in_code1", "in_" + "x" * 60])
def test_a_guessed_link_lets_nobody_in(village, code):
    invited(village, "patrol:ST2:-")
    assert [it.kind for it in comes(village, code).notices] == ["role.link_dead"]
    assert person(village) is None


def test_a_link_ends_after_three_days_and_the_inviter_hears_that_nobody_came(village):
    code = invited(village, "patrol:ST2:-")
    village.passes(days=3)
    assert village.heard(ADMIN)[-1].notice.kind == "role.link_over"
    assert [it.kind for it in comes(village, code).notices] == ["role.link_dead"]


def test_a_withdrawn_link_lets_nobody_in(village):
    code = invited(village, "patrol:ST2:-")
    village.presses("btn.role_void", user=ADMIN)
    assert [it.kind for it in comes(village, code).notices] == ["role.link_dead"]


def test_a_colleague_is_not_made_somebody_else_by_a_link(village):
    code = invited(village, "administrator")
    assert [it.kind for it in comes(village, code, village.on("ST2")).notices] == ["role.already"]
    assert not rights.administers(village.on("ST2"), village.town)


def test_the_wrong_person_is_put_out_again_by_one_tap(village):
    comes(village, invited(village, "patrol:ST2:甲"))
    assert village.presses("btn.role_undo", user=ADMIN).kind == "ans.ok"
    assert person(village) is None
    assert village.heard(NEW)[-1].notice.menu == "resident"


def test_somebody_of_the_file_without_an_account_is_known_by_a_link(village):
    raw = demo.raw_district()
    name = raw["people"][0]["id"]
    village.town = _without_account(village, name)
    comes(village, invited(village, f"known:{name}"))
    before = demo.district().member(name)
    assert (person(village).id, person(village).role) == (name, before.role)


def _without_account(village: Village, name: str):
    raw = demo.raw_district()
    next(it for it in raw["people"] if it["id"] == name)["tg_user_id"] = None
    return replace(village.town, district=read_district(raw))


@pytest.mark.parametrize(
    ("arg", "power", "role"),
    [
        ("mediator:SQ1", "mediation", "人民调解员"),
        ("statistics", "statistics", "统计员"),
        ("administrator", "administration", "管理员"),
        ("centre", "hazards", "综治中心值班员"),
    ],
)
def test_each_role_gives_what_it_says_and_no_more(village, arg, power, role):
    community = village.town.district.communities[0].id
    comes(village, invited(village, arg.replace("SQ1", community)))
    found = person(village)
    assert found.role == role
    assert power in found.powers
    assert rights.administers(NEW, village.town) is (power == "administration")
    assert (found.mediates is not None) is (power == "mediation")
    assert rights.reads_figures(found, "G01", village.town.district) is ("statistics" in found.powers)
    assert rights.reads_of(found, "G01", village.town.district) is (arg == "centre")


@pytest.mark.parametrize("role", ["head", "grid_head", "officer", "secretary"])
def test_an_office_is_held_by_whoever_was_named_last(village, role):
    district = village.town.district
    grid = district.grids[0]
    where = {"head": "ST2", "grid_head": grid.id}.get(role, grid.community)
    comes(village, invited(village, f"{role}:{where}"))
    town = village.town.district
    holder = {
        "head": town.head("ST2"),
        "grid_head": town.grid_head(grid.id),
        "officer": town.police_officer(grid.community),
        "secretary": town.secretary(grid.community),
    }[role]
    assert holder == person(village)


@pytest.mark.parametrize("user", [RESIDENT, STRANGER])
def test_a_resident_does_not_learn_that_there_is_such_a_screen(village, user):
    assert [it.kind for it in village.orders("people", user=user).notices] == ["err.unknown_command"]


def test_a_colleague_is_told_whom_to_ask(village):
    decision = village.orders("people", user=village.on("ST2"))
    assert [it.kind for it in decision.notices] == ["role.denied"]
    assert decision.notices[0].params["people"] is None, "the operator's administrators have no name"
    comes(village, invited(village, "administrator"))
    decision = village.orders("people", user=village.on("ST2"))
    assert decision.notices[0].params["people"] == [person(village).id]
    assert taps(village, "", user=village.on("ST2")).kind == "ans.not_yours"


def test_in_a_group_no_link_is_made(village):
    answer = village.sends_press((None, Press(action="pp.new", arg="administrator")), chat=CTR, user=ADMIN)
    assert answer.kind == "ans.not_yours"
    assert not [it for it in village.records.values() if isinstance(it, Invite)]


def test_a_role_ends_by_itself_told_before_and_all_of_it_is_somebodys(village):
    code = invited(village, "patrol:ST2:甲")
    village.presses("btn.role_days", user=ADMIN, days=30)
    comes(village, code)
    village.passes(days=27)
    assert [village.heard(it)[-1].notice.kind for it in (NEW, ADMIN)] == ["role.ends", "role.ends_of"]
    village.passes(days=3)
    assert person(village) is None
    assert village.heard(ADMIN)[-1].notice.kind == "role.ended"


def test_a_role_that_is_about_to_end_goes_on_by_one_tap(village):
    code = invited(village, "patrol:ST2:甲")
    village.presses("btn.role_days", user=ADMIN, days=30)
    comes(village, code)
    village.passes(days=28)
    village.presses("btn.role_days", user=ADMIN, days=90)
    village.passes(days=30)
    assert person(village) is not None


def leaves(village: Village, who: str, heir: str) -> None:
    taps(village, f"{who}:{heir}", "pp.out")
    village.presses("btn.role_go", user=ADMIN)


def test_whoever_leaves_hands_an_accepted_case_to_a_colleague_of_the_team(village):
    account = village.accepted()
    gone = village.town.district.person(account)
    heir = next(it for it in village.town.district.members("ST2") if it != gone and it.tg_id)
    leaves(village, gone.id, heir.id)
    assert village.newest(ADMIN, "role.left").notice.params["cases"] == 1
    assert (village.case.team, village.case.handler, village.case.status) == ("ST2", heir.id, Status.ACK)
    assert village.town.district.person(account) is None
    assert village.events("handed_on")[-1].data == {"before": gone.id, "to": heir.id, "owner": ["ST2", heir.id]}
    assert village.heard(heir.tg_id, "role.inherited")


def test_an_heir_of_another_team_has_the_case_alone_and_can_finish_it(village):
    account = village.accepted()
    gone = village.town.district.person(account)
    heir = village.town.district.members("CTR")[0]
    leaves(village, gone.id, heir.id)
    assert (village.case.team, village.case.handler) == (f"person:{heir.id}", heir.id)
    village.presses("btn.done", chat=heir.tg_id, user=heir.tg_id)
    village.replies("清走了", kind="duty.done_need", chat=heir.tg_id, user=heir.tg_id, photo="after")
    assert village.case.status is Status.DONE


def test_the_press_of_whoever_left_changes_nothing(village):
    account = village.accepted()
    gone = village.town.district.person(account)
    heir = next(it for it in village.town.district.members("ST2") if it != gone and it.tg_id)
    leaves(village, gone.id, heir.id)
    button = village.button("btn.done", ST2)
    assert village.sends_press(button, chat=ST2, user=account).kind == "ans.not_yours"


def test_a_sealed_case_of_an_officer_who_leaves_goes_to_nobody_who_may_not_read_it(village):
    village.says("邻居家男人一直打老婆,宏济新居3栋")
    assert village.case.sealed
    officer = village.town.district.member(village.case.team.removeprefix("person:"))
    near = [it for it in village.town.district.people if it.community == officer.community]
    heir = next(it for it in near if it != officer and it.tg_id)
    leaves(village, officer.id, heir.id)
    assert village.case.team == f"person:{village.town.district.members('CTR')[0].id}"
    assert not [it for it in village.heard(heir.tg_id) if it.notice.case == village.case.no]


def test_offices_go_to_the_heir(village):
    head = village.town.district.head("ST2")
    grid = village.town.district.grids[0]
    grid_head = village.town.district.grid_head(grid.id)
    heir = next(it for it in village.town.district.members("ST2") if it != head and it.tg_id)
    leaves(village, head.id, heir.id)
    assert village.town.district.head("ST2").id == heir.id
    seat = village.town.district.members("CTR")[0]
    leaves(village, grid_head.id, seat.id)
    assert village.town.district.grid_head(grid.id).id == seat.id


def test_a_head_invited_in_chat_leaves_the_office_to_the_heir(village):
    comes(village, invited(village, "head:ST2"))
    gone = person(village)
    heir = next(it for it in village.town.district.members("ST2") if it != gone and it.tg_id)
    leaves(village, gone.id, heir.id)
    assert village.town.district.head("ST2").id == heir.id


def test_the_last_administrator_cannot_leave(village):
    comes(village, invited(village, "administrator"))
    village.town = replace(village.town, admins=frozenset())
    only = person(village)
    other = village.town.district.members("CTR")[0]
    assert taps(village, f"{only.id}:{other.id}", "pp.go", user=NEW).kind == "ans.role_last"
    assert person(village) == only


def test_where_nobody_was_named_the_seats_of_the_centre_let_people_in(village):
    village.town = replace(village.town, admins=frozenset())
    seat = village.on("CTR")
    assert [it.kind for it in village.orders("people", user=seat).notices] == ["role.home"]


def test_a_stand_in_holds_the_offices_from_the_day_to_the_day(village):
    head = village.town.district.head("ST2")
    other = next(it for it in village.town.district.members("ST2") if it != head and it.tg_id)
    taps(village, f"{head.id}:{other.id}:tomorrow.3", "pp.for")
    assert village.town.district.head("ST2").id == head.id
    village.passes(days=1)
    assert village.town.district.head("ST2").id == other.id
    assert village.heard(head.tg_id, "role.stand_begins")
    village.passes(days=3)
    assert village.town.district.head("ST2").id == head.id
    assert village.heard(other.tg_id, "role.stand_ends")


def test_a_stand_in_of_the_officer_is_asked_about_sealed_matters(village):
    grid = village.town.district.grid("G05") or village.town.district.grids[0]
    officer = village.town.district.police_officer(grid.community)
    worker = next(
        it for it in village.town.district.people if it.community == grid.community and it != officer and it.tg_id
    )
    taps(village, f"{officer.id}:{worker.id}:now.7", "pp.for")
    assert village.town.district.police_officer(grid.community).id == worker.id


def test_a_new_member_signs_in_and_takes_a_case(village):
    village.now = demo.at(NIGHT) - timedelta(hours=9)
    team = village.town.district.team("ST2")
    group = next(it.name for it in team.groups if village.town.district.person(village.on("ST2")).id in it.members)
    comes(village, invited(village, f"patrol:ST2:{group}"))
    village.real_sign_ins = True
    village.orders("signin", user=NEW)
    village.says(user=NEW, spot=Spot(lat=team.point.lat, lng=team.point.lng, accuracy=20.0))
    village.says("宏济新居3栋楼道堆了很多纸箱")
    assert village.presses("btn.accept", chat=ST2, user=NEW).kind == "ans.accepted"
    assert isinstance(village.records["member", person(village).id], Member)
