"""Fairness: what one person sends in an hour, and reports that were found false, never stand in the way of danger.

Too many reports go to a person instead of a post (privacy.md, malicious use: 10 an hour). Whoever had three put away in
a month, each by two persons and each with an appeal, is read by the centre first. Nobody is ever shut out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.case import Case, Status

AN_HOUR, MOST = timedelta(hours=1), 10
STRIKES, A_MONTH = 3, timedelta(days=30)


def too_many(cases: Sequence[Case], now: datetime) -> bool:
    """Whether these cases of one person are as many as an hour takes; those that were put together count once."""
    lately = [it for it in cases if now - it.opened_at < AN_HOUR and it.status is not Status.MERGED]
    return len(lately) >= MOST


def strikes(cases: Sequence[Case], now: datetime) -> int:
    """Reports that two persons found false in the last month; one that was appealed against is none."""
    return sum(it.status is Status.SPAM and it.closed_at is not None and now - it.closed_at < A_MONTH for it in cases)


def watched(cases: Sequence[Case], now: datetime) -> bool:
    """Whether the centre reads this person's reports first."""
    return strikes(cases, now) >= STRIKES
