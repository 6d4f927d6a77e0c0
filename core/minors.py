"""Whether the writer says to be a child under 14, and whether somebody hurts them: no profile, told plainly what
happens (privacy.md)."""

import re

GROWN = 14  # years
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_AGE = re.compile(
    r"(?:^|[,。!?;,.!?;\s])我(?:今年|现在|現在|才|只有|刚满|剛滿|快|马上|馬上|是|已经|已經)*"
    r"([0-9]{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?:周)?[岁歲](?!的)"
)
_SCHOOL = re.compile(
    r"我(?:是|在|上|读|讀|念|还在|還在|才)*"
    r"(?:小学生|小學生|小学|小學|幼儿园|幼兒園|[一二三四五六]年级|[一二三四五六]年級)(?!旁|门|門|对|對|附|的)"
)
_ENGLISH = re.compile(
    r"\bi(?:'m| am) (?:only |just )?([0-9]{1,2})(?: years? old)?\b(?! (?:m|km|min|meter|metre|minute|step))",
    re.IGNORECASE,
)
# What is done to the writer, as a child says it; 没打我 and 打我电话 are not.
_DEED = (
    "打|揍|踢|踹|掐|扇|捶|摸|亲|親|堵|追|拖|抢|搶|脱|脫|绑|綁|关|關|欺负|欺負|吓|嚇|威胁|威脅|骚扰|騷擾|跟着|跟著"
    "|跟踪|跟蹤|尾随|尾隨|侵犯"
)
_HURT = re.compile(
    rf"(?<![没沒不别別])(?:{_DEED})(?:了|过|過|着|著|住|伤|傷|哭|走)?我(?!的?(?:电话|電話|手机|手機|号码|號碼|微信))"
    rf"|我被[^,。!?,.!?]{{0,8}}(?:{_DEED})|把我[^,。!?,.!?]{{0,8}}(?:{_DEED})"
    r"|\b(?:hit|hits|hitting|beats?|beating|kick\w*|follow\w*|touch\w*|bull(?:y\w*|ies)|hurt\w*) me\b",
    re.IGNORECASE,
)
_ARMED = re.compile(r"刀|斧|锤|錘|砍|枪|槍|棍|硫酸|knife|gun\b|axe", re.IGNORECASE)


def is_hurt(text: str) -> bool:
    """有人打我, 叔叔摸我, 我被他们堵在厕所; not 有人打架."""
    return _HURT.search(text) is not None


def is_armed(text: str) -> bool:
    """Whether there is a weapon: then whoever is nearest has to run, whoever may know of it."""
    return _ARMED.search(text) is not None


def says_so(text: str) -> bool:
    """我今年11岁, 我读三年级, I am 11 years old; not 我家孩子11岁, nor 我在小学旁边."""
    for pattern in (_AGE, _ENGLISH):
        for hit in pattern.finditer(text):
            if _years(hit.group(1)) < GROWN:
                return True
    return _SCHOOL.search(text) is not None


def _years(said: str) -> int:
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.partition("十")
    if not ten:
        return _DIGITS[tens]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
