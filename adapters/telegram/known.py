"""What updates do not say, remembered from earlier ones: who wrote a message, and whom we asked something."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.memory import Memory
from adapters.telegram.person import is_no_person, is_somebody
from adapters.telegram.received import NAME, Received
from adapters.telegram.wire import Message
from bot.chat.events import Event, Incoming, Reacted, Typed
from bot.chat.places import Account, Place

MOST_AUTHORS = 10_000
"""Messages whose authors are remembered."""

MOST_ASKED = 1_000
"""People whose answers are awaited."""

PATIENCE = timedelta(minutes=30)
"""How long plain words in a group may be the answer to what we asked."""


class Known:
    """Numbers alone, and in this process alone: what it forgets is as unknown as it was to begin with."""

    def __init__(self) -> None:
        self._authors: Memory[tuple[str, str], tuple[int, int]] = Memory(MOST_AUTHORS)
        self._asked: Memory[tuple[Place, Account], datetime] = Memory(MOST_ASKED)

    def hear(self, message: Message) -> None:
        """Remember whose that message is, and whose the one is that it replies to."""
        if message.chat.type == "private":
            return
        author, target = message.from_, message.reply_to_message
        if message.message_id and author and not (message.sender_chat or is_no_person(message, author)):
            self._authors.put((str(message.chat.id), str(message.message_id)), (author.id, message.date))
        if target and is_somebody(target) and target.from_:
            self._authors.put((str(message.chat.id), str(target.message_id)), (target.from_.id, target.date))

    def ask(self, event: Event) -> None:
        """We answered that event in a group with a question: its sender's next words there may be the answer."""
        if event.sender.account and not event.private:
            self._asked.put((event.place, event.sender.account), event.at + PATIENCE)

    def complete(self, received: Received) -> Received:
        """The event with what it did not say itself."""
        return replace(received, event=self._completed(received.event))

    def _completed(self, event: Incoming) -> Incoming:
        match event:
            case Reacted():
                author, date = self._authors.get((event.place.chat, event.message.message)) or (0, 0)
                written = datetime.fromtimestamp(date, UTC) if date else None
                return replace(event, author=Account(NAME, str(author)) if author else None, written=written)
            case Typed() if self._is_awaited(event):
                return replace(event, aside=False)
        return event

    def _is_awaited(self, event: Typed) -> bool:
        """A reply to somebody else is their talk, and what has no words answers nothing."""
        if event.private or event.sender.account is None or (event.aside and (event.reply or not _answers(event))):
            return False
        key = (event.place, event.sender.account)
        until = self._asked.get(key)
        self._asked.drop(key)
        return until is not None and event.at <= until


def _answers(event: Typed) -> bool:
    return bool(event.text or event.file) and not event.text.startswith("/")
