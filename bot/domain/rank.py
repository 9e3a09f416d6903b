"""Who did best in a live round: shared places, and teams of different sizes compared fairly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Rank:
    """A place and everybody who shares it, with how many they had right."""

    place: int
    people: tuple[int, ...]
    right: int


def ranks(right: Mapping[int, int]) -> tuple[Rank, ...]:
    """The first three places by right answers (person to number), those with none left out.

    Who has equally many shares a place, and the places behind it are skipped: two first ones, then the third.
    """
    best = sorted(((count, person) for person, count in right.items() if count), key=lambda pair: (-pair[0], pair[1]))
    found: list[Rank] = []
    place = 1
    for count, group in groupby(best, key=lambda pair: pair[0]):
        people = tuple(person for _, person in group)
        if place <= MOST_PLACES:
            found.append(Rank(place, people, count))
        place += len(people)
    return tuple(found)


def shares(teams: Mapping[int, int], right: Mapping[int, int], items: int) -> Mapping[int, float]:
    """Per team which part of all answers that its members could give was right, the best team first.

    `teams` maps a person to a team, `right` to right answers; `items` is how many were asked. Somebody who did not
    answer counts like somebody who was wrong, so that a large team has no advantage and a small one none either.
    """
    found = {team: _share(team, teams.items(), right, items) for team in sorted(set(teams.values()))}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _share(team: int, teams: Iterable[tuple[int, int]], right: Mapping[int, int], items: int) -> float:
    members = [person for person, its in teams if its == team]
    return sum(right.get(person, 0) for person in members) / (len(members) * items) if items else 0.0
