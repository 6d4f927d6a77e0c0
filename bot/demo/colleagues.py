"""Colleagues who are not played by anybody: whoever is rostered comes to the post and signs in with a place."""

from datetime import datetime

from bot.sandbox.world import World
from core import roster
from core.district import District


class Colleagues:
    """Sends each rostered person's position once per shift, as a person near the post would."""

    def __init__(self, world: World, district: District) -> None:
        self._world, self._district = world, district
        self._came: set[tuple[str, datetime]] = set()
        self.last: dict[str, list[str]] = {}  # team -> who came at the last call

    def come(self, now: datetime, without: frozenset[str] = frozenset()) -> int:
        """Sign in whoever is on now and has not come yet; `without` names teams that stay away. How many came."""
        self.last = {}
        centre = self._district.centre()
        for team in self._district.teams:
            at = team.point or (centre.point if centre else None)  # inspectors and rounds have no post of their own
            if at is None or team.id in without:
                continue
            for shift in roster.rostered(team, now, self._district):
                came = [person for person in shift.members if self._sign_in(person, shift.start, at)]
                self.last[team.id] = came
        return sum(len(people) for people in self.last.values())

    def _sign_in(self, person: str, start: datetime, at: tuple[float, float]) -> bool:
        member = self._district.member(person)
        if member is None or member.tg_id is None or (person, start) in self._came:
            return False
        self._came.add((person, start))
        lat, lng = at
        self._world.say(member.tg_id, member.tg_id, location={"latitude": lat + 0.0002, "longitude": lng - 0.0001})
        return True
