"""Calls that change something at Telegram: in turn, translated, degraded once where our drawing was refused."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

import structlog
from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import MessageLimit, ReactionEmoji
from telegram.error import TelegramError

from adapters.telegram.attach import Carrier
from adapters.telegram.errors import Captioned, Revoked, TooLate, TopicGone, Unchanged, Unreadable, translate
from adapters.telegram.pace import Pace, Urgency
from adapters.telegram.render import Page
from bot.chat.errors import Ambiguous, Gone, PlatformError, SlowDown, Unreachable

log = structlog.get_logger()
R = TypeVar("R")

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""A preview opens somebody's link before anybody chose to, and makes a card longer."""


class Sender:
    """Everything that leaves for Telegram; raises the errors of `bot.chat.errors`.

    `alarms` counts messages that Telegram refused as we drew them. After a revoked token nothing is sent any more.
    """

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace
        self._carrier = Carrier(bot)
        self.alarms = 0
        self.revoked = False

    async def send(
        self,
        chat: int,
        page: Page,
        *,
        thread: int = 0,
        silent: bool = True,
        urgency: Urgency = Urgency.ANSWER,
        reply_to: int = 0,
        markup: Any = None,
        extra: dict[str, Any] | None = None,
    ) -> int:
        """Post a page and return its message id; a topic that is gone lets it stand in General.

        `markup` stands in for the page's keyboard, `extra` are parameters that the library does not know.
        """

        async def post(drawn: Page, topic: int) -> int:
            options: dict[str, Any] = {
                "reply_markup": markup or drawn.keyboard,
                "message_thread_id": topic or None,
                "disable_notification": silent,
                "reply_parameters": ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
                "api_kwargs": extra,
            }
            if drawn.file:
                return await self._carrier.post(chat, drawn.file, drawn.text, drawn.entities, options)
            message = await self._bot.send_message(
                chat, drawn.text, entities=drawn.entities or None, link_preview_options=_NO_PREVIEW, **options
            )
            return message.message_id

        try:
            return await self._drawn(chat, urgency, page, lambda drawn: post(drawn, thread))
        except TopicGone as gone:
            log.warning("topic_gone", reason=str(gone))
            return await self._drawn(chat, urgency, page, lambda drawn: post(drawn, 0))

    async def post(self, chat: int, thread: int, urgency: Urgency, make: Callable[[int], Awaitable[R]]) -> R:
        """Something new for a topic (0 for none) that is no page; a topic that is gone lets it stand in General."""
        try:
            return await self._in_turn(chat, urgency, lambda: make(thread))
        except TopicGone as gone:
            log.warning("topic_gone", reason=str(gone))
            return await self._in_turn(chat, urgency, lambda: make(0))

    async def change(self, chat: int, urgency: Urgency, make: Callable[[], Awaitable[object]]) -> None:
        """Change something that is no page and may be changed twice; what stands already as it should is fine."""
        await self._settled(lambda: self._in_turn(chat, urgency, make))

    async def edit(self, chat: int, message: int, page: Page, urgency: Urgency = Urgency.ANSWER) -> None:
        """Change a message of ours; one that stands already as it should is fine.

        A file is put in place of what stands there. Words alone cannot replace a file: they become its caption.
        """

        async def change(drawn: Page) -> object:
            if drawn.file:
                words = drawn.text, drawn.entities
                return await self._carrier.put(chat, message, drawn.file, *words, drawn.keyboard)
            return await self._bot.edit_message_text(
                drawn.text,
                chat,
                message,
                entities=drawn.entities or None,
                reply_markup=drawn.keyboard,
                link_preview_options=_NO_PREVIEW,
            )

        async def caption(drawn: Page) -> object:
            return await self._bot.edit_message_caption(
                chat, message, caption=drawn.text, caption_entities=drawn.entities or None, reply_markup=drawn.keyboard
            )

        try:
            await self._settled(lambda: self._drawn(chat, urgency, page, change))
        except Captioned:
            if len(page.text) > MessageLimit.CAPTION_LENGTH:
                raise Gone("too long for a caption") from None
            await self._settled(lambda: self._drawn(chat, urgency, page, caption))

    async def edit_ephemeral(self, chat: int, user: int, message: int, page: Page) -> None:
        """Change a message that only this person sees (Bot API 10.3)."""
        fields: dict[str, Any] = {
            "chat_id": chat,
            "receiver_user_id": user,
            "ephemeral_message_id": message,
            "text": page.text,
            "entities": [entity.to_dict() for entity in page.entities],
            "reply_markup": page.keyboard.to_dict() if page.keyboard else None,
            "link_preview_options": _NO_PREVIEW.to_dict(),
        }
        given = {name: value for name, value in fields.items() if value}

        async def change() -> object:
            return await self._bot.do_api_request("editEphemeralMessageText", api_kwargs=given)

        await self._settled(lambda: self._in_turn(chat, Urgency.ANSWER, change))

    async def acknowledge(self, press: str, text: str = "", *, url: str = "", light: bool = False) -> None:
        """Answer a press at once, outside the queue; a press that waits no longer is fine.

        `light` words pass by themselves, others stay until they are read.
        """
        await self._settled(
            lambda: self._translated(
                lambda: self._bot.answer_callback_query(
                    press, text or None, show_alert=bool(text and not light) or None, url=url or None
                )
            )
        )

    async def mark(self, chat: int, message: int) -> None:
        """Put a thumb at a message, once."""
        thumb = ReactionEmoji.THUMBS_UP
        await self._settled(lambda: self._translated(lambda: self._bot.set_message_reaction(chat, message, thumb)))

    async def delete(self, chat: int, message: int) -> None:
        """Remove a message."""
        await self._settled(lambda: self._translated(lambda: self._bot.delete_message(chat, message)))

    async def do(self, call: Callable[[], Awaitable[object]], *, ends: bool = False) -> None:
        """Something about people or about what they wrote, at once and outside the queue; it may be done twice.

        With `ends` it is about something that is gone once it is done.
        """
        await self._settled(lambda: self._translated(call), ends=ends)

    async def ask(self, call: Callable[[], Awaitable[R]]) -> R:
        """A call that changes nothing; it is tried twice."""
        try:
            return await self._translated(call)
        except (Ambiguous, Unreachable):
            return await self._translated(call)

    async def _drawn(self, chat: int, urgency: Urgency, page: Page, make: Callable[[Page], Awaitable[R]]) -> R:
        try:
            return await self._in_turn(chat, urgency, lambda: make(page))
        except Unreadable as refusal:
            self.alarms += 1
            log.error("drawing_refused", reason=str(refusal), length=len(page.text), entities=len(page.entities))
            text = page.text.strip()[: MessageLimit.MAX_TEXT_LENGTH]
            simple = replace(page, text=text if text or page.file else "…", entities=())
            if refusal.buttons:
                simple = replace(page, keyboard=None)
            return await self._in_turn(chat, urgency, lambda: make(simple))

    async def _settled(self, call: Callable[[], Awaitable[object]], *, ends: bool = False) -> None:
        """Do what may be done twice: after a lost reply it is done once more."""
        try:
            try:
                await call()
            except Ambiguous:
                with suppress(*((Gone,) if ends else ())):  # the try before had its effect
                    await call()
        except (Unchanged, TooLate):
            return

    async def _in_turn(self, chat: int, urgency: Urgency, call: Callable[[], Awaitable[R]]) -> R:
        async with self._pace.turn(chat, urgency):
            try:
                return await self._translated(call)
            except SlowDown as slow:
                self._pace.hold(chat, slow.after.total_seconds())
                raise

    async def _translated(self, call: Callable[[], Awaitable[R]]) -> R:
        if self.revoked:
            raise Unreachable("the token was revoked")
        try:
            return await call()
        except TelegramError as error:
            raise self._noted(translate(error)) from None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # The library could not read the answer, so we do not know what the request did.
            raise Ambiguous(f"unreadable answer: {type(error).__name__}") from None

    def _noted(self, error: PlatformError) -> PlatformError:
        if isinstance(error, Revoked):
            self.revoked = True
            return Unreachable("the token was revoked")
        return error
