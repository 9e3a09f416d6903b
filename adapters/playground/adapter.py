"""The playground as a platform: two groups of one community and private chats, all in memory."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from adapters.playground.cast import DISCORD, GROUPS, NEWCOMERS, Actor
from adapters.playground.form import Dialog, person_param
from adapters.playground.habits import HABITS, Habits
from adapters.playground.hall import Hall
from adapters.playground.mention import Words, read, valued
from adapters.playground.reply import first_file, quoted, reference, replied_to
from adapters.playground.transcript import Entry, as_pages
from bot.chat.act import Act, Admit
from bot.chat.errors import Unavailable
from bot.chat.events import (
    Deleted,
    Entered,
    Invoked,
    Joined,
    Knocked,
    Left,
    Mark,
    Opened,
    Pressed,
    Reacted,
    Sender,
    Typed,
)
from bot.chat.file import Document
from bot.chat.places import Account, Place, Ref
from bot.chat.text import Run
from bot.ports import Clock


class Playground(Hall):
    """A platform without a network. People are played by calling `say`, `press`, `run`, `submit` and so on."""

    def __init__(self, cast: Iterable[Actor], clock: Clock, habits: Mapping[Place, Habits] = HABITS) -> None:
        super().__init__(cast, clock, habits)
        self._opened: set[Account] = set()
        self._come: set[str] = set()

    async def say(
        self,
        account: Account,
        place: Place,
        text: str,
        *,
        key: str = "",
        reply: str = "",
        file: Document | None = None,
        links: tuple[str, ...] = (),
    ) -> None:
        """Write in a chat: a command where it begins with a slash, free text otherwise, with a file or without.

        The same `key` given twice is one act. `links` are addresses behind the words. Raises LookupError for a `reply`
        to what is not to be seen there. The words of somebody who may not write there reach nobody.
        """
        key = key or self.transcript.new_id()
        about = replied_to(self.transcript, reply, account, place)
        if await self._stops(account, place, writes=not (text.startswith("/") and place == DISCORD)):
            return
        words = read(text, place, self.cast)
        if text.startswith("/"):
            await self._invoke(account, place, words.text[1:], None, text, key, about, file, words)
        else:
            await self._write(account, place, replace(words, urls=(*words.urls, *links)), key, about, file)
        await self._open(account, place)  # in this order: the words make us acquainted

    async def _write(
        self, account: Account, place: Place, words: Words, key: str, about: Entry | None, file: Document | None
    ) -> None:
        leaves, reply = self.shelf.keep([file] if file else []), about.id if about else ""
        now, pages = self.clock(), as_pages(words.line)
        written = self.transcript.post(place, account, pages, now, files=leaves, reply=reply, key=key)
        event = Typed(
            **self._event(account, place, key),
            text=words.text,
            own=Ref(place, written.id),
            reply=reference(place, reply),
            quoted=quoted(about, self.cast) if about else None,
            aside=place in GROUPS and not (words.calls_bot or self._is_told(place, about)),
            file=first_file(leaves),
            mentions=words.calls,
            urls=words.urls,
        )
        await self._handle(event, account, written=written)

    def _is_told(self, place: Place, about: Entry | None) -> bool:
        """Whether the bot is spoken to: by a reply to it, or by saying something to nobody where it hears that."""
        return about.author is None if about else self.habits(place).hears

    async def run(self, account: Account, place: Place, path: str, values: Mapping[str, str], *, key: str = "") -> None:
        """Use a command with named arguments, as Discord's slash commands come."""
        if await self._stops(account, place, writes=False):
            return
        await self._invoke(account, place, path, values, f"/{path}", key or self.transcript.new_id())

    async def submit(self, dialog: Dialog, values: Mapping[str, str], *, key: str = "") -> None:
        """Send a form."""
        await self.run(dialog.account, dialog.place, dialog.path, values, key=key)

    async def press(self, account: Account, entry: str, row: int, column: int, *, page: int = -1) -> None:
        """Press the button in that row and column of an entry; LookupError where there is none."""
        found = self._shown(account, entry)
        button = found.pages[page].rows[row][column]
        if button.press is None:
            raise LookupError(button.label)
        await self.press_data(account, entry, self.app.sign(button.press))

    async def press_data(self, account: Account, entry: str, data: str, *, key: str = "") -> None:
        """Press a button by the payload that it carries, which may be anything; LookupError if it is not to be seen."""
        found = self._shown(account, entry)
        if await self._stops(account, found.place, writes=False):
            return
        parts = self._event(account, found.place, key or self.transcript.new_id())
        await self._handle(Pressed(**parts, data=data, message=reference(found.place, entry)), account, pressed=found)

    async def react(self, account: Account, entry: str, on: bool, *, mark: Mark = Mark.LIKE, key: str = "") -> None:
        """Put a mark at an entry or take it away; LookupError for one that not everybody there sees."""
        found = self._shown(account, entry)
        if found.only:
            raise LookupError(entry)
        if (account in found.marked_by(mark)) is on or await self._stops(account, found.place, writes=False):
            return
        parts, message = self._event(account, found.place, key or self.transcript.new_id()), Ref(found.place, entry)
        event = Reacted(**parts, message=message, likes=on, mark=mark, author=found.author, written=found.at)
        await self._handle(event, account)
        self.transcript.react(entry, account, mark, on)

    async def withdraw(self, account: Account, entry: str, *, key: str = "") -> None:
        """Delete a message that this person wrote; LookupError for any other one."""
        found = self._shown(account, entry)
        if found.author != account:
            raise LookupError(entry)
        if not found.only:
            parts = self._event(account, found.place, key or self.transcript.new_id())
            parts["sender"] = Sender(None)  # no platform says who deletes
            await self._handle(Deleted(**parts, message=Ref(found.place, entry)), account)
        self.transcript.delete(found)

    async def add_bot(self, account: Account, place: Place, title: str) -> None:
        """Bring the bot into a group."""
        parts = self._event(account, place, self.transcript.new_id())
        event = Joined(**parts, title=title, abilities=self.abilities(place))
        await self._handle(event, account)

    async def remove_bot(self, account: Account, place: Place) -> None:
        """Put the bot out of a group."""
        await self._handle(Left(**self._event(account, place, self.transcript.new_id())), account)

    async def enter(self, account: Account, place: Place, *, key: str = "") -> None:
        """Come into a group; who was put out for good is told so."""
        room = self.rooms[place]
        if account in room.banned:
            await self._stops(account, place, writes=False)
            return
        room.enter(account)
        self.transcript.touch()
        await self._handle(Entered(**self._event(account, place, key or self.transcript.new_id())), account)

    def newcomer(self, *, key: str) -> None:
        """Let somebody new be played; LookupError where all newcomers have come."""
        if key in self._come:
            return
        actor = next((each for each in NEWCOMERS if each.account not in self.cast), None)
        if actor is None:
            raise LookupError("newcomer")
        self._come.add(key)
        self.come(actor)

    def come(self, actor: Actor) -> None:
        """Let this person be played, who is in no group yet."""
        for room in self.rooms.values():
            room.leave(actor.account)
        self.cast_as(actor)
        self.transcript.touch()

    async def open_person(self, account: Account, place: Place, path: str, person: Account, *, key: str = "") -> None:
        """Choose a command in a person's own menu; LookupError for one that is not there."""
        found = self.app.index.find(path)
        param = person_param(found.command) if found else None
        if param is None:
            raise LookupError(path)
        await self.run(account, place, path, {param: f"<@{person.id}>"}, key=key)

    async def leave(self, account: Account, place: Place) -> None:
        """Leave a group; the bot is not told."""
        self.rooms[place].leave(account)
        self.transcript.touch()

    async def knock(self, account: Account, place: Place, *, key: str = "") -> None:
        """Ask to be let into a group, which lets the bot write to that person; LookupError where nobody asks."""
        room = self.rooms[place]
        if not self.habits(place).knocks or account not in room.away:
            raise LookupError(place.chat)
        if account in room.banned:
            await self._stops(account, place, writes=False)
        elif account not in room.knocking:
            room.knocking.append(account)
            self.transcript.touch()
            try:
                await self._handle(Knocked(**self._event(account, place, key or self.transcript.new_id())), account)
            except Unavailable:
                room.knocking.remove(account)
                raise
            await self._open(account, self.actor(account).private)

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Do that in a group; who is let in has come."""
        before = await super().act(place, act, key)
        if isinstance(act, Admit):
            with suppress(Unavailable):  # they are in, whether or not that is heard
                await self.enter(act.account, place, key=f"act:{key}")
        return before

    async def settle(self) -> None:
        """Wait until every answer was given and nothing that is due is left."""
        await self.app.drain()
        await self.app.outbox.settle()
        await self.app.drain()

    async def _open(self, account: Account, place: Place) -> None:
        """The first word in a private chat opens it, as it does on Telegram."""
        if place != self.actor(account).private or account in self._opened:
            return
        self._opened.add(account)
        event = Opened(**self._event(account, place, self.transcript.new_id()), can_write=True)
        await self._handle(event, account)

    async def _invoke(
        self,
        account: Account,
        place: Place,
        line: str,
        values: Mapping[str, str] | None,
        shown: str,
        key: str,
        about: Entry | None = None,
        file: Document | None = None,
        words: Words | None = None,
    ) -> None:
        leaves = self.shelf.keep([file] if file else [])
        reply, said = (about.id, quoted(about, self.cast)) if about else ("", None)
        written = None
        if place != DISCORD:
            only, now = account if place in GROUPS else None, self.clock()
            pages = as_pages(words.line if words else (Run(shown),))
            written = self.transcript.post(
                place, account, pages, now, only=only, command=shown, files=leaves, reply=reply, key=key
            )
        elif file:
            shown = f"{shown} file:{file.name}"
        sent = first_file(leaves) or (said.file if said else None)
        parts = self._event(account, place, key)
        own = Ref(place, written.id) if written and written.only is None else None
        called = words.mentioned if words else valued(values, self.cast)
        event = Invoked(
            **parts,
            line=line,
            values=values,
            own=own,
            reply=reference(place, reply),
            quoted=said,
            file=sent,
            mentioned=tuple(map(self._sender, called)),
        )
        await self._handle(event, account, command=shown, written=written)
