"""Telegram's updates read into the core's events; who can never be a member is told apart here."""

from datetime import UTC, datetime

from telegram.constants import PollLimit, ReactionEmoji

from adapters.telegram.coming import bot_moved, knocked, mate_changed
from adapters.telegram.person import somebody
from adapters.telegram.received import NAME, Received, Source, place_of, sender_of
from adapters.telegram.said import said
from adapters.telegram.wire import Poll, PollAnswer, Press, Reaction, Reactions, Update
from bot.chat.events import Mark, Polled, Pressed, Reacted, Sender, Voted
from bot.chat.places import Place, Ref

_NOWHERE = Place(NAME, "")
"""Where a poll stands is not told with it."""

_VARIANT = "\ufe0f"
_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_MARKS: dict[str, Mark] = {
    ReactionEmoji.THUMBS_UP: Mark.LIKE,
    ReactionEmoji.PERSON_WITH_FOLDED_HANDS: Mark.THANKS,
    ReactionEmoji.RED_HEART: Mark.THANKS,
}
"""What a reaction says, in whatever skin tone and with or without its variation selector."""


def read(update: Update, username: str, at: datetime) -> tuple[Received, ...]:
    """The events of an update, none for what is not meant for us; `username` is the bot's own, without @."""
    if update.message:
        return said(update.message, username, at)
    if update.callback_query:
        return _pressed(update.callback_query, at)
    if update.my_chat_member:
        return bot_moved(update.my_chat_member, update.update_id, at)
    if update.chat_member:
        return mate_changed(update.chat_member, at)
    if update.chat_join_request:
        return knocked(update.chat_join_request, at)
    if update.poll_answer:
        return _voted(update.poll_answer, update.update_id, at)
    if update.poll:
        return _polled(update.poll, update.update_id, at)
    if update.message_reaction:
        return _reacted(update.message_reaction, update.update_id, at)
    return ()


def _pressed(press: Press, at: datetime) -> tuple[Received, ...]:
    message = press.message
    if message is None or not press.data:
        return ()
    place = place_of(message)
    stands = message.message_id if message.date else 0
    source = Source(
        message.chat.id,
        int(place.thread or 0),
        press.from_.id,
        stands,
        message.ephemeral_message_id,
        press.id,
        message.chat.type == "private",
    )
    event = Pressed(
        key=f"c{press.id}",
        at=at,
        place=place,
        sender=sender_of(press.from_),
        private=source.private,
        data=press.data,
        message=Ref(place, str(message.message_id)) if message.message_id else None,
    )
    return (Received(event, source),)


def _voted(answer: PollAnswer, number: int, at: datetime) -> tuple[Received, ...]:
    """A vote in the name of a chat is nobody's; one for an option that no poll has says nothing."""
    voter = somebody(answer.user, answer.voter_chat)
    if voter is None:
        return ()
    if not all(0 <= option < PollLimit.MAX_OPTION_NUMBER for option in answer.option_ids):
        return ()
    key = f"v{answer.poll_id}:{voter.id}:{number}"
    options = tuple(sorted(set(answer.option_ids)))
    voted = Voted(key=key, at=at, place=_NOWHERE, sender=sender_of(voter), poll=answer.poll_id, options=options)
    return (Received(voted, Source(user=voter.id)),)


def _polled(poll: Poll, number: int, at: datetime) -> tuple[Received, ...]:
    """Ours are open and not anonymous; those of other people are told of only when they are stopped."""
    if poll.is_closed or poll.is_anonymous:
        return ()
    texts = tuple(option.text for option in poll.options)
    key = f"p{poll.id}:{number}"
    polled = Polled(
        key=key, at=at, place=_NOWHERE, sender=Sender(None), poll=poll.id, question=poll.question, options=texts
    )
    return (Received(polled, Source()),)


def _reacted(change: Reactions, number: int, at: datetime) -> tuple[Received, ...]:
    """What a person put or took away, each mark an event; in which topic the message stands is not told."""
    person, chat = somebody(change.user, change.actor_chat), change.chat
    if person is None or chat.type == "channel":
        return ()
    was, now = _marks(change.old_reaction), _marks(change.new_reaction)
    place = Place(NAME, str(chat.id))
    source = Source(chat.id, user=person.id, private=chat.type == "private")
    return tuple(
        Received(
            Reacted(
                key=f"r{chat.id}:{change.message_id}:{person.id}:{number}:{mark}",
                at=at,
                place=place,
                sender=sender_of(person),
                sent=datetime.fromtimestamp(change.date, UTC),
                private=source.private,
                message=Ref(place, str(change.message_id)),
                likes=mark in now,
                mark=mark,
            ),
            source,
        )
        for mark in Mark
        if (mark in was) is not (mark in now)
    )


def _marks(reactions: tuple[Reaction, ...]) -> frozenset[Mark]:
    plain = ("".join(char for char in each.emoji if char != _VARIANT and char not in _TONES) for each in reactions)
    return frozenset(_MARKS[emoji] for emoji in plain if emoji in _MARKS)
