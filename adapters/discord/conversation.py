"""What people write, who comes, and the marks and deletions that befall messages."""

from collections.abc import Awaitable, Callable
from itertools import count

import structlog
from msgspec.structs import replace

from adapters.discord import change, inbound
from adapters.discord.desk import Desk
from adapters.discord.guild import Entry
from adapters.discord.sender import Sender, nonce
from adapters.discord.spelling import Renderer
from adapters.discord.thread import MESSAGE
from adapters.discord.wire import PINNED, Ended, Erased, Message, Payload, Quote, Reaction
from adapters.memory import Memory
from bot.app import App
from bot.chat.errors import PlatformError, Unavailable
from bot.chat.events import Incoming, Mark, Typed
from bot.chat.places import Account, Place, Ref
from bot.order import Turns
from bot.said import Said

log = structlog.get_logger()

Private = Callable[[Account], Awaitable[Place]]
IsLoud = Callable[[str], bool]

MOST_BOTS = 1_000
"""Bots and webhooks that are known by what they said."""

MOST_THANKED = 10_000
"""Messages that were thanked for, of which it is remembered who wrote them."""


class Conversation:
    """Hears everything; what becomes of one message is handed on in its order."""

    def __init__(
        self, app: App, desk: Desk, sender: Sender, renderer: Renderer, private: Private, is_loud: IsLoud
    ) -> None:
        self._app = app
        self._desk = desk
        self._sender = sender
        self._renderer = renderer
        self._private = private
        self._is_loud = is_loud
        self._bots: Memory[str, bool] = Memory(MOST_BOTS)
        self._authors: Memory[str, str] = Memory(MOST_THANKED)
        self._turns = Turns()
        self._numbers = count(1)

    async def listen(self, message: Message) -> None:
        """What somebody said, to us or to others; the report of a silent pin of ours is taken away."""
        if message.author.bot or message.webhook_id:
            self._bots.put(message.author.id, True)
        if self._is_silent_report(message):
            return await self._take_away(message.channel_id, message.id)
        async with self._turns.of(message.id):
            for event in inbound.hear(message, self._sender.me, self._app.clock()):

                async def answer(said: Said, event: Incoming = event) -> None:
                    await self._reply(message, event, said)

                await self._desk.settle(event, answer)
        return None

    async def enter(self, entry: Entry) -> None:
        """Somebody came into a guild."""
        event = change.entered(entry, self._app.clock())
        if event is not None:
            await self._desk.note(event)

    async def like(self, reaction: Reaction) -> None:
        """A mark that was put at a message."""
        await self._mark_changed(reaction, likes=True)

    async def unlike(self, reaction: Reaction) -> None:
        """A mark that was taken away."""
        await self._mark_changed(reaction, likes=False)

    async def erase(self, erased: Erased) -> None:
        """Messages that are gone."""
        for event in change.erased(erased, self._app.clock()):
            async with self._turns.of(event.message.message if event.message else ""):
                await self._desk.note(event)

    async def end(self, ended: Ended) -> None:
        """A thread or channel that is gone. The card that stood above a thread goes too, as that of a post does."""
        event = change.ended(ended, self._app.clock())
        if event is None:
            return
        card = ended.parent_id if await self._is_ours(event.place) else None
        await self._desk.note(event)
        if card:
            await self._take_away(card, ended.id)

    async def _mark_changed(self, reaction: Reaction, *, likes: bool) -> None:
        mark = change.mark_of(reaction.emoji)
        if mark is None or not reaction.guild_id:
            return
        async with self._turns.of(reaction.message_id):
            if mark is Mark.THANKS:
                reaction = replace(reaction, message_author_id=await self._author(reaction))
            event = change.reacted(reaction, self._is_bot, self._app.clock(), next(self._numbers), likes=likes)
            if event is not None:
                await self._desk.note(event)

    async def _author(self, reaction: Reaction) -> str:
        """Who wrote the message, "" for nobody; Discord says it with a mark that comes, not with one that goes."""
        message, author = reaction.message_id, reaction.message_author_id or self._authors.get(reaction.message_id)
        if author is None:
            try:
                found = await self._sender.read(Quote, MESSAGE, channel_id=reaction.channel_id, message_id=message)
            except PlatformError as error:
                log.info("message_not_seen", error=repr(error))
                return ""
            author = "" if found.author.bot or found.webhook_id else found.author.id
        self._authors.put(message, author)
        return author

    def _is_bot(self, account: str) -> bool:
        """Whether that is the bot itself, or one that has spoken."""
        return account == self._sender.me or bool(self._bots.get(account))

    def _is_silent_report(self, message: Message) -> bool:
        if message.type != PINNED or message.author.id != self._sender.me:
            return False
        return not (message.message_reference and self._is_loud(message.message_reference.message_id))

    async def _is_ours(self, thread: Place) -> bool:
        """Whether that thread was opened for a card of ours."""
        try:
            async with self._app.store.read() as unit:
                return await unit.cards.under(thread) is not None
        except Unavailable as error:
            log.warning("store_unavailable", error=str(error))
            return False

    async def _take_away(self, channel: str, message: str) -> None:
        try:
            await self._sender.ask("DELETE", MESSAGE, channel_id=channel, message_id=message)
        except PlatformError as error:
            log.info("card_gone", error=repr(error))

    async def _reply(self, message: Message, event: Incoming, said: Said) -> None:
        """Answer a message where it stands; what is not meant for all goes to the private conversation."""
        place, reference = event.place, {"message_id": message.id, "fail_if_not_exists": False}
        if said.marks and not event.private and await self._mark(said.on or Ref(place, message.id)):
            return
        if said.quiet and not event.private:
            return
        try:
            if not said.public and not event.private and event.sender.account:
                place, reference = await self._private(event.sender.account), {}
            for number, body in enumerate(self._renderer.pages(said.message)):
                whole: Payload = body | ({"message_reference": reference} if reference and not event.private else {})
                await self._sender.post(inbound.channel_of(place), whole, nonce(f"{event.key}:{number}"))
        except PlatformError as error:
            log.warning("reply_lost", typed=isinstance(event, Typed), error=repr(error))

    async def _mark(self, ref: Ref) -> bool:
        """A receipt without words; False where the bot may put none there."""
        try:
            await self._sender.mark(inbound.channel_of(ref.place), ref.message)
        except PlatformError as error:
            log.info("not_marked", error=repr(error))
            return False
        return True
