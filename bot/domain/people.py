"""People, their accounts and their membership in a community."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.places import Role
from bot.domain.streak import Streak

FORMER = "\x1a"
"""Stands in place of the name of whoever was erased; nobody can be called so, and it is shown as "a former member"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, on however many platforms.

    `language` is "" until chosen. `home` is the community that is meant in a private chat, 0 if none was chosen.
    `handle` is the name without @ by which others mention them, as last seen, "" for none.
    """

    id: int
    name: str
    language: str = ""
    home: int = 0
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in one community. `role` is what was granted here; the platform may give more.

    `ranked` is the person's wish to stand on the leaderboard. `tipped` says that the first private tip was shown.
    `practice_hour` is the hour (0 to 23, the group's clock) at which due practice comes as a private message, None
    for never. `stood` is the standing that the platform gave when it was last asked: it tells whom to write to, and
    gives no right. `notices` counts what the person has yet to be told. `since` is when we first saw them here, None
    where that was before anybody noted it. `nudged` says that nobody need invite them to contribute any more: they
    were invited, or have.
    """

    community: int
    person: int
    role: Role = Role.MEMBER
    ranked: bool = True
    tipped: bool = False
    streak: Streak = field(default_factory=Streak)
    practice_hour: int | None = None
    stood: Role = Role.MEMBER
    notices: int = 0
    since: datetime | None = None
    nudged: bool = False
