"""/doctor: the centre's people ask, whoever can look does, and one answer comes with its remedies."""

from dataclasses import replace

from core.messages import Examined, Finding
from core.records import Checkup
from tests.core.decide.village import RESIDENT, Village


def asked(village: Village) -> Checkup:
    (record,) = (it for it in village.records.values() if isinstance(it, Checkup))
    return record


def finding(kind: str, **more: object) -> Finding:
    return Finding(kind=kind, **more)  # type: ignore[arg-type]  # the fields of Finding


def test_the_centre_asks_and_hears_once_what_has_to_be_mended_with_its_remedies() -> None:
    village = Village()
    seat = village.on("CTR")
    village.orders("doctor", user=seat)
    assert village.kinds(seat) == ["doctor.looking"]
    mend = finding("chat_plain", params={"name": "ST1"}, url="https://t.me/bot?startgroup=post")
    found = (mend, finding("no_key"), finding("token_ok", bad=False))
    done = Examined(at=village.now, record=asked(village).id, findings=found)
    village.does(done)
    village.does(done)
    (said,) = (it.notice for it in village.heard(seat, "doctor.report"))
    assert said.params["items"] == [{"name": "ST1", "kind": "chat_plain"}, {"kind": "no_key"}]
    assert said.params["count"] == 1
    assert [key.url for row in said.keys for key in row] == ["https://t.me/bot?startgroup=post"]
    assert not asked(village).open


def test_when_all_is_well_that_is_all_it_says() -> None:
    village = Village()
    seat = village.on("CTR")
    village.orders("doctor", user=seat)
    right = tuple(finding("chat_ok", bad=False) for _ in range(9))
    village.does(Examined(at=village.now, record=asked(village).id, findings=right))
    assert village.newest(seat, "doctor.well").notice.params == {"count": 9}


def test_a_very_sick_installation_is_told_by_its_worst_and_how_much_more_there_is() -> None:
    village = Village()
    seat = village.on("CTR")
    village.orders("doctor", user=seat)
    many = tuple(finding("no_chat", params={"team": f"T{n}"}, url="https://t.me/x") for n in range(30))
    village.does(Examined(at=village.now, record=asked(village).id, findings=many))
    said = village.newest(seat, "doctor.report").notice
    assert (len(said.params["items"]), said.params["more"], len(said.keys)) == (20, 10, 6)


def test_nobody_else_learns_who_cannot_be_reached() -> None:
    village = Village()
    for user in (RESIDENT, village.on("ST2")):
        village.orders("doctor", user=user)
        assert village.kinds(user)[-1] in {"role.denied", "err.unknown_command"}
    assert not [it for it in village.records.values() if isinstance(it, Checkup)]


def test_what_a_tap_can_mend_hangs_below_for_whoever_may_change_the_town() -> None:
    found = (
        finding("no_chat", params={"team": "ST1"}),
        finding("no_head", params={"team": "ST2"}),
        finding("ladder", params={"text": "x"}),
        finding("gap_all"),
        finding("no_key"),
    )
    boss = 800001
    village = Village()
    village.town = replace(village.town, admins=frozenset({boss}))
    said = []
    for user in (boss, village.on("CTR")):
        village.orders("doctor", user=user)
        village.does(Examined(at=village.now, record=next(
            it.id for it in village.records.values() if isinstance(it, Checkup) and it.open
        ), findings=found))  # fmt: skip
        keys = [key for row in village.newest(user, "doctor.report").notice.keys for key in row]
        said.append([key.url or (key.press.arg if key.press else "") for key in keys])
    assert said == [
        ["https://t.me/pinganbot?startgroup=post-ST1&admin=pin_messages", "post:ST2", "shifts"],
        [],
    ]
