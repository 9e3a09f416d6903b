"""A command from its words to its answer: who may, what is missing, what was replied to, what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import dialogue, quote
from bot.attachment import read_file
from bot.bind import Bound, Missing
from bot.chat.clean import clean_text
from bot.chat.errors import Refusal
from bot.chat.events import Incoming, Invoked, Pressed, Sender, Typed
from bot.chat.message import Block, Outcome, Reply, say
from bot.chat.places import Role
from bot.chat.press import Signed
from bot.chat.text import T
from bot.command import Command
from bot.context import Context
from bot.followup import Hearing, Listening
from bot.index import Found
from bot.notice import add_notices
from bot.ports import Unit
from bot.repository import Pending
from bot.road import Road
from bot.said import Form, Said
from bot.scene import Ears, check_right, choose_home, platform_role, spoken, stand, standing
from bot.tip import add_tip
from bot.whom import find_people


class Talk:
    """Commands, however they are begun and gone on with."""

    def __init__(self, road: Road) -> None:
        self._road = road
        self._listeners = [(each, each.begin()) for each in road.index.listenings]

    async def guarded(self, event: Invoked, ears: Ears, command: Command | None) -> Outcome:
        """What comes of a command that everybody there reads, before it is carried out; mostly nothing."""
        if event.own is None or event.private or event.sender.account is None:
            return None
        said, path = _read_aloud(event, known=command is not None), command.path if command else ""
        guards = [(each, ask) for each, ask in self._listeners if each.guards and path not in each.spares]
        noted = [(each, found) for each, ask in guards if (found := ask(said))]
        return await self._noted(said, ears, noted) if noted else None

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
        noted = [] if event.private else [(each, found) for each, ask in self._listeners if (found := ask(event))]
        if event.aside and not (noted or event.reply or event.place.thread):
            return None  # people talk among themselves, and nothing is read for that
        async with self._road.store.read() as unit:
            waiting = None if event.aside else await unit.pendings.get(event.place, account)
            heard = await self._heard(unit, event)
        answers = waiting is not None and waiting.expires_at >= event.at
        noted = [(each, found) for each, found in noted if each.guards or not answers]
        if noted and (outcome := await self._noted(event, ears, noted)) is not None:
            return spoken(outcome, ears)
        if waiting and answers:
            return await self._resume(event, ears, waiting, clean_text(event.text))
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

    async def _noted(self, event: Typed, ears: Ears, noted: Sequence[tuple[Listening, Any]]) -> Outcome:
        """Hand a message to those who want to hear of it, until one of them has an answer."""
        async with self._road.unit() as unit:
            # Should nobody have one, the message is settled like any other one, under its own key.
            if not await unit.arrivals.first_time(event.place.platform, f"{event.key}:noted", event.at):
                return None
            ctx = await self._road.scene(unit, event, ears, 0)
            if ctx.found is None:
                return None
            ctx = replace(ctx, reply=event.reply, quoted=quote.clean(event.quoted), own=event.own)
            for each, found in noted:
                if (outcome := await each.handler(ctx, event, found)) is not None:
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
        if isinstance(result, Bound):
            result, known, problem = dialogue.judge(ctx, command, result, known)
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
        if _is_for_one(outcome):
            _ = ctx.person  # refuses an anonymous administrator
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


def _read_aloud(event: Invoked, *, known: bool) -> Typed:
    """A command as the words that others read; what we know no command for is said aside."""
    return Typed(
        key=event.key,
        at=event.at,
        place=event.place,
        sender=event.sender,
        sent=event.sent,
        abilities=event.abilities,
        text=f"/{clean_text(event.line)}",
        own=event.own,
        reply=event.reply,
        quoted=event.quoted,
        aside=not known,
        file=event.file,
        mentions=event.mentions,
        urls=event.urls,
    )


def _is_for_one(outcome: Outcome) -> bool:
    """Whether nobody but the asker may read it, or be given its file."""
    return isinstance(outcome, Reply) and (outcome.personal or (outcome.attach is not None and not outcome.public))


def _kind(card: tuple[int, str]) -> str:
    return card[1].partition(":")[0]
