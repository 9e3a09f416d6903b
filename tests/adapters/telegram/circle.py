"""A class on the fake Telegram that asks and answers: its people, what they do, and what each of them was told."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.features import FEATURES
from tests.adapters.telegram.stage import Stage, staged
from tests.adapters.telegram.test_product import labels, press, turn_to
from tests.wire.telegram.markup import find_entities, utf16
from tests.wire.telegram.world import ALL_RIGHTS, Chat, Json, Person

THUMB = [{"type": "emoji", "emoji": "👍"}]


class Circle:
    """Ani owns the group; Budi, Dewi and Eko are members. In a forum, questions stand in a topic of their own."""

    def __init__(self, stage: Stage, chat: Chat, ani: Person, budi: Person, dewi: Person, eko: Person) -> None:
        self.stage = stage
        self.chat = chat
        self.ani, self.budi, self.dewi, self.eko = ani, budi, dewi, eko
        self.community = 0

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return self.ani, self.budi, self.dewi, self.eko

    async def settle(self) -> None:
        """Wait until everything was heard, answered and sent that is due."""
        await self.stage.settled()
        await self.stage.app.outbox.settle()
        await self.stage.settled()

    async def passes(self, seconds: float) -> None:
        """Turn the clock on and let everything happen that became due."""
        before = self.stage.server.world.now
        self.stage.server.world.now = lambda: before() + seconds
        await self.settle()

    async def says(self, person: Person, text: str, *, reply_to: int = 0, thread: int = 0) -> int:
        """Write in the group and give the message's number."""
        said = self.stage.server.people.say(person, self.chat, text, reply_to=reply_to or None, thread=thread or None)
        await self.settle()
        number: int = said["message_id"]
        return number

    async def writes(self, person: Person, text: str) -> None:
        """Write in the private chat."""
        self.stage.server.people.say(person, None, text)
        await self.settle()

    async def taps(self, person: Person, name: str, words: str) -> list[Json]:
        """Press a button of the public card of that question; gives the answers to the press."""
        return await press(self.stage, person, self.chat, self.card(name), words)

    async def presses(self, person: Person, words: str) -> list[Json]:
        """Press the newest button with these words in the private chat."""
        chat = self.stage.private(person)
        offers = (m for m in reversed(self.stage.ours(chat)) if any(words in label for label in labels(m)))
        return await press(self.stage, person, chat, next(offers), words)

    async def thanks(self, person: Person, message: int) -> None:
        """Put folded hands at a message of the group."""
        await self.likes(person, message, "🙏")

    async def calls(self, person: Person, before: str, whom: Person, after: str = "") -> int:
        """Write a text in which somebody without a handle is called by their name."""
        entities = [
            {"type": "text_mention", "offset": utf16(before), "length": utf16(whom.first_name), "user": whom.as_user()}
        ]
        entities += find_entities(before)
        said = self.stage.server.people.say(person, self.chat, before + whom.first_name + after, entities=entities)
        await self.settle()
        number: int = said["message_id"]
        return number

    async def joins(self, person: Person, by: Person | None = None) -> None:
        """Come into the group, brought by somebody or alone."""
        self.stage.server.doors.add(by or person, self.chat, person)
        await self.settle()

    async def leaves(self, person: Person) -> None:
        """Go out of the group."""
        self.stage.server.doors.leave(person, self.chat)
        await self.settle()

    async def knocks(self, person: Person) -> None:
        """Ask to be let in."""
        self.stage.server.doors.knock(person, self.chat)
        await self.settle()

    async def promotes(self, person: Person, rights: tuple[str, ...] = ALL_RIGHTS) -> None:
        """Ani makes somebody an administrator; nobody waits until the bot has heard of it."""
        self.stage.server.doors.promote(self.ani, self.chat, person, rights)

    async def demotes(self, person: Person) -> None:
        """Ani takes that away again."""
        self.stage.server.doors.demote(self.ani, self.chat, person)

    async def says_anonymously(self, text: str) -> int:
        """An administrator who stays anonymous writes in the group."""
        number: int = self.stage.server.people.say_as_anonymous_admin(self.chat, text)["message_id"]
        await self.settle()
        return number

    async def posts_from_channel(self, text: str) -> int:
        """The channel that the group belongs to posts something, which Telegram forwards into the group."""
        channel = {"id": -1_000_000_009_999, "type": "channel", "title": "Fisika News"}
        number: int = self.stage.server.people.forward_from_linked_channel(self.chat, channel, text)["message_id"]
        await self.settle()
        return number

    def is_here(self, person: Person) -> bool:
        """Whether somebody is in the group."""
        return self.stage.server.world.membership(self.chat, person.id).is_here

    def may_write(self, person: Person) -> bool:
        """Whether somebody's app lets them write in the group."""
        return self.stage.server.world.may(self.chat, person.id, "can_send_messages")

    def whispered(self, person: Person) -> list[str]:
        """What the bot showed to somebody alone in the group, in order."""
        views = self.chat.private_views.items()
        bot = self.stage.server.world.bot.id
        return [view["text"] for (who, _), view in views if who == person.id and view["from"]["id"] == bot]

    async def likes(self, person: Person, message: int, emoji: str = "👍") -> None:
        """Put a reaction at a message of the group; "" takes it away."""
        self.stage.server.people.react(person, self.chat, message, emoji)
        await self.settle()

    def card(self, name: str) -> Json:
        """The public card of that question."""
        return next(message for message in self.stage.ours(self.chat) if message["text"].startswith(f"{name} ·"))

    def marked(self, message: int) -> bool:
        """Whether the bot put its thumb there."""
        return self.chat.reactions.get(message) == THUMB

    def told(self, person: Person) -> list[str]:
        """What the bot wrote to somebody in private, in order."""
        return self.stage.texts(self.stage.private(person))

    def done(self) -> Counter[str]:
        """How often the bot did what in the group, by the method's name; what it only asked is not counted."""
        return Counter(effect.method for effect in self.stage.server.truth.find("effect", place=str(self.chat.id)))

    def loud(self) -> list[Any]:
        """Every message that was sent with a sound, to whomever."""
        sends = self.stage.server.truth.find("call", "sendMessage")
        return [send.detail for send in sends if not send.detail["parameters"].get("disable_notification")]


@asynccontextmanager
async def circled(
    folder: Path, *, kind: str = "supergroup", forum: bool = False, admin: bool = False, **options: Any
) -> AsyncIterator[Circle]:
    """The class at nine in the morning; everybody but a stranger to the bot has opened its private chat."""
    async with staged(folder, features=FEATURES, **options) as stage:
        await turn_to(stage, 9)
        world = stage.server.world
        people = [world.add_person(name, language_code="en") for name in ("Ani", "Budi", "Dewi", "Eko")]
        owner, *members = people
        bot = "administrator" if admin else "member"
        chat = world.add_chat("Fisika", kind, owner=owner, members=tuple(members), forum=forum, bot=bot)
        stage.group = chat
        circle = Circle(stage, chat, *people)
        circle.community = await stage.found(chat)
        await stage.acquaint(circle.community, *people)
        for person in people:
            stage.server.people.start(person)
        await circle.settle()
        yield circle
