"""docs/mediation.md: the life of a dispute drawn from core.mediation.life.LIFE, and what its clock does."""

from collections import defaultdict

from bot.docs import markdown
from bot.docs.life import Sentence
from bot.town import taxonomy
from bot.voice.catalogue import catalogue
from core.mediation import filing, ladder
from core.mediation.life import ENDED, LIFE, Edge
from core.records.mediation import Step

SENTENCES: dict[str, Sentence] = {
    "med_settled_here": Sentence(
        "巡逻时当场化解:不进台账,只回访", "calmed on the spot by a patrol: no ledger, visits only"
    ),
    "med_accepted": Sentence("受理,问双方愿不愿意", "accepted; both sides are asked whether they agree"),
    "med_refused": Sentence("不予受理,写明理由和该去哪", "refused, with the ground and where to go"),
    "med_agreed_to_talk": Sentence("双方都同意了", "both sides have agreed"),
    "med_informed": Sentence("权利义务已告知双方", "both know their rights"),
    "med_inquiry": Sentence("开始调查:望、闻、问", "inquiry: look, listen, ask"),
    "med_talks": Sentence("开始调解:切;约时间和调解室", "talks: the root of it; hours and a room are offered"),
    "med_written": Sentence("谈成了,协议写好给双方看", "settled in words; both are shown the same text"),
    "med_reworded": Sentence(
        "有一方要改:回到调解,旧文本作废", "a side wants it otherwise: back to the talks, the old text is void"
    ),
    "med_settled": Sentence("双方确认同一文本,开始履行", "both have confirmed the same text; it is in force"),
    "med_failed": Sentence("谈不拢:当场告知双方法律途径", "no agreement: both are told the legal ways at once"),
    "med_again": Sentence("换个调解员再谈三十天", "another mediator, thirty more days"),
    "med_performed": Sentence("每一条都办到了", "every term is performed"),
    "med_broken": Sentence(
        "没有兑现:回到调解,升一级(不升到红)", "a promise broken: back to the talks one grade up (never to red)"
    ),
    "med_withdrawn": Sentence(
        "有一方不愿、撤回或一直没答:对方只知道“未能继续”",
        "a side does not want, withdraws or is silent; the other learns only that it does not go on",
    ),
    "med_follows": Sentence("进入回访", "follow-ups begin"),
    "med_reopened": Sentence("又闹了:升一级,重新问双方", "trouble again: one grade up, both are asked anew"),
    "med_filed": Sentence("资料齐了才归档", "filed, with a complete file alone"),
    "med_frozen": Sentence(
        "红色信号:民警、中心、网格长马上知道,约好的见面取消",
        "a red signal: police, centre and grid head at once, meetings are called off",
    ),
    "med_released": Sentence("民警说可以谈了:回到原来那一步", "the police agree: back to where it stood"),
}

RUNGS: dict[str, Sentence] = {
    "place": Sentence("十分钟没有地点:给中心", "ten minutes without a place: to the centre"),
    "assign": Sentence("首次联系时限过半没人接:指派给最合适的", "half of the first contact gone: given to the best"),
    "seek": Sentence(
        "调解员退出又没有别人:每天再找", "its mediator had to leave and nobody is there: looked for each day"
    ),
    "nobody": Sentence("到联系时限还没人:网格长;再一倍:中心", "nobody at the limit: grid head, later the centre"),
    "contact": Sentence("没联系申请方:提醒,网格长,中心", "whoever asked was not spoken with: reminder, head, centre"),
    "review": Sentence("受理期限(三个工作日)前一天", "a day before the three working days for acceptance"),
    "late": Sentence("过了这一步的期限:调解员和网格长,每周", "past the limit of a step: owner and head, every week"),
    "ask_again": Sentence("两个工作日没答:再问一次", "two working days of silence: asked once more"),
    "silent": Sentence("五个工作日没答:当作不愿", "five working days of silence are a no"),
    "confirm": Sentence("一个工作日没确认协议:再发一次", "not confirmed in a working day: shown again"),
    "talk_ends": Sentence("调解满三十天前三天", "three days before thirty days of talks are over"),
    "slots": Sentence("给的时间都快到了还没对上", "the hours that were offered are near and none fits both"),
    "meet": Sentence("见面前一天", "a day before a meeting"),
    "met": Sentence("见面后三小时:谁来了", "three hours after: who came?"),
    "perform": Sentence("履行期前三天、当天、过一天", "three days before a term, on the day, a day late"),
    "unperformed": Sentence("过七天没履行:上门", "a week late: somebody goes there"),
    "court": Sentence("生效第 20 天:司法确认还剩十天", "day 20: ten days are left to have a court confirm it"),
    "visit": Sentence("回访的日子", "the day of a visit"),
    "visit_late": Sentence("回访过三天:再提醒;七天:网格长", "a visit three days late: again; seven: the head"),
    "follow": Sentence("谈话结束后一天:进入回访", "a day after the talks ended: follow-ups begin"),
    "file": Sentence("最后一次回访做完:说还缺什么", "the last visit is done: what the file lacks is said"),
    "red": Sentence("红色 30 分钟没有民警回应:中心打电话", "red, half an hour without an officer: the centre phones"),
    "frozen": Sentence("还冻结着:每天", "still frozen: every day"),
    "plan": Sentence("模板当天该做的", "what the template does today"),
    "identity": Sentence("结束 30 天:不再知道双方是谁", "thirty days after the end: who the sides were goes"),
    "words": Sentence("结束两年:说过的话删掉", "two years after the end: what was said goes"),
}


def page() -> str:
    """The whole text of docs/mediation.md."""
    return markdown.page(
        "# 一件纠纷的一生 · The life of a dispute",
        "数字是业务规则 disputes.md 的十二步(13 是“任何一步 → 红”)。纠纷不是事项,单独存、单独走,见"
        "[决定 32](decisions/0032-disputes-are-no-cases.md)。\n\n"
        "The numbers are the twelve steps of the rules (13 is “any → red”). A dispute is no case: see decision 32.",
        _drawing(),
        "## 每一步 · Every step",
        markdown.table(("步 step", "事件 event", "从 from", "到 to", "意思", "meaning"), map(_row, LIFE)),
        "## 到时候会发生什么 · What falls due",
        "没有定时器:`due_at` 是最早一件还没做的;做过的记名,重启不丢、不重做。No timers: `due_at` is the earliest that "
        "is still to come, and what was done is kept by name.",
        markdown.table(("", "意思", "meaning"), ([f"`{name}`", *it] for name, it in RUNGS.items())),
        "## 回访的日子 · Days of follow-up",
        markdown.table(("级别 grade", "天 days"), _visits()),
        f"邻里噪声模板({ladder.NOISE})· the template for noise: {_template()}",
        "## 归档要有 · What a file holds",
        markdown.table(("", "中文", "English"), map(_check, (*filing.CHECKS, "linked"))),
    )


def _drawing() -> str:
    """Steps and ways; a way that stays where it is, or leads back out of red, is in the table only."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> NEW"]
    arrows: defaultdict[tuple[Step, Step], list[str]] = defaultdict(list)
    for edge in LIFE:
        for source in (it for it in Step if it in edge.sources):
            if edge.target is not None and edge.target is not source:
                arrows[source, edge.target].append(f"{edge.row} {edge.event}")
    lines += [f"    {source} --> {target}: {', '.join(ways)}" for (source, target), ways in arrows.items()]
    lines += [f"    {step} --> [*]" for step in Step if step in ENDED]
    return "\n".join((*lines, "```"))


def _row(edge: Edge) -> tuple[str, ...]:
    sources = " ".join(f"`{it}`" for it in Step if it in edge.sources)
    return (str(edge.row), f"`{edge.event}`", sources, f"`{edge.target}`" if edge.target else "—",
            *SENTENCES[edge.event])  # fmt: skip


def _visits() -> list[list[str]]:
    return [[name, "、".join(map(str, it.follow_up_days))] for name, it in taxonomy().grades.items()]


def _template() -> str:
    talks = ladder.TEMPLATE[ladder.NOISE]
    names = catalogue("zh-Hans")
    steps = [f"D{day} {names.word(f'med_plan.{name}')}" for name, day in talks]
    last = talks[-1][1]
    return " · ".join((*steps, *(f"D{last + it} 回访" for it in ladder.TEMPLATE_VISITS[ladder.NOISE])))


def _check(name: str) -> tuple[str, ...]:
    return (f"`{name}`", *(catalogue(it).word(f"lack.{name}") for it in ("zh-Hans", "en")))
