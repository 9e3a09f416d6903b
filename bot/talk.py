"""A command from its words to its answer: who may, what is missing, what was replied to, what it says."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import dialogue, quote
from bot.attachment import read_file
from bot.bind import Missing
from bot.chat.clean import clean_text
from bot.chat.errors import Refusal
from bot.chat.events import Incoming, Invoked, Pressed, Sender, Typed
from bot.chat.message import Block, Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.press import Signed
from bot.chat.text import T
from bot.command import Command
from bot.context import Context
from bot.followup import Hearing
from bot.index import Found
from bot.notice import add_notices
from bot.ports import Unit
from bot.repository import Pending
from bot.road import Road
from bot.said import Form, Said
from bot.scene import Ears, check_right, choose_home, platform_role, spoken, stand, standing
from bot.tip import add_tip
from bot.whom import find_people

Listener = Callable[[Context, Typed, Any], Awaitable[Outcome]]


class Talk:
    """Commands, however they are begun and gone on with."""

    def __init__(self, road: Road) -> None:
        self._road = road
        self._listeners = [(each.begin(), each.handler) for each in road.index.listenings]

    async def invoked(self, event: Invoked, ears: Ears, found: Found, scope: int) -> Said | None:
        command = found.command
        if event.values is not None:
            async with self._road.store.read() as unit:
                waiting = await dialogue.awaited(unit, event, found)
            scope = waiting.community if waiting else scope
        role = await self._role(event, command, scope)
        content = await self._content(event, ears, command, role, scope)
        async with self._road.unit() as unit:
            if not await self._road.first(unit, event):
                return None
            ctx = await self._road.scene(unit, event, ears, scope)
            ctx = replace(ctx, reply=event.reply, quoted=quote.clean(event.quoted), own=event.own)
            await self._check(ctx, command, role)
            ctx, given = quote.recall(ctx, await dialogue.given(ctx, event, found))
            given = quote.fill(ctx, command, given)
            return await self.run(ctx, ears, command, given, role, content, mentioned=event.mentioned)

    async def typed(self, event: Typed, ears: Ears) -> Said | None:
        account = event.sender.account
        if account is None:
            return None
        noted = [] if event.private else [(take, found) for ask, take in self._listeners if (found := ask(event))]
        if event.aside and not (noted or event.reply or event.place.thread):
            return None  # people talk among themselves, and nothing is read for that
        async with self._road.store.read() as unit:
            waiting = None if event.aside else await unit.pendings.get(event.place, account)
            heard = await self._heard(unit, event)
        if waiting and waiting.expires_at >= event.at:
            return await self._resume(event, ears, waiting, clean_text(event.text))
        if noted and (outcome := await self._noted(event, ears, noted)) is not None:
            return spoken(outcome, ears)
        if heard:
            return await self._replied(event, ears, *heard)
        if not event.private:
            return None
        raise dialogue.hint()

    async def _heard(self, unit: Unit, event: Typed) -> tuple[Hearing, int, str] | None:
        """Who hears these words, with the community and the key of the card that they reply to, else the thread's."""
        card = await unit.cards.at(event.reply) if event.reply else None
        if card is None or _kind(card) not in self._road.index.hearings:
            card = await unit.cards.under(event.place)
        hearing = self._road.index.hearings.get(_kind(card)) if card else None
        return (hearing, *card) if card and hearing else None

    async def _noted(self, event: Typed, ears: Ears, noted: Sequence[tuple[Listener, Any]]) -> Outcome:
        """Hand a message to those who want to hear of it, until one of them has an answer."""
        async with self._road.unit() as unit:
            # Should nobody have one, the message is settled like any other one, under its own key.
            if not await unit.arrivals.first_time(event.place.platform, f"{event.key}:noted", event.at):
                return None
            ctx = await self._road.scene(unit, event, ears, 0)
            if ctx.found is None:
                return None
            ctx = replace(ctx, reply=event.reply, quoted=quote.clean(event.quoted), own=event.own)
            for take, found in noted:
                if (outcome := await take(ctx, event, found)) is not None:
                    await self._road.first(unit, event)  # it is settled, also if it is delivered once more
                    return outcome
        return None

    async def _replied(self, event: Typed, ears: Ears, hearing: Hearing, scope: int, key: str) -> Said | None:
        """A plain reply to a card of ours, or words in the thread that was opened for it."""
        role = await platform_role(event, hearing.right, scope, self._road.store, self._road.platforms)
        async with self._road.unit() as unit:
            if not await self._road.first(unit, event):
                return None
            ctx = await self._road.scene(unit, event, ears, scope)
            ctx = replace(await stand(ctx, role), reply=event.reply, own=event.own)
            check_right(ctx.role, hearing.right)
            subject = int(key.partition(":")[2])
            outcome = await add_notices(
                ctx, self._road.index, await hearing.handler(ctx, subject, clean_text(event.text))
            )
        return spoken(outcome, ears)

    async def pressed(self, event: Pressed, ears: Ears, signed: Signed) -> Said | None:
        account = event.sender.account
        if account is None:
            return None
        async with self._road.store.read() as unit:
            waiting = await unit.pendings.get(event.place, account)
            await dialogue.check_presser(unit, event, signed)
        if waiting is None or waiting.expires_at < event.at:
            raise Refusal(T("This question is no longer open. Send the command again."))
        return await self._resume(event, ears, waiting, None, signed)

    async def _resume(
        self, event: Typed | Pressed, ears: Ears, waiting: Pending, text: str | None, signed: Signed | None = None
    ) -> Said | None:
        """Go on with a command that waited for this person's words or press."""
        found = self._road.index.find(waiting.path)
        if found is None:
            raise Refusal(T("This question is no longer open. Send the command again."))
        command = found.command
        role = await self._role(event, command, waiting.community)
        content = None
        if isinstance(event, Typed):
            content = await self._content(event, ears, command, role, waiting.community)
        async with self._road.unit() as unit:
            if not await self._road.first(unit, event):
                return None
            ctx = await self._road.scene(unit, event, ears, waiting.community)
            ctx = replace(ctx, own=event.own if isinstance(event, Typed) else None)
            await unit.pendings.drop(waiting.place, waiting.account)
            if signed and signed.action == dialogue.CANCEL:
                return spoken(Reply(say(T("Cancelled. Nothing was saved.")), replaces=True), ears)
            await self._check(ctx, command, role)
            ctx, given = quote.recall(ctx, dialogue.filled(waiting, command, text, signed))
            return await self.run(ctx, ears, command, given, role, content)

    async def run(
        self,
        ctx: Context,
        ears: Ears,
        command: Command,
        given: Mapping[str, str],
        role: Role | None,
        content: object = None,
        intro: tuple[Block, ...] = (),
        mentioned: Sequence[Sender] = (),
    ) -> Said | None:
        ctx = await stand(ctx, role)
        given, several = await find_people(ctx, command, given, mentioned)
        result, known, problem = dialogue.understand(command, given, content)
        if several:
            result, problem = Missing(*several, {}), T("Several people are called so.")
        if isinstance(result, Missing):
            if command.guard:
                await command.guard(ctx, result.bound)
            question = await dialogue.ask(ctx, command, known, result, problem, intro)
            fields, chosen = dialogue.open_params(command, known), dialogue.chosen(command, known)
            form = Form(command.path, fields, again=problem is not None, chosen=chosen)
            return Said(ears.asker.message(question.message), form=form)
        outcome = await add_tip(ctx, command, await command.handler(ctx, **result.arguments))
        return spoken(await add_notices(ctx, self._road.index, outcome), ears)

    async def _content(
        self, event: Invoked | Typed, ears: Ears, command: Command, role: Role | None, scope: int
    ) -> object:
        """The value of the file that came along; for somebody who may not use the command nothing is fetched."""
        if event.file is None or command.file is None:
            return None
        async with self._road.unit() as unit:
            await self._check(await self._road.scene(unit, event, ears, scope), command, role)
        return await read_file(event.file, command, self._road.platforms)

    async def _check(self, ctx: Context, command: Command, role: Role | None) -> None:
        if not command.anywhere and ctx.found is None:
            raise await choose_home(ctx)
        if not command.anywhere or command.right > Role.GUEST:
            check_right(standing(ctx, role), command.right)

    async def _role(self, event: Incoming, command: Command, scope: int) -> Role | None:
        """The standing that the platform gives; who only wants to know it does without where it cannot be asked."""
        enough = command.right <= Role.MEMBER
        return await platform_role(event, command.wants, scope, self._road.store, self._road.platforms, enough=enough)


def _kind(card: tuple[int, str]) -> str:
    return card[1].partition(":")[0]
