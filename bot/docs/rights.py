"""docs/rights.md: who may what, from the tables that the door goes by (core.access) and the roles given in chat."""

from collections.abc import Iterator

from bot.docs import markdown
from bot.voice.catalogue import catalogue
from core.access import GROUPS, WORDS, Part, Rule
from core.roles import ROLES

ALWAYS, THEIRS, NEVER = "✓", "○", "–"

# What the buttons of each row are.
BUTTONS: dict[str, tuple[str, str]] = {
    "talk": ("找工作人员、语言、我的事项", "a person, the language, my cases"),
    "privacy": ("隐私:删除、拿一份、匿名、撤回同意", "privacy: erase, a copy, no name, consent withdrawn"),
    "report": (
        "自己报的事:补充、催、撤、解决了没有、评价",
        "one's own report: more, urge, withdraw, rate",
    ),
    "complaint": ("自己的投诉:可以了、不满意", "one's own complaint: settled, or on to the next level"),
    "verify": ("被请到的:去看看、搭把手、当不当志愿者", "who was asked: to look, to lend a hand, volunteering"),
    "volunteer": ("当平安志愿者", "becoming a volunteer"),
    "department": ("部门群里的报到、退回、办结", "a department's report in, return and done, in its chat"),
    "side": ("自己的纠纷:同意、选时间、确认协议", "one's own dispute: consent, a time, the agreement"),
    "mediator": ("派给自己的纠纷", "a dispute that was given to them"),
    "case": ("派到本队、本人的事项:签收到办结", "a case that their team or they were asked about"),
    "helper": ("被请进保密件协助的:看概要", "brought into a sealed case by name: its summary"),
    "level": ("催到自己的事项:接管、已知、说明", "a case that has climbed to them: take over, known, explain"),
    "look": ("找事项翻页(只看得到自己范围的)", "pages of a search, of what is in their scope"),
    "looked": ("打开找到的事项", "opening a case that was found"),
    "figures": ("简报的名单:翻页、导出、已阅", "the lists behind figures: pages, export, read"),
    "figures_of": ("打开名单里的一件;每天要不要发", "opening one of a list; whether it comes daily"),
    "shifts": ("离岗、换班、请假、补位", "away, swaps, leave, standing in"),
    "whatif": ("预演", "what if"),
    "checks": ("查岗、抽查", "spot checks and samples"),
    "handover": ("交接班", "change of shift"),
    "tasks": ("派给自己的任务", "tasks given to them"),
    "calls": ("叫支援、叫志愿者", "calling for help and for volunteers"),
    "question": ("居民的问题其实是隐患:立案", "a question that is a hazard: a case of it"),
    "centre": ("中心群里:岗位、任务、大风大雨", "in the centre's chat: posts, tasks, storm mode"),
    "rules": ("时限阶梯、放假安排", "limits and ladder, holiday tables"),
    "people": ("人员和权限", "people and rights"),
    "setup": ("设置辖区", "setting up the district"),
}
PAGES = (
    ("`/healthz` `/readyz`", "谁都行,只说好坏", "anybody; well or not, and why in words without names"),
    ("`/metrics`", "听在 `BOT_LISTEN`(默认只有本机)或 `BOT_METRICS_LISTEN`", "where it listens: this machine alone"),
    ("`BOT_WEBHOOK_URL`", "只有带 `BOT_WEBHOOK_SECRET` 的 Telegram", "Telegram alone, by the secret"),
    ("`/clock`", "只在演练的时钟上有", "with a moved clock alone, never against Telegram"),
)


def page() -> str:
    """The whole text of docs/rights.md."""
    head = ("", "", *(it.value for it in Part))
    return markdown.page(
        "# 谁能做什么 · Who may what",
        f"{ALWAYS} 可以;{THEIRS} 只限自己的(派到的、点到名的、自己报的);{NEVER} 不可以。一个人可以有几种身份,合起来算。"
        "不可以的,机器人说明归谁、找谁;居民看不到有这个命令。\n\n"
        f"{ALWAYS} yes; {THEIRS} of what is theirs alone (asked, named, their own report); {NEVER} no. Somebody with "
        "several parts may what any of them may. Who is refused hears whose it is and whom to ask; a resident does not "
        "learn that there is such a command. `core/access.py` is what the door goes by; every cell is sent in "
        "`tests/core/decide/test_access.py`.",
        "## 身份 · Parts",
        markdown.table(("", "", ""), ((f"`{it.value}`", *_names(f"part.{it.value}")) for it in Part)),
        "## 聊天里给的角色 · Roles given in chat",
        markdown.table(
            ("角色 role", "", "文件里的职务 word of the file", "权限 rights"),
            ((*_names(f"role.{key}"), it.word, ", ".join(it.powers) or "—") for key, it in ROLES.items()),
        ),
        "## 命令 · Commands",
        markdown.table(head[1:], ((f"`/{word}`", *_cells(rule)) for word, rule in WORDS.items())),
        "## 按钮 · Buttons",
        markdown.table(head, ((*BUTTONS[key], *_cells(it.rule)) for key, it in GROUPS.items())),
        "## 网页 · Pages",
        markdown.table(("页 page", "谁", "who"), PAGES),
        "## 看得到什么 · Fields",
        "一件事的哪些内容谁看得到、留多久:[privacy.md](privacy.md);逐格的检查在 `tests/core/decide/"
        "test_who_sees_what.py`。Who sees which part of a case, and for how long: [privacy.md](privacy.md).",
    )


def _cells(rule: Rule) -> Iterator[str]:
    for part in Part:
        yield ALWAYS if part in rule.always else THEIRS if part in rule.theirs else NEVER


def _names(key: str) -> tuple[str, str]:
    return catalogue("zh-Hans").word(key), catalogue("en").word(key)
