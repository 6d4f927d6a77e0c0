"""What decisions write into the history is what the figures are made of, each once (figures.md)."""

from collections import Counter
from datetime import datetime, timedelta

from benchmarks.snapshot import entries_from_snapshot
from core.case import Event
from core.decide import daily, decide
from core.figures.log import Window
from core.figures.metrics import metrics
from core.figures.told import told
from core.messages import DigestDue
from core.world import LogLine, World
from tests.core import demo
from tests.core.decide.village import CLEAR, RESIDENT, ST1, ST2, Village, town

COUNTED = {
    "reported", "limits", "assigned", "accepted", "declined", "arrived", "done", "closed", "rated", "answered",
    "reopened", "cancelled", "corrected",
}  # fmt: skip


def counted(village: Village) -> Counter[str]:
    return Counter(e.kind for e in village.events() if e.kind in COUNTED)


def figures(village: Village, days: int = 30):
    window = Window(village.now - timedelta(days=days), village.now + timedelta(seconds=1))
    return metrics(daily.entries(village.log), window, None, village.town.calendar)


def test_a_whole_life_writes_each_line_of_the_figures_once():
    village = Village()
    village.finished()
    village.presses("btn.solved")
    village.presses("btn.rate", rating="satisfied")
    once = ("reported", "limits", "assigned", "accepted", "done", "answered", "closed", "rated")
    assert counted(village) == Counter(dict.fromkeys(once, 1))
    found = figures(village)
    assert (len(found.new), len(found.closed), found.satisfied.n, found.solved.n) == (1, 1, 1, 1)


def test_a_reopened_case_counts_as_reopened_and_its_first_limit_stays():
    village = Village()
    village.finished()
    village.presses("btn.not_solved")
    assert counted(village)["limits"] == 1
    assert counted(village)["assigned"] == 2
    assert len(figures(village).reopened) == 1
    assert figures(village).solved.n == 0


def test_the_second_post_of_a_fire_owes_nothing_while_the_first_accepts():
    village = Village()
    village.says("宏济新居3栋着火了,冒黑烟")
    village.presses("btn.accept", chat=ST2, user=village.on("ST2"))
    village.passes(minutes=4)
    share = figures(village).ack_on_time
    assert (share.n, share.of) == (1, 1)


def test_the_second_post_counts_once_it_accepts():
    village = Village()
    village.says("宏济新居3栋着火了,冒黑烟")
    village.presses("btn.accept", chat=ST1, user=village.on("ST1"))
    village.passes(minutes=4)
    share = figures(village).ack_on_time
    assert (share.n, share.of) == (1, 2)


def test_a_back_up_that_accepts_counts_for_the_case_and_not_for_the_first_post():
    village = Village()
    village.says(CLEAR)
    village.passes(minutes=31)
    village.presses("btn.accept", chat=ST1, user=village.on("ST1"))
    share = figures(village).ack_on_time
    assert (share.n, share.of) == (0, 1)


def test_a_cancelled_case_is_cancelled_in_the_figures():
    village = Village()
    village.says(CLEAR)
    village.orders("mine")
    village.presses("btn.case")
    village.presses("btn.cancel")
    assert len(figures(village).cancelled) == 1


def test_a_draft_that_was_rejected_never_was_a_case_of_the_figures():
    village = Village()
    village.says("楼道堆了很多纸箱")
    village.says(spot="far away")
    assert counted(village) == Counter()


def test_a_severity_that_rose_and_a_place_that_came_are_corrected_once():
    village = Village()
    village.says("着火了")
    village.says("在宏济花园2栋")
    assert [e.data["grid"] for e in village.events("corrected")] == ["G05"]
    other = Village()
    other.says(CLEAR)
    other.says("现在着火了", reply_to=other.newest(RESIDENT))
    assert [e.data["severity"] for e in other.events("corrected")] == [1]
    assert len(other.events("limits")) == 2


def logged() -> tuple[World, DigestDue]:
    """The log of the checks as a world that owes its digest."""
    row = demo.checks("metrics")
    lines = tuple(
        LogLine(case=it.case, event=Event(kind=it.kind, at=it.at, data=it.data))
        for it in entries_from_snapshot(row["log"], row["grid"])
    )
    start, end = (datetime.fromisoformat(it) for it in row["window"])
    command = DigestDue(at=end, day=start.date(), window=(start, end))
    window = Window(start, end)
    cases = {it.case: [one for one in daily.entries(lines) if one.case == it.case] for it in lines}
    known = {(window, (end,)): told(cases.values(), (end,))}
    return World(now=demo.at("2026-11-21 07:40"), town=town(), told=known), command


def test_the_digest_says_what_the_log_of_the_checks_gives():
    world, command = logged()
    expected = demo.checks("metrics")["expect"]
    notice = next(it for it in decide(command, world).notices if it.to == 9000000045)
    said = notice.params["figures"]
    assert said["new"] == expected["new_cases"]
    assert said["ack_on_time"] == expected["ack_on_time"]
    assert said["close_on_time"] == expected["close_on_time"]
    assert said["satisfied"] == expected["satisfied"]
    assert said["closed"] == expected["closed_today"]
    assert said["reopened"] == expected["reopened"]
    assert (said["merged"], said["spam"], said["cancelled"]) == (1, 1, 1)
    assert said["response_median_min"] == expected["response_min"]["median"]
    assert abs(said["handling_mean_h"] - expected["handling_h"]["mean"]) < 0.01
    assert [it["no"] for it in notice.params["attention"]] == ["A08", "A05", "A13"]


def test_the_digest_of_a_quiet_day_is_sent_too_and_can_be_marked_as_read():
    village = Village(now=demo.at("2026-11-21 07:40"))
    day = demo.at("2026-11-20 00:00")
    village.does(DigestDue(at=village.now, day=day.date(), window=(day, day + timedelta(days=1))))
    head = 9000000045
    assert village.presses("btn.read", chat=head, user=head).kind == "ans.read"
    assert ST2 not in {said.chat for said in village.sent}
