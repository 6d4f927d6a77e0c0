"""Whether the writer says to be a child under 14: no profile, told plainly what happens (privacy.md)."""

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
