"""The world of a conversation test: people, places, a clock that you turn, and what each person sees.

It runs the real core and the real store on the playground, whose chats have the limits of a real platform.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST, DISCORD, GROUPS, TELEGRAM, Actor
from adapters.playground.clock import Turning
from adapters.playground.plain import plain
from adapters.playground.transcript import Alert, Entry
from bot.app import App
from bot.chat.events import Mark
from bot.chat.file import Document
from bot.chat.places import Account, Place, Role
from bot.domain.community import Community
from bot.domain.people import Member
from bot.example.seed import seed
from bot.features import FEATURES
from storage.store import DatabaseStore

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday, 09.00 in Jakarta."""

KEYS = (b"a key for tests only, 32 bytes..",)


class Human:
    """One person, who speaks where `at` says (the group, unless told otherwise)."""

    def __init__(self, world: "World", account: Account, at: Place) -> None:
        self._world = world
        self.account = account
        self.at = at

    def in_(self, place: Place) -> "Human":
        """The same person in another place."""
        return Human(self._world, self.account, place)

    @property
    def private(self) -> "Human":
        """The same person in the private chat with the bot."""
        return self.in_(self._world.stage.actor(self.account).private)

    async def says(self, text: str, *, key: str = "", reply: str = "", links: tuple[str, ...] = ()) -> None:
        """Write something, with links behind the words, and wait until everything that follows has happened."""
        await self._world.stage.say(self.account, self.at, text, key=key, reply=reply, links=links)
        await self._world.stage.settle()

    async def replies(self, text: str, *, to: str) -> None:
        """Write something as a reply to the newest message here that contains `to`."""
        await self.says(text, reply=self._entry(to).id)

    async def likes(self, words: str) -> None:
        """Put a thumb at the newest message here that contains these words."""
        await self._reacts(words, Mark.LIKE, on=True)

    async def unlikes(self, words: str) -> None:
        """Take that thumb away again."""
        await self._reacts(words, Mark.LIKE, on=False)

    async def thanks(self, words: str) -> None:
        """Put folded hands at the newest message here that contains these words."""
        await self._reacts(words, Mark.THANKS, on=True)

    async def unthanks(self, words: str) -> None:
        """Take those folded hands away again."""
        await self._reacts(words, Mark.THANKS, on=False)

    async def enters(self) -> None:
        """Come into the group."""
        await self._world.stage.enter(self.account, self.at)
        await self._world.stage.settle()

    async def leaves(self) -> None:
        """Leave the group."""
        await self._world.stage.leave(self.account, self.at)
        await self._world.stage.settle()

    async def knocks(self) -> None:
        """Ask to be let into the group."""
        await self._world.stage.knock(self.account, self.at)
        await self._world.stage.settle()

    async def deletes(self, words: str) -> None:
        """Delete this person's own newest message here that contains these words."""
        await self._world.stage.withdraw(self.account, self._entry(words, own=True).id)
        await self._world.stage.settle()

    async def sends(self, name: str, content: bytes, text: str = "", kind: str = "") -> None:
        """Send a file, with words or without."""
        await self._world.stage.say(self.account, self.at, text, file=Document(name, content, kind))
        await self._world.stage.settle()

    async def runs(self, path: str, **values: str) -> None:
        """Use a command with named arguments."""
        await self._world.stage.run(self.account, self.at, path, values)
        await self._world.stage.settle()

    async def opens_person(self, account: Account, path: str) -> None:
        """Choose a command in that person's own menu."""
        await self._world.stage.open_person(self.account, self.at, path, account)
        await self._world.stage.settle()

    async def presses(self, label: str) -> None:
        """Press the newest button that this person sees here whose label is, or else contains, that."""
        entry, row, column = self._button(label)
        await self._world.stage.press(self.account, entry.id, row, column)
        await self._world.stage.settle()

    @property
    def screen(self) -> list[str]:
        """The texts that this person sees here, oldest first."""
        return [_text(entry) for entry in self._entries()]

    @property
    def alerts(self) -> list[str]:
        """The alerts that popped up for this person, oldest first."""
        signals = (signal.what for signal in self._world.stage.transcript.signals)
        return [what.text for what in signals if isinstance(what, Alert) and what.account == self.account]

    @property
    def told(self) -> str:
        """The last thing that the bot told this person: an alert or a message here."""
        heard = [(_number(e.id), _text(e)) for e in self._entries() if e.author is None]
        heard += [
            (_number(signal.what.id), signal.what.text)
            for signal in self._world.stage.transcript.signals
            if isinstance(signal.what, Alert) and signal.what.account == self.account
        ]
        return max(heard, default=(0, ""))[1]

    @property
    def files(self) -> list[Document]:
        """The files that the bot gave and this person sees here, oldest first."""
        shelf = self._world.stage.shelf
        kept = (shelf.get(leaf.id) for e in self._entries() if e.author is None for leaf in e.files)
        return [file for file in kept if file]

    def sees(self, *words: str) -> bool:
        """Whether one message here contains all these words."""
        return any(all(word in text for word in words) for text in self.screen)

    @property
    def buttons(self) -> list[str]:
        """The labels of the newest message with buttons here."""
        for entry in reversed(self._entries()):
            if labels := [str(button.label) for row in entry.pages[-1].rows for button in row]:
                return labels
        return []

    async def _reacts(self, words: str, mark: Mark, *, on: bool) -> None:
        await self._world.stage.react(self.account, self._entry(words).id, on, mark=mark)
        await self._world.stage.settle()

    def _entries(self) -> list[Entry]:
        return [
            entry
            for entry in self._world.stage.transcript
            if entry.place == self.at and not entry.deleted and entry.is_for(self.account)
        ]

    def _entry(self, words: str, *, own: bool = False) -> Entry:
        """The newest message that contains them, rather one that everybody here sees."""
        found = [entry for entry in reversed(self._entries()) if words in _text(entry)]
        found = [entry for entry in found if not own or entry.author == self.account]
        assert found, f"no message {words!r} among {self.screen}"
        return next((entry for entry in found if entry.only is None), found[0])

    def _button(self, label: str) -> tuple[Entry, int, int]:
        for matches in (str.__eq__, str.__contains__):
            for entry in reversed(self._entries()):
                for row, buttons in enumerate(entry.pages[-1].rows if entry.pages else ()):
                    for column, button in enumerate(buttons):
                        if button.press and matches(str(button.label), label):
                            return entry, row, column
        raise AssertionError(f"no button {label!r} among {self.buttons}")


class World:
    """A community on the stage, at a chosen moment."""

    def __init__(self, app: App, stage: Playground, clock: Turning, group: Place) -> None:
        self.app = app
        self.store = app.store
        self.stage = stage
        self.clock = clock
        self.group = group

    def __getattr__(self, name: str) -> Human:
        for account in self.stage.cast:
            if account.id == name:
                return Human(self, account, self.group)
        raise AttributeError(name)

    @property
    def public(self) -> list[str]:
        """The bot's public messages in the group, oldest first, as they stand."""
        return [_text(e) for e in self.stage.transcript if e.place == self.group and e.is_public and e.author is None]

    @property
    def pins(self) -> list[str]:
        """What is pinned in the group, the newest first, as it stands."""
        return [_text(entry) for entry in self.stage.pins(self.group)]

    @property
    def locked(self) -> bool:
        """Whether only moderators can write in the group."""
        return bool(self.stage.rooms[self.group].lock)

    async def newcomer(self, handle: str, *, name: str, language: str = "id", enters: bool = True) -> Human:
        """A person whom nobody knows yet and who comes into the group now, or else stands before it."""
        actor = Actor(handle, name, language=language)
        self.stage.come(actor)
        human = Human(self, actor.account, self.group)
        if enters:
            await human.enters()
        return human

    async def passes(self, **length: float) -> None:
        """Let time pass; what falls due on the way happens at its time."""
        await self.until(self.clock() + timedelta(**length))

    async def until(self, moment: datetime) -> None:
        """Let time pass up to that moment."""
        await self.clock.jump(moment, self.store, self.app.outbox)
        await self.stage.settle()

    def sleeps(self, **length: float) -> None:
        """Let time pass while Bareng is not running: nothing happens on the way."""
        self.clock.offset += timedelta(**length)

    async def wakes(self) -> None:
        """Run what fell due meanwhile."""
        await self.stage.settle()


@asynccontextmanager
async def opened(
    address: str, group: Place = TELEGRAM, *, seeded: bool = True, at: datetime = MONDAY, linked: bool = True
) -> AsyncIterator[World]:
    """A world on that database, with the example community if `seeded`; not `linked` its places are two groups."""
    store = DatabaseStore(address)
    clock = Turning(lambda: at)
    app = App(FEATURES, store, KEYS, clock, Random(7))
    stage = Playground(CAST, clock)
    stage.attach(app)
    if seeded:
        people = ((actor.account, actor.name, Role.MEMBER) for actor in CAST)
        await seed(store, at, GROUPS, people)
    if not linked:
        await _separate(store, at)
    try:
        yield World(app, stage, clock, group)
    finally:
        await app.drain()
        await app.outbox.drain()
        await store.close()


async def _separate(store: DatabaseStore, at: datetime) -> None:
    """Let the Discord-like place be a group of its own, with the same people, of whom Budi is the organiser."""
    async with store.begin() as unit:
        venue = (await unit.arrivals.of(DISCORD, None)).venue
        assert venue
        other = await unit.communities.add(Community(0, "Kelas Discord", at, ready=True))
        await unit.communities.put_venue(replace(venue, community=other.id))
        for actor in CAST:
            person = (await unit.arrivals.of(DISCORD, actor.account)).person
            assert person
            role = Role.ORGANISER if actor.account.id == "budi" else Role.MEMBER
            await unit.people.join(Member(other.id, person.id, role))


def _text(entry: Entry) -> str:
    return "\n".join(plain(page) for page in entry.pages)


def _number(identifier: str) -> int:
    return int(identifier.rpartition("-")[2])


__all__ = ["DISCORD", "GROUPS", "MONDAY", "TELEGRAM", "Human", "World", "opened"]
