"""One event's answer, by the most private means that reaches the person: the ladder of private replies."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Protocol

import structlog
from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from adapters.telegram.known import Known
from adapters.telegram.pace import patiently
from adapters.telegram.receipt import leave_mark
from adapters.telegram.received import Received
from adapters.telegram.render import ALERT, Page, Sign, pages, plain
from adapters.telegram.sender import Sender
from bot.chat.errors import Gone, Moved, PlatformError, Refused
from bot.chat.message import Message
from bot.chat.text import T
from bot.order import Turns
from bot.said import Said
from bot.speech import Speech, choose_language

EPHEMERAL_WINDOW = 14.0
"""Seconds after an event in which an answer may be shown to its sender alone; Telegram allows 15."""

PUBLIC_LIFE = 60.0
"""Seconds that a private answer stands in public where nothing better was possible."""

QUESTION_LIFE = 300.0
"""Seconds that a question stands in public while its answer is awaited."""

IN_ORDER = 5.0
"""Seconds that an answer waits for the one before it to the same person there; to be heard matters more than order."""

PLACEHOLDER = 64
"""The longest hint in an empty input field."""

log = structlog.get_logger()


class Desk(Protocol):
    """What answering needs of the adapter."""

    sender: Sender
    turns: Turns
    known: Known
    ephemeral: bool
    username: str

    def sign(self) -> Sign:
        """How buttons are signed."""

    async def can_write(self, user: int) -> bool:
        """Whether the person opened private messages."""

    async def closed(self, user: int) -> None:
        """The person turned out not to be reachable."""

    async def ticket(self, received: Received) -> str:
        """A deep-link payload for the answer, "" if there is none."""

    def later(self, seconds: float, what: Callable[[], Awaitable[None]]) -> None:
        """Do something after that time, or when the adapter stops."""


class Answer:
    """The core's Answerer for one event."""

    def __init__(self, desk: Desk, received: Received) -> None:
        self._desk = desk
        self._received = received
        self._source = received.source
        self._began = time.monotonic()
        self._acknowledging = False
        self.given = False

    def __call__(self, said: Said) -> Awaitable[None]:
        """Give the answer; what cannot be delivered is logged, never raised."""
        self.given = True
        if said.message.asks:
            self._desk.known.ask(self._received.event)
        return self._give(said)

    async def _give(self, said: Said) -> None:
        async with self._desk.turns.of((self._source.chat, self._source.user), IN_ORDER):
            await self._safely(said)

    async def _safely(self, said: Said) -> None:
        try:
            await self._delivered(said)
        except PlatformError as error:
            log.warning("answer_lost", error=repr(error), press=bool(self._source.press))
            if not self._acknowledging:
                await self._acknowledged()  # else the button would seem to hang

    async def _delivered(self, said: Said) -> None:
        if said.marks and await leave_mark(self._desk.sender, self._source, said.on):
            if said.on:
                self._remove_later(PUBLIC_LIFE)
        elif said.quiet and not (self._source.press or self._source.private):
            log.info("left_unsaid")
        elif said.message.files and not (said.public or self._source.private):
            await self._handed_over(said.message)
        elif said.replaces and self._source.press:
            await self._replaced(said)
        elif said.public and not self._source.private:
            await asyncio.gather(self._acknowledged(), self._post(said.message, self._source.message))
        elif self._source.press:
            await self._to_presser(said)
        else:
            await self._to_writer(said)

    async def _acknowledged(self, words: str = "", url: str = "", *, light: bool = False) -> None:
        if not self._source.press:
            return
        self._acknowledging = True
        try:
            await patiently(lambda: self._desk.sender.acknowledge(self._source.press, words, url=url, light=light))
        except PlatformError as error:
            log.info("press_not_acknowledged", error=repr(error))  # pressing again shows what is stored

    async def _replaced(self, said: Said) -> None:
        if not self._source.message and not self._source.ephemeral:
            await self._to_presser(said)  # the pressed message is out of reach
            return
        first, *more = self._pages(said.message)
        try:
            await asyncio.gather(self._acknowledged(), patiently(lambda: self._edited(first)))
        except Gone:
            await self._to_writer(said)  # the press has had its one answer
            return
        for page in more:
            await self._post_page(page, said.message.silent)

    async def _edited(self, page: Page) -> None:
        source = self._source
        if source.ephemeral:
            await self._desk.sender.edit_ephemeral(source.chat, source.user, source.ephemeral, page)
        else:
            await self._desk.sender.edit(source.chat, source.message, page)

    async def _to_presser(self, said: Said) -> None:
        source, words = self._source, plain(said.message).strip()
        if source.private and not said.toast:
            await asyncio.gather(self._acknowledged(), self._post(said.message))
            return
        fits = bool(words) and len(words) <= ALERT and not said.message.rows
        asks_alone = said.personal and said.message.asks and not source.private
        if said.toast and fits:
            await self._acknowledged(words, light=said.light)
        elif asks_alone and (ticket := await self._desk.ticket(self._received)):
            # The question could stand here unseen by others, but not the answer that is typed to it.
            await self._acknowledged(url=self._link(ticket))
        elif await self._shown_privately(said.message):
            await self._acknowledged()
        elif said.message.asks and not said.personal and not source.private:
            # The core awaits the answer here, so the question must stand here.
            await asyncio.gather(self._acknowledged(), self._post_briefly(said.message, QUESTION_LIFE))
        elif fits:
            await self._acknowledged(words)
        elif source.private or await self._written(said.message):
            await asyncio.gather(self._acknowledged(), *([self._post(said.message)] if source.private else []))
        elif (ticket := await self._desk.ticket(self._received)) or said.personal:
            await self._acknowledged(url=self._link(ticket))
        else:
            await asyncio.gather(self._acknowledged(), self._post_briefly(said.message, PUBLIC_LIFE))

    async def _to_writer(self, said: Said) -> None:
        source = self._source
        if source.private:
            await self._post(said.message)
        elif await self._shown_privately(said.message):
            return
        elif said.message.asks and not said.personal:
            await self._post_briefly(said.message, QUESTION_LIFE)
        elif not said.message.asks and await self._written(said.message):
            self._remove_later(PUBLIC_LIFE)
        elif not said.personal:
            await self._post_briefly(said.message, PUBLIC_LIFE)
        elif source.user:
            await self._offer_link()

    async def _handed_over(self, message: Message) -> None:
        """Files never stand in a group for their asker alone: they come in private, or wait behind a link."""
        pressed = bool(self._source.press)
        if await self._written(message):
            await self._acknowledged()
            if not pressed:
                self._remove_later(PUBLIC_LIFE)
        elif pressed:
            await self._acknowledged(url=self._link(await self._desk.ticket(self._received)))
        elif self._source.user:
            await self._offer_link()

    async def _shown_privately(self, message: Message) -> bool:
        """Rungs 1 and 2: a message in the group that only the asker sees."""
        source = self._source
        if not self._desk.ephemeral or not source.user or source.private:
            return False
        if time.monotonic() - self._began > EPHEMERAL_WINDOW:
            return False
        extra: dict[str, Any] = {"ephemeral_message_parameters": {"receiver_user_id": source.user}}
        if source.press:
            extra["ephemeral_message_parameters"]["callback_query_id"] = source.press
        elif source.ephemeral:
            extra = {"reply_parameters": {"ephemeral_message_id": source.ephemeral}}
        try:
            for page in self._pages(message):
                await self._post_page(page, message.silent, extra=extra)
        except (Refused, Gone):
            return False
        return True

    async def _written(self, message: Message) -> bool:
        """Rung 4: a private message, if the person ever opened that."""
        user = self._source.user
        if not user or not await self._desk.can_write(user):
            return False
        try:
            for page in self._pages(message):
                await patiently(partial(self._desk.sender.send, user, page, silent=message.silent))
        except Gone:
            await self._desk.closed(user)
            return False
        return True

    def _link(self, ticket: str) -> str:
        return f"https://t.me/{self._desk.username}" + (f"?start={ticket}" if ticket else "")

    async def _offer_link(self) -> None:
        """Rung 4 for somebody who never started the bot: a button that continues in private, once."""
        speech = Speech(choose_language(self._received.event.sender.language))
        label = speech.words(T("Open in private chat"))
        link = self._link(await self._desk.ticket(self._received))
        button = InlineKeyboardMarkup([[InlineKeyboardButton(label, url=link)]])
        words = speech.words(T("This answer is only for you."))
        sent = await self._post_page(Page(words, (), button), silent=True, reply_to=self._source.message)
        self._remove_later(PUBLIC_LIFE, sent)

    async def _post_briefly(self, message: Message, life: float) -> None:
        """Rung 5: in public without a sound; our words and the command disappear again."""
        markup, pressed = None, bool(self._source.press)
        if message.asks and not pressed and sum(map(len, message.rows)) <= 1:
            # In privacy mode we see an answer only if it is a reply, so the app opens one. That hides the button to
            # cancel, which may be; one to skip may not. After a press there is no message whose writer it would mean.
            hint = plain(message).strip()[:PLACEHOLDER]
            markup = ForceReply(selective=True, input_field_placeholder=hint or None)
        for page in self._pages(message):
            reply_to = 0 if pressed else self._source.message
            sent = await self._post_page(page, silent=True, reply_to=reply_to, markup=markup)
            self._remove_later(life, sent)

    def _remove_later(self, seconds: float, *sent: int) -> None:
        """Take our words and the command out of the group again; a card that was pressed stays."""
        command = 0 if self._source.press else self._source.message

        async def remove() -> None:
            for number in filter(None, (*sent, command)):
                try:
                    await self._desk.sender.delete(self._source.chat, number)
                except PlatformError as error:
                    log.debug("not_removed", error=repr(error))  # the right to delete others' messages is optional

        self._desk.later(seconds, remove)

    async def _post(self, message: Message, reply_to: int = 0) -> None:
        for page in self._pages(message):
            await self._post_page(page, message.silent, reply_to=reply_to)
            reply_to = 0

    async def _post_page(
        self, page: Page, silent: bool, *, reply_to: int = 0, markup: Any = None, extra: dict[str, Any] | None = None
    ) -> int:
        source = self._source

        async def post(chat: int, thread: int) -> int:
            return await self._desk.sender.send(
                chat, page, thread=thread, silent=silent, reply_to=reply_to, markup=markup, extra=extra
            )

        try:
            return await patiently(lambda: post(source.chat, source.thread))
        except Moved as moved:
            to = int(moved.to.chat)
            return await patiently(lambda: post(to, 0))

    def _pages(self, message: Message) -> tuple[Page, ...]:
        return pages(message, self._desk.sign())
