"""Discord's permission bits: what they let somebody do, and the standing that they give."""

from collections.abc import Mapping
from functools import lru_cache

from adapters.discord.guild import Channel
from bot.chat.places import Ability, Role

BAN_MEMBERS = 1 << 2
ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
READ_HISTORY = 1 << 16
MANAGE_ROLES = 1 << 28
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40
CREATE_EVENTS = 1 << 44
PIN_MESSAGES = 1 << 51

EVERYTHING = (1 << 64) - 1
"""What an administrator and the owner have."""

MODERATES = MANAGE_MESSAGES | MODERATE_MEMBERS
ORGANISES = ADMINISTRATOR | MANAGE_GUILD

RIGHTS = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | SEND_IN_THREADS
    | ADD_REACTIONS
    | READ_HISTORY
    | MANAGE_MESSAGES
    | PIN_MESSAGES
    | MODERATE_MEMBERS
    | CREATE_PUBLIC_THREADS
    | CREATE_EVENTS
)
"""What the invitation asks for; every right but speaking is optional. Who opened a thread or a post may rename,
archive and reopen it without a further right. What few groups use is not asked for and may be granted by hand: Manage
Roles for locks and tags, Manage Threads for locking a thread, Ban Members for bans.
"""

_ABILITIES = (
    (SEND_MESSAGES, Ability.SEND),
    (MANAGE_MESSAGES, Ability.DELETE),
    (PIN_MESSAGES, Ability.PIN),
    (MODERATE_MEMBERS, Ability.RESTRICT),
    (CREATE_PUBLIC_THREADS, Ability.THREADS),
    (BAN_MEMBERS, Ability.BAN),
    (MANAGE_ROLES, Ability.LOCK),
    (MANAGE_ROLES, Ability.TAG),
    (CREATE_EVENTS, Ability.EVENTS),
)


@lru_cache(maxsize=256)
def abilities(bits: str) -> frozenset[Ability]:
    """What somebody may do with these permissions."""
    has = number(bits)
    if has & ADMINISTRATOR:
        return frozenset(Ability)
    return frozenset(ability for bit, ability in _ABILITIES if has & bit)


@lru_cache(maxsize=256)
def role(bits: str) -> Role:
    """The standing that these permissions give in a guild."""
    has = number(bits)
    if has & ORGANISES:
        return Role.ORGANISER
    return Role.MODERATOR if has & MODERATES else Role.MEMBER


def number(bits: str) -> int:
    """Permission bits, or an id, as Discord writes them; 0 for anything else."""
    return int(bits) if bits.isascii() and bits.isdigit() else 0


def permissions(guild: str, channel: Channel | None, roles: Mapping[str, int], mine: tuple[str, ...], who: str) -> int:
    """A member's permission bits in a channel (None: in the guild), by Discord's documented order of overwrites."""
    bits = roles.get(guild, 0)
    for each in mine:
        bits |= roles.get(each, 0)
    if bits & ADMINISTRATOR:
        return EVERYTHING
    overwrites = {item.id: item for item in channel.permission_overwrites} if channel else {}
    if everyone := overwrites.get(guild):
        bits = bits & ~number(everyone.deny) | number(everyone.allow)
    for_roles = [overwrites[each] for each in mine if each in overwrites]
    deny = allow = 0
    for item in for_roles:
        deny, allow = deny | number(item.deny), allow | number(item.allow)
    bits = bits & ~deny | allow
    if own := overwrites.get(who):
        bits = bits & ~number(own.deny) | number(own.allow)
    return bits
