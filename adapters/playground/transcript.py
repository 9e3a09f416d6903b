"""What stands in the chats of the playground, who sees it, and a way to wait for changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex

from adapters.playground.cast import GROUPS
from adapters.playground.form import Dialog
from adapters.playground.shelf import Leaf
from bot.chat.events import Mark
from bot.chat.message import Message, Paragraph
from bot.chat.places import Account, Place
from bot.chat.text import Line

MOST_ENTRIES = 2000
"""Older entries are forgotten, so that a playground left open for weeks does not grow."""

MOST_SIGNALS = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as it stands; a long one has several `pages`, each within the platform's limits.

    `author` is None for the bot. `only` names the one person who sees it, None for everybody in the place.
    `command` is the line that it is, or that it answers. `sounds` says that it rang when it came. `files` go along
    with the last page; the pages themselves hold none. `reply` is the entry that it replies to; `marked` says
    that the bot has put a thumb at it, `likes` are the people who have, `thanks` those who put folded hands there.
    """

    id: str
    version: int
    place: Place
    author: Account | None
    pages: tuple[Message, ...]
    at: datetime
    only: Account | None = None
    command: str = ""
    sounds: bool = False
    edited: bool = False
    files: tuple[Leaf, ...] = ()
    reply: str = ""
    marked: bool = False
    likes: tuple[Account, ...] = ()
    thanks: tuple[Account, ...] = ()
    deleted: bool = False

    @property
    def is_public(self) -> bool:
        """Whether it stands in a group for everybody to read."""
        return self.only is None and self.place in GROUPS

    def marked_by(self, mark: Mark) -> tuple[Account, ...]:
        """The people whose mark of that kind it bears."""
        return self.likes if mark is Mark.LIKE else self.thanks

    def is_for(self, viewer: Account) -> bool:
        """Whether that person sees it."""
        if self.place in GROUPS:
            return self.only is None or self.only == viewer
        return self.place.chat == viewer.id


@dataclass(frozen=True, slots=True)
class Alert:
    """A few words that pop up for the one who pressed, and pass."""

    id: str
    account: Account
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Signal:
    """Something shown once and not kept in any chat."""

    version: int
    what: Alert | Dialog


@dataclass(frozen=True, slots=True)
class Noise:
    """How many public messages were posted in the groups, counted by pages; edits make no noise."""

    bot: int = 0
    people: int = 0
    sounding: int = 0


class Transcript:
    """All entries in their order. Every change has a number, so that a reader can ask for what is new."""

    def __init__(self, run: str = "") -> None:
        self.run = run or token_hex(3)
        self.version = 0
        self.noise = Noise()
        self.closed = False
        self.signals: list[Signal] = []
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._keys: OrderedDict[str, str] = OrderedDict()
        self._event = asyncio.Event()
        self._count = 0

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries.values()))

    def new_id(self) -> str:
        """An id that no other run of the program gives."""
        self._count += 1
        return f"{self.run}-{self._count}"

    def get(self, entry: str) -> Entry | None:
        """The entry of that id, unless it was deleted."""
        found = self._entries.get(entry)
        return None if found is None or found.deleted else found

    def post(
        self,
        place: Place,
        author: Account | None,
        pages: tuple[Message, ...],
        at: datetime,
        *,
        only: Account | None = None,
        command: str = "",
        sounds: bool = False,
        files: tuple[Leaf, ...] = (),
        reply: str = "",
        key: str = "",
    ) -> Entry:
        """Add an entry. One with the same `key` is not added again: the entry that stands is returned."""
        known = self._entries.get(self._keys.get(key, ""))
        if known is not None:
            return known
        entry = Entry(
            self.new_id(), self._next(), place, author, pages, at, only, command, sounds, files=files, reply=reply
        )
        self._entries[entry.id] = entry
        self._keys[key or entry.id] = entry.id
        self._count_noise(entry)
        while len(self._entries) > MOST_ENTRIES:
            self._entries.popitem(last=False)
            self._keys.popitem(last=False)
        return entry

    def edit(self, entry: Entry, pages: tuple[Message, ...], files: tuple[Leaf, ...] = ()) -> Entry:
        """Change what an entry says; without a difference nothing changes."""
        if entry.pages == pages and entry.files == files:
            return entry
        return self._store(replace(entry, pages=pages, files=files, edited=True, version=self._next()))

    def mark(self, entry: Entry) -> None:
        """Put a thumb at an entry, once."""
        if not entry.marked:
            self._store(replace(entry, marked=True, version=self._next()))

    def react(self, entry: str, account: Account, mark: Mark, on: bool) -> None:
        """Put somebody's mark at an entry or take it away; one that is gone stays as it is."""
        if found := self.get(entry):
            others = tuple(each for each in found.marked_by(mark) if each != account)
            now = (*others, account) if on else others
            likes, thanks = (now, found.thanks) if mark is Mark.LIKE else (found.likes, now)
            self._store(replace(found, likes=likes, thanks=thanks, version=self._next()))

    def delete(self, entry: Entry) -> None:
        """Take an entry away."""
        self._store(replace(entry, pages=(), deleted=True, version=self._next()))

    def signal(self, what: Alert | Dialog) -> None:
        """Show something once."""
        self.signals = [*self.signals[1 - MOST_SIGNALS :], Signal(self._next(), what)]
        self._wake()

    def ring(self) -> None:
        """Count a sound that came without a message of its own."""
        self.noise = replace(self.noise, sounding=self.noise.sounding + 1)
        self.touch()

    def touch(self) -> None:
        """Let every reader look again although no entry changed (the clock was turned, a group was locked)."""
        self._next()
        self._wake()

    def close(self) -> None:
        """Let every reader go: nothing more will change."""
        self.closed = True
        self.touch()

    async def changed(self, version: int) -> None:
        """Wait until there is something newer than that version."""
        while self.version <= version:
            await self._event.wait()

    def _store(self, entry: Entry) -> Entry:
        self._entries[entry.id] = entry
        self._wake()
        return entry

    def _count_noise(self, entry: Entry) -> None:
        if entry.is_public:
            pages = len(entry.pages)
            of_bot = entry.author is None
            self.noise = Noise(
                bot=self.noise.bot + pages * of_bot,
                people=self.noise.people + pages * (not of_bot),
                sounding=self.noise.sounding + pages * (of_bot and entry.sounds),
            )
        self._wake()

    def _next(self) -> int:
        self.version += 1
        return self.version

    def _wake(self) -> None:
        self._event.set()
        self._event = asyncio.Event()


def as_pages(line: Line) -> tuple[Message, ...]:
    """A person's words as the one page of an entry."""
    return (Message((Paragraph(line),)) if line else Message(),)
