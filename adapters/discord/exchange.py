"""One interaction and its answer: what may be said depends on what was said already, and on the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum, auto

import discord
import structlog

from adapters.discord import sender as answers
from adapters.discord.errors import ALREADY_ACKNOWLEDGED, INVALID_FORM, translate
from adapters.discord.modal import fields, modal, opener, worth_opening
from adapters.discord.render import words_only
from adapters.discord.sender import Sender
from adapters.discord.spelling import Renderer
from adapters.discord.wire import COMMAND, COMPONENTS_V2, EPHEMERAL, PRESS, Interaction, Payload
from bot.chat.errors import Ambiguous, PlatformError
from bot.command import Command
from bot.param import Param
from bot.said import Form, Said
from bot.speech import Speech

DEFER_AFTER = 1.5
"""Seconds after which a slow answer is announced; Discord ends an interaction without one after 3."""

log = structlog.get_logger()

Find = Callable[[str], Command | None]
Speak = Callable[[], Awaitable[Speech]]


class State(Enum):
    """What Discord has heard from us so far."""

    FRESH = auto()
    WAITING = auto()  # it shows "thinking..." in a message of its own
    SEEN = auto()  # a press was acknowledged without a sign
    ANSWERED = auto()


class Exchange:
    """Answers one interaction. `private` says who may see a deferred answer: Discord fixes that at the deferral."""

    def __init__(
        self, interaction: Interaction, sender: Sender, renderer: Renderer, find: Find, speak: Speak, *, private: bool
    ) -> None:
        self._interaction = interaction
        self._sender = sender
        self._renderer = renderer
        self._find = find
        self._speak = speak
        self._private = private
        self._state = State.FRESH
        self._deferral: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(DEFER_AFTER, self._start_deferral)
        self.begun = False

    async def answer(self, said: Said) -> None:
        """Give the answer by the best means that are still open; raises nothing."""
        self.begun = True
        self._timer.cancel()
        try:
            if self._deferral is not None:
                await self._deferral
            await self._say(said)
        except (discord.HTTPException, PlatformError) as error:
            await self._rescue(said, error)

    async def open_modal(self, data: Payload) -> None:
        """Show a modal; raises nothing."""
        self.begun = True
        self._timer.cancel()
        await self._quietly(self._first(answers.MODAL, data))

    async def complete(self, choices: list[Payload]) -> None:
        """Offer completions; raises nothing."""
        self.begun = True
        self._timer.cancel()
        await self._quietly(self._first(answers.CHOICES, {"choices": choices}))

    async def is_answered(self) -> bool:
        """After the core is done: whether it has something to say."""
        await asyncio.sleep(0)  # lets an answer that the core just started begin
        return self.begun

    async def acknowledge(self) -> None:
        """End an interaction that nothing answers without a trace; raises nothing."""
        self.begun = True
        self._timer.cancel()
        if self._deferral is None:
            await self._defer()
        else:
            await self._deferral
        if self._state is State.WAITING:
            await self._quietly(self._sender.delete_answer(self._application, self._token))

    async def _say(self, said: Said) -> None:
        if self._state is State.FRESH and (data := await self._modal(said.form)) is not None:
            return await self._first(answers.MODAL, data)
        bodies = await self._bodies(said)
        if self._state is State.FRESH and said.message.files:
            self._private = not said.public
            await self._defer()  # an upload may take longer than Discord waits for the first answer
        replaces = said.replaces and self._interaction.message is not None
        match self._state:
            case State.FRESH if replaces and self._interaction.type != COMMAND:
                await self._first(answers.UPDATE, bodies[0])
            case State.FRESH:
                await self._first(answers.MESSAGE, _for(bodies[0], private=not said.public))
            case State.SEEN if replaces:
                await self._sender.edit_answer(self._application, self._token, bodies[0])
            case State.WAITING if said.public != self._private:
                await self._sender.edit_answer(self._application, self._token, bodies[0])
            case State.WAITING:
                # The waiting message has the wrong readers, so the answer comes in one of its own.
                await self._follow(bodies[0], said)
                await self._sender.delete_answer(self._application, self._token)
            case _:
                await self._follow(bodies[0], said)
        self._state = State.ANSWERED
        for body in bodies[1:]:
            await self._follow(body, said)
        return None

    async def _first(self, kind: int, data: Payload | None = None) -> None:
        """The first answer. A lost reply is asked again once: if it did arrive, Discord says so."""
        try:
            await self._sender.answer(self._interaction.id, self._token, kind, data)
        except Ambiguous:
            await self._again(kind, data)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        self._state = State.ANSWERED

    async def _again(self, kind: int, data: Payload | None) -> None:
        try:
            await self._sender.answer(self._interaction.id, self._token, kind, data)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise

    async def _follow(self, body: Payload, said: Said) -> None:
        await self._sender.follow_up(self._application, self._token, body, private=not said.public)

    def _start_deferral(self) -> None:
        self._deferral = asyncio.create_task(self._defer())

    async def _defer(self) -> None:
        if self._interaction.type == PRESS:
            kind, data, after = answers.DEFER_UPDATE, None, State.SEEN
        else:
            kind, data, after = answers.DEFER, _for({}, private=self._private), State.WAITING
        await self._quietly(self._first(kind, data))
        self._state = after

    async def _rescue(self, said: Said, error: discord.HTTPException | PlatformError) -> None:
        """A body that Discord refuses is said in plain words; after the interaction only public words are."""
        code = getattr(error, "code", None)
        log.warning("answer_refused", kind=self._interaction.type, error=repr(translate(error)), code=code)
        if code == INVALID_FORM and self._state is not State.ANSWERED:
            words = _for(words_only((await self._bodies(said))[0]), private=True)
            await self._quietly(self._say_plainly(words, said))
        elif said.public and not said.personal and self._state is not State.ANSWERED:
            await self._quietly(self._post(said))

    async def _say_plainly(self, words: Payload, said: Said) -> None:
        match self._state:
            case State.FRESH:
                await self._first(answers.MESSAGE, words)
            case State.WAITING:
                await self._sender.edit_answer(self._application, self._token, words)
            case _:
                await self._follow(words, said)

    async def _post(self, said: Said) -> None:
        for number, body in enumerate(await self._bodies(said)):
            key = answers.nonce(f"{self._interaction.id}:{number}")
            await self._sender.post(self._interaction.channel_id, body, key)

    async def _quietly(self, work: Awaitable[None]) -> None:
        try:
            await work
        except (discord.HTTPException, PlatformError) as error:
            log.warning("answer_lost", kind=self._interaction.type, error=repr(error))

    async def _bodies(self, said: Said) -> list[Payload]:
        message = self._interaction.message
        standing = said.replaces and message is not None and message.flags & COMPONENTS_V2
        bodies = self._renderer.pages(said.message, framed=True if standing else None)
        if asked := self._asked(said.form):
            row = opener(*asked, await self._speak())
            bodies[-1] = bodies[-1] | {"components": [*bodies[-1]["components"], row]}
        return bodies

    async def _modal(self, form: Form | None) -> Payload | None:
        """The form as a modal, which cannot follow another modal, a deferral, or words that must be read first."""
        fresh = self._interaction.type in (COMMAND, PRESS) and form is not None and not form.again
        asked = self._asked(form) if fresh else None
        return modal(*asked, await self._speak()) if asked else None

    def _asked(self, form: Form | None) -> tuple[Command, tuple[Param, ...], Mapping[str, str]] | None:
        """The command and its parameters that a modal is good for, and what was chosen before."""
        command = self._find(form.path) if form else None
        params = fields(command, form.params) if command and form else ()
        return (command, params, form.chosen) if form and command and worth_opening(params) else None

    @property
    def _application(self) -> str:
        return self._interaction.application_id

    @property
    def _token(self) -> str:
        return self._interaction.token


def _for(body: Payload, *, private: bool) -> Payload:
    return body | {"flags": body.get("flags", 0) | (EPHEMERAL if private else 0)}
