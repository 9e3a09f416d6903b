"""A class on the fake Discord that asks and answers: its people, what they do, and what each of them was told."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.places import Account
from bot.domain.people import Member
from bot.domain.points import Reason
from bot.features import FEATURES
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.test_product import turn_to
from tests.wire.discord import Message, Person
from tests.wire.discord.acts import THANKS
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered
from tests.wire.discord.state import MANAGE_MESSAGES, MEMBER, MODERATE_MEMBERS, PIN_MESSAGES, Channel

MODERATOR = MEMBER | MANAGE_MESSAGES | MODERATE_MEMBERS | PIN_MESSAGES


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

    async def thanks(self, person: Person, message: Message) -> None:
        """Put folded hands at a message."""
        await self.server.people.react(person, message, THANKS)
        await self.settle()

    async def unthanks(self, person: Person, message: Message) -> None:
        """Take them away."""
        await self.server.people.unreact(person, message, THANKS)
        await self.settle()

    async def enters(self, name: str) -> Person:
        """Somebody new comes into the server, which the bot is told where the circle `greets`."""
        person = self.state.add_person(name.lower(), display=name)
        await self.server.people.enter(person, self.stage.guild)
        await self.settle()
        return person

    async def leaves(self, person: Person) -> None:
        """Somebody leaves the server."""
        await self.server.people.leave(person, self.stage.guild)
        await self.settle()

    async def appoint(self, person: Person, permissions: int = MODERATOR, position: int = 2) -> None:
        """Ada gives somebody a role with these bits in that position, or with MEMBER takes all roles away."""
        await self.server.people.appoint(person, self.stage.guild, permissions, position)

    def grant(self, permissions: int, position: int = 3) -> None:
        """Ada lets the bot do more, and moves its role up."""
        self.stage.guild.bot_permissions |= permissions
        self.stage.guild.bot_position = position

    async def opens(self, person: Person, title: str, whom: Person) -> Interaction:
        """Choose a command in somebody's own menu."""
        item = await answered(await self.server.people.menu(person, self.stage.channel, title, whom, kind=2), 5)
        await self.settle()
        return item

    def is_muted(self, person: Person) -> bool:
        """Whether somebody is in a time-out."""
        return self.state.is_muted(self.stage.guild, person)

    def pinned(self, where: Channel | None = None) -> list[str]:
        """What is pinned in the channel, in order."""
        return [m.text for m in self.state.messages_in(where or self.stage.channel) if m.pinned]

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
        """All points of a person but those for the first contribution."""
        async with self.stage.store.read() as unit:
            found = (await unit.arrivals.of(self.stage.place, Account("discord", str(person.id)))).person
            sums = await unit.ledger.sums(self.community, found.id, 0) if found else {}
        return sum(points for reason, points in sums.items() if reason is not Reason.FIRST)


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
