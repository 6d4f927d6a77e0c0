"""Stored values come back as they went, and strangers are refused in words."""

from types import MappingProxyType

import orjson
import pytest

from core.case import Case, Closing, Event, Handover, Offer, Place, Status
from core.messages import Key, Lane, Notice, Press
from core.roster import Away, SignIn
from core.world import Contact
from storage.codec import pack, unpack
from storage.errors import Unreadable
from tests.storage.values import NOW, case, later, notice

FULL = case(
    status=Status.SITE,
    words=("楼道堆了纸箱 📦",),
    messages=(1, 2),
    place=Place(label="3栋", lat=30.63, lng=104.09, grid="G02"),
    offers=(Offer(serial=1, team="ST1", chat=-1, kind="post", at=NOW, due=later(3), metres=120),),
    watchers=(-1, -2),
    handover=Handover(target="ST2", offer=1, by="P001", reason="transfer"),
    closing=Closing(by="P001", photo="file"),
    due_at=later(3),
)


@pytest.mark.parametrize(
    "value",
    [
        FULL,
        notice("k", params={"items": [{"no": "A", "n": [1, 2.5, None, True]}]}, keys=((Key(label="x"),),)),
        notice("k", keys=((Key(label="b.ack", press=Press(action="ack", case="A", round=2)),),), spot=(30.1, 104.2)),
        Contact(user_id=9_000_000_001, awaiting="signin", awaiting_until=NOW),
        SignIn(person="P001", team="ST1", shift_start=NOW, shift_end=later(480), at=NOW, metres=12.5),
        Away(person="P001", since=NOW, until=None, reason="meal"),
    ],
)
def test_a_value_comes_back_equal(value: object) -> None:
    assert unpack(type(value), pack(value)) == value


def test_enums_are_stored_as_their_values_and_moments_keep_their_zone() -> None:
    stored = orjson.loads(pack(FULL))

    assert stored["status"] == "SITE"
    assert unpack(Case, pack(FULL)).opened_at.utcoffset() == NOW.utcoffset()
    assert orjson.loads(pack(notice("k", lane=Lane.URGENT)))["lane"] == 1


def test_read_only_mappings_are_stored_like_dicts() -> None:
    event = Event(kind="told", at=NOW, data=MappingProxyType({"grid": "G01"}))

    assert unpack(Event, pack(event)).data == {"grid": "G01"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"severity": "very"}, "severity"),
        ({"status": "ASLEEP"}, "status"),
        ({"offers": [{"serial": 1, "speed": 9}]}, "offers.0"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_field_and_what_to_do(body: dict[str, object], field: str) -> None:
    stored = orjson.loads(pack(FULL)) | body

    with pytest.raises(Unreadable, match=rf"A stored Case cannot be read: {field}.*newer version of the bot"):
        unpack(Case, orjson.dumps(stored).decode())


def test_what_cannot_be_told_in_json_is_refused_when_it_is_stored() -> None:
    with pytest.raises(TypeError):
        pack({"at": object()})


def test_a_body_written_before_a_field_existed_is_read_with_its_default() -> None:
    stored = orjson.loads(pack(notice("k", silent=True)))
    del stored["reply_to"]

    assert unpack(Notice, orjson.dumps(stored).decode()).reply_to is None
