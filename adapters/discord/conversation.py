"""What people write, and the thumbs and deletions that befall messages."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count

import structlog

from adapters.discord import inbound
from adapters.discord.desk import Desk
from adapters.discord.known import Known
from adapters.discord.sender import Sender, nonce
from adapters.discord.spelling import Renderer
from adapters.discord.thread import MESSAGE
from adapters.discord.wire import Ended, Erased, Message, Payload, Reaction
from bot.chat.errors import PlatformError, Unavailable
from bot.chat.events import Incoming, Typed
from bot.chat.places import Account, Place, Ref
from bot.order import Turns
from bot.ports import Clock, Said

log = structlog.get_logger()

Private = Callable[[Account], Awaitable[Place]]


class Conversation:
    """Hears what concerns us; what becomes of one message is handed on in its order."""

    def __init__(
        self, desk: Desk, sender: Sender, renderer: Renderer, private: Private, known: Known, clock: Clock
    ) -> None:
        self._desk = desk
        self._sender = sender
        self._renderer = renderer
        self._private = private
        self._known = known
        self._clock = clock
        self._turns = Turns()
        self._numbers = count(1)

    async def listen(self, message: Message) -> None:
        """A message that was said to us, or in a thread of ours."""
        now = self._clock()
        async with self._turns.of(message.id):
            for event in inbound.hear(message, self._sender.me, now, aside=await self._is_aside(message, now)):

                async def answer(said: Said, event: Incoming = event) -> None:
                    await self._reply(message, event, said)

                await self._desk.settle(event, answer)

    async def like(self, reaction: Reaction) -> None:
        """A mark that was put at a message."""
        await self._mark_changed(reaction, likes=True)

    async def unlike(self, reaction: Reaction) -> None:
        """A mark that was taken away."""
        await self._mark_changed(reaction, likes=False)

    async def erase(self, erased: Erased) -> None:
        """Messages that are gone."""
        for event in inbound.erased(erased, self._clock()):
            async with self._turns.of(event.message.message if event.message else ""):
                await self._desk.note(event)

    async def end(self, ended: Ended) -> None:
        """A thread or channel that is gone. The card that stood above a thread goes too, as that of a post does."""
        event = inbound.ended(ended, now := self._clock())
        if event is None:
            return
        card = ended.parent_id if await self._is_ours(event.place, now) else None
        await self._desk.note(event)
        if card:
            await self._take_away(card, ended.id)

    async def _mark_changed(self, reaction: Reaction, *, likes: bool) -> None:
        event = inbound.reacted(reaction, self._sender.me, self._clock(), next(self._numbers), likes=likes)
        if event is not None:
            async with self._turns.of(reaction.message_id):
                await self._desk.note(event)

    async def _is_aside(self, message: Message, at: datetime) -> bool:
        if not message.guild_id or not inbound.is_human(message):
            return False
        return await self._is_ours(inbound.place_of(message.guild_id, message.channel_id), at)

    async def _is_ours(self, place: Place, at: datetime) -> bool:
        try:
            return await self._known.is_ours(place, at)
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
