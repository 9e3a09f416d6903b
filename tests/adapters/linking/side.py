"""One group on one platform: what its people do, and all that each of them can read, said alike for both platforms."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from bot.chat.places import Account
from tests.adapters.discord.circle import MODERATOR, plain
from tests.adapters.discord.circle import Circle as DiscordCircle
from tests.adapters.telegram.circle import Circle as TelegramCircle
from tests.adapters.telegram.test_product import labels, press
from tests.wire.discord.state import Message
from tests.wire.telegram.world import Json


class Side(ABC):
    """The group: its `boss` owns it, its `mate` is a moderator, `pupil` and `dewi` are members."""

    platform: str
    community: int
    people: dict[str, Any]

    def account(self, name: str) -> Account:
        """Somebody's account."""
        return Account(self.platform, str(self.people[name].id))

    @abstractmethod
    async def says(self, name: str, words: str, *, to: str = "") -> str:
        """Say something among the others, in reply to that message; gives the number of what was said."""

    @abstractmethod
    async def writes(self, name: str, words: str) -> None:
        """Write to the bot alone."""

    @abstractmethod
    async def presses(self, name: str, label: str) -> None:
        """Press the newest button with these words that this person has before their eyes, their own first."""

    @abstractmethod
    def offered(self) -> list[str]:
        """The labels of the buttons of the newest public message that has some."""

    @abstractmethod
    async def thanks(self, name: str, message: str) -> None:
        """Put folded hands at a message."""

    @abstractmethod
    async def promotes(self, name: str) -> None:
        """The owner makes somebody a moderator or an administrator."""

    @abstractmethod
    def card(self, words: str) -> str:
        """The number of the newest public message of the bot with these words."""

    @abstractmethod
    def public(self) -> list[str]:
        """What of the bot's everybody reads in the group, oldest first."""

    @abstractmethod
    def own(self, name: str) -> list[str]:
        """What somebody alone was told, oldest first."""

    def named(self, words: str) -> str:
        """The name of the question with these words (Q12)."""
        return next(text for text in reversed(self.public()) if words in text).partition(" ")[0]

    def told(self, name: str) -> str:
        """The last of that."""
        return self.own(name)[-1]


class TelegramSide(Side):
    """See Side."""

    platform = "telegram"

    def __init__(self, circle: TelegramCircle) -> None:
        self.circle, self.stage, self.community = circle, circle.stage, circle.community
        self.people = {"boss": circle.ani, "mate": circle.budi, "dewi": circle.dewi, "pupil": circle.eko}

    async def says(self, name: str, words: str, *, to: str = "") -> str:
        return str(await self.circle.says(self.people[name], words, reply_to=int(to or 0)))

    async def writes(self, name: str, words: str) -> None:
        await self.circle.writes(self.people[name], words)

    async def presses(self, name: str, label: str) -> None:
        person = self.people[name]
        chats = (self.stage.private(person), self.circle.chat)
        found = [(chat, each) for chat in chats for each in reversed(self.stage.ours(chat)) if _offers(each, label)]
        chat, message = found[0]
        await press(self.stage, person, chat, message, label)

    def offered(self) -> list[str]:
        return next(labels(each) for each in reversed(self.stage.ours(self.circle.chat)) if labels(each))

    async def thanks(self, name: str, message: str) -> None:
        await self.circle.thanks(self.people[name], int(message))

    async def promotes(self, name: str) -> None:
        await self.circle.promotes(self.people[name])

    def card(self, words: str) -> str:
        shown = [each for each in self.stage.ours(self.circle.chat) if words in each["text"]]
        return str(shown[-1]["message_id"])

    def public(self) -> list[str]:
        return self.stage.texts(self.circle.chat)

    def own(self, name: str) -> list[str]:
        return self.circle.told(self.people[name])


def _offers(message: Json, label: str) -> bool:
    return any(label in each for each in labels(message))


class DiscordSide(Side):
    """See Side; commands are typed, to have the same words as on Telegram."""

    platform = "discord"

    def __init__(self, circle: DiscordCircle) -> None:
        self.circle, self.stage, self.community = circle, circle.stage, circle.community
        self.people = {"boss": circle.ada, "mate": circle.ben, "dewi": circle.dewi, "pupil": circle.eko}

    async def says(self, name: str, words: str, *, to: str = "") -> str:
        call = f"<@{self.circle.state.bot.id}> " if words.startswith("/") else ""
        answered = self.circle.state.messages[int(to)] if to else None
        said = await self.circle.says(self.people[name], f"{call}{words}", self.stage.channel, answered)
        return str(said.id)

    async def writes(self, name: str, words: str) -> None:
        person = self.people[name]
        await self.circle.says(person, words, self.circle.state.direct_channel(person))

    async def presses(self, name: str, label: str) -> None:
        person = self.people[name]
        offers = [each for each in (*self._public(), *self._own(name)) if _has(each, label)]
        await self.circle.taps(person, offers[-1], label)

    def offered(self) -> list[str]:
        found = next(each.buttons for each in reversed(self._public()) if each.buttons)
        return [part.get("label") or "" for part in found]

    async def thanks(self, name: str, message: str) -> None:
        await self.circle.thanks(self.people[name], self.circle.state.messages[int(message)])

    async def promotes(self, name: str) -> None:
        await self.circle.appoint(self.people[name], MODERATOR)

    def card(self, words: str) -> str:
        return str([each for each in self._public() if words in plain(each.text)][-1].id)

    def public(self) -> list[str]:
        return [plain(each.text) for each in self._public()]

    def own(self, name: str) -> list[str]:
        return [plain(each.text) for each in self._own(name)]

    def _ours(self) -> Iterator[Message]:
        bot = self.circle.state.bot.id
        return (each for each in self.circle.state.messages.values() if each.author_id == bot and not each.deleted)

    def _public(self) -> list[Message]:
        here = self.stage.channel.id
        return [each for each in self._ours() if each.channel_id == here and each.only_for is None]

    def _own(self, name: str) -> list[Message]:
        person = self.people[name]
        alone = self.circle.state.direct_channel(person).id
        return [each for each in self._ours() if each.only_for == person.id or each.channel_id == alone]


def _has(message: Message, label: str) -> bool:
    return any(label in (part.get("label") or "") for part in message.buttons)
