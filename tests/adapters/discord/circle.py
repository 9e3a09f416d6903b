"""A class on the fake Discord that asks and answers: its people, what they do, and what each of them was told."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.places import Account
from bot.domain.people import Member
from bot.features import FEATURES
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.test_product import turn_to
from tests.wire.discord import Message, Person
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered
from tests.wire.discord.state import Channel


class Circle:
    """Ada owns the server; Ben, Citra (in Indonesian), Dewi and Eko are members. Wim hears of nothing."""

    def __init__(self, stage: Stage, community: int, dewi: Person, eko: Person, wim: Person) -> None:
        self.stage = stage
        self.community = community
        self.server, self.state = stage.server, stage.state
        self.ada, self.ben, self.citra, self.dewi, self.eko = stage.ada, stage.ben, stage.citra, dewi, eko
        self._wim = wim

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return self.ada, self.ben, self.citra, self.dewi, self.eko

    async def open_directs(self) -> None:
        """Everybody writes to the bot in private, which lets it write back."""
        for person in self.people:
            await self.says(person, "/start", self.state.direct_channel(person))

    async def settle(self) -> None:
        """Wait until everything was heard, answered and sent that is due: a command comes after what came before."""
        for _ in range(2):
            await self.stage.slash(self._wim, "help")
            await self.stage.discord.reception.drain()
            await self.stage.app.drain()
            await self.stage.app.outbox.settle()

    async def passes(self, seconds: float) -> None:
        """Turn the clock on and let everything happen that became due."""
        self.state.clock.advance(seconds)
        await self.settle()

    async def slash(
        self, person: Person, line: str, options: dict[str, Any] | None = None, where: Channel | None = None
    ) -> Interaction:
        """Run a slash command, in the channel if nowhere else."""
        item = await answered(await self.server.people.slash(person, where or self.stage.channel, line, options), 5)
        await self.settle()
        return item

    async def fills(self, opened: Interaction, **values: str) -> Interaction:
        """Send the modal that was opened."""
        item = await answered(await self.server.people.submit(opened, values), 5)
        await self.settle()
        return item

    async def asks(self, person: Person, words: str, **options: str) -> Interaction:
        """Ask by the modal."""
        return await self.fills(await self.slash(person, "ask", options), words=words)

    async def chooses(self, person: Person, title: str, message: Message) -> Interaction:
        """Choose a command in the menu of a message."""
        where = self.state.channels[message.channel_id]
        item = await answered(await self.server.people.menu(person, where, title, message), 5)
        await self.settle()
        return item

    async def says(self, person: Person, text: str, where: Channel, reply_to: Message | None = None) -> Message:
        """Write among the others."""
        said = await self.server.people.say(person, where, text, reply_to=reply_to)
        await self.settle()
        return said

    async def taps(self, person: Person, message: Message, words: str) -> Interaction:
        """Press a button."""
        item = await self.stage.press(person, message, words)
        await self.settle()
        return item

    async def presses(self, person: Person, words: str) -> Interaction:
        """Press the newest button with these words that the bot sent in private."""
        sent = reversed(self.direct(person))
        found = next(m for m in sent if any(words in (part.get("label") or "") for part in m.buttons))
        return await self.taps(person, found, words)

    def card(self, name: str) -> Message:
        """The public card of that question, the newest."""
        shown = [m for m in self.state.messages.values() if m.text.startswith(f"## **{name} ·") and not m.deleted]
        return [m for m in shown if m.only_for is None and self.state.channels[m.channel_id].guild_id][-1]

    def thread(self, name: str) -> Channel:
        """Its thread or post."""
        return self.state.channels[self.card(name).id]

    def first(self, name: str) -> list[str]:
        """The first three paragraphs of the card, as they read."""
        return plain(self.card(name).text).split("\n\n")[:3]

    def direct(self, person: Person) -> list[Message]:
        """What the bot wrote to somebody in private, in order."""
        mine = self.state.messages_in(self.state.direct_channel(person))
        return [message for message in mine if message.author_id == self.state.bot.id]

    def told(self, person: Person) -> list[str]:
        """The words of that, as they read."""
        return [plain(message.text) for message in self.direct(person)]

    def told_privately(self) -> dict[str, list[str]]:
        """The first line of everything that everybody was told after the hello."""
        return {each.name: [text.partition("\n")[0] for text in self.told(each)[1:]] for each in self.people}

    async def points(self, person: Person) -> int:
        """All points of a person."""
        async with self.stage.store.read() as unit:
            found = (await unit.arrivals.of(self.stage.place, Account("discord", str(person.id)))).person
            return sum((await unit.ledger.sums(self.community, found.id, 0)).values()) if found else 0


def plain(text: str) -> str:
    """Markdown as it reads."""
    return re.sub(r"\*\*|`|\\|^## ", "", text)


@asynccontextmanager
async def circled(folder: Path, **options: Any) -> AsyncIterator[Circle]:
    """The class at nine in the morning."""
    async with staged(folder, features=FEATURES, **options) as stage:
        dewi, eko, wim = (stage.state.add_person(name.lower(), display=name) for name in ("Dewi", "Eko", "Wim"))
        stage.state.join(stage.guild, dewi, eko, wim)
        async with stage.store.begin() as unit:
            community = (await unit.arrivals.of(stage.place, None)).community
            assert community
            for someone in (dewi, eko):
                person = await unit.people.add(Account("discord", str(someone.id)), someone.name, "")
                await unit.people.join(Member(community.id, person.id, tipped=True))
        await turn_to(stage, 9)
        circle = Circle(stage, community.id, dewi, eko, wim)
        await circle.settle()
        yield circle
