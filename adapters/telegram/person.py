"""Who can never be a member: channels, people who write or act in the name of a chat, other bots."""

from adapters.telegram.wire import ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM, Chat, Message, Target, User


def is_no_person(message: Message, author: User) -> bool:
    """Posts of linked channels, of people writing as a channel, and of other bots run nothing and score nothing."""
    if message.is_automatic_forward or author.id == TELEGRAM:
        return True
    if message.sender_chat:
        return not _is_anonymous_admin(message, author)
    return author.is_bot


def somebody(user: User | None, chat: Chat | None) -> User | None:
    """Who voted or reacted, None where that was done in the name of a chat or by a bot."""
    if user is None or chat or user.id == CHANNEL_BOT or user.is_bot:
        return None
    return user


def is_somebody(target: Target) -> bool:
    """Whether a person wrote the message that is replied to, in their own name."""
    author = target.from_
    return not (author is None or author.is_bot or author.id == TELEGRAM or target.sender_chat)


def _is_anonymous_admin(message: Message, author: User) -> bool:
    return (
        author.id == ANONYMOUS_ADMIN and message.sender_chat is not None and message.sender_chat.id == message.chat.id
    )
