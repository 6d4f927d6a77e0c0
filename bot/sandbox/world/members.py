"""What a member of a group is and may do, as the Bot API tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox.world.users import Json, User

PERMISSIONS: Final = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
ADMIN_RIGHTS: Final = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
    "can_manage_topics": True,
}
STATUSES: Final = ("creator", "administrator", "member", "restricted", "left", "kicked")
PRESENT: Final = frozenset({"creator", "administrator", "member", "restricted"})


def everything() -> dict[str, bool]:
    """Return the permissions of a group that allows its members everything but its settings."""
    return {name: name not in {"can_change_info", "can_pin_messages"} for name in PERMISSIONS}


@dataclass(slots=True, kw_only=True)
class Member:
    """A status in a chat. `rights` holds an administrator's rights or a restricted member's permissions."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        """Whether this one is in the chat; a restricted member may have left, the sandbox keeps them in."""
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        """Whether this one administers or owns the chat."""
        return self.status in {"creator", "administrator"}


def member_of(status: str, rights: Mapping[str, bool] | None = None) -> Member:
    """Return a member with the usual rights of the status, changed by `rights`.

    Raises ValueError for a status Telegram does not know.
    """
    if status not in STATUSES:
        raise ValueError(f"status {status!r} is not one of {', '.join(STATUSES)}")
    usual = {"administrator": ADMIN_RIGHTS, "restricted": dict.fromkeys(PERMISSIONS, False)}.get(status, {})
    return Member(status=status, rights={**usual, **(rights or {})})


_FIXED: Final[Mapping[str, Mapping[str, Any]]] = {
    "creator": {"is_anonymous": False},
    "administrator": {"can_be_edited": False, "is_anonymous": False},
    "restricted": {"is_member": True, "until_date": 0},
    "kicked": {"until_date": 0},
}


def member_json(user: User, member: Member) -> Json:
    """Return the Bot API `ChatMember` of the user."""
    rights = member.rights if member.status in {"administrator", "restricted"} else {}
    return {"user": user.as_json(), "status": member.status, **_FIXED.get(member.status, {}), **rights}
