"""Native quiz polls: posted with their right answers, and ended; a poll that stands cannot be changed."""

from typing import Any

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram import Message as Sent
from telegram.constants import PollType

from adapters.telegram.errors import Unreadable
from adapters.telegram.pace import Urgency
from adapters.telegram.render import Sign, pages
from adapters.telegram.sender import Sender
from bot.chat.errors import Gone, Refused
from bot.chat.message import Message, Poll
from bot.chat.places import Place, Ref
from bot.chat.poll import fit_poll

log = structlog.get_logger()


class Polls:
    """The polls of one bot; raises the errors of `bot.chat.errors`."""

    def __init__(self, bot: Bot, sender: Sender) -> None:
        self._bot = bot
        self._sender = sender

    async def post(self, place: Place, message: Message, poll: Poll, sign: Sign) -> Ref | None:
        """Post the message's poll with its buttons below; None where Telegram takes no poll of ours there."""
        chat, fitted, markup = int(place.chat), fit_poll(poll), _keyboard(message, sign)
        right: Any = fitted.right  # the library's type names every number

        async def post(topic: int) -> Ref:
            sent = await self._bot.send_poll(
                chat,
                fitted.question,
                fitted.options,
                is_anonymous=False,
                type=PollType.QUIZ,
                correct_option_ids=right,
                allows_multiple_answers=len(fitted.right) > 1,
                allows_revoting=False,
                explanation=fitted.explanation or None,
                message_thread_id=topic or None,
                disable_notification=message.silent,
                reply_markup=markup,
            )
            return Ref(place, str(sent.message_id), _number(sent))

        try:
            return await self._sender.post(chat, int(place.thread or 0), Urgency.POST, post)
        except (Refused, Unreadable) as refusal:
            log.warning("poll_refused", reason=str(refusal), options=len(poll.options))
            return None

    async def edit(self, ref: Ref, message: Message, sign: Sign) -> None:
        """End the poll if the message says so; one that is to become something else is ended, and counts as gone."""
        if message.poll and message.poll.open:
            return
        markup = _keyboard(message, sign) if message.poll else None
        chat = int(ref.place.chat)
        await self._sender.change(
            chat, Urgency.POST, lambda: self._bot.stop_poll(chat, int(ref.message), reply_markup=markup)
        )
        if message.poll is None:
            raise Gone("a poll cannot become another message")


def _keyboard(message: Message, sign: Sign) -> InlineKeyboardMarkup | None:
    return pages(Message(rows=message.rows), sign)[-1].keyboard


def _number(sent: Sent) -> str:
    if sent.poll is None:
        raise ValueError("no poll in the answer")
    return sent.poll.id
