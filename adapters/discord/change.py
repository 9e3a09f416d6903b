"""What befalls messages, threads and guilds on Discord, read into the core's events."""

from collections.abc import Callable
from datetime import datetime

from adapters.discord.guild import Entry, Listed, Lost
from adapters.discord.inbound import place_of, sender_of, written_at
from adapters.discord.wire import NAME, THANKS, THUMB, Emoji, Ended, Erased, Reaction
from bot.chat.events import Deleted, Entered, Incoming, Left, Mark, Opened, Reacted, Sender, Withdrawn
from bot.chat.places import Account, Place, Ref

TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""The skin tones that may follow a hand (Unicode's emoji modifiers)."""

AS_PICTURE = "\N{VARIATION SELECTOR-16}"
"""May follow a heart."""


def mark_of(emoji: Emoji) -> Mark | None:
    """What a mark says; None for one that says nothing to us, and for a guild's own ones."""
    name = (emoji.name or "").rstrip(TONES).removesuffix(AS_PICTURE)
    if emoji.id or not name:
        return None
    if name in THANKS:
        return Mark.THANKS
    return Mark.LIKE if name == THUMB else None


def reacted(
    reaction: Reaction, is_bot: Callable[[str], bool], at: datetime, number: int, *, likes: bool
) -> Reacted | None:
    """A mark that somebody put at a message in a guild or took away; None for anything else.

    Discord gives such a change no id; `number` tells apart what one moment brings. It says who wrote the message only
    when a mark comes, and never whether that is a bot.
    """
    user = reaction.member.user if reaction.member else None
    mark, who, author = mark_of(reaction.emoji), reaction.user_id, reaction.message_author_id
    if mark is None or not reaction.guild_id or is_bot(who) or (user and user.bot):
        return None
    place = place_of(reaction.guild_id, reaction.channel_id)
    return Reacted(
        key=f"r{reaction.message_id}:{who}:{int(at.timestamp() * 1000)}:{number}",
        at=at,
        place=place,
        sender=sender_of(user, reaction.member) if user else Sender(Account(NAME, who)),
        message=Ref(place, reaction.message_id),
        likes=likes,
        mark=mark,
        author=Account(NAME, author) if author and not is_bot(author) else None,
        written=written_at(reaction.message_id),
    )


def entered(entry: Entry, at: datetime) -> Entered | None:
    """Somebody came into a guild; a bot is nobody. Discord tells it only with the intent Server Members."""
    if entry.user.bot:
        return None
    sender = sender_of(entry.user)
    key = f"e{entry.guild_id}:{entry.user.id}:{entry.joined_at}"
    return Entered(key=key, at=at, place=Place(NAME, entry.guild_id), sender=sender)


def erased(event: Erased, at: datetime) -> tuple[Deleted, ...]:
    """Messages of a guild are gone."""
    if not event.guild_id:
        return ()
    place = place_of(event.guild_id, event.channel_id)
    return tuple(
        Deleted(key=f"d{gone}", at=at, place=place, sender=Sender(None), message=Ref(place, gone))
        for gone in event.ids or (event.id,)
        if gone
    )


def ended(event: Ended, at: datetime) -> Deleted | None:
    """A thread or channel of a guild is gone."""
    place = place_of(event.guild_id, event.id)
    return Deleted(key=f"t{event.id}", at=at, place=place, sender=Sender(None)) if event.guild_id else None


def withdrawn(event: Listed, me: str, at: datetime) -> Withdrawn | None:
    """A scheduled event of ours is no more; one that is called off is soon followed by its deletion."""
    place = Place(NAME, event.guild_id)
    if event.creator_id != me:
        return None
    return Withdrawn(key=f"v{event.id}", at=at, place=place, sender=Sender(None), event=event.id)


def opened(event: Incoming) -> Opened:
    """Somebody wrote to the bot in private, so the bot may answer there."""
    key = f"{event.key}o"
    return Opened(key=key, at=event.at, place=event.place, sender=event.sender, private=True, can_write=True)


def lost(guild: Lost, at: datetime) -> Left | None:
    """The bot was put out of a guild; None if the guild is only away for a while."""
    if guild.unavailable:
        return None
    place = Place(NAME, guild.id)
    return Left(key=f"l{guild.id}:{int(at.timestamp())}", at=at, place=place, sender=Sender(None))
