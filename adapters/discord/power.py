"""What somebody, or the bot, is and may do in a guild at this moment, as Discord says."""

import asyncio
from datetime import datetime

import structlog

from adapters.discord.errors import Absent
from adapters.discord.guild import THREADS, Channel, Guild
from adapters.discord.inbound import is_private
from adapters.discord.rights import (
    ADMINISTRATOR,
    EVERYTHING,
    MANAGE_ROLES,
    MANAGE_THREADS,
    READ_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    abilities,
    number,
    permissions,
    role,
)
from adapters.discord.sender import Sender
from adapters.discord.wire import Member
from bot.chat.errors import Gone
from bot.chat.places import Ability, Place, Power
from bot.ports import Clock

GUILD = "/guilds/{guild_id}"
MEMBER = f"{GUILD}/members/{{user_id}}"
CHANNEL = "/channels/{channel_id}"

_GUILDWIDE = frozenset({Ability.RESTRICT, Ability.BAN, Ability.TAG, Ability.ADMIT, Ability.EVENTS})
"""What no channel grants or takes away."""

_WHILE_MUTED = VIEW_CHANNEL | READ_HISTORY

log = structlog.get_logger()


class Powers:
    """Asks Discord anew each time; nothing is remembered."""

    def __init__(self, sender: Sender, clock: Clock) -> None:
        self._sender = sender
        self._clock = clock

    async def of(self, place: Place, account: str) -> Power:
        """The power of that account there; raises Gone where the bot is in no such guild."""
        if is_private(place):
            return Power(bot=account == self._sender.me, here=True)
        guild, member, room = await asyncio.gather(
            self.guild(place.chat), self.member(place.chat, account), self._room(place.thread)
        )
        is_thread = room is not None and room.type in THREADS
        if room and is_thread:
            room = await self._room(room.parent_id or "")
        if member is None:
            return Power(bot=account == self._sender.me)
        return power(guild, member, account, room, self._clock(), is_thread=is_thread)

    async def guild(self, guild: str) -> Guild:
        """The guild with its roles and its owner."""
        return await self._sender.read(Guild, GUILD, guild_id=guild)

    async def member(self, guild: str, account: str) -> Member | None:
        """That account as a member, None where it is none."""
        try:
            return await self._sender.read(Member, MEMBER, guild_id=guild, user_id=account)
        except Absent:
            return None

    async def channel(self, channel: str) -> Channel:
        """A channel or a thread."""
        return await self._sender.read(Channel, CHANNEL, channel_id=channel)

    async def _room(self, channel: str) -> Channel | None:
        """The channel if it is there and seen; else what holds in the whole guild must do."""
        try:
            return await self.channel(channel) if channel else None
        except Gone as error:
            log.info("channel_not_seen", channel=channel, error=repr(error))
            return None


def power(
    guild: Guild, member: Member, account: str, room: Channel | None, now: datetime, *, is_thread: bool = False
) -> Power:
    """What that member is and may do in a channel, or (`is_thread`) in a thread of it; with None anywhere."""
    owns, heights = guild.owner_id == account, ranks(guild)
    wide, near = (EVERYTHING if owns else granted(guild, where, member, account, now) for where in (None, room))
    near = _in_thread(near) if is_thread else near
    wide_ones, near_ones = abilities(str(wide)), abilities(str(near if near & VIEW_CHANNEL else 0))
    return Power(
        role=role(str(wide)),
        abilities=wide_ones & _GUILDWIDE | near_ones - _GUILDWIDE,
        height=len(heights) if owns else max((heights.get(each, 0) for each in member.roles), default=0),
        owner=owns,
        bot=member.user is not None and member.user.bot,
        here=True,
    )


def granted(guild: Guild, room: Channel | None, member: Member, account: str, now: datetime) -> int:
    """A member's permission bits at that instant: who is in a time-out keeps few of them."""
    roles = {each.id: number(each.permissions) for each in guild.roles}
    bits = permissions(guild.id, room, roles, member.roles, account)
    until = member.communication_disabled_until
    muted = until is not None and until > now and not bits & ADMINISTRATOR
    return bits & _WHILE_MUTED if muted else bits


def ranks(guild: Guild) -> dict[str, int]:
    """Each role's place from the bottom, where everybody's role has 0. Of two in one position the older is higher."""
    order = sorted(guild.roles, key=lambda each: (each.id != guild.id, each.position, -number(each.id)))
    return {each.id: height for height, each in enumerate(order)}


def _in_thread(bits: int) -> int:
    """The bits as if a thread were a channel: other ones let somebody write there and lock it."""
    own = ((SEND_IN_THREADS, SEND_MESSAGES), (MANAGE_THREADS, MANAGE_ROLES))
    for there, here in own:
        bits = bits | here if bits & there else bits & ~here
    return bits
