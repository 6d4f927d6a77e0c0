"""What is wrong with a district file: every fault at once, each with its place and the way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend. `where` is a JSON path such as `stations[2].head`; `code` is a row of WORDS."""

    where: str
    code: str
    what: str
    remedy: str
    what_en: str
    remedy_en: str
    what_hant: str
    remedy_hant: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy} | {self.what_en} {self.remedy_en}"


class DistrictFaults(Exception):  # noqa: N818 - it carries the faults of a file, it is not an error of ours
    """The file was refused whole; `faults` says everything that has to be mended first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


# code: what and remedy in zh-Hans, en and zh-Hant; braces are filled by the finder
WORDS: Mapping[str, tuple[str, str, str, str, str, str]] = MappingProxyType(
    {
        "missing": (
            "缺少这一项。", "请补上。", "This entry is missing.", "Add it.",
            "缺少這一項。", "請補上。",
        ),
        "type": (
            "应为{wanted_zh},实为 {got}。", "请改成{wanted_zh}。",
            "This should be {wanted}, not {got}.", "Write it as {wanted}.",
            "應為{wanted_zh},實為 {got}。", "請改成{wanted_zh}。",
        ),
        "empty": (
            "内容为空。", "请填写。", "This is empty.", "Fill it in.",
            "內容為空。", "請填寫。",
        ),
        "twice": (
            "编号 {value} 已在 {first} 用过。", "请换一个编号。",
            "The id {value} is already used at {first}.", "Choose another id.",
            "編號 {value} 已在 {first} 用過。", "請換一個編號。",
        ),
        "dangling": (
            "{value} 不存在于 {kind}。", "请改成已有的编号,或先加上它。",
            "{value} is not among the {kind}.", "Name one that exists, or add it.",
            "{value} 不存在於 {kind}。", "請改成已有的編號,或先加上它。",
        ),
        "chat_twice": (
            "群 {value} 已在 {first} 用过。", "一个群只能有一个用途,请换群。",
            "Chat {value} is already used at {first}.", "A chat serves one purpose; give another.",
            "群 {value} 已在 {first} 用過。", "一個群只能有一個用途,請換群。",
        ),
        "account_twice": (
            "Telegram 账号 {value} 已在 {first} 用过。", "一个账号只能对应一个人,请更正。",
            "Telegram account {value} is already used at {first}.", "One account is one person; correct it.",
            "Telegram 帳號 {value} 已在 {first} 用過。", "一個帳號只能對應一個人,請更正。",
        ),
        "four": (
            "应有四个值(特急、紧急、一般、轻微各一个),实有 {got} 个。", "请写满四个,没有这一级就写“-”。",
            "There should be four values, one per severity, not {got}.", "Write four; `-` where there is no such step.",
            "應有四個值(特急、緊急、一般、輕微各一個),實有 {got} 個。", "請寫滿四個,沒有這一級就寫“-”。",
        ),
        "after": (
            "{value} 不是时长。", "请写成 3m、20m S(服务时间)、1WD(工作日)或“-”。",
            "{value} is not a span.", "Write 3m, 20m S (service time), 1WD (working days) or `-`.",
            "{value} 不是時長。", "請寫成 3m、20m S(服務時間)、1WD(工作日)或“-”。",
        ),
        "range": (
            "{value} 超出范围 {low}–{high}。", "请改到范围之内。",
            "{value} lies outside {low} to {high}.", "Bring it inside the range.",
            "{value} 超出範圍 {low}–{high}。", "請改到範圍之內。",
        ),
        "time": (
            "{value} 不是时间。", "请写成 07:40 的样子;过夜的班写 06:00+1。",
            "{value} is not a time of day.", "Write it like 07:40; a shift over midnight ends like 06:00+1.",
            "{value} 不是時間。", "請寫成 07:40 的樣子;過夜的班寫 06:00+1。",
        ),
        "hours": (
            "{value} 不是一段时间。", "请写成 22:00-07:00 的样子。",
            "{value} is not a part of the day.", "Write it like 22:00-07:00.",
            "{value} 不是一段時間。", "請寫成 22:00-07:00 的樣子。",
        ),
        "shift_end": (
            "下班 {value} 不晚于上班。", "过夜的班请在下班时间后加 +1。",
            "The shift ends at {value}, not after its start.", "For a shift over midnight add +1 to the end.",
            "下班 {value} 不晚於上班。", "過夜的班請在下班時間後加 +1。",
        ),
        "shift_long": (
            "这个班长于 {hours} 小时。", "请检查上下班时间。",
            "This shift is longer than {hours} hours.", "Check its start and end.",
            "這個班長於 {hours} 小時。", "請檢查上下班時間。",
        ),
        "date": (
            "{value} 不是日期。", "请写成 2026-11-16 的样子。",
            "{value} is not a date.", "Write it like 2026-11-16.",
            "{value} 不是日期。", "請寫成 2026-11-16 的樣子。",
        ),
        "year": (
            "{value} 不属于 {year} 年。", "请把日期移到它的年份下。",
            "{value} is not a day of {year}.", "Move it under its own year.",
            "{value} 不屬於 {year} 年。", "請把日期移到它的年份下。",
        ),
        "zone": (
            "没有时区 {value}。", "请写 IANA 名称,如 Asia/Shanghai。",
            "There is no time zone {value}.", "Write an IANA name such as Asia/Shanghai.",
            "沒有時區 {value}。", "請寫 IANA 名稱,如 Asia/Shanghai。",
        ),
        "span": (
            "{value} 不是时限。", "请写成 30m、24h 或 2WD 的样子。",
            "{value} is not a limit.", "Write it like 30m, 24h or 2WD.",
            "{value} 不是時限。", "請寫成 30m、24h 或 2WD 的樣子。",
        ),
        "choice": (
            "{value} 不在可选项之中:{choices}。", "请改成其中之一。",
            "{value} is not one of: {choices}.", "Choose one of them.",
            "{value} 不在可選項之中:{choices}。", "請改成其中之一。",
        ),
        "cycle": (
            "周期写了 {got} 天,cycle_days 是 {want}。", "请让两者一致。",
            "The cycle names {got} days, cycle_days says {want}.", "Make both agree.",
            "週期寫了 {got} 天,cycle_days 是 {want}。", "請讓兩者一致。",
        ),
        "shift_unknown": (
            "班次 {value} 没有定义,也不是“休”。", "请在 shifts 里定义它,或写“休”。",
            "Shift {value} is not defined and is not a rest (休).", "Define it under shifts, or write 休.",
            "班次 {value} 沒有定義,也不是“休”。", "請在 shifts 裡定義它,或寫“休”。",
        ),
        "offset": (
            "offset_days {value} 不在周期 0–{high} 天之内。", "请改到周期之内。",
            "offset_days {value} is not within the cycle, 0 to {high}.", "Bring it inside the cycle.",
            "offset_days {value} 不在週期 0–{high} 天之內。", "請改到週期之內。",
        ),
        "geometry": (
            "网格边界不成立:{reason}。", "请重画:首尾相接、不自交、至少三个角。",
            "The border does not hold: {reason}.", "Draw it again: closed, not crossing itself, three corners or more.",
            "網格邊界不成立:{reason}。", "請重畫:首尾相接、不自交、至少三個角。",
        ),
        "swapped": (
            "经纬度似乎写反了。", "边界按 GeoJSON 写[经度, 纬度];点用 lat 和 lng。",
            "Latitude and longitude seem swapped.", "Borders are [lng, lat] as in GeoJSON; points use lat and lng.",
            "經緯度似乎寫反了。", "邊界按 GeoJSON 寫[經度, 緯度];點用 lat 和 lng。",
        ),
        "meaning": (
            "{value} 不是类别编号,也不是这些之一:{choices}。", "请写类别编号(如 XF02)或其中之一。",
            "{value} is no category's code and none of: {choices}.", "Write a code such as XF02, or one of them.",
            "{value} 不是類別編號,也不是這些之一:{choices}。", "請寫類別編號(如 XF02)或其中之一。",
        ),
        "short": (
            "“{value}”太短,平常话里也会有。", "请写 {low} 个字以上。",
            "“{value}” is so short that it stands in other words too.", "Write {low} characters or more.",
            "“{value}”太短,平常話裡也會有。", "請寫 {low} 個字以上。",
        ),
        "phrase_twice": (
            "“{value}”已写在 {first}。", "一句话只能有一个意思,请删掉一处。",
            "“{value}” stands at {first} already.", "A phrase has one meaning; take one of them out.",
            "“{value}”已寫在 {first}。", "一句話只能有一個意思,請刪掉一處。",
        ),
        "group_unknown": (
            "{team} 没有 {value} 组。", "请改成这支队伍已有的组。",
            "{team} has no group {value}.", "Name a group of that team.",
            "{team} 沒有 {value} 組。", "請改成這支隊伍已有的組。",
        ),
    }
)  # fmt: skip


@dataclass(slots=True)
class Book:
    """Where a reader writes down what it finds; the order is the file's."""

    faults: list[Fault] = field(default_factory=list)

    def note(self, where: str, code: str, **words: object) -> None:
        """Write one fault, in the words of its row."""
        zh, zh_way, en, en_way, hant, hant_way = (text.format(**words) for text in WORDS[code])
        self.faults.append(
            Fault(
                where=where, code=code, what=zh, remedy=zh_way, what_en=en, remedy_en=en_way,
                what_hant=hant, remedy_hant=hant_way,
            )
        )  # fmt: skip

    def close(self) -> None:
        """Raise DistrictFaults if anything was written."""
        if self.faults:
            raise DistrictFaults(tuple(self.faults))
