"""The one road of an event: seen before? who? allowed? bind, handle, commit, answer."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import assert_never

import structlog

from bot import arrival, dialogue
from bot.asking import Asking, hear
from bot.chat.clean import clean_text
from bot.chat.errors import Refusal, Unavailable
from bot.chat.events import (
    Deleted,
    Entered,
    Incoming,
    Invoked,
    Joined,
    Knocked,
    Left,
    Moved,
    Opened,
    Polled,
    Pressed,
    Reacted,
    Typed,
    Voted,
    Withdrawn,
)
from bot.chat.file import Document
from bot.chat.message import say
from bot.chat.places import Account, Place, Role
from bot.chat.press import Forged, Outdated, Press, sign, verify
from bot.chat.text import T, code
from bot.command import WAITING, Command, Feature
from bot.context import abroad
from bot.index import Found, Index
from bot.notice import add_notices
from bot.order import Turns
from bot.outbox import Outbox
from bot.ports import Clock, Platform, Store
from bot.road import Road
from bot.said import Answerer, Said
from bot.scene import Ears, check_right, find_ears, platform_role, spoken, stand
from bot.talk import Talk
from bot.thumb import hear_change
from bot.vote import hear_vote, may_vote

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
        self._road = Road(self.index, store, self.platforms, self.outbox.wake, rng)
        self._talk = Talk(self._road)
        self._keys = keys
        self._rng = rng
        self._features = features
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
            # The answer is begun here and at once, so that the adapter sees that there is one.
            task = asyncio.ensure_future(answer(await _with_attachment(said) if said.attach else said))
            self._answers.add(task)
            task.add_done_callback(self._answered)

    async def drain(self) -> None:
        """Wait until every answer on its way has been given."""
        await asyncio.gather(*self._answers, return_exceptions=True)

    async def complete(
        self, place: Place, account: Account, path: str, param: str, text: str
    ) -> Sequence[tuple[str, str]]:
        """Suggestions (value, label) while somebody types an argument, at most 25 (Discord)."""
        async with self.store.read() as unit:
            ctx, speech = await dialogue.reader(unit, place, account, self.clock(), self._rng)
            choices = await dialogue.complete(self.index, ctx, path, param, text)
        return [(choice.value, speech.words(choice.label)) for choice in choices[:25]]

    async def ticket(self, event: Invoked | Pressed) -> str:
        """A deep-link payload that gives the sender this event's answer in a private chat, once; "" if none can."""
        account = event.sender.account
        if account is None:
            return ""
        if isinstance(event, Pressed):
            payload = dialogue.repeatable(event.data, self._keys)
            if payload:
                await self._forget_question(event.place, account)
            return payload
        private = await self.platforms[account.platform].private(account)
        async with self.store.begin() as unit:
            return self.sign(await dialogue.leave_ticket(unit, event, account, private, self.index))

    async def _forget_question(self, place: Place, account: Account) -> None:
        """What is said in the group is no answer to a button's question that goes on in private."""
        async with self.store.begin() as unit:
            waiting = await unit.pendings.get(place, account)
            if waiting and waiting.path.startswith(WAITING):
                await unit.pendings.drop(place, account)

    async def _settle(self, event: Incoming) -> Said | None:
        ears = dialogue.first_guess(event)
        try:
            return await self._informed(event, ears)
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

    async def _informed(self, event: Incoming, ears: Ears) -> Said | None:
        """Work on the event; as often as a handler must know of somebody's power, it is begun anew with it."""
        while True:
            try:
                return await self._work(event, ears)
            except Asking as asking:
                await hear(asking, ears.powers, self.platforms)

    async def _find_ears(self, event: Incoming, ears: Ears) -> None:
        async with self.store.read() as unit:
            await find_ears(unit, event, ears)

    async def _work(self, event: Incoming, ears: Ears) -> Said | None:
        match event:
            case Pressed():
                return await self._pressed(event, ears)
            case Invoked():
                return await self._invoked(event, ears)
            case Typed():
                return await self._talk.typed(event, ears)
            case Joined() | Left() | Moved() | Opened():
                await self._arranged(event)
                return None
            case Voted() | Polled():
                await self._voted(event, ears)
                return None
            case Reacted() | Deleted():
                await hear_change(self._road, event, ears, self._features)
                return None
            case Entered() | Knocked() | Withdrawn():
                await self._came(event, ears)
                return None
            case _:
                assert_never(event)

    async def _came(self, event: Entered | Knocked | Withdrawn, ears: Ears) -> None:
        """Somebody came into a group, or asks to be let in; or an event of ours was taken down there."""
        async with self._road.unit() as unit:
            if not await self._road.first(unit, event):
                return
            ctx = await self._road.scene(unit, event, ears, 0)
            if ctx.found is None:
                return
            for feature in self._features:
                if isinstance(event, Entered) and feature.entered:
                    await feature.entered(ctx)
                if isinstance(event, Knocked) and feature.knocked:
                    await feature.knocked(ctx)
                if isinstance(event, Withdrawn) and feature.withdrawn:
                    await feature.withdrawn(ctx, event.event)

    async def _voted(self, event: Voted | Polled, ears: Ears) -> None:
        if not await may_vote(event, self.store, self.platforms):
            return
        async with self._road.unit() as unit:
            if await self._road.first(unit, event):
                await hear_vote(unit, event, ears, self._features, self._rng, abroad(self.platforms))

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
            return await self._talk.pressed(event, ears, signed)
        action = self.index.actions.get(signed.action)
        if action is None:
            raise Refusal(T("This button is too old. Send the command again for a fresh one."))
        arguments = dialogue.typed_words(signed, action)
        enough = action.right <= Role.MEMBER
        role = await platform_role(event, action.wants, signed.scope, self.store, self.platforms, enough=enough)
        async with self._road.unit() as unit:
            if not await self._road.first(unit, event):
                return None
            ctx = await self._road.scene(unit, event, ears, signed.scope)
            dialogue.check_owner(ctx, signed)
            ctx = await stand(ctx, role)
            check_right(ctx.role, action.right)
            if action.params:
                intro = await action.intro(ctx, *arguments) if action.intro else ()
                words = dialogue.pressed_words(signed)
                asked = await self._talk.run(ctx, ears, action.waiting, words, role, intro=intro)
                # What is typed in a group everybody reads: where no form opens, the question goes on in private.
                return asked and replace(asked, personal=True)
            outcome = await add_notices(ctx, self.index, await action.handler(ctx, *arguments))
        return spoken(outcome, ears)

    async def _invoked(self, event: Invoked, ears: Ears, scope: int = 0) -> Said | None:
        if event.sent and event.at - event.sent > STALE:
            return None
        found = self.index.find(line := clean_text(event.line))
        if found and found.command.path.startswith(WAITING) and event.values is None:
            found = None  # a press begins it, nobody's typing
        if found is None:
            found = dialogue.group_help(self.index, line)
        if (outcome := await self._talk.guarded(event, ears, found.command if found else None)) is not None:
            return spoken(outcome, ears)
        if found is None:
            if not event.private:
                return None
            raise dialogue.suggestion(self.index, line)
        if found.command.path == "start" and (payload := found.rest.strip()):
            return await self._linked(event, ears, found, payload)
        return await self._talk.invoked(event, ears, found, scope)

    async def _linked(self, event: Invoked, ears: Ears, found: Found, payload: str) -> Said | None:
        """A deep link is a press: the same payload, signed alike; any other payload is a plain start."""
        try:
            verify(payload, self._keys)
        except (Forged, Outdated):
            # A group's `/start setup` is sent by Telegram itself when the bot is added by its link.
            return await self._talk.invoked(event, ears, Found(found.command, ""), 0) if event.private else None
        return await self._pressed(dialogue.linked_press(event, payload), ears)

    async def _arranged(self, event: Joined | Left | Moved | Opened) -> None:
        async with self._road.unit() as unit:
            if not await self._road.first(unit, event):
                return
            ctx = await arrival.arrange(unit, event, self._rng, abroad(self.platforms))
            for feature in self._features:
                if ctx and feature.joined:
                    await feature.joined(ctx)

    def _answered(self, task: asyncio.Future[None]) -> None:
        self._answers.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("answer_failed", error=repr(error))


async def _with_attachment(said: Said) -> Said:
    """The answer with its file, or without one that could not be made."""
    if said.attach is None:
        return said
    try:
        made = await asyncio.to_thread(said.attach)
    except Exception:
        log.exception("attachment_failed")
        return said
    files = (made,) if isinstance(made, Document) else tuple(made)
    return replace(said, message=replace(said.message, files=(*said.message.files, *files)))
