"""The words of a message as the core reads them: who is called in them, and which addresses they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from telegram.constants import MessageEntityType as Kind

from adapters.telegram.wire import Entity, Message, User


@dataclass(frozen=True, slots=True)
class Words:
    """A text in which `<@id>` stands for everybody who was called by their name, and what else was marked in it.

    `called` are these people, each once; `mentions` counts them and all who were called by an @handle, as often as
    they were. `ours` says that we were called. `urls` are the addresses as typed, and those behind other words.
    """

    text: str
    called: tuple[User, ...] = ()
    mentions: int = 0
    urls: tuple[str, ...] = ()
    ours: bool = False


def read_words(message: Message, username: str) -> Words:
    """The words of a message or below its file; `username` is the bot's own, without @."""
    text = message.text or message.caption
    marked = message.entities if message.text else message.caption_entities
    if not marked:
        return Words(text)
    parts: list[str] = []
    called: dict[int, User] = {}
    urls: dict[str, None] = {}
    done, mentions, ours = 0, 0, False
    for entity, start, end in _spans(text, marked):
        words, user = text[start:end], entity.user
        if entity.type in (Kind.URL, Kind.TEXT_LINK):
            urls[entity.url or words] = None
        elif _is_us(entity, words, username):
            ours = True
        elif entity.type == Kind.MENTION:
            mentions += 1
        elif entity.type == Kind.TEXT_MENTION and user and not user.is_bot and start >= done:
            parts += (text[done:start], f"<@{user.id}>")
            called.setdefault(user.id, user)
            done, mentions = end, mentions + 1
    return Words("".join((*parts, text[done:])), tuple(called.values()), mentions, tuple(urls), ours)


def _is_us(entity: Entity, words: str, username: str) -> bool:
    by_name = words.removeprefix("@") if entity.type == Kind.MENTION else ""
    named = entity.user.username if entity.type == Kind.TEXT_MENTION and entity.user else by_name
    return bool(named) and named.casefold() == username.casefold()


def _spans(text: str, marked: tuple[Entity, ...]) -> Iterator[tuple[Entity, int, int]]:
    """Where each of them stands in the text, in characters; what lies beside it or in half a character is left out."""
    units = (0, *accumulate(2 if ord(char) > 0xFFFF else 1 for char in text))
    at = {unit: index for index, unit in enumerate(units)}
    for entity in sorted(marked, key=lambda entity: entity.offset):
        start, end = at.get(entity.offset), at.get(entity.offset + entity.length)
        if start is not None and end is not None and start < end:
            yield entity, start, end
