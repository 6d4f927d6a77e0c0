"""Quarrels in the village: how they begin, how both sides come to talk, what the tests look at."""

from datetime import timedelta

from core.messages import Press, RecordDue, record_ref
from core.records import Dispute
from tests.core.decide.village import NEIGHBOUR, RESIDENT, ST2, Village

NOISE = "宏济新居3栋2单元楼上天天半夜拖椅子,说了几次都不听,能不能帮忙调一下"
FAMILY = "离婚了他一直不给女儿抚养费,探视也扯皮,想找个人评评理,不想闹到法院"
STALKED = "分手了他天天在楼下守到我,还说我不复合就让我好看,我有点怕"
JUDGED = "法院都判了,我不服,你们社区给我重新调"
MEDIATOR, SECOND, OFFICER, HEAD = "P069", "P070", "P066", "P051"


def forged(village: Village, action: str, *, chat: int, user: int, arg: str = "", about: Dispute | None = None) -> None:
    """A press that somebody sends who may have no such button."""
    found = about or dispute(village)
    press = Press(action=action, case=record_ref("med", found.id), round=found.round, arg=arg)
    village.sends_press((None, press), chat=chat, user=user)


def head_of(village: Village, grid: str = "G05") -> int:
    """The account of a grid's head."""
    found = village.town.district.grid_head(grid)
    assert found is not None
    return village.account(found.id)


def dispute(village: Village) -> Dispute:
    (found,) = [it for it in village.records.values() if isinstance(it, Dispute)]
    return found


def ticks(village: Village, until: timedelta) -> None:
    """The clock stops at every due moment on the way."""
    end = village.now + until
    while True:
        coming = [it for it in village.records.values() if isinstance(it, Dispute) and it.open and it.due_at]
        due = min((it.due_at for it in coming if it.due_at and it.due_at <= end), default=None)
        if due is None:
            break
        village.now = max(due, village.now)
        for it in [it for it in coming if it.due_at and it.due_at <= village.now]:
            village.does(RecordDue(at=village.now, kind="med", id=it.id))
            now = village.records["med", it.id]
            assert not now.open or now.due_at is None or now.due_at > village.now, "it stays due"
    village.now = end


def kinds(village: Village) -> list[str]:
    return [it.event.kind for it in village.log if it.event.kind.startswith("med")]


def words_to(village: Village, chat: int) -> str:
    """All that a chat was ever shown: texts, buttons, files; edits too."""
    shown = (it.notice for it in village.sent if it.chat == chat)
    return "\n".join(
        f"{it.kind} {it.params} {it.keys} {it.photos} {it.voices} {it.file} {it.attachment}" for it in shown
    )


def taken(village: Village, text: str = NOISE, user: int = RESIDENT) -> int:
    """Asked by a resident and taken by the head of the post, by one tap in its group; gives the head's account."""
    village.says(text, user=user)
    head = village.account("P010")
    village.presses("btn.med_take", chat=ST2, user=head)
    return head


def joined(village: Village, owner: int, user: int = NEIGHBOUR) -> None:
    """The other side comes by the link, and the mediator says that it is them."""
    village.presses("btn.med_invite", chat=owner, user=owner)
    link = str(village.newest(owner, "med.link").notice.params["link"])
    village.orders("start", link.partition("start=")[2], user=user)
    village.presses("btn.med_is_them", chat=owner, user=owner)


def in_talks(village: Village) -> int:
    """Accepted, both sides have agreed, inquired into: the talks can begin."""
    owner = taken(village)
    village.presses("btn.med_accept", chat=owner, user=owner)
    village.presses("btn.med_yes", chat=RESIDENT, user=RESIDENT)
    joined(village, owner)
    village.presses("btn.med_yes", chat=NEIGHBOUR, user=NEIGHBOUR)
    for label in ("btn.med_inquire", "btn.med_talks"):
        village.presses(label, chat=owner, user=owner)
    return owner
