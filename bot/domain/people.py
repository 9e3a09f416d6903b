"""People, their accounts and their membership in a community."""

from dataclasses import dataclass, field

from bot.chat.places import Role
from bot.domain.streak import Streak


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, on however many platforms.

    `language` is "" until chosen. `home` is the community that is meant in a private chat, 0 if none was chosen.
    """

    id: int
    name: str
    language: str = ""
    home: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A person in one community. `role` is what was granted here; the platform may give more.

    `ranked` is the person's wish to stand on the leaderboard. `tipped` says that the first private tip was shown.
    """

    community: int
    person: int
    role: Role = Role.MEMBER
    ranked: bool = True
    tipped: bool = False
    streak: Streak = field(default_factory=Streak)
