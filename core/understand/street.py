"""Road and house number out of words, to be asked of a map: nothing finer, and nothing else of what was said."""

import re

_ZH = re.compile(
    r"(?P<road>[\u4e00-\u9fff]{1,7}?(?:大道|路|街|巷|胡同|弄)(?:[东南西北中]?[一二三四五六七八九十]{0,2}段)?)"
    r"\s*(?P<number>\d{1,4}(?:[-之]\d{1,3})?)\s*[号號]"
)
_EN = re.compile(
    r"\b(?P<number>\d{1,4})\s+(?P<road>[A-Z][A-Za-z]+(?:\s[A-Z][A-Za-z]+){0,3}\s(?:Road|Street|Avenue|Lane))\b"
)
_BEFORE = re.compile(
    r"^.*(?:在|到|是|住|去|就|的|于|從|从|说|報|报|我|们|們|市|区|區|县|縣|儿|里|边)(?=[\u4e00-\u9fff]{2})"
)


def street_of(text: str) -> str | None:
    """“昨晚在龙舟路45号门口” -> 龙舟路45号; None where no road is named with a number."""
    found = _ZH.search(text)
    if found is not None:
        return f"{_BEFORE.sub('', found['road'])}{found['number']}号"
    found = _EN.search(text)
    return f"{found['number']} {found['road']}" if found is not None else None
