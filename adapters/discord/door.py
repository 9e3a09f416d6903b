"""Where the bot introduces itself when it is added to a guild."""

from dataclasses import dataclass
from datetime import datetime

from adapters.discord.guild import TEXT_CHANNEL, Guild
from adapters.discord.rights import READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL, abilities, number, permissions
from adapters.discord.wire import NAME
from bot.chat.events import Joined, Sender
from bot.chat.places import Ability, Place

NEEDED = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY


@dataclass(frozen=True, slots=True)
class Door:
    """The channel for the first message, "" if there is none, and what the bot may do there."""

    channel: str
    abilities: frozenset[Ability]


def joined(guild: Guild, bot: str, at: datetime) -> Joined:
    """The bot is in the guild; its language is told only where somebody chose it (American English is the default)."""
    door = find_door(guild, bot)
    language = "" if guild.preferred_locale == "en-US" else guild.preferred_locale
    return Joined(
        key=f"g{guild.id}:{guild.joined_at}:{int(at.timestamp()) // 60}",
        at=at,
        place=Place(NAME, guild.id, door.channel),
        sender=Sender(None, language=language),
        abilities=door.abilities,
        title=guild.name,
    )


def find_door(guild: Guild, bot: str) -> Door:
    """The system channel if the bot may write there, else the topmost text channel where it may."""
    texts = [channel for channel in guild.channels if channel.type == TEXT_CHANNEL]
    texts.sort(key=lambda channel: (channel.id != guild.system_channel_id, channel.position, number(channel.id)))
    roles = {role.id: number(role.permissions) for role in guild.roles}
    mine = next((member.roles for member in guild.members if member.user and member.user.id == bot), ())
    for channel in texts:
        bits = permissions(guild.id, channel, roles, mine, bot)
        if bits & NEEDED == NEEDED:
            return Door(channel.id, abilities(str(bits)))
    return Door("", frozenset())
