"""What holds in a group beside its messages: who may write, who is in, what is pinned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from adapters.playground.cast import Actor
from bot.chat.places import Ability, Account, Power, Role
from bot.chat.text import Moment, T

_ABILITIES: Mapping[Role, frozenset[Ability]] = {
    Role.ORGANISER: frozenset(Ability),
    Role.MODERATOR: frozenset({Ability.DELETE, Ability.PIN, Ability.RESTRICT}),
}
_HEIGHTS: Mapping[Role, int] = {Role.ORGANISER: 2, Role.MODERATOR: 1}


@dataclass(slots=True)
class Room:
    """One group. `muted` says until when, None for until that is lifted; `pins` are entries, the newest first.

    `knocking` are those who ask to be let in. `abilities` and `height` are the bot's own. `lock` names the act that
    locked the group, "" for none.
    """

    muted: dict[Account, datetime | None] = field(default_factory=dict)
    banned: set[Account] = field(default_factory=set)
    away: set[Account] = field(default_factory=set)
    knocking: list[Account] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    tags: dict[Account, str] = field(default_factory=dict)
    lock: str = ""
    abilities: frozenset[Ability] = frozenset(Ability)
    height: int = 3

    def power(self, actor: Actor | None) -> Power:
        """What somebody is and may do here; None is the bot."""
        if actor is None:
            return Power(Role.ORGANISER, self.abilities, self.height, bot=True, here=True)
        if actor.account in self.away:
            return Power()
        abilities = _ABILITIES.get(actor.role, frozenset())
        return Power(actor.role, abilities, _HEIGHTS.get(actor.role, 0), actor.owner, here=True)

    def silenced(self, now: datetime) -> dict[Account, datetime | None]:
        """Who is muted at this moment, and until when."""
        return {account: until for account, until in self.muted.items() if until is None or until > now}

    def bars(self, actor: Actor) -> T | None:
        """Why this person can do nothing here, None if they can."""
        if actor.account in self.away:
            return T("Nothing goes through: only who is in the group can do this.")
        return None

    def mutes(self, actor: Actor, now: datetime) -> T | None:
        """Why this person can say nothing here now, None if nobody muted them."""
        silenced = self.silenced(now)
        if actor.account not in silenced:
            return None
        until = silenced[actor.account]
        if until is None:
            return T("Nothing goes through: the group has muted this account.")
        return T("Nothing goes through: the group has muted this account until {until}.", until=Moment(until))

    def shuts(self, actor: Actor) -> T | None:
        """Why nobody like this person can write here now, None if the group is open to them."""
        if self.lock and actor.role < Role.MODERATOR:
            return T("Nothing goes through: only moderators can write here now.")
        return None

    def enter(self, account: Account) -> None:
        """Somebody is in from now on."""
        self.away.discard(account)
        if account in self.knocking:
            self.knocking.remove(account)

    def leave(self, account: Account) -> None:
        """Somebody is no longer in."""
        self.away.add(account)

    def ban(self, account: Account) -> None:
        """Somebody is put out and cannot come back."""
        self.banned.add(account)
        self.leave(account)
        if account in self.knocking:
            self.knocking.remove(account)
