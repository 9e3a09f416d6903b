"""Topics of their own for cards in forums: opened slowly, closed and reopened with their cards."""

import time
from datetime import timedelta

import structlog
from telegram import Bot
from telegram.constants import ForumTopicLimit

from adapters.memory import Memory
from adapters.telegram.errors import TopicGone, Unreadable
from adapters.telegram.pace import Urgency
from adapters.telegram.sender import Sender
from bot.chat.clean import clean_text
from bot.chat.errors import Ambiguous, Gone, Refused, SlowDown
from bot.chat.message import Thread
from bot.chat.places import Ref
from bot.order import Turns

APART = 60.0
"""Seconds between two topics of one chat: bots that open them fast get banned."""

MOST_KNOWN = 5_000
"""Chats, topics and sends that are remembered, each."""

_SUPERGROUPS = 1_000_000_000_000
"""A supergroup's own number, taken below minus this, is its id in the Bot API; basic groups stand above."""

log = structlog.get_logger()


class Topics:
    """The topics that one bot opened; raises the errors of `bot.chat.errors`. What it knows ends with the process."""

    def __init__(self, bot: Bot, sender: Sender) -> None:
        self._bot = bot
        self._sender = sender
        self._opened_at: Memory[int, float] = Memory(MOST_KNOWN)
        self._turns = Turns()
        self._waiting: Memory[tuple[int, str], int] = Memory(MOST_KNOWN)
        self._closed: Memory[tuple[int, int], bool] = Memory(MOST_KNOWN)

    async def open(self, chat: int, thread: Thread, key: str) -> int:
        """Open a topic for the card of that send and return its number, 0 where we can open none.

        A send that is tried again finds the topic that was opened for it. SlowDown within a minute of the last one.
        """
        if not supergroup(chat):
            return 0
        async with self._turns.of(chat):
            known = self._waiting.get((chat, key))
            return known or await self._opened(chat, thread, key)

    def stands(self, chat: int, key: str) -> None:
        """The card of that send stands in its topic."""
        self._waiting.drop((chat, key))

    async def settle(self, ref: Ref, thread: Thread) -> None:
        """Close the card's topic or open it again; one that is gone or not ours to change is fine."""
        chat, topic = int(ref.place.chat), int(ref.opened)
        if self._closed.get((chat, topic)) is thread.closed:
            return
        change = self._bot.close_forum_topic if thread.closed else self._bot.reopen_forum_topic
        try:
            await self._sender.change(chat, Urgency.POST, lambda: change(chat, topic))
        except Refused as refusal:
            log.info("topic_not_changed", reason=str(refusal))  # the right may come back
            return
        except (Gone, TopicGone) as gone:
            log.info("topic_gone", reason=str(gone))
        self._closed.put((chat, topic), thread.closed)

    async def _opened(self, chat: int, thread: Thread, key: str) -> int:
        last = self._opened_at.get(chat)
        wait = 0.0 if last is None else last + APART - time.monotonic()
        if wait > 0:
            raise SlowDown(timedelta(seconds=wait))
        try:
            topic = await self._create(chat, clean_text(thread.title).strip() or "…")
        except (Refused, Unreadable) as refusal:
            log.info("no_topic", reason=str(refusal))
            return 0
        except Ambiguous:
            self._opened_at.put(chat, time.monotonic())  # perhaps there is one more topic now
            raise
        self._opened_at.put(chat, time.monotonic())
        self._waiting.put((chat, key), topic)
        self._closed.put((chat, topic), False)
        return topic

    async def _create(self, chat: int, title: str) -> int:
        async def create(_: int) -> int:
            made = await self._bot.create_forum_topic(chat, title[: ForumTopicLimit.MAX_NAME_LENGTH])
            return made.message_thread_id

        return await self._sender.post(chat, 0, Urgency.POST, create)


def supergroup(chat: int) -> int:
    """A supergroup's own number, as its members' addresses have it; 0 for a basic group and a private chat."""
    return max(0, -chat - _SUPERGROUPS)
