"""Discord's events read into the core's events."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from adapters.discord import modal
from adapters.discord.render import COPY
from adapters.discord.wire import (
    ADMINISTRATOR,
    ATTACHMENT,
    COMMAND,
    CREATE_PUBLIC_THREADS,
    MANAGE_GUILD,
    MANAGE_MESSAGES,
    MODAL,
    MODERATE_MEMBERS,
    PIN_MESSAGES,
    PRESS,
    SEND_MESSAGES,
    THUMB,
    WORDS,
    Attachment,
    Data,
    Ended,
    Erased,
    Interaction,
    Lost,
    Member,
    Message,
    Option,
    Quote,
    Reaction,
    User,
)
from bot.chat.events import Deleted, Incoming, Invoked, Left, Opened, Pressed, Quoted, Reacted, Sender, Typed
from bot.chat.file import File
from bot.chat.places import Ability, Account, Place, Ref, Role

NAME = "discord"
"""The platform's name in places and accounts."""

DIRECT = "dm-"
"""Begins the `chat` of a private conversation; behind it stands the channel's id."""

TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""The skin tones that may follow a thumb (Unicode's emoji modifiers)."""

_SUBCOMMANDS = (1, 2)
_ABILITIES = (
    (SEND_MESSAGES, Ability.SEND),
    (MANAGE_MESSAGES, Ability.DELETE),
    (PIN_MESSAGES, Ability.PIN),
    (MODERATE_MEMBERS, Ability.RESTRICT),
    (CREATE_PUBLIC_THREADS, Ability.THREADS),
)


def read(interaction: Interaction, at: datetime) -> Invoked | Pressed | None:
    """The event of a command, press or sent modal; None for a modal that is not ours."""
    place, sender = place_of(interaction.guild_id, interaction.channel_id), _sender(interaction)
    common = {
        "key": f"i{interaction.id}",
        "at": at,
        "place": place,
        "sender": sender,
        "private": not interaction.guild_id,
        "abilities": abilities(interaction.app_permissions) if interaction.guild_id else None,
    }
    data = interaction.data
    if interaction.type == PRESS:
        target = Ref(place, interaction.message.id) if interaction.message else None
        return Pressed(**common, data=data.custom_id.partition(COPY)[0], message=target)  # type: ignore[arg-type]
    if interaction.type == MODAL:
        form = modal.sending(data.custom_id)
        values = {**form.chosen, **modal.values(data.components)} if form else {}
        return Invoked(**common, line=form.path, values=values) if form else None  # type: ignore[arg-type]
    if interaction.type == COMMAND:
        path, options = command_path(data.name, data.options)
        values = {option.name: _text(option) for option in options if option.type != ATTACHMENT}
        target = Ref(place, data.target_id) if data.target_id else None
        about, chosen = _quoted(data.target), _chosen(data, options)
        return Invoked(**common, line=path, values=values, reply=target, quoted=about, file=chosen)  # type: ignore[arg-type]
    return None


def command_path(name: str, options: tuple[Option, ...]) -> tuple[str, tuple[Option, ...]]:
    """The words of a command, and its options."""
    while options and options[0].type in _SUBCOMMANDS:
        name, options = f"{name} {options[0].name}", options[0].options
    return name, options


def hear(message: Message, bot: str, at: datetime, *, aside: bool = False) -> tuple[Incoming, ...]:
    """The event of a message written in private, after the bot's name or as a reply to it; bots are not heard.

    `aside` says that it stands in a thread of ours, where everybody is heard, also without words.
    """
    if not is_human(message):
        return ()
    text = _addressed(message, bot) if message.guild_id else message.content
    aside = aside and text is None
    text = message.content if aside else text
    file = _file(message.attachments[0]) if message.attachments else None
    if text is None or not (aside or text.strip() or file):
        return ()
    place = place_of(message.guild_id, message.channel_id)
    reply, private = message.message_reference, not message.guild_id
    common: dict[str, Any] = {
        "key": f"m{message.id}",
        "at": at,
        "place": place,
        "sender": _sender_of(message.author, message.member),
        "private": private,
        "own": None if private else Ref(place, message.id),
        "reply": Ref(place, reply.message_id) if reply and reply.message_id else None,
    }
    if text.lstrip().startswith("/") and not aside:
        line, about = text.lstrip()[1:], _quoted(message.referenced_message)
        near = file or (about.file if about else None)
        return (Invoked(**common, line=line, quoted=about, file=near),)
    return (Typed(**common, text=text, aside=aside, file=file),)


def is_human(message: Message) -> bool:
    """Whether these are somebody's own words: no bot's, and no report of Discord's that somebody caused."""
    return not message.author.bot and not message.webhook_id and message.type in WORDS


def reacted(reaction: Reaction, bot: str, at: datetime, number: int, *, likes: bool) -> Reacted | None:
    """A thumb that somebody put at a message in a guild or took away; None for anything else.

    Discord gives such a change no id; `number` tells apart what one moment brings.
    """
    user = reaction.member.user if reaction.member else None
    name, who = reaction.emoji.name or "", reaction.user_id
    if reaction.emoji.id or name.rstrip(TONES) != THUMB or not reaction.guild_id:
        return None
    if who == bot or (user and user.bot):
        return None
    place = place_of(reaction.guild_id, reaction.channel_id)
    return Reacted(
        key=f"r{reaction.message_id}:{who}:{int(at.timestamp() * 1000)}:{number}",
        at=at,
        place=place,
        sender=_sender_of(user, reaction.member) if user else Sender(Account(NAME, who)),
        message=Ref(place, reaction.message_id),
        likes=likes,
    )


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


def place_of(guild: str, channel: str) -> Place:
    """A channel of a guild, or a private conversation."""
    return Place(NAME, guild, channel) if guild else Place(NAME, DIRECT + channel)


def is_private(place: Place) -> bool:
    """Whether that is a private conversation."""
    return place.chat.startswith(DIRECT)


def channel_of(place: Place) -> str:
    """The channel's id, "" for a guild without a channel."""
    return place.chat.removeprefix(DIRECT) if is_private(place) else place.thread


@lru_cache(maxsize=256)
def abilities(bits: str) -> frozenset[Ability]:
    """What the bot may do with these permissions."""
    has = number(bits)
    if has & ADMINISTRATOR:
        return frozenset(Ability)
    return frozenset(ability for bit, ability in _ABILITIES if has & bit)


@lru_cache(maxsize=256)
def role(bits: str) -> Role:
    """The standing that these permissions give in a guild."""
    has = number(bits)
    if has & (ADMINISTRATOR | MANAGE_GUILD):
        return Role.ORGANISER
    return Role.MODERATOR if has & (MANAGE_MESSAGES | MODERATE_MEMBERS) else Role.MEMBER


def number(bits: str) -> int:
    """Permission bits as Discord writes them; 0 for anything else."""
    return int(bits) if bits.isascii() and bits.isdigit() else 0


def name_of(user: User, nick: str | None = None) -> str:
    """What somebody is called where they speak."""
    return nick or user.global_name or user.username


def account_of(interaction: Interaction) -> Account | None:
    """Who acts."""
    return _sender(interaction).account


def _sender(interaction: Interaction) -> Sender:
    member = interaction.member
    user = member.user if member else interaction.user
    if user is None:
        return Sender(None, language=interaction.locale)
    standing = role(member.permissions) if member else None
    nick = member.nick if member else None
    return Sender(Account(NAME, user.id), name_of(user, nick), interaction.locale, standing)


def _sender_of(user: User, member: Member | None) -> Sender:
    return Sender(Account(NAME, user.id), name_of(user, member.nick if member else None))


def _addressed(message: Message, bot: str) -> str | None:
    """What is said to the bot, None if nothing is; a reply to a message of the bot's needs no name."""
    text = message.content.strip()
    for mention in (f"<@{bot}>", f"<@!{bot}>"):
        if text.startswith(mention):
            return text[len(mention) :].strip()
    answers = message.message_reference is not None and any(user.id == bot for user in message.mentions)
    return text if answers else None


def _chosen(data: Data, options: tuple[Option, ...]) -> File | None:
    """The file that an option holds."""
    known = data.resolved.attachments if data.resolved else {}
    chosen = (known.get(_text(option)) for option in options if option.type == ATTACHMENT)
    return next((_file(attachment) for attachment in chosen if attachment), None)


def _quoted(message: Quote | None) -> Quoted | None:
    """What that message says; bots and webhooks are nobody.

    In a guild Discord hides the words of people who did not speak to us, but not of a message chosen in the menu.
    """
    if message is None:
        return None
    file = _file(message.attachments[0]) if message.attachments else None
    if message.author.bot or message.webhook_id:
        return Quoted(message.content, file=file)
    name = name_of(message.author, message.member.nick if message.member else None)
    return Quoted(message.content, Account(NAME, message.author.id), name, file)


def _file(attachment: Attachment) -> File:
    return File(NAME, attachment.url, attachment.filename, attachment.size, attachment.content_type or "")


def _text(option: Option) -> str:
    return option.value if isinstance(option.value, str) else str(option.value)
