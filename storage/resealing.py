"""Sealing what stands there in the clear: when a case becomes sealed, when a key is first set, when it is changed."""

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, or_, select, update

from storage.cases import case_of, write_sealed
from storage.meta import get_meta, put_meta
from storage.posts import QUESTION
from storage.queueing import notice_of, packed
from storage.records import SEALED
from storage.sealing import COMPLAINT, IN_CONFIDENCE, MARK, ring_of, seal_all, seal_text
from storage.tables import CASES, EVENTS, LETTERS, OUTBOX, POSTS, RECORDS
from storage.tenancy import district_of

SEALED_BY = "ring"  # the key under which it is kept whose seal the text bears


def known_key(conn: Connection) -> str | None:
    """The name of the key that sealed this database; None when nothing was sealed."""
    return get_meta(conn, SEALED_BY)


def reseal(conn: Connection) -> int:
    """Seal all that is confidential with the first key, whatever sealed it before; how many rows were written."""
    ring = ring_of(conn)
    if ring is None:
        return 0
    secret = or_(CASES.c.sealed, CASES.c.body.contains('"anonymous":true'))  # in words of people its quotes are escaped
    here = (CASES.c.district_id == district_of(conn), secret)
    numbers = list(conn.execute(select(CASES.c.no).where(*here)).scalars())
    count = sum(seal_case(conn, no, anew=True) for no in numbers)
    count += _seal(conn, LETTERS, LETTERS.c.raw, LETTERS.c.raw.is_not(None), anew=True)
    count += _seal(conn, RECORDS, RECORDS.c.body, RECORDS.c.kind.in_(SEALED), anew=True)
    count += sum(_seal_notices(conn, OUTBOX.c.notice.contains(f'"kind":"{kind}')) for kind in IN_CONFIDENCE)
    count += _seal_notices(conn, OUTBOX.c.slot.startswith(COMPLAINT)) + _seal_questions(conn)
    told = or_(POSTS.c.params.contains(MARK), *(POSTS.c.kind.startswith(kind) for kind in IN_CONFIDENCE))
    count += _seal(conn, POSTS, POSTS.c.params, and_(POSTS.c.case_no.is_(None), told), anew=True)
    put_meta(conn, SEALED_BY, ring.names[0])
    return count


def seal_case(conn: Connection, no: str, *, anew: bool = False) -> int:
    """All that was written about a case before it was sealed; `anew`: what is sealed already as well. Of one that was
    told without a name, by whom."""
    case = case_of(conn, no)
    if ring_of(conn) is None or case is None or not (case.sealed or case.anonymous):
        return 0
    write_sealed(conn, case)
    telling = EVENTS.c.case_no == no
    if not case.sealed:
        naming = or_(EVENTS.c.data.contains(str(case.reporter)), EVENTS.c.data.contains(MARK))
        return 1 + _seal(conn, EVENTS, EVENTS.c.data, and_(telling, naming), anew=anew)
    count = 1 + _seal(conn, EVENTS, EVENTS.c.data, telling, anew=anew)
    count += _seal(conn, POSTS, POSTS.c.params, POSTS.c.case_no == no, anew=anew)
    return count + _seal_notices(conn, OUTBOX.c.case_no == no)


def _seal_questions(conn: Connection) -> int:
    """What a complaint says, in what is remembered of our messages about it; what is sealed there already is not
    looked at."""
    asked = (POSTS.c.slot.startswith(COMPLAINT), POSTS.c.kind == QUESTION, POSTS.c.params.not_like(f"%{MARK}%"))
    here = (POSTS.c.district_id == district_of(conn), *asked)
    rows = conn.execute(select(POSTS.c.chat, POSTS.c.message, POSTS.c.slot, POSTS.c.params).where(*here)).all()
    for row in rows:
        one = (*here, POSTS.c.chat == row.chat, POSTS.c.message == row.message)
        conn.execute(update(POSTS).where(*one).values(params=seal_text(conn, row.params, row.slot)))
    return len(rows)


def _seal_notices(conn: Connection, which: ColumnElement[bool]) -> int:
    """Word by word: of a notice what is searched stays readable."""
    here = (OUTBOX.c.district_id == district_of(conn), which)
    rows = conn.execute(select(OUTBOX.c.id, OUTBOX.c.notice).where(*here)).all()
    for row in rows:
        text = packed(conn, notice_of(conn, row.notice))
        conn.execute(update(OUTBOX).where(*here, OUTBOX.c.id == row.id).values(notice=text))
    return len(rows)


def _seal(conn: Connection, table: Table, column: Column[str], which: ColumnElement[bool], *, anew: bool) -> int:
    ring = ring_of(conn)
    here = and_(table.c.district_id == district_of(conn), which)
    keys = list(table.primary_key)
    rows = conn.execute(select(column, *keys).where(here)).all() if ring else []
    count = 0
    for text, *names in rows:
        if MARK in text and not anew:
            continue
        one = (key == name for key, name in zip(keys, names, strict=True))
        sealed = ring.renew(text) if ring and MARK in text else seal_all(conn, text)
        conn.execute(update(table).where(*one).values({column.name: sealed}))
        count += 1
    return count
