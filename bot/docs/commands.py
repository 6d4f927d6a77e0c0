"""docs/commands.md: what the bot listens to — commands, the words that stand for them, buttons — from the tables."""

from typing import NamedTuple

from bot.docs import markdown
from bot.voice.catalogue import catalogue
from core.decide.orders import IN_GROUPS, INTO_PRIVATE, ORDERS
from core.texts import LABELS
from handlers.group import CALLS
from handlers.routes import ROUTES


class Meaning(NamedTuple):
    """What a command does, twice."""

    zh: str
    en: str


MEANINGS: dict[str, Meaning] = {
    "start": Meaning("问候和隐私说明;带参数的链接做它说的事", "greeting and privacy; a deep link does what it says"),
    "help": Meaning("怎么用(居民、工作人员各一份)", "how it works, for residents or for staff"),
    "report": Meaning("报隐患;其实直接说就行", "report a hazard; simply telling it works as well"),
    "mediate": Meaning(
        "要调解:下一条就是事由,只给调解员看;工作人员可以直接写在后面",
        "ask for mediation: the next message is the matter, for the mediator alone; staff may write it right behind",
    ),
    "ledger": Meaning(
        "调解台账:谁在办、下一步、到期;可导出 CSV、XLSX",
        "the ledger of disputes: who has it, what comes next and when; as CSV or XLSX too",
    ),
    "suggest": Meaning("提建议:下一条不留名转给中心", "the next message goes to the centre without a name"),
    "mine": Meaning("我的事项,每件可看进度、催办、撤销", "my cases: progress, urge, withdraw"),
    "privacy": Meaning("保存了什么;🗑 删除我的信息", "what is kept about you; erase it"),
    "language": Meaning("换语言", "change the language"),
    "human": Meaning("找工作人员", "talk to a person"),
    "signin": Meaning("签到:发位置", "sign in by place"),
    "signin_words": Meaning("说“到岗了”:给出发位置的按钮", "“at my post”: answered with the location button"),
    "signout": Meaning("签退", "sign out"),
    "duty": Meaning("谁在岗", "who is on duty"),
    "storm": Meaning(
        "大风大雨:只在综治中心群里(也可“@机器人 风暴模式”),由中心开、延长、关;看各小区未办多少、近一小时办了多少",
        "storm mode: in the centre's chat, by the centre's people: on, longer, off; what waits by compound, what was "
        "dealt with in the last hour",
    ),
    "away": Meaning("离岗:理由、多久,两下点完", "leave the post for a while: reason and time in two taps"),
    "back": Meaning("回岗", "back on duty"),
    "swap": Meaning("换班:选班、选人,对方同意就定", "swap a shift: which, with whom; settled when they agree"),
    "leave": Meaning("请假:选班,点长批准", "ask for leave from a shift; the head decides"),
    "gaps": Meaning("两周内没人的时段,谁代管", "hours without anybody in the coming two weeks, and who stands in"),
    "whatif": Meaning(
        "预演:/whatif 2月6日 3点,那时的单子谁接、多久后告诉谁",
        "what would happen at a moment: who gets a case, who is told after how long",
    ),
    "mylog": Meaning("自己的轨迹,别人看不到", "one's own track, which nobody else can see"),
    "checks": Meaning(
        "本月查岗:督察和中心看全部,其他人看自己的",
        "this month's spot checks: all for inspectors and the centre, else one's own",
    ),
    "weather": Meaning(
        "天气:中心记下某天的预警(天气 11-24 暴雨蓝色预警),写进周报的下周要做",
        "a warning that the centre puts down for a day; it stands in the weekly report's list for next week",
    ),
    "holidays": Meaning(
        "放假安排:今年、明年用的是哪张表,怎么发新的;中心把文本文件发来,看过预览点确认就启用",
        "holiday tables: which are used, how to send one; the centre sends a text file, looks and confirms",
    ),
    "doctor": Meaning(
        "体检(中心):令牌、群权限、谁联系不上、排班空档、备份、磁盘,每条写明怎么办",
        "a check-up, for the centre: token, rights, who cannot be reached, gaps, copies, disk, each with its remedy",
    ),
    "setup": Meaning(
        "设置(管理员):名称、群、位置、人员、排班、范围一步步填,看过预览点启用;也可以发辖区文件",
        "set the district up or change it, for administrators: step by step, or by a district file, with a preview",
    ),
    "digest": Meaning("今天到现在的简报;可以要求每天17:20发", "the day so far; can be asked for daily at 17:20"),
    "volunteer": Meaning("当平安志愿者:同意、距离、位置、退出", "be a volunteer: agree, how far, where, leave"),
    "cases": Meaning(
        "未结事项:本队、本网格的;中心看全部;后面可以加词再筛",
        "open cases of the team or grid, all of them for the centre; words behind it narrow the list",
    ),
    "case": Meaning(
        "只发编号(A2611-0042 或 /A2611_0042):工作人员看卡片和经过,居民看自己的进度",
        "a number alone: its card and history for staff, its progress for whoever reported it",
    ),
    "audit": Meaning(
        "审计日志(管理员):谁改了人员、权限、设置,谁看了保密件、导出了什么;整本发成文件,体检会验",
        "the audit log, for administrators: who changed people, rights and settings, who saw what is sealed; as a file",
    ),
    "people": Meaning(
        "人员和权限(管理员):邀请链接、到期、代理、离开时移交",
        "for administrators: invitation links, roles with an end, stand-ins, what is handed on when somebody leaves",
    ),
    "contacts": Meaning("常用电话、驿站;工作人员还能看到部门", "numbers to call, posts; departments for colleagues"),
    "found": Meaning("巡防自查:发现了就报", "report what a patrol finds itself"),
    "qr": Meaning("重点部位二维码,打印用", "the QR codes of key places, to print"),
    "find": Meaning(
        "找事项:编号、小区、状态、姓名、日期、类别,顺序随意:找 昨天 电瓶车 宏济新居 未结",
        "look for cases by number, place, state, person, day or kind, in any order",
    ),
}


def page() -> str:
    """The whole text of docs/commands.md."""
    return markdown.page(
        "# 命令和按钮 · Commands and buttons",
        "不用记命令:直接说就是报事。私聊里整条消息就是下面的词,也算命令。\n\n"
        "No command is needed: telling is reporting. In private a message that is nothing but one of the words counts "
        "as the command.",
        markdown.table(("命令 command", "也可以说 words", "哪里 where", "意思", "meaning"), map(_order, ORDERS)),
        "## 按钮 · Buttons",
        "名称里有变量的(驿站、种类、理由……)不在此列。Labels with a gap (team, kind, reason …) are left out.",
        markdown.table(("键 key", "中文", "English"), (_label(it) for it, gaps in LABELS.items() if not gaps)),
        "## 听什么 · What is listened to",
        "`handlers/routes.py`,第一条合适的算。The first row that fits is taken.",
        markdown.table(("名称 name", "更新 update"), ((it.name, f"`{it.kind}`") for it in ROUTES)),
    )


def _order(word: str) -> tuple[str, ...]:
    where = "私聊、群 private, group" if word in IN_GROUPS | INTO_PRIVATE | CALLS else "私聊 private"
    return (f"`/{word}`", " · ".join((*_words("zh-Hans", word), *_words("en", word))), where, *MEANINGS[word])


def _label(key: str) -> tuple[str, ...]:
    return f"`{key}`", catalogue("zh-Hans").word(key), catalogue("en").word(key)


def _words(language: str, command: str) -> list[str]:
    """The plain words of a command in one language; nothing for a command that has none (`/start`)."""
    known, key = catalogue(language), f"word.{command}"
    return known.word(key).split("|") if key in known else []
