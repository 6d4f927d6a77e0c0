"""👤 who told of it: for whoever has accepted, on record, and never for an anonymous report (privacy.md, row 1)."""

from tests.core.decide.village import RESIDENT, ST2, Village

LAMP = "宏济新居3栋路灯坏了"


def accepted(words: str = LAMP) -> tuple[Village, int]:
    village = Village()
    return village, village.accepted(words)


def test_the_handler_reads_the_name_in_private_and_it_is_on_record():
    village, who = accepted()
    assert village.presses("btn.who_told", chat=ST2, user=who).kind == "ans.ok"
    assert village.newest(who, "duty.reporter").notice.params["name"] == f"user{RESIDENT}"
    assert f"user{RESIDENT}" not in str([it.notice.params for it in village.sent if it.chat == ST2])
    assert [(it.actor, it.data) for it in village.events("looked_up")] == [(village.case.handler, {"what": "reporter"})]


def test_a_colleague_of_the_same_team_who_has_not_accepted_does_not():
    village, _ = accepted()
    colleague = village.on("ST2", 1)
    assert village.presses("btn.who_told", chat=ST2, user=colleague).kind == "ans.not_yours"
    assert "duty.reporter" not in village.kinds(colleague)


def test_an_anonymous_report_has_no_name_for_anybody():
    village, who = accepted(f"匿名反映,{LAMP}")
    assert village.presses("btn.who_told", chat=ST2, user=who).kind == "ans.nameless"
    assert village.events("looked_up") == []


def test_nobody_is_asked_for_once_it_is_over():
    village = Village()
    who = village.finished()
    found = village.button("btn.who_told", ST2) if village.has_button("btn.who_told", ST2) else None
    assert found is None, "done: nothing to look up any more"
    del who
