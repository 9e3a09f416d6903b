"""Where Discord's events arrive: each is read, handed to the core and answered, as a task of its own."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

import msgspec
import structlog
from msgspec.structs import replace

from adapters.discord import change, inbound
from adapters.discord.conversation import Conversation, IsLoud, Private
from adapters.discord.desk import Desk
from adapters.discord.door import joined
from adapters.discord.event import CANCELLED
from adapters.discord.exchange import Exchange
from adapters.discord.guild import Entry, Guild, Listed, Lost
from adapters.discord.modal import Opening, fields, modal, opening
from adapters.discord.sender import Sender
from adapters.discord.slash import menu
from adapters.discord.spelling import Renderer
from adapters.discord.voice import Voices
from adapters.discord.wire import (
    COMMAND,
    COMPLETION,
    ON_MESSAGE,
    ON_PERSON,
    PERSON,
    PRESS,
    Data,
    Ended,
    Erased,
    Interaction,
    Message,
    Option,
    Payload,
    Reaction,
    Voice,
)
from bot.app import App
from bot.chat.errors import Unavailable
from bot.chat.events import Invoked, Joined, Pressed
from bot.chat.message import say
from bot.chat.places import Place
from bot.chat.text import T
from bot.command import Command
from bot.param import Kind
from bot.said import Said
from bot.speech import Speech, choose_language

COMPLETE_WITHIN = 2.5
"""Seconds; Discord waits 3 for completions."""

REMEMBERED = 4096
"""Interactions whose second delivery is recognised without asking the store."""

ENTERING = 8
"""Guilds that are looked up at one time; at a start there may be thousands."""

LONGEST_NAME = 100
"""Of a completion's words and value."""

log = structlog.get_logger()

S = TypeVar("S", bound=msgspec.Struct)
Begun = Coroutine[None, None, None]
Work = Callable[[Any], Begun | None]
"""Begins the work on an event; None where nothing is to be done."""


class Reception:
    """Takes events by their name; `owners` are the guilds that we are in, with who owns each."""

    def __init__(
        self, app: App, sender: Sender, renderer: Renderer, private: Private, is_loud: IsLoud, voices: Voices
    ) -> None:
        self._app = app
        self._voices = voices
        self._sender = sender
        self._renderer = renderer
        self._desk = Desk(app)
        talk = Conversation(app, self._desk, sender, renderer, private, is_loud)
        self._works: Mapping[str, tuple[type[msgspec.Struct], Work]] = {
            "INTERACTION_CREATE": (Interaction, self._meet),
            "MESSAGE_CREATE": (Message, talk.listen),
            "MESSAGE_REACTION_ADD": (Reaction, talk.like),
            "MESSAGE_REACTION_REMOVE": (Reaction, talk.unlike),
            "MESSAGE_DELETE": (Erased, talk.erase),
            "MESSAGE_DELETE_BULK": (Erased, talk.erase),
            "THREAD_DELETE": (Ended, talk.end),
            "CHANNEL_DELETE": (Ended, talk.end),
            "GUILD_MEMBER_ADD": (Entry, talk.enter),
            "GUILD_SCHEDULED_EVENT_DELETE": (Listed, self._withdraw),
            "GUILD_SCHEDULED_EVENT_UPDATE": (Listed, self._change),
            "VOICE_STATE_UPDATE": (Voice, voices.move),
            "GUILD_CREATE": (Guild, self._arrive),
            "GUILD_UPDATE": (Guild, self._update),
            "GUILD_DELETE": (Lost, self._leave),
        }
        self._menu = menu(app.commands)
        self._tasks: set[asyncio.Task[None]] = set()
        self._recent: deque[str] = deque(maxlen=REMEMBERED)
        self._known: set[str] = set()
        self._door = asyncio.Semaphore(ENTERING)
        self.bot = ""
        self.owners: dict[str, str] = {}
        self.ready = asyncio.Event()
        self.settled = 0
        self.set_aside = 0
        self.last_event_at = 0.0

    def hear(self, name: str, data: Payload) -> None:
        """One event of the gateway. Raises only for what cannot be read."""
        self.last_event_at = asyncio.get_running_loop().time()
        if name == "READY":
            self.bot = str(data["user"]["id"])
            self._voices.forget(str(guild["id"]) for guild in data["guilds"])
        if name in ("READY", "RESUMED"):
            self.ready.set()
        if name in self._works:
            kind, work = self._works[name]
            event = self._read(data, kind)
            begun = work(event) if event is not None else None
            if begun is not None:
                self._start(begun)

    async def drain(self) -> None:
        """Wait for everything that was begun."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _read(self, data: Payload, kind: type[S]) -> S | None:
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            self.set_aside += 1
            log.warning("event_set_aside", kind=kind.__name__, error=str(error))
            return None

    def _is_new(self, key: str) -> bool:
        """Whether this is the first delivery; a resumed connection may bring an event twice."""
        if key in self._known:
            return False
        if len(self._recent) == REMEMBERED:
            self._known.discard(self._recent[0])
        self._recent.append(key)
        self._known.add(key)
        return True

    def _start(self, work: Begun) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.settled += 1
        if not task.cancelled() and (error := task.exception()):
            self.set_aside += 1
            log.error("event_failed", error=repr(error))

    # ── interactions ──

    def _meet(self, interaction: Interaction) -> Begun | None:
        return self._interact(interaction) if self._is_new(interaction.id) else None

    async def _interact(self, interaction: Interaction) -> None:
        if interaction.type == COMMAND and interaction.data.type in (ON_MESSAGE, ON_PERSON):
            interaction = replace(interaction, data=self._from_menu(interaction.data))
        exchange = self._exchange(interaction)
        if interaction.type == COMPLETION:
            return await self._complete(interaction, exchange)
        opens = opening(interaction.data.custom_id) if interaction.type == PRESS else None
        if opens is not None:
            return await self._open(interaction, opens, exchange)
        event = inbound.read(interaction, self._app.clock())
        if event is not None:
            await self._desk.settle(event, exchange.answer)
        if await exchange.is_answered():
            return None
        if isinstance(event, Pressed) or (isinstance(event, Invoked) and self._command(event.line)):
            return await exchange.acknowledge()
        text = T("This question is no longer open. Send the command again.")
        return await exchange.answer(Said((await self._speech(interaction)).message(say(text))))

    def _from_menu(self, data: Data) -> Data:
        """The command behind an entry of a menu; whoever a person's menu was opened for is its first person."""
        found = self._menu.get((data.type, data.name))
        whom = next((param for param in found.params if param.kind is Kind.PERSON), None) if found else None
        options = (Option(whom.name, PERSON, data.target_id),) if whom and data.type == ON_PERSON else ()
        return replace(data, name=found.path if found else "", options=options)

    def _exchange(self, interaction: Interaction) -> Exchange:
        private = True
        if interaction.type == COMMAND:
            found = self._command(inbound.command_path(interaction.data.name, interaction.data.options)[0])
            private = found is None or found.private

        async def speak() -> Speech:
            return await self._speech(interaction)

        return Exchange(interaction, self._sender, self._renderer, self._command, speak, private=private)

    async def _open(self, interaction: Interaction, opens: Opening, exchange: Exchange) -> None:
        """The button that opens a modal; what it asks for is checked against the command as it is now."""
        speech, command = await self._speech(interaction), self._command(opens.path)
        params = fields(command, opens.params) if command else ()
        if command and params:
            return await exchange.open_modal(modal(command, params, opens.chosen, speech))
        text = T("This button is too old. Send the command again for a fresh one.")
        return await exchange.answer(Said(speech.message(say(text))))

    async def _complete(self, interaction: Interaction, exchange: Exchange) -> None:
        """Suggestions; whatever goes wrong, the person can still type."""
        path, options = inbound.command_path(interaction.data.name, interaction.data.options)
        typed = next((option for option in options if option.focused), None)
        found: list[tuple[str, str]] = []
        account = inbound.account_of(interaction)
        if typed is not None and account is not None:
            place = inbound.place_of(interaction.guild_id, interaction.channel_id)
            try:
                async with asyncio.timeout(COMPLETE_WITHIN):
                    found = list(await self._app.complete(place, account, path, typed.name, str(typed.value or "")))
            except Exception:
                log.exception("completion_failed", path=path)
        await exchange.complete([_choice(value, label) for value, label in found if value and label.strip()])

    async def _speech(self, interaction: Interaction) -> Speech:
        """The language of the person who acts: their own choice, else their app's, else the group's."""
        place = inbound.place_of(interaction.guild_id, interaction.channel_id)
        try:
            async with self._app.store.read() as unit:
                arrival = await unit.arrivals.of(place, inbound.account_of(interaction))
        except Unavailable:
            return Speech(choose_language(interaction.locale))
        own = arrival.person.language if arrival.person else ""
        group = arrival.community.language if arrival.community else ""
        return Speech(choose_language(own, interaction.locale, group))

    def _command(self, path: str) -> Command | None:
        found = self._app.index.find(path)
        return found.command if found else None

    # ── guilds ──

    def _arrive(self, guild: Guild) -> Begun:
        self.owners[guild.id] = guild.owner_id
        self._voices.begin(guild)
        arrived = joined(guild, self.bot, self._app.clock())
        return self._enter(arrived, just_added=guild.unavailable is None)

    def _update(self, guild: Guild) -> None:
        self.owners[guild.id] = guild.owner_id

    async def _enter(self, event: Joined, *, just_added: bool) -> None:
        """A guild that is new to us, or in which we could not speak, is one we have just joined."""
        async with self._door:
            if just_added or not await self._is_settled(event.place):
                await self._desk.note(event)

    def _change(self, event: Listed) -> Begun | None:
        """What people write into an event stays until ours changes."""
        return self._withdraw(event) if event.status == CANCELLED else None

    def _withdraw(self, event: Listed) -> Begun | None:
        gone = change.withdrawn(event, self._sender.me, self._app.clock())
        return self._desk.note(gone) if gone else None

    def _leave(self, lost: Lost) -> Begun | None:
        event = change.lost(lost, self._app.clock())
        if event is None:
            return None
        self.owners.pop(lost.id, None)
        return self._desk.note(event)

    async def _is_settled(self, place: Place) -> bool:
        try:
            async with self._app.store.read() as unit:
                venue = (await unit.arrivals.of(place, None)).venue
        except Unavailable:
            return True
        return venue is not None and not venue.paused


def _choice(value: str, label: str) -> Payload:
    return {"name": label[:LONGEST_NAME], "value": value[:LONGEST_NAME]}
