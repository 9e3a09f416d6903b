"""Coming and going, read into events: the bot's own, people's, and who asks to be let in."""

from datetime import UTC, datetime

from adapters.telegram.received import NAME, Received, Source, sender_of
from adapters.telegram.rights import abilities, is_here
from adapters.telegram.wire import Chat, JoinRequest, MateChanged, Message, User
from bot.chat.events import Entered, Incoming, Joined, Knocked, Left, Opened, Sender
from bot.chat.places import Ability, Place


def bot_moved(moved: MateChanged, number: int, at: datetime) -> tuple[Received, ...]:
    """The bot was added, put out, promoted or silenced; or a person blocked it or lets it write again."""
    key = f"u{number}:{moved.date}"
    place = Place(NAME, str(moved.chat.id))
    source = Source(moved.chat.id, user=moved.from_.id, private=moved.chat.type == "private")
    sender = sender_of(moved.from_) if not moved.from_.is_bot else Sender(None)
    if moved.chat.type == "channel":
        return ()
    can = abilities(moved.new_chat_member)
    event: Incoming
    if moved.chat.type == "private":
        event = Opened(key=key, at=at, place=place, sender=sender, private=True, can_write=Ability.SEND in can)
    elif can:
        event = Joined(key=key, at=at, place=place, sender=sender, title=moved.chat.title, abilities=can)
    else:
        silenced = moved.new_chat_member.status == "restricted"
        event = Left(key=key, at=at, place=place, sender=sender, silenced=silenced)
    return (Received(event, source),)


def entered(message: Message, at: datetime) -> tuple[Received, ...]:
    """People came in, as everybody in the group reads it; this is told without any right."""
    return tuple(found for user in message.new_chat_members for found in _entered(message.chat, user, message.date, at))


def mate_changed(change: MateChanged, at: datetime) -> tuple[Received, ...]:
    """Somebody's membership changed, of which administrators hear; to be restricted or promoted is no coming in."""
    user = change.new_chat_member.user
    if user is None or is_here(change.old_chat_member) or not is_here(change.new_chat_member):
        return ()
    return _entered(change.chat, user, change.date, at)


def knocked(request: JoinRequest, at: datetime) -> tuple[Received, ...]:
    """Somebody asks to be let in; for five minutes Telegram lets the bot write to them, so answers go there."""
    chat, user = request.chat, request.from_
    if chat.type == "channel" or user.is_bot:
        return ()
    key = f"k{chat.id}:{user.id}:{request.date}"
    sender, sent = sender_of(user), datetime.fromtimestamp(request.date, UTC)
    source = Source(request.user_chat_id, user=user.id, private=True)
    group, private = Place(NAME, str(chat.id)), Place(NAME, str(request.user_chat_id))
    asks = Knocked(key=key, at=at, place=group, sender=sender, sent=sent)
    opened = Opened(key=f"o{key}", at=at, place=private, sender=sender, sent=sent, private=True, can_write=True)
    return Received(asks, source), Received(opened, source)  # in this order: the request makes us acquainted


def _entered(chat: Chat, user: User, date: int, at: datetime) -> tuple[Received, ...]:
    """Both ways of hearing of it give one key, so it counts once."""
    if chat.type == "channel" or user.is_bot:
        return ()
    event = Entered(
        key=f"n{chat.id}:{user.id}:{date}",
        at=at,
        place=Place(NAME, str(chat.id)),
        sender=sender_of(user),
        sent=datetime.fromtimestamp(date, UTC),
    )
    return (Received(event, Source(chat.id, user=user.id)),)
