"""What Telegram and its library say went wrong, in the core's words."""

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from adapters.telegram.received import NAME
from adapters.telegram.request import Limited, NotSent
from bot.chat.errors import Ambiguous, Gone, Moved, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.places import Place

UNREADABLE_WAIT = timedelta(seconds=30)
"""How long we wait after a 429 that names no time."""

_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message with poll to stop not found",
    "message is not a poll",
    "poll can't be stopped",
    "message_id_invalid",
    "chat not found",
    "group chat was deactivated",
    "the group has been migrated",
    "peer_id_invalid",
    "user not found",
    "user_id_invalid",
    "user_not_participant",
    "participant_id_invalid",
    "message to pin not found",
    "hide_requester_missing",
    "user_already_participant",
)
_UNCHANGED = (
    "message is not modified",
    "poll has already been closed",
    "topic_not_modified",
    "chat_not_modified",
    "message to unpin not found",
)
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_UNREADABLE = (
    "can't parse",
    "is too long",
    "message_too_long",
    "entity",
    "entities",
    "text is empty",
    "must be non-empty",
)
_BAD_BUTTONS = ("button", "reply markup", "inline keyboard")


class TopicGone(PlatformError):
    """The topic was closed or deleted; the rest of the group still stands."""


class Unreadable(PlatformError):
    """Telegram cannot take the text or the buttons as we drew them: a fault of ours, not of the person."""

    def __init__(self, reason: str, *, buttons: bool) -> None:
        super().__init__(reason)
        self.buttons = buttons


class Captioned(PlatformError):
    """The message is a file, whose words are a caption."""


class Unchanged(PlatformError):
    """The message stands already as it should."""


class TooLate(PlatformError):
    """The press waits no longer for an answer."""


class Revoked(PlatformError):
    """The token is not valid (any more): every further call is useless and harmful."""


def translate(error: TelegramError) -> PlatformError:
    """The core's error for the library's; the order of the cases matters, because they inherit from each other."""
    match error:
        case Limited():
            return SlowDown(UNREADABLE_WAIT if error.after is None else timedelta(seconds=error.after))
        case ChatMigrated():
            return Moved(Place(NAME, str(error.new_chat_id)))
        case InvalidToken():
            return Revoked()
        case Forbidden():
            return Gone(error.message)
        case BadRequest():
            return _refused(error.message)
        case NotSent():
            return Unreachable(error.message)
    return Ambiguous(error.message)


def _refused(message: str) -> PlatformError:
    said = message.lower()
    if any(words in said for words in _UNCHANGED):
        return Unchanged(message)
    if "no text in the message to edit" in said:
        return Captioned(message)
    if "query is too old" in said:
        return TooLate(message)
    if any(words in said for words in _NO_TOPIC):
        return TopicGone(message)
    if any(words in said for words in _GONE):
        return Gone(message)
    if any(words in said for words in _BAD_BUTTONS):
        return Unreadable(message, buttons=True)
    if any(words in said for words in _UNREADABLE):
        return Unreadable(message, buttons=False)
    return Refused(message)
