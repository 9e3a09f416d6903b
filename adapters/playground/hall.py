"""Where the chats of the playground and the core meet: what people do goes in, what the core says is shown."""

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
from adapters.playground.reply import leave_mark
from adapters.playground.transcript import Alert, Entry
from bot import dialogue
from bot.app import App
from bot.chat.events import Incoming, Sender
from bot.chat.places import Account, Place
from bot.ports import Clock
from bot.said import Form, Said
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


class Hall(Board):
    """The chats with a core behind them."""

    def __init__(self, cast: Iterable[Actor], clock: Clock, habits: Mapping[Place, Habits] = HABITS) -> None:
        super().__init__(cast, clock, habits)
        self._app: App | None = None

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

    async def speech(self, account: Account, place: Place) -> Speech:
        """The language in which that person is spoken to there."""
        async with self.app.store.read() as unit:
            ctx, speech = await dialogue.reader(unit, place, account, self.clock(), Random(0))  # noqa: S311
        own = ctx.who.language if ctx.who else ""
        return replace(speech, language=choose_language(own, self.actor(account).language))

    def _sender(self, account: Account) -> Sender:
        actor = self.actor(account)
        return Sender(account, actor.name, actor.language, handle=actor.id)

    def _event(self, account: Account, place: Place, key: str) -> Parts:
        actor = self.actor(account)
        # A Discord interaction carries the member's rights; on Telegram they must be asked for.
        role = actor.role if place == DISCORD else None
        sender = replace(self._sender(account), role=role)
        return Parts(key=key, at=self.clock(), place=place, sender=sender, private=place == actor.private)

    def _shown(self, account: Account, entry: str) -> Entry:
        found = self.transcript.get(entry)
        if found is None or not found.is_for(account):
            raise LookupError(entry)
        return found

    async def _stops(self, account: Account, place: Place, *, writes: bool) -> bool:
        """Whether that person can do nothing there, or not write; they are told so."""
        room = self.rooms.get(place)
        if room is None:
            return False
        actor = self.actor(account)
        why = room.bars(actor) or (room.shuts(actor) if writes else None)
        if writes or place == DISCORD:  # on Telegram the muted still press buttons
            why = why or room.mutes(actor, self.clock())
        if why:
            speech = await self.speech(account, place)
            self.transcript.signal(Alert(self.transcript.new_id(), account, place, speech.words(why)))
        return why is not None

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
            marked = leave_mark(self.transcript, said, event.place, written)
            if not (marked or (said.quiet and written and event.place in GROUPS)):
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
