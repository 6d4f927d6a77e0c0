"""/setup, decision by decision: who may, what each answer does, and that nothing counts before it is confirmed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.town import BLANK, build_town
from core.decide import decide
from core.decide.setup.code import FIRST
from core.district import read_district
from core.messages import Press, Pressed, Sender, Spoke, Spot, StatusChanged
from core.records import Draft, FirstCode
from core.setup import edit
from core.world import Decision
from tests.core import demo
from tests.core.decide.village import RESIDENT, STRANGER, Village, sender

BOSS = 800001
GATE, CENTRE, FOREIGN = -2001, -2002, -2003
DEMO = json.dumps(demo.raw("bot/data/demo_district.json"), ensure_ascii=False)
FILE: Mapping[str, Any] = {"document": "file", "document_name": "town.json", "document_bytes": 900}


def empty(**more: Any) -> Village:
    """A village of which nothing is known but who administers it."""
    return Village(town=replace(build_town(BLANK, 0), admins=frozenset({BOSS})), **more)


def living() -> Village:
    """The demo town, with an administrator of the operator's."""
    return Village(town=replace(build_town(DEMO, 1), admins=frozenset({BOSS})), document=DEMO)


def draft(village: Village) -> Draft:
    found = village.records["draft", "now"]
    assert isinstance(found, Draft)
    return found


def doc(village: Village) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(draft(village).raw)
    return read


def taps(village: Village, verb: str, *, user: int = BOSS, chat: int | None = None, round_: int = 0) -> Decision:
    """A press of a button of these screens, whether or not it hangs there."""
    press = Press(action="su", arg=verb, round=round_)
    command = Pressed(
        at=village.now, sender=sender(user), chat=chat or user, message=None, callback=f"c{village.next()}", press=press
    )
    return village.does(command)


def let_in(village: Village, chat: int, user: int, title: str = "东门岗", *, present: bool = True) -> Decision:
    return village.does(
        StatusChanged(at=village.now, chat=chat, group=True, present=present, title=title, who=sender(user))
    )


def filled(village: Village) -> Village:
    """Name, a post with its place and a colleague, the centre: all that is needed."""
    village.orders("setup", user=BOSS)
    taps(village, "ask:name")
    village.says("东门街道", user=BOSS)
    let_in(village, GATE, BOSS)
    village.orders("start", "post", user=BOSS, chat=GATE)
    village.says(user=BOSS, spot=Spot(lat=30.64, lng=104.09))
    let_in(village, CENTRE, BOSS, "综治中心")
    taps(village, "is:centre", chat=CENTRE)
    taps(village, "join:ST1", user=RESIDENT, chat=GATE)
    return village


def kinds(decision: Decision) -> list[str]:
    return [it.kind for it in decision.notices]


def answer(decision: Decision) -> str:
    assert decision.answer is not None
    return decision.answer.kind


# -- before there is a town --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["着火了", "你好", "设置"])
def test_until_the_town_is_live_everybody_is_told_whom_to_call_and_nothing_is_opened(text: str) -> None:
    village = empty()
    decision = village.says(text)
    assert (kinds(decision), decision.case) == (["setup.closed"], None)
    assert kinds(village.orders("report", "3栋路灯坏了")) == ["setup.closed"]


def test_nobody_but_an_administrator_sees_a_screen_or_changes_anything() -> None:
    village = empty()
    assert kinds(village.orders("setup", user=STRANGER)) == ["setup.refused"]
    for verb in ("home", "ask:name", "people", "live", "drop", "remove:ST1", "file", "is:post"):
        decision = taps(village, verb, user=STRANGER, chat=GATE)
        assert answer(decision) in {"ans.not_yours", "ans.su_admin"}
        assert (decision.notices, decision.records, decision.district) == ((), (), None)
    assert kinds(village.says(user=STRANGER, paper=DEMO, **FILE)) == ["setup.closed"]


# -- the first code ----------------------------------------------------------------------------------------------------


def with_code(left: int = 3) -> Village:
    village = Village(town=build_town(BLANK, 0))
    digest = hashlib.sha256(b"ABCDEFGHIJ").hexdigest()
    code = FirstCode(id=FIRST, version=1, nonce="n", digest=digest, left=left, due_at=village.now.replace(hour=23))
    village.records["firstcode", FIRST] = code
    return village


def test_the_code_makes_an_administrator_once() -> None:
    village = with_code()
    assert kinds(village.orders("setup", " abcdefghij", user=BOSS)) == ["setup.screen"]
    assert draft(village).owners == (BOSS,)
    assert kinds(village.orders("setup", "ABCDEFGHIJ", user=STRANGER)) == ["setup.refused"]
    assert kinds(village.orders("setup", user=BOSS)) == ["setup.screen"]


def test_wrong_codes_wear_it_out_whoever_types_them() -> None:
    village = with_code(left=2)
    assert kinds(village.orders("setup", "WRONG", user=STRANGER)) == ["setup.code_wrong"]
    assert kinds(village.orders("setup", "WRONG", user=RESIDENT)) == ["setup.code_wrong"]
    assert kinds(village.orders("setup", "ABCDEFGHIJ", user=BOSS)) == ["setup.refused"]


def test_an_old_code_is_worth_nothing() -> None:
    village = with_code()
    village.records["firstcode", FIRST] = replace(village.records["firstcode", FIRST], due_at=village.now)
    assert kinds(village.orders("setup", "ABCDEFGHIJ", user=BOSS)) == ["setup.code_old"]


def test_whoever_came_by_the_code_is_an_administrator_of_the_town_that_goes_live() -> None:
    village = with_code()
    village.orders("setup", "ABCDEFGHIJ", user=BOSS)
    filled(village)
    decision = taps(village, "live", round_=draft(village).version)
    assert decision.district is not None
    here = read_district(json.loads(decision.district))
    boss = here.person(BOSS)
    assert boss is not None
    assert boss.powers == ("administration",)
    assert decision.notices[0].commands == "head+admin"


# -- step by step ------------------------------------------------------------------------------------------------------


def test_every_step_is_kept_and_can_be_gone_on_with_later() -> None:
    village = filled(empty())
    village.passes(days=3)
    shown = village.orders("setup", user=BOSS).notices[0].params
    assert [(it["stage"], it["state"]) for it in shown["items"]] == [
        ("name", "done"), ("clock", "done"), ("numbers", "done"), ("centre", "done"), ("posts", "done"),
        ("people", "done"), ("shifts", "doubt"), ("around", "done"),
    ]  # fmt: skip


def test_what_is_missing_is_named_and_nothing_goes_live_before() -> None:
    village = empty()
    taps(village, "zone:Asia/Urumqi")
    decision = taps(village, "live", round_=draft(village).version)
    assert (answer(decision), decision.district) == ("ans.su_again", None)
    assert [it["stage"] for it in decision.notices[0].params["items"]] == ["name", "centre", "posts"]


@pytest.mark.parametrize(
    ("asked", "typed", "told"),
    [
        ("ask:name", "字" * 41, "setup.bad_name"),
        ("ask:gas", "燃气公司", "setup.bad_number"),
        ("area", "三公里", "setup.no_grids"),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again(asked: str, typed: str, told: str) -> None:
    village = empty()
    taps(village, asked)
    assert kinds(village.says(typed, user=BOSS)) == [told]
    assert ("draft", "now") not in village.records


def test_danger_is_no_name_of_a_district() -> None:
    for village in (empty(), living()):
        taps(village, "ask:name")
        decision = village.says("着火了!3栋5楼冒黑烟", user=BOSS)
        assert ("draft", "now") not in village.records
        assert kinds(decision)[0] in {"setup.closed", "emg.numbers"} or decision.case is not None


def test_a_post_waits_for_a_place_and_text_is_none() -> None:
    village = empty()
    let_in(village, GATE, BOSS)
    decision = taps(village, "is:post", chat=GATE)
    assert kinds(decision) == ["setup.ask_place", "setup.group_post"]
    assert kinds(village.says("东门", user=BOSS)) == ["setup.no_place"]
    village.says(user=BOSS, spot=Spot(lat=30.64, lng=104.09))
    (post,) = doc(village)["stations"]
    assert (post["name_zh"], post["chat_id"], post["lat"]) == ("东门岗", GATE, 30.64)


def test_the_place_may_be_a_reply_in_the_group_of_the_post_but_only_an_administrators() -> None:
    village = empty()
    let_in(village, GATE, BOSS)
    taps(village, "is:post", chat=GATE)
    asked = village.newest(GATE, "setup.group_post")
    for user in (STRANGER, BOSS):
        assert "lat" not in doc(village)["stations"][0]
        spot = Spot(lat=30.64, lng=104.09)
        reply = Spoke(
            at=village.now, sender=sender(user), chat=GATE, message=village.next(), group=True, spot=spot,
            reply_to=asked.message,
        )  # fmt: skip
        village.does(reply)
    assert doc(village)["stations"][0]["lat"] == 30.64


def test_who_taps_in_a_group_that_is_not_the_posts_comes_nowhere() -> None:
    village = filled(empty())
    for chat in (CENTRE, RESIDENT):
        assert answer(taps(village, "join:ST1", user=STRANGER, chat=chat)) == "ans.stale"
    assert answer(taps(village, "join:ST1", user=RESIDENT, chat=GATE)) == "ans.su_joined_already"
    assert edit.person_of(doc(village), STRANGER) is None


def test_shifts_are_looked_at_before_they_are_used() -> None:
    village = filled(empty())
    before = draft(village)
    week = taps(village, "first:T1:2026-11-23").notices[0]
    assert (week.kind, draft(village)) == ("setup.week", before)
    assert [it["steps"] for it in week.params["items"]] == [sender(RESIDENT).name] * 7
    taps(village, "roster:T1:2026-11-23")
    assert doc(village)["teams"][1]["pattern"] == "T1"


@pytest.mark.parametrize(
    "verb", ["first:T9:2026-11-23", "first:T1:soon", "zone:Mars/Base", "around:7", "what", "shift:x"]
)
def test_a_press_that_no_button_has_changes_nothing(verb: str) -> None:
    village = filled(empty())
    before = draft(village)
    assert answer(taps(village, verb)) == "ans.unknown"
    assert draft(village) == before


# -- going live --------------------------------------------------------------------------------------------------------


def test_going_live_is_one_whole_document_and_the_groups_hear_of_it() -> None:
    village = filled(empty())
    shown = taps(village, "check").notices[0]
    assert shown.kind == "setup.preview"
    decision = taps(village, "live", round_=draft(village).version)
    assert decision.district is not None
    assert read_district(json.loads(decision.district)).name_zh == "东门街道"
    assert {(it.to, it.kind) for it in decision.notices} == {
        (BOSS, "setup.live_first"), (GATE, "setup.group_live"), (CENTRE, "setup.group_live"),
    }  # fmt: skip
    assert (draft(village).open, draft(village).raw) == (False, "")


def test_a_draft_that_was_changed_since_it_was_shown_is_shown_again() -> None:
    village = filled(empty())
    seen = draft(village).version
    taps(village, "around:1000")
    decision = taps(village, "live", round_=seen)
    assert (answer(decision), decision.district, kinds(decision)) == ("ans.su_again", None, ["setup.preview"])


def test_of_a_living_town_only_what_changes_is_told() -> None:
    village = living()
    taps(village, "ask:gas")
    village.says("028-96777", user=BOSS)
    shown = taps(village, "check").notices[0].params
    assert [(it["how"], it["entry"], it["new"]) for it in shown["items"]] == [("changed", "gas_no", "028-96777")]


def test_what_was_changed_meanwhile_by_others_is_not_undone() -> None:
    village = living()
    taps(village, "zone:Asia/Urumqi")
    table = {"2031": {"off": ["2031-01-01"], "work_weekend": []}}
    village.document = json.dumps({**json.loads(DEMO), "calendar": table})
    decision = taps(village, "live", round_=draft(village).version)
    assert decision.district is not None
    assert list(json.loads(decision.district)["calendar"]) == ["2031"]


def test_changes_can_be_dropped() -> None:
    village = living()
    taps(village, "zone:Asia/Urumqi")
    assert kinds(taps(village, "drop")) == ["setup.screen"]
    assert (draft(village).raw, kinds(taps(village, "check"))) == ("", ["setup.same"])


# -- files -------------------------------------------------------------------------------------------------------------


def sends(village: Village, raw: str, name: str = "town.json", user: int = BOSS) -> Decision:
    return village.says(user=user, paper=raw, **{**FILE, "document_name": name})


def test_grids_that_others_name_are_not_taken_away_by_a_tap() -> None:
    village = living()
    assert answer(taps(village, "around:1000")) == "ans.su_grids_used"
    assert ("draft", "now") not in village.records


def test_a_file_is_shown_with_what_it_changes_and_counts_when_confirmed() -> None:
    village = living()
    changed = DEMO.replace("工农院街平安驿站", "东门岗")
    shown = sends(village, changed).notices[0]
    assert next((it["what"], it["new"]) for it in shown.params["items"]) == ("stations", "东门岗")
    decision = village.sends_press((None, shown.keys[0][0].press), chat=BOSS, user=BOSS)
    assert decision.kind == "ans.ok"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("{", "setup.no_json"),
        ("[]", "setup.no_json"),
        ("{}", "setup.faults"),
        (DEMO.replace('"ST2"', '"ST1"'), "setup.faults"),
        (json.dumps(json.loads(DEMO) | {"phrases": {"ZZ77": ["没有这一类"]}}), "setup.faults"),
    ],
)
def test_a_bad_file_is_told_with_its_faults_and_changes_nothing(raw: str, kind: str) -> None:
    village = living()
    decision = sends(village, raw)
    assert (kinds(decision), decision.records) == ([kind], ())


def test_a_file_of_anybody_else_is_no_district() -> None:
    village = living()
    assert sends(village, DEMO, user=RESIDENT).records == ()
    assert ("draft", "now") not in village.records


def test_grids_alone_go_into_the_draft_and_bad_ones_do_not() -> None:
    square = [[[104.0, 30.6], [104.2, 30.6], [104.2, 30.7], [104.0, 30.6]]]
    village = filled(empty())
    for shape, told in (([[[104.0, 30.6]]], "setup.faults"), (square, "setup.screen")):
        feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": shape}}
        assert kinds(sends(village, json.dumps({"type": "FeatureCollection", "features": [feature]}))) == [told]
    assert len(doc(village)["grids"]["features"]) == 1


# -- groups ------------------------------------------------------------------------------------------------------------


def test_a_group_of_a_stranger_is_left_with_one_sentence() -> None:
    village = living()
    (told,) = let_in(village, FOREIGN, STRANGER).notices
    assert (told.to, told.kind, told.leaves) == (FOREIGN, "setup.leave", True)


def test_a_group_in_which_we_have_served_is_never_left() -> None:
    village = living()
    command = StatusChanged(
        at=village.now, chat=FOREIGN, group=True, present=True, who=Sender(user_id=STRANGER, name="x")
    )
    world = replace(village.world(command), served=True)

    assert decide(command, world).notices == ()


def test_who_works_here_may_let_us_in_and_an_administrator_says_what_for() -> None:
    village = living()
    colleague = next(it for it in village.town.district.people if it.tg_id)
    assert kinds(let_in(village, GATE, colleague.tg_id or 0)) == ["setup.group"]
    assert answer(taps(village, "is:post", user=colleague.tg_id or 0, chat=GATE)) == "ans.su_admin"
    assert kinds(let_in(village, GATE, STRANGER)) == []  # rights are given to us by whoever owns the group
    assert kinds(taps(village, "is:post", chat=GATE)) == ["setup.ask_place", "setup.group_post"]


def test_every_group_that_the_file_names_is_known() -> None:
    village = living()
    compound = json.loads(DEMO)
    compound["xiaoqu"][0]["residents_chat_id"] = FOREIGN
    village.document = json.dumps(compound)
    assert kinds(let_in(village, FOREIGN, STRANGER)) == []


def test_a_new_post_of_a_living_town_works_as_the_others_do() -> None:
    village = living()
    let_in(village, GATE, BOSS, "新岗")
    village.orders("start", "post", user=BOSS, chat=GATE)
    village.says(user=BOSS, spot=Spot(lat=30.64, lng=104.09))
    assert kinds(taps(village, "join:ST5", user=RESIDENT, chat=GATE)) == ["setup.came"]
    decision = taps(village, "live", round_=draft(village).version)
    assert decision.district is not None
    here = read_district(json.loads(decision.district))
    team = here.team_of_chat(GATE)
    assert team is not None
    assert (team.pattern, [it.name for it in team.groups]) == ("P1", ["甲", "乙", "丙", "丁"])
    assert [it.to for it in decision.notices if it.kind == "setup.group_live"] == [GATE]


def test_a_post_that_lost_its_group_gets_another_by_a_link() -> None:
    village = living()
    raw = json.loads(DEMO)
    raw["stations"][0] = {name: it for name, it in raw["stations"][0].items() if name != "chat_id"}
    village.document = json.dumps(raw)
    (shown,) = taps(village, "post:ST1").notices
    assert str(shown.keys[0][0].url).endswith("?startgroup=post-ST1&admin=pin_messages")
    village.orders("start", "post-ST1", user=BOSS, chat=GATE)
    assert doc(village)["stations"][0]["chat_id"] == GATE


def test_a_post_that_still_has_something_to_do_is_not_given_up() -> None:
    village = living()
    village.says("宏济新居3栋楼道堆了很多纸箱")
    (case,) = village.cases.values()
    taps(village, f"remove:{case.team}")
    shown = taps(village, "check").notices[0]
    assert [(it["count"]) for it in shown.params["busy"]] == [1]
    assert [key.label for row in shown.keys for key in row] == ["btn.su_back"]
    decision = taps(village, "live", round_=draft(village).version)
    assert (answer(decision), decision.district) == ("ans.su_again", None)


def without(raw: str, person: str) -> str:
    """The file with somebody taken out of it."""
    read = json.loads(raw)
    read["people"] = [it for it in read["people"] if it["id"] != person]
    for group in (it for team in read["teams"] for it in team.get("groups", [])):
        group["members"] = [it for it in group["members"] if it != person]
    return json.dumps(read, ensure_ascii=False)


def test_somebody_who_holds_a_case_is_not_taken_out_by_a_file() -> None:
    village = living()
    village.accepted()
    (case,) = village.cases.values()
    holder = village.town.district.member(case.handler)
    assert holder is not None
    shown = sends(village, without(DEMO, holder.id)).notices[0]
    assert (shown.kind, shown.params["busy"]) == ("setup.preview", [{"name": holder.name, "count": 1}])
    assert [key.label for row in shown.keys for key in row] == ["btn.su_back"]
    decision = taps(village, "live", round_=draft(village).version)
    assert (answer(decision), decision.district) == ("ans.su_again", None)


def test_whoever_has_nothing_to_do_may_be_taken_out_by_a_file() -> None:
    village = living()
    village.accepted()
    (case,) = village.cases.values()
    idle = next(it for it in village.town.district.members("ST2") if it.id != case.handler and it.role != "点长")
    shown = sends(village, without(DEMO, idle.id)).notices[0]
    assert (shown.kind, shown.params["busy"]) == ("setup.preview", [])


def test_who_came_by_a_tap_can_be_taken_out_again_but_nobody_who_works_already() -> None:
    village = living()
    let_in(village, GATE, BOSS, "新岗")
    taps(village, "is:post", chat=GATE)
    taps(village, "join:ST5", user=RESIDENT, chat=GATE)
    newcomer = edit.person_of(doc(village), RESIDENT)
    assert newcomer is not None
    worker = next(it for it in village.town.district.people if it.tg_id)
    assert answer(taps(village, f"out:{worker.id}")) == "ans.stale"
    taps(village, f"out:{newcomer['id']}")
    assert edit.person_of(doc(village), RESIDENT) is None
    assert edit.row_of(doc(village), "people", worker.id) is not None
