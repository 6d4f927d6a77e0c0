"""docs/life.md: the life of a case drawn from core.case.LIFE, and the ladder from core.ladder."""

from collections import defaultdict
from typing import NamedTuple

from bot.docs import markdown
from bot.voice.catalogue import catalogue
from core import rungs
from core.case import ENDED, Status
from core.life import LIFE, Edge


class Sentence(NamedTuple):
    """What a step of the life means, twice."""

    zh: str
    en: str


SENTENCES: dict[str, Sentence] = {
    "alarmed": Sentence(
        "话里有危险:一级,两个驿站、中心、网格长同时收到;号码先给居民",
        "danger words: severity 1; two posts, centre and grid head at once, the numbers to the resident first",
    ),
    "told": Sentence("种类和地点都知道了", "kind and place are known"),
    "told_without_place": Sentence(
        "十分钟没有补充地点,先按已知的报中心", "ten minutes without a place: it goes to the centre as it is"
    ),
    "dispatched": Sentence("派给当班的最近驿站", "offered to the nearest post on duty"),
    "dispatched_centre": Sentence(
        "没有地点,或没有人当班:派给中心", "no place or nobody on duty: offered to the centre"
    ),
    "rejected": Sentence("不在本辖区,告诉居民该找谁", "outside the district: the resident is told so"),
    "sealed": Sentence(
        "保密事项:只给社区民警本人,群里只见编号",
        "sealed: to the community police officer alone, groups see its number only",
    ),
    "accepted": Sentence(
        "✋ 签收,先点的人算;居民知道谁来", "✋ accepted, first press wins; the resident learns who comes"
    ),
    "backup_called": Sentence("到时限没人签收,再叫一个驿站", "nobody accepted in time: one more post is asked"),
    "declined": Sentence(
        "🚫 不属我处,写明理由和去处;对方接之前仍归原处",
        "🚫 not ours, with a reason and a target; it stays until the target accepts",
    ),
    "transferred": Sentence("↪️ 转派,对方接了才换人", "↪️ transferred, once the target accepts"),
    "shift_ended": Sentence("下班时还没到场:交给下一班", "the shift ended before arrival: the next shift has it"),
    "arrived": Sentence("📍 到场:位置、照片或负责人一句话为证", "📍 on site, by place, photo or the head's word"),
    "backup_asked": Sentence("🆘 现场请求支援:叫最近两处和中心", "🆘 back-up: the nearest two posts and the centre"),
    "done": Sentence(
        "✅ 办结:照片加一句话,或没有照片的理由", "✅ done, with a photo and a line, or the reason for no photo"
    ),
    "confirmed": Sentence("居民说 ✅ 解决了", "the resident says ✅ solved"),
    "reopened": Sentence(
        "居民说 ❌ 还没解决(30 天内):回到原驿站,时限重算",
        "the resident says ❌ not solved (within 30 days): back to the same post, limits anew",
    ),
    "closed_unanswered": Sentence(
        "居民没有回答:先提醒,到期自动结案,记“未评价”;一级和没有照片的,核查过才结",
        "no answer: after a warning it is closed and counted unrated; of severity 1 or without a photo not before "
        "somebody has looked",
    ),
    "whistled": Sentence(
        "📣 吹哨:叫部门来;三、四级先由网格长签字",
        "a department is called in; severities 3 and 4 are signed by the grid head first",
    ),
    "returned": Sentence(
        "部门写明依据退回:仍归原处,再选别的部门;退两次由街道定",
        "the department returns it with its ground; after two returns the street decides",
    ),
    "whistle_late": Sentence(
        "到时限没有报到:再催,私信部门联系人,告诉街道和网格长",
        "no report in time: asked again, its contact in private too; the street and the grid head are told",
    ),
    "held": Sentence(
        "⏳ 延期:网格长批准,时钟停到那一天",
        "more time, signed by the grid head; the clock stands still until then",
    ),
    "reported_in": Sentence("部门报到", "the department reports in"),
    "done_by_department": Sentence("部门办结,附照片", "done by the department, with a photo"),
    "resumed": Sentence("日子到了或提前恢复", "the date has come, or the team goes on earlier"),
    "check_failed": Sentence(
        "核查没有通过:退回继续处理,时限不变", "a second person found it not done: back to the team, the limit stands"
    ),
    "reported_again": Sentence(
        "结案 30 天内同地同类再次反映:原编号重开", "told of again within 30 days: open again under its own number"
    ),
    "merged": Sentence(
        "同一件事:并入先报的那一件,有结果一起告诉", "the same matter: merged into the older case, told of its end too"
    ),
    "joined": Sentence("又有人反映同一件事,分量加重", "somebody else told of the same matter; it weighs more"),
    "split": Sentence(
        "7 天内拆分:单独办理,告诉居民", "split within seven days: on its own again, the resident is told"
    ),
    "cancel_asked": Sentence(
        "一级和保密事项说要撤销:不撤,由人核实", "a grave or sealed case is not withdrawn by a word: a person finds out"
    ),
    "spam": Sentence("中心和网格长两人同意:无效", "the centre and the grid head agree that it is void"),
    "appealed": Sentence("居民不同意:回到中心", "the reporter objects: back to the centre"),
    "regraded": Sentence(
        "级别更正:升级谁都可以,降级要网格长写理由;时限从第一句话重算",
        "severity set right: up by anyone, down by the grid head with a reason; limits anew from the first message",
    ),
    "set_right": Sentence("类别或地点更正;换了网格就重新派", "kind or place set right; another grid gets it anew"),
    "linked": Sentence("与别的事项关联,两边都看得到", "linked with another matter; both cards show it"),
    "reporter_lost": Sentence("居民联系不上:卡片上注明", "the resident cannot be reached: said on the card"),
    "closed_visited": Sentence(
        "联系不上的居民:凭照片和上门核查结案", "a resident who cannot be reached: closed by photo and visit"
    ),
    "cancelled": Sentence("居民撤销(保密和一级不行)", "withdrawn by the resident (not sealed, not severity 1)"),
    "withdrawn": Sentence("已签收后居民说不用了:快速核实", "withdrawn after acceptance: a quick check"),
    "added": Sentence("居民补充文字、照片、位置", "the resident adds words, photos, a place"),
    "urged": Sentence("居民催办(两小时最多一次)", "the resident urges (at most once in two hours)"),
}


class Beside(NamedTuple):
    """A row of the rules that is no step of the table, and where it lives."""

    row: int
    where: str
    zh: str
    en: str


BESIDE: tuple[Beside, ...] = (
    Beside(
        1,
        "core/decide/intake.py",
        "第一句话:事项从 `DRAFT` 开始(`opened`)",
        "the first message: a case begins as `DRAFT`",
    ),
    Beside(
        5,
        "core/decide/people.py",
        "闲聊、试发、广告、恶作剧:不立事项,简短回一句,记一笔(`dropped`)",
        "chat, a test, an advertisement, a prank: no case, a short reply, a line in the log (`dropped`)",
    ),
    Beside(
        30,
        "core/decide/joining.py",
        "结案超过 30 天再反映:立新事项",
        "reported again after more than 30 days: a case of its own",
    ),
    Beside(
        43,
        "core/decide/privacy.py, core/erasure.py",
        "删除个人信息:身份去掉,事项和统计留下",
        "personal data erased: the identity goes, the case and the figures stay",
    ),
    Beside(
        44,
        "core/decide/outage.py, bot/outage.py",
        "停机后恢复:重算时限,每个群只发一条汇总",
        "back after an outage: what is due is worked out anew, one summary for each chat",
    ),
)


def page() -> str:
    """The whole text of docs/life.md."""
    return markdown.page(
        "# 一件事的一生 · The life of a case",
        "数字是业务规则 life.md 的行号,代码和事件里用的就是它。状态没有“升级”:升级是旁边的位置(下面的阶梯)。\n\n"
        "The numbers are rows of the rules of the trade (“life.md row 10” in the code and in every event). Escalation "
        "is not a state but a position beside it: the ladder below.",
        _drawing(),
        "## 状态 · States",
        markdown.table(("状态", "中文", "English"), ([f"`{it.value}`", *_named(it)] for it in Status)),
        "## 每一步 · Every step",
        markdown.table(("行 row", "事件 event", "从 from", "到 to", "意思", "meaning"), map(_row, LIFE)),
        "不在这张表里的行。Rows that are no step of this table.",
        markdown.table(("行 row", "在哪 where", "意思", "meaning"), ([str(it.row), *it[1:]] for it in BESIDE)),
        "## 催办阶梯 · The ladder",
        "这是默认值,辖区文件里 `district.ladder` 可以改。The usual one; a district may change it.\n\n"
        "从派单算起,直到有人签收(`S` 只算服务时间,`WD` 工作日)。Counted from the offer until somebody accepts "
        "(`S` service time only, `WD` working days).",
        _rungs(rungs.USUAL.unaccepted),
        "二级从第一句话算起,三、四级从办结时限算起。Severity 2 is counted from the first message, 3 and 4 from the "
        "limit to close.",
        _rungs(rungs.USUAL.upper),
        "从签收人最后一次动静算起:先问“还在处理吗”,再标橙、报网格长,再报社区。到场以后另算。Counted from the last sign "
        "of life of whoever accepted: asked, then amber and told to the grid head, then to the community; longer once "
        "they are on site.",
        _rungs(rungs.USUAL.silent),
        _rungs(rungs.USUAL.silent_there),
        "居民答复问题的时间。How long an answer of the resident is waited for.",
        _rungs((rungs.USUAL.answer,)),
        "办结时限走过的部分。As a part of the time to the limit to close.",
        markdown.table(
            ("", "1", "2", "3", "4"),
            (
                [f"`{name}`", *(f"{parts[level]:.0%}" for level in (1, 2, 3, 4))]
                for name, parts in rungs.USUAL.closing.items()
            ),
        ),
    )


def _named(status: Status) -> tuple[str, str]:
    return catalogue("zh-Hans").word(f"status.{status.value}"), catalogue("en").word(f"status.{status.value}")


def _drawing() -> str:
    """States and the steps between them; a step that leads back to where it came from is in the table only."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> DRAFT"]
    arrows: defaultdict[tuple[Status, Status], list[str]] = defaultdict(list)
    for edge in LIFE:
        for source in sorted(edge.sources, key=list(Status).index):
            if edge.target is not None and edge.target is not source:
                arrows[source, edge.target].append(f"{edge.row} {edge.event}")
    lines += [
        f"    {source.value} --> {target.value}: {', '.join(steps)}" for (source, target), steps in arrows.items()
    ]
    lines += [f"    {status.value} --> [*]" for status in Status if status in ENDED]
    return "\n".join((*lines, "```"))


def _row(edge: Edge) -> tuple[str, ...]:
    sources = " ".join(f"`{it.value}`" for it in Status if it in edge.sources)
    target = f"`{edge.target.value}`" if edge.target else "—"
    return (str(edge.row), f"`{edge.event}`", sources, target, *SENTENCES[edge.event])


def _rungs(steps: tuple[rungs.Step, ...]) -> str:
    rows = ([f"`{step.name}`", *(_span(step.after[level]) for level in (1, 2, 3, 4))] for step in steps)
    return markdown.table(("", "1", "2", "3", "4"), rows)


def _span(after: rungs.After) -> str:
    if after is None:
        return "—"
    return f"{after[0]} {after[1]}" if after[1] == "S" else str(after[0])
