"""Invitations: a link with a role, a place and an end; whoever opens it is known by their account, nobody types an id.

The code in the link is told once, to whoever asked for it; kept is only what it hashes to.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from core import access
from core.decide import people, say
from core.decide.roles import about
from core.members import member_by
from core.messages import Json, Key, Notice, Ordered, Pressed, record_ref
from core.records import Invite, Member
from core.roles import KNOWN, ROLES, Seat
from core.world import Decision, World

PREFIX = "in_"
OPEN_FOR = timedelta(days=3)  # a link that lies about in a chat for longer is somebody's mistake
SEVERAL = 10
LASTS = (30, 90)  # days
NO_GROUP = "-"


def named(code: str) -> str:
    """The id of the invitation that a code opens."""
    return sha256(code.encode()).hexdigest()[:24]


def invitation(seat: Seat, by: int, world: World, language: str = "zh-Hans") -> tuple[Invite, str]:
    """A fresh invitation for one, given by an account, and its link, which nothing keeps."""
    invite = Invite(
        id=named(world.code), due_at=world.now + OPEN_FOR, role=seat.role, where=seat.where, group=seat.group, by=by,
        language=language,
    )  # fmt: skip
    return invite, f"https://t.me/{world.bot_name}?start={PREFIX}{world.code}"


def new(command: Pressed, world: World) -> Decision:
    """➕ role, place, group: one tap each, only what the role asks for; then the link."""
    arg, page = about.page_of(command)
    role, _, rest = arg.partition(":")
    where, _, group = rest.partition(":")
    if not role:
        return about.screen(command, world, "role.which", [*_roles(world), about.back()])
    if role != KNOWN and role not in ROLES:
        return Decision(answer=say.answer(world, "ans.stale"))
    asked = _places(role, world) if not where else _groups(role, where, world) if not group else []
    if asked:
        kind = "role.where" if not where else "role.group"
        keys = about.paged(asked, page, "pp.new", arg)
        return about.screen(command, world, kind, [*keys, about.back("", "pp.new")], role=role)
    return _linked_out(command, Seat(role=role, where=where, group=group.strip(NO_GROUP)), world)


def _roles(world: World) -> list[list[Key]]:
    keys = [say.key("btn.role", "pp.new", None, role, role=role) for role in ROLES]
    rows = [keys[at : at + 2] for at in range(0, len(keys), 2)]
    return [*rows, [say.key("btn.role_known", "pp.new", None, KNOWN)]] if _places(KNOWN, world) else rows


def _places(role: str, world: World) -> list[Key]:
    district = world.town.district
    if role == KNOWN:
        found = [(it.id, it.name) for it in district.people if it.tg_id is None]
    else:
        found = [*about.places(ROLES[role], district)]
    return [say.key("btn.role_name", "pp.new", None, f"{role}:{where}", name=name) for where, name in found]


def _groups(role: str, where: str, world: World) -> list[Key]:
    """Whoever stands in no group is on no shift: a patrol's is asked for where the post has any."""
    team = world.town.district.team(where) if role == "patrol" else None
    if team is None or not team.groups:
        return []
    told = [(it.name, "btn.role_name", {"name": it.name}) for it in team.groups]
    rows = [*told, (NO_GROUP, "btn.role_no_group", {})]
    return [say.key(label, "pp.new", None, f"{role}:{where}:{group}", **params) for group, label, params in rows]


def _linked_out(command: Pressed, seat: Seat, world: World) -> Decision:
    """Said in a message of its own, to be passed on; the place is looked at again, for the town may have changed."""
    if not _is_free(seat, world) or not world.bot_name:
        return Decision(answer=say.answer(world, "ans.stale"))
    by = command.sender.user_id
    invite, link = invitation(seat, by, world, say.personal_language(world, command.sender.language))
    told = people.tell(command, world, "role.link", params={**_params(invite, world), "link": link}, keys=_keys(invite))
    data: dict[str, Json] = {
        "invite": invite.id,
        "role": seat.role,
        "where": seat.where or None,
        "group": seat.group or None,
    }
    event = about.event("role_invited", by, world, **data, until=say.iso(invite.due_at))
    return Decision(records=(invite,), events=(event,), notices=(told,), answer=say.answer(world, "ans.ok"))


def _is_free(seat: Seat, world: World) -> bool:
    """Whether the place is there; of somebody of the file, whether their account is not known yet."""
    if seat.role == KNOWN:
        known = world.town.district.member(seat.where)
        return known is not None and known.tg_id is None
    asked = ROLES[seat.role].at not in {"", "centre"}
    return seat.where in dict(about.places(ROLES[seat.role], world.town.district)) if asked else not seat.where


def _params(invite: Invite, world: World) -> dict[str, Json]:
    known = world.town.district.member(invite.where) if invite.role == KNOWN else None
    return {
        "role": invite.role,
        "place": known.name if known else about.place_name(invite.role, invite.where, world.town.district),
        "group": invite.group or None,
        "until": say.iso(invite.due_at),
    }


def _keys(invite: Invite) -> tuple[tuple[Key, ...], ...]:
    ref = record_ref("invite", invite.id)
    void = (say.key_of("btn.role_void", "pp.void", ref, 0),)
    if invite.role == KNOWN:
        return (void,)
    lasting = tuple(say.key_of("btn.role_days", "pp.lasts", ref, 0, str(days), days=days) for days in LASTS)
    several = (say.key_of("btn.role_several", "pp.lasts", ref, 0, "x", count=SEVERAL),)
    return (lasting, several, void)


def changed(command: Pressed, world: World) -> Decision:
    """For how long the role is given, or that several may come by the link; before anybody has."""
    invite, arg = world.record, command.press.arg if command.press else ""
    if not isinstance(invite, Invite) or not invite.open or invite.came:
        return Decision(answer=say.answer(world, "ans.stale"))
    if arg == "x":
        return _kept(replace(invite, uses=SEVERAL), command, world, "ans.role_several", count=SEVERAL)
    if arg not in {str(it) for it in LASTS}:
        return Decision(answer=say.answer(world, "ans.unknown"))
    return _kept(replace(invite, days=int(arg)), command, world, "ans.role_days", days=int(arg))


def _kept(invite: Invite, command: Pressed, world: World, kind: str, **params: Json) -> Decision:
    data: dict[str, Json] = {"invite": invite.id, "uses": invite.uses, "days": invite.days}
    event = about.event("role_invite_changed", command.sender.user_id, world, **data)
    return Decision(records=(invite,), events=(event,), answer=say.answer(world, kind, alert=True, **params))


def void(command: Pressed, world: World) -> Decision:
    """🚫 nobody comes by it any more; who has come stays."""
    invite = world.record
    if not isinstance(invite, Invite) or not invite.open:
        return Decision(answer=say.answer(world, "ans.stale"))
    event = about.event("role_void", command.sender.user_id, world, invite=invite.id)
    told = people.tell(command, world, "role.void", params=_params(invite, world), edit=command.message)
    closed = replace(invite, open=False, due_at=None)
    return Decision(records=(closed,), events=(event,), notices=(told,), answer=say.answer(world, "ans.ok"))


def over(invite: Invite, world: World) -> Decision:
    """Its time is over; whoever gave it hears it only when nobody came."""
    closed = replace(invite, open=False, due_at=None)
    if invite.came:
        return Decision(records=(closed,))
    params = _params(invite, world)
    told = Notice(
        to=invite.by, kind="role.link_over", key=f"invite:{invite.id}:over", params=params, language=invite.language
    )
    return Decision(records=(closed,), notices=(told,))


def linked(command: Ordered, world: World) -> Decision | None:
    """/start in_…: the account is linked by this one tap. None when it is no such link."""
    if not command.rest.startswith(PREFIX):
        return None
    invite = world.look_up(Invite, named(command.rest.removeprefix(PREFIX)))
    contact = replace(say.contact_of(world, command.sender.user_id, command.sender.name), greeted=True, reachable=True)
    refusal = _refusal(invite, command, world)
    if invite is None or refusal is not None:
        return Decision(contact=contact, notices=(people.tell(command, world, refusal or "role.link_dead"),))
    return replace(_welcomed(invite, command, world), contact=contact)


def _refusal(invite: Invite | None, command: Ordered, world: World) -> str | None:
    """Why the link makes nobody a member; what to do stands in each text."""
    if invite is None or not invite.open or invite.uses < 1 or _late(invite.due_at, world):
        return "role.link_dead"
    if world.town.district.person(command.sender.user_id) is not None:
        return "role.already"
    known = world.town.district.member(invite.where) if invite.role == KNOWN else None
    taken = invite.role == KNOWN and (known is None or known.tg_id is not None)
    return "role.link_dead" if taken else None


def _late(due: datetime | None, world: World) -> bool:
    return due is None or due <= world.now


def _welcomed(invite: Invite, command: Ordered, world: World) -> Decision:
    member = _member(invite, command, world)
    left = invite.uses - 1
    used = replace(invite, uses=left, came=(*invite.came, member.id), open=left > 0)
    used = used if used.open else replace(used, due_at=None)
    data: dict[str, Json] = {
        "invite": invite.id,
        "person": member.id,
        "role": invite.role,
        "where": invite.where or None,
    }
    event = about.event("role_came", invite.by, world, **data, until=say.iso(member.until))
    return Decision(records=(used, member), events=(event,), notices=_told(invite, member, command, world))


def _member(invite: Invite, command: Ordered, world: World) -> Member:
    """The new one, or the one of the file, who may have been there before."""
    account = command.sender.user_id
    person = invite.where if invite.role == KNOWN else f"M{sha256(f'{invite.id}:{account}'.encode()).hexdigest()[:8]}"
    before = world.look_up(Member, person)
    until = world.now + timedelta(days=invite.days) if invite.days is not None else None
    fields = member_by(invite, person, account, command.sender.name)
    return Member(
        **fields,
        version=before.version if before else 0,
        since=world.now,
        until=until,
        due_at=until - WARNED if until else None,
        by=invite.by,
    )


WARNED = timedelta(days=3)  # before a role ends by itself
ALONE = {"statistics": "reader", "administrator": "reader+admin"}  # roles that are no work on the street


def _told(invite: Invite, member: Member, command: Ordered, world: World) -> tuple[Notice, ...]:
    """The newcomer: what they are now and how to begin. The inviter: who came, and the way to undo it."""
    params = {**_params(invite, world), "until": say.iso(member.until)}
    signs_in = invite.role == "patrol" or bool(_team_of(invite, world))
    hello = people.tell(
        command,
        world,
        "role.welcome" if signs_in else "role.welcome_office",
        params=params,
        menu="staff",
        commands=_commands(invite, member.account, world),
    )
    undo = ((say.key("btn.role_undo", "pp.undo", None, member.id),),)
    came = Notice(
        to=invite.by,
        kind="role.came",
        key=f"invite:{invite.id}:{member.id}",
        params={**params, "name": command.sender.name},
        keys=undo,
        language=invite.language,
    )
    return hello, came


def _commands(invite: Invite, account: int | None, world: World) -> str:
    """What "/" offers from now on; the town as it is read here does not know the newcomer yet."""
    if invite.role == KNOWN:
        return access.offered(world.town.district.member(invite.where), account or 0, world.town)
    leads = ROLES[invite.role].office or invite.role == "centre"
    return ALONE.get(invite.role) or ("head" if leads else "staff")


def _team_of(invite: Invite, world: World) -> str | None:
    person = world.town.district.member(invite.where) if invite.role == KNOWN else None
    return person.team if person else None
