"""The playground as a platform: two groups of one community and private chats, all in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TypedDict

from adapters.playground.board import Board
from adapters.playground.cast import DISCORD, GROUPS, Actor
from adapters.playground.form import Dialog, fields
from adapters.playground.habits import HABITS, Habits
from adapters.playground.plain import plain
from adapters.playground.reply import first_file, leave_mark, quoted, reference, replied_to
from adapters.playground.transcript import Alert, Entry, as_pages
from bot import dialogue
from bot.app import App
from bot.chat.events import Deleted, Incoming, Invoked, Joined, Left, Opened, Pressed, Reacted, Sender, Typed
from bot.chat.file import Document
from bot.chat.places import Ability, Account, Place, Ref
from bot.ports import Clock, Form, Said
from bot.speech import Speech, choose_language

LONGEST_ALERT = 200
"""Telegram's limit for the alert that answers a press."""


class Parts(TypedDict):
    """What every event of a person here has."""

    key: str
    at: datetime
    place: Place
    sender: Sender
    private: bool


class Playground(Board):
    """A platform without a network. People are played by calling `say`, `press`, `run`, `submit` and so on."""

    def __init__(self, cast: Iterable[Actor], clock: Clock, habits: Mapping[Place, Habits] = HABITS) -> None:
        super().__init__(cast, clock, habits)
        self._app: App | None = None
        self._opened: set[Account] = set()

    @property
    def app(self) -> App:
        """The core behind the playground; RuntimeError before `attach`."""
        if self._app is None:
            raise RuntimeError("the playground is not attached to an app")
        return self._app

    def attach(self, app: App) -> None:
        """Let this core hear what people do here, and speak here."""
        self._app = app
        app.platforms[self.name] = self

    # What people do

    async def say(
        self, account: Account, place: Place, text: str, *, key: str = "", reply: str = "", file: Document | None = None
    ) -> None:
        """Write in a chat: a command where it begins with a slash, free text otherwise, with a file or without.

        The same `key` given twice is one act. Raises LookupError for a `reply` to what is not to be seen there.
        """
        key = key or self.transcript.new_id()
        about = replied_to(self.transcript, reply, account, place)
        if text.startswith("/"):
            await self._invoke(account, place, text[1:], None, text, key, about, file)
        else:
            await self._write(account, place, text, key, about, file)
        await self._open(account, place)  # in this order: the words make us acquainted

    async def _write(
        self, account: Account, place: Place, text: str, key: str, about: Entry | None, file: Document | None
    ) -> None:
        leaves, reply = self.shelf.keep([file] if file else []), about.id if about else ""
        written = self.transcript.post(place, account, as_pages(text), self.clock(), files=leaves, reply=reply, key=key)
        if self.habits(place).hears or (about and about.author is None):
            parts, own = self._event(account, place, key), Ref(place, written.id)
            event = Typed(**parts, text=text, own=own, reply=reference(place, reply), file=first_file(leaves))
            await self._handle(event, account, written=written)

    async def run(self, account: Account, place: Place, path: str, values: Mapping[str, str], *, key: str = "") -> None:
        """Use a command with named arguments, as Discord's slash commands come."""
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
        parts = self._event(account, found.place, key or self.transcript.new_id())
        await self._handle(Pressed(**parts, data=data, message=reference(found.place, entry)), account, pressed=found)

    async def react(self, account: Account, entry: str, on: bool, *, key: str = "") -> None:
        """Put a thumb at an entry or take it away; LookupError for one that not everybody there sees."""
        found = self._shown(account, entry)
        if found.only:
            raise LookupError(entry)
        if (account in found.likes) is not on:
            parts = self._event(account, found.place, key or self.transcript.new_id())
            await self._handle(Reacted(**parts, message=Ref(found.place, entry), likes=on), account)
            self.transcript.like(entry, account, on)

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
        event = Joined(**parts, title=title, abilities=frozenset(Ability))
        await self._handle(event, account)

    async def remove_bot(self, account: Account, place: Place) -> None:
        """Put the bot out of a group."""
        await self._handle(Left(**self._event(account, place, self.transcript.new_id())), account)

    async def settle(self) -> None:
        """Wait until every answer was given and nothing that is due is left."""
        await self.app.drain()
        await self.app.outbox.settle()
        await self.app.drain()

    # How both meet

    async def speech(self, account: Account, place: Place) -> Speech:
        """The language in which that person is spoken to there."""
        async with self.app.store.read() as unit:
            ctx, speech = await dialogue.reader(unit, place, account, self.clock(), Random(0))  # noqa: S311
        own = ctx.who.language if ctx.who else ""
        return replace(speech, language=choose_language(own, self.actor(account).language))

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
    ) -> None:
        leaves = self.shelf.keep([file] if file else [])
        reply, said = (about.id, quoted(about, self.cast)) if about else ("", None)
        written = None
        if place != DISCORD:
            only, words, now = account if place in GROUPS else None, as_pages(shown), self.clock()
            written = self.transcript.post(
                place, account, words, now, only=only, command=shown, files=leaves, reply=reply, key=key
            )
        elif file:
            shown = f"{shown} file:{file.name}"
        sent = first_file(leaves) or (said.file if said else None)
        parts = self._event(account, place, key)
        own = Ref(place, written.id) if written and written.only is None else None
        event = Invoked(
            **parts, line=line, values=values, own=own, reply=reference(place, reply), quoted=said, file=sent
        )
        await self._handle(event, account, command=shown, written=written)

    def _shown(self, account: Account, entry: str) -> Entry:
        found = self.transcript.get(entry)
        if found is None or not found.is_for(account):
            raise LookupError(entry)
        return found

    def _event(self, account: Account, place: Place, key: str) -> Parts:
        actor = self.actor(account)
        # A Discord interaction carries the member's rights; on Telegram they must be asked for.
        role = actor.role if place == DISCORD else None
        sender = Sender(account, actor.name, actor.language, role)
        return Parts(key=key, at=self.clock(), place=place, sender=sender, private=place == actor.private)

    async def _handle(
        self,
        event: Incoming,
        account: Account,
        *,
        pressed: Entry | None = None,
        command: str = "",
        written: Entry | None = None,
    ) -> None:
        async def answer(said: Said) -> None:
            if not leave_mark(self.transcript, said, event.place, written):
                await self._answer(said, account, event.place, pressed, command)

        await self.app.handle(event, answer)

    async def _answer(self, said: Said, account: Account, place: Place, pressed: Entry | None, command: str) -> None:
        habits = self.habits(place)
        if said.form and habits.forms and (form := await self._form(said.form, account, place)):
            self.transcript.signal(form)
            if not said.form.again:
                return None
        if said.toast and pressed and habits.alerts and len(text := plain(said.message)) <= LONGEST_ALERT:
            return self.transcript.signal(Alert(self.transcript.new_id(), account, place, text))
        in_group = place in GROUPS
        now = self.transcript.get(pressed.id) if pressed and said.replaces else None
        if now and (said.public or now.only or not in_group):
            self.transcript.edit(now, *self._drawn(place, said.message))
            return None
        only = account if in_group and not said.public else None
        sounds = said.public and not said.message.silent
        pages, files = self._drawn(place, said.message)
        self.transcript.post(place, None, pages, self.clock(), only=only, command=command, sounds=sounds, files=files)
        return None

    async def _form(self, form: Form, account: Account, place: Place) -> Dialog | None:
        found = self.app.index.find(form.path)
        speech = await self.speech(account, place)
        inputs = fields(found.command, form.params, speech) if found else ()
        if not found or not inputs:
            return None
        title = speech.words(found.command.title)
        return Dialog(self.transcript.new_id(), account, place, form.path, title, inputs)
