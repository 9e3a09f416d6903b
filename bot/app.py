"""The one road of an event: seen before? who? allowed? bind, handle, commit, answer."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import assert_never

import structlog

from bot import arrival, dialogue
from bot.bind import Missing
from bot.chat.clean import clean_text
from bot.chat.errors import Refusal, Unavailable
from bot.chat.events import Incoming, Invoked, Joined, Left, Moved, Opened, Pressed, Typed
from bot.chat.message import Reply, say
from bot.chat.places import Account, Place, Role
from bot.chat.press import Forged, Outdated, Press, Signed, sign, verify
from bot.chat.text import T, code
from bot.command import Choice, Command, Feature
from bot.context import Context
from bot.index import Found, Index
from bot.order import Turns
from bot.outbox import Outbox
from bot.ports import Answerer, Clock, Form, Platform, Said, Store, Unit
from bot.repository import Pending
from bot.scene import Ears, check_right, choose_home, find_ears, platform_role, set_scene, spoken, standing
from bot.tip import add_tip

STALE = timedelta(minutes=10)
"""A command that waited longer than this for us is not run: whoever sent it no longer expects it."""

log = structlog.get_logger()


class App:
    """The core: adapters hand it events, it settles each in one unit of work and then answers."""

    def __init__(
        self, features: Iterable[Feature], store: Store, keys: Sequence[bytes], clock: Clock, rng: Random
    ) -> None:
        self.index = Index(features := tuple(features))
        self.store = store
        self.clock = clock
        self.platforms: dict[str, Platform] = {}
        self.outbox = Outbox(self.index, store, self.platforms, clock, rng)
        self._keys = keys
        self._rng = rng
        self._joined = tuple(feature.joined for feature in features if feature.joined)
        self._turns = Turns()
        self._answers: set[asyncio.Future[None]] = set()

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands in the order in which help lists them."""
        return self.index.commands

    def sign(self, press: Press) -> str:
        """A button's payload, for renderers."""
        return sign(press, self._keys)

    async def handle(self, event: Incoming, answer: Answerer) -> None:
        """Settle an event; when this returns, its effect is committed and the answer is on its way.

        Raises Unavailable if the store cannot take it; the event must then not be acknowledged. What one sender
        does in one place is settled in order; different people never wait for each other's rights checks.
        """
        async with self._turns.of((event.place, event.sender.account)):
            said = await self._settle(event)
        if said is not None:
            task = asyncio.ensure_future(answer(said))
            self._answers.add(task)
            task.add_done_callback(self._answered)

    async def drain(self) -> None:
        """Wait until every answer on its way has been given."""
        await asyncio.gather(*self._answers, return_exceptions=True)

    async def complete(
        self, place: Place, account: Account, path: str, param: str, text: str
    ) -> Sequence[tuple[str, str]]:
        """Suggestions (value, label) while somebody types an argument, at most 25 (Discord)."""
        found = self.index.find(path)
        wanted = found.command.param(param) if found else None
        if wanted is None:
            return ()
        async with self.store.read() as unit:
            ctx, speech = await dialogue.reader(unit, place, account, self.clock(), self._rng)
            choices: Sequence[Choice] = wanted.arg.choices
            if wanted.arg.complete and ctx.found:
                choices = await wanted.arg.complete(ctx, text)
        return [(choice.value, speech.words(choice.label)) for choice in choices[:25]]

    async def ticket(self, event: Invoked | Pressed) -> str:
        """A deep-link payload that gives the sender this event's answer in a private chat, once; "" if none can."""
        account = event.sender.account
        if isinstance(event, Pressed):
            return dialogue.repeatable(event.data, self._keys)
        if account is None:
            return ""
        private = await self.platforms[account.platform].private(account)
        async with self.store.begin() as unit:
            return self.sign(await dialogue.leave_ticket(unit, event, account, private, self.index))

    async def _settle(self, event: Incoming) -> Said | None:
        ears = dialogue.first_guess(event)
        try:
            return await self._work(event, ears)
        except Refusal as refusal:
            if not ears.sure:
                await self._find_ears(event, ears)
            message = say(refusal.text, rows=tuple((button,) for button in refusal.buttons))
            toast = not refusal.buttons
            return Said(ears.asker.message(message), toast=toast)
        except Unavailable:
            raise
        except Exception:
            incident = f"E-{self._rng.getrandbits(16):04X}"
            log.exception("incident", code=incident, event_kind=type(event).__name__)
            text = T("Something broke on my side ({code}). Nothing changed; try again soon.", code=code(incident))
            return Said(ears.asker.message(say(text)), toast=True)

    async def _find_ears(self, event: Incoming, ears: Ears) -> None:
        async with self.store.read() as unit:
            await find_ears(unit, event, ears)

    async def _role(self, event: Incoming, command: Command, scope: int) -> Role | None:
        """The standing that the platform gives; who only wants to know it does without where it cannot be asked."""
        enough = command.right <= Role.MEMBER
        return await platform_role(event, command.wants, scope, self.store, self.platforms, enough=enough)

    async def _work(self, event: Incoming, ears: Ears) -> Said | None:
        match event:
            case Pressed():
                return await self._pressed(event, ears)
            case Invoked():
                return await self._invoked(event, ears)
            case Typed():
                return await self._typed(event, ears)
            case Joined() | Left() | Moved() | Opened():
                await self._arranged(event)
                return None
            case _:
                assert_never(event)

    async def _pressed(self, event: Pressed, ears: Ears) -> Said | None:
        try:
            signed = verify(clean_text(event.data), self._keys)
        except Outdated:
            raise Refusal(T("This button is too old. Send the command again for a fresh one.")) from None
        except Forged:
            raise Refusal(T("This button no longer works. Send the command again for a fresh one.")) from None
        if signed.action == dialogue.GO:
            return await self._invoked(dialogue.pressed_command(event, signed, self.index), ears, signed.scope)
        if signed.action in dialogue.ACTIONS:
            return await self._dialogue(event, ears, signed)
        action = self.index.actions.get(signed.action)
        if action is None:
            raise Refusal(T("This button is too old. Send the command again for a fresh one."))
        arguments = dialogue.typed_words(signed, action)
        role = await platform_role(event, action.right, signed.scope, self.store, self.platforms)
        async with self._unit() as unit:
            if not await self._first(unit, event):
                return None
            ctx = await self._scene(unit, event, ears, signed.scope)
            dialogue.check_owner(ctx, signed)
            ctx = replace(ctx, role=standing(ctx, role))
            check_right(ctx.role, action.right)
            outcome = await action.handler(ctx, *arguments)
        return spoken(outcome, ears)

    async def _invoked(self, event: Invoked, ears: Ears, scope: int = 0) -> Said | None:
        if event.sent and event.at - event.sent > STALE:
            return None
        found = self.index.find(line := clean_text(event.line))
        if found is None:
            found = dialogue.group_help(self.index, line)
        if found is None:
            if not event.private:
                return None
            raise dialogue.suggestion(self.index, line)
        if found.command.path == "start" and (payload := found.rest.strip()):
            return await self._linked(event, ears, found, payload)
        return await self._ask(event, ears, found, scope)

    async def _linked(self, event: Invoked, ears: Ears, found: Found, payload: str) -> Said | None:
        """A deep link is a press: the same payload, signed alike; any other payload is a plain start."""
        try:
            verify(payload, self._keys)
        except (Forged, Outdated):
            # A group's `/start setup` is sent by Telegram itself when the bot is added by its link.
            return await self._ask(event, ears, Found(found.command, ""), 0) if event.private else None
        return await self._pressed(dialogue.linked_press(event, payload), ears)

    async def _ask(self, event: Invoked, ears: Ears, found: Found, scope: int) -> Said | None:
        command = found.command
        role = await self._role(event, command, scope)
        async with self._unit() as unit:
            if not await self._first(unit, event):
                return None
            ctx = await self._scene(unit, event, ears, scope)
            ctx = replace(ctx, reply=event.reply)
            await self._check(ctx, command, role)
            given = await dialogue.given(ctx, event, found)
            return await self._run(ctx, ears, command, given, role)

    async def _typed(self, event: Typed, ears: Ears) -> Said | None:
        account = event.sender.account
        if account is None:
            return None
        async with self.store.read() as unit:
            waiting = await unit.pendings.get(event.place, account)
        if waiting is None or waiting.expires_at < event.at:
            if not event.private:
                return None
            raise dialogue.hint()
        return await self._resume(event, ears, waiting, clean_text(event.text))

    async def _dialogue(self, event: Pressed, ears: Ears, signed: Signed) -> Said | None:
        account = event.sender.account
        if account is None:
            return None
        async with self.store.read() as unit:
            waiting = await unit.pendings.get(event.place, account)
            await dialogue.check_presser(unit, event, signed)
        if waiting is None or waiting.expires_at < event.at:
            raise Refusal(T("This question is no longer open. Send the command again."))
        return await self._resume(event, ears, waiting, None, signed)

    async def _resume(
        self, event: Typed | Pressed, ears: Ears, waiting: Pending, text: str | None, signed: Signed | None = None
    ) -> Said | None:
        """Go on with a command that waited for this person's words or press."""
        found = self.index.find(waiting.path)
        if found is None:
            raise Refusal(T("This question is no longer open. Send the command again."))
        command = found.command
        role = await self._role(event, command, waiting.community)
        async with self._unit() as unit:
            if not await self._first(unit, event):
                return None
            ctx = await self._scene(unit, event, ears, waiting.community)
            await unit.pendings.drop(waiting.place, waiting.account)
            if signed and signed.action == dialogue.CANCEL:
                return spoken(Reply(say(T("Cancelled. Nothing was saved.")), replaces=True), ears)
            await self._check(ctx, command, role)
            given = dialogue.filled(waiting, command, text, signed)
            return await self._run(ctx, ears, command, given, role)

    async def _run(
        self, ctx: Context, ears: Ears, command: Command, given: Mapping[str, str], role: Role | None
    ) -> Said | None:
        ctx = replace(ctx, role=standing(ctx, role))
        result, known, problem = dialogue.understand(command, given)
        if isinstance(result, Missing):
            question = await dialogue.ask(ctx, command, known, result, problem)
            form = Form(command.path, dialogue.open_params(command, known), again=problem is not None)
            return Said(ears.asker.message(question.message), form=form)
        outcome = await add_tip(ctx, command, await command.handler(ctx, **result.arguments))
        return spoken(outcome, ears)

    async def _check(self, ctx: Context, command: Command, role: Role | None) -> None:
        if not command.anywhere and ctx.found is None:
            raise await choose_home(ctx)
        if not command.anywhere or command.right > Role.GUEST:
            check_right(standing(ctx, role), command.right)

    async def _arranged(self, event: Joined | Left | Moved | Opened) -> None:
        async with self._unit() as unit:
            if not await self._first(unit, event):
                return
            ctx = await arrival.arrange(unit, event, self._rng, self._invites())
            for joined in self._joined:
                if ctx:
                    await joined(ctx)

    async def _first(self, unit: Unit, event: Incoming) -> bool:
        return await unit.arrivals.first_time(event.place.platform, event.key, event.at)

    async def _scene(self, unit: Unit, event: Incoming, ears: Ears, scope: int) -> Context:
        return await set_scene(unit, event, ears, scope, self._rng, self._invites())

    def _invites(self) -> Mapping[str, str]:
        return {name: platform.invite() for name, platform in self.platforms.items()}

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[Unit]:
        """A unit of work; what it asked to be sent is looked for once it is committed."""
        async with self.store.begin() as unit:
            yield unit
        if unit.jobs.asked:
            self.outbox.wake()

    def _answered(self, task: asyncio.Future[None]) -> None:
        self._answers.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("answer_failed", error=repr(error))
