"""Who is on, post by post."""

from dataclasses import replace

from core import roster
from core.decide import dispatch, people
from core.decide.duty.signin import open_of
from core.messages import Json, Ordered
from core.world import Decision, World


def board(command: Ordered, world: World) -> Decision:
    """/duty: per post who is on, who is due, how many cases are open; in the chat where it was asked."""
    town = world.town
    person = town.district.person(command.sender.user_id)
    if person is None or (command.group and town.district.team_of_chat(command.chat) is None):
        return Decision(notices=() if command.group else (people.tell(command, world, "duty.not_staff"),))
    there = {it.team: it.present for it in dispatch.on_duty(world)}
    world.loads_of([it.id for it in town.district.teams])  # of all at once, or each would be asked for by itself
    posts: list[Json] = []
    for team in town.district.teams:
        planned = roster.rostered(team, world.now, town.district, town.holidays, world.presence.changes)
        members = [person for shift in planned for person in shift.members]
        on = list(there.get(team.id, ()))
        due = [it for it in members if it not in on]
        posts.append({"team": team.id, "on": [*on], "due": [*due], "open": open_of(team.id, world)})
    return Decision(
        notices=(replace(people.tell(command, world, "duty.board"), to=command.chat, params={"posts": posts}),)
    )
