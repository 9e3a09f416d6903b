"""Words beside somebody's name: on Discord a role of the bot's that grants nothing."""

import asyncio
from collections.abc import Sequence

from adapters.discord.guild import Part
from adapters.discord.power import GUILD, MEMBER, Powers
from adapters.discord.sender import Sender
from bot.chat.clean import clean_text
from bot.chat.errors import Ambiguous, Gone, Refused
from bot.chat.fit import shorten
from bot.chat.places import Place

SIGN = "· "
"""Begins the name of every role of ours: Discord does not keep who made a role, so this tells ours from all others."""

MOST_ROLES = 20
"""Roles of ours in a guild, of 250 that Discord allows in all."""

LONGEST_NAME = 100
"""Of a role."""

ROLES = f"{GUILD}/roles"
WORN = f"{MEMBER}/roles/{{role_id}}"


class Tags:
    """Gives and takes the roles. One of our name that grants anything is never given: somebody changed it since."""

    def __init__(self, sender: Sender, powers: Powers) -> None:
        self._sender = sender
        self._powers = powers

    async def put(self, place: Place, account: str, words: str, reason: str) -> None:
        """Make these words the only ones of ours beside that member's name, or with "" leave none."""
        guild, member = await asyncio.gather(self._powers.guild(place.chat), self._powers.member(place.chat, account))
        if member is None:
            raise Gone("no member")
        ours = [role for role in guild.roles if is_ours(role)]
        name = name_of(words)
        wanted = (find(ours, name) or await self._make(guild.id, ours, name, reason)) if name else ""
        if wanted and wanted not in member.roles:
            await self._change("PUT", guild.id, account, wanted, reason)
        for role in ours:
            if role.id in member.roles and role.id != wanted:
                await self._change("DELETE", guild.id, account, role.id, reason)

    async def _make(self, guild: str, ours: list[Part], name: str, reason: str) -> str:
        """A new role at the bottom of all; after a lost reply it is looked for before it is made again."""
        if len(ours) >= MOST_ROLES:
            raise Refused(f"there are {MOST_ROLES} roles of ours already")
        body = {"name": name, "permissions": 0, "hoist": False, "mentionable": False}
        try:
            made = await self._sender.ask("POST", ROLES, body, reason=reason, guild_id=guild)
        except Ambiguous:
            made_after_all = find((await self._powers.guild(guild)).roles, name)
            if made_after_all is None:
                raise
            return made_after_all
        if not isinstance(made, dict) or "id" not in made:
            raise Ambiguous("no role came back")
        return str(made["id"])

    async def _change(self, method: str, guild: str, account: str, role: str, reason: str) -> None:
        await self._sender.ask_twice(method, WORN, reason=reason, guild_id=guild, user_id=account, role_id=role)


def name_of(words: str) -> str:
    """The name of the role for these words; "" where there are none."""
    shown = " ".join(clean_text(words).split())
    return shorten(SIGN + shown, LONGEST_NAME) if shown else ""


def is_ours(role: Part) -> bool:
    """Whether the bot made that role."""
    return role.name.startswith(SIGN) and not role.managed


def find(roles: Sequence[Part], name: str) -> str | None:
    """The role of that name that grants nothing; raises Refused where the only one grants something."""
    named = [role for role in roles if role.name == name and not role.managed]
    safe = next((role.id for role in named if role.permissions == "0"), None)
    if named and safe is None:
        raise Refused("the role of that name grants something")
    return safe
