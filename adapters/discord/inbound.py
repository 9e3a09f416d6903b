"""What people say and do on Discord, read into the core's events."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.discord import modal
from adapters.discord.render import COPY
from adapters.discord.rights import abilities, role
from adapters.discord.wire import (
    ATTACHMENT,
    COMMAND,
    MODAL,
    NAME,
    ON_MESSAGE,
    ON_PERSON,
    PERSON,
    PRESS,
    WORDS,
    Attachment,
    Data,
    Interaction,
    Member,
    Message,
    Option,
    Quote,
    User,
)
from bot.chat.events import EVERYBODY, Incoming, Invoked, Pressed, Quoted, Sender, Typed
from bot.chat.file import File
from bot.chat.places import Account, Place, Ref

DIRECT = "dm-"
"""Begins the `chat` of a private conversation; behind it stands the channel's id."""

_SUBCOMMANDS = (1, 2)
_CALL = re.compile(r"<@!?([0-9]+)>", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_BEHIND = ".,:;!?'*_~|]"
"""What may stand behind an address without being part of it."""

_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)


def read(interaction: Interaction, at: datetime) -> Invoked | Pressed | None:
    """The event of a command, press or sent modal; None for a modal that is not ours."""
    place, sender = place_of(interaction.guild_id, interaction.channel_id), _sender(interaction)
    common: dict[str, Any] = {
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
        return Pressed(**common, data=data.custom_id.partition(COPY)[0], message=target)
    if interaction.type == MODAL:
        form = modal.sending(data.custom_id)
        values = {**form.chosen, **modal.values(data.components)} if form else {}
        return Invoked(**common, line=form.path, values=values, mentioned=_resolved(data, ())) if form else None
    if interaction.type == COMMAND:
        path, options = command_path(data.name, data.options)
        values = {option.name: _text(option) for option in options if option.type != ATTACHMENT}
        target = Ref(place, data.target_id) if data.type == ON_MESSAGE and data.target_id else None
        about, chosen, called = _quoted(data.target), _chosen(data, options), _resolved(data, options)
        return Invoked(**common, line=path, values=values, reply=target, quoted=about, file=chosen, mentioned=called)
    return None


def command_path(name: str, options: tuple[Option, ...]) -> tuple[str, tuple[Option, ...]]:
    """The words of a command, and its options."""
    while options and options[0].type in _SUBCOMMANDS:
        name, options = f"{name} {options[0].name}", options[0].options
    return name, options


def hear(message: Message, bot: str, at: datetime) -> tuple[Incoming, ...]:
    """The event of a message that somebody wrote; bots are not heard.

    What is written in private, after the bot's name or as a reply to it is said to us, all else aside. Without the
    intent Message Content the words of the latter are empty, and so are its files.
    """
    if not is_human(message):
        return ()
    private = not message.guild_id
    text = message.content if private else _addressed(message, bot)
    file = _file(message.attachments[0]) if message.attachments else None
    aside = text is None or not (text.strip() or file)
    if private and aside:
        return ()
    words = _calls(message.content if aside or text is None else text)
    place = place_of(message.guild_id, message.channel_id)
    common: dict[str, Any] = {
        "key": f"m{message.id}",
        "at": at,
        "place": place,
        "sender": sender_of(message.author, message.member),
        "private": private,
        "own": None if private else Ref(place, message.id),
        "reply": Ref(place, message.answers) if message.answers else None,
        "quoted": _quoted(message.referenced_message),
        "mentions": _count(message),
        "urls": addresses(message.content),
    }
    if words.lstrip().startswith("/") and not aside:
        return (_invoked(message, words.lstrip()[1:], file, common),)
    return (Typed(**common, text=words, aside=aside, file=file),)


def written_at(message: str) -> datetime | None:
    """When a message was written, as its number says: https://discord.com/developers/docs/reference#snowflakes."""
    return _EPOCH + timedelta(milliseconds=int(message) >> 22) if _NUMBER.fullmatch(message) else None


def is_human(message: Message) -> bool:
    """Whether these are somebody's own words: no bot's, and no report of Discord's that somebody caused."""
    return not message.author.bot and not message.webhook_id and message.type in WORDS


def addresses(text: str) -> tuple[str, ...]:
    """The web addresses in the text, also those behind other words, each once."""
    found = dict.fromkeys(_bare(match.group()) for match in _ADDRESS.finditer(text))
    return tuple(address for address in found if not address.endswith("//"))


def place_of(guild: str, channel: str) -> Place:
    """A channel of a guild, or a private conversation."""
    return Place(NAME, guild, channel) if guild else Place(NAME, DIRECT + channel)


def is_private(place: Place) -> bool:
    """Whether that is a private conversation."""
    return place.chat.startswith(DIRECT)


def channel_of(place: Place) -> str:
    """The channel's id, "" for a guild without a channel."""
    return place.chat.removeprefix(DIRECT) if is_private(place) else place.thread


def name_of(user: User, nick: str | None = None) -> str:
    """What somebody is called where they speak."""
    return nick or user.global_name or user.username


def account_of(interaction: Interaction) -> Account | None:
    """Who acts."""
    return _sender(interaction).account


def sender_of(user: User, member: Member | None = None) -> Sender:
    """Somebody who wrote, came, or is called; a bot can never be a member."""
    account = None if user.bot else Account(NAME, user.id)
    return Sender(account, name_of(user, member.nick if member else None), handle=user.username)


def _sender(interaction: Interaction) -> Sender:
    member = interaction.member
    user = member.user if member else interaction.user
    if user is None:
        return Sender(None, language=interaction.locale)
    standing = role(member.permissions) if member else None
    nick = member.nick if member else None
    return Sender(Account(NAME, user.id), name_of(user, nick), interaction.locale, standing, user.username)


def _invoked(message: Message, line: str, file: File | None, common: Mapping[str, Any]) -> Invoked:
    """A command among words; who stands in them is told in their order."""
    about: Quoted | None = common["quoted"]
    called = {user.id: sender_of(user, user.member) for user in message.mentions}
    named = tuple(called[number] for number in dict.fromkeys(_CALL.findall(line)) if number in called)
    return Invoked(**common, line=line, file=file or (about.file if about else None), mentioned=named)


def _addressed(message: Message, bot: str) -> str | None:
    """What is said to the bot, None if nothing is; a reply to a message of the bot's needs no name."""
    text = message.content.strip()
    for mention in (f"<@{bot}>", f"<@!{bot}>"):
        if text.startswith(mention):
            return text[len(mention) :].strip()
    answers = message.answers and any(user.id == bot for user in message.mentions)
    return text if answers else None


def _calls(text: str) -> str:
    """The text with all mentions of people in the one form that the core knows."""
    return _CALL.sub(r"<@\1>", text)


def _count(message: Message) -> int:
    """How many people the message calls."""
    if message.mention_everyone or message.mention_roles:
        return EVERYBODY
    return sum(not user.bot for user in message.mentions)


def _bare(address: str) -> str:
    """The address without the marks of a sentence, or of a link, that stand behind it."""
    while address[-1] in _BEHIND or (address[-1] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address


def _resolved(data: Data, options: Iterable[Option]) -> tuple[Sender, ...]:
    """The people whom a menu was opened for, or who were chosen in options and modals."""
    if data.resolved is None:
        return ()
    users, members = data.resolved.users, data.resolved.members
    chosen = [option.value for option in options if option.type == PERSON]
    numbers = [data.target_id] if data.type == ON_PERSON else chosen or list(users)
    return tuple(sender_of(users[number], members.get(number)) for number in map(str, numbers) if number in users)


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
    text, at = _calls(message.content), written_at(message.id)
    if message.author.bot or message.webhook_id:
        return Quoted(text, file=file, at=at)
    name = name_of(message.author, message.member.nick if message.member else None)
    return Quoted(text, Account(NAME, message.author.id), name, file, at)


def _file(attachment: Attachment) -> File:
    return File(NAME, attachment.url, attachment.filename, attachment.size, attachment.content_type or "")


def _text(option: Option) -> str:
    if option.type == PERSON:
        return f"<@{option.value}>"
    return option.value if isinstance(option.value, str) else str(option.value)
