"""A receipt without words: a thumb at the message that was meant."""

import structlog

from adapters.telegram.received import NAME, Source
from adapters.telegram.sender import Sender
from bot.chat.errors import PlatformError
from bot.chat.places import Ref

log = structlog.get_logger()


async def leave_mark(sender: Sender, source: Source, on: Ref | None) -> bool:
    """Mark that message, or the one that was written in a group; returns whether that is answer enough.

    It is not for a press and in a private chat, nor where nothing can be marked.
    """
    chat, message = source.chat, 0 if source.press or source.private else source.message
    if on is not None and on.place.platform == NAME:
        chat, message = int(on.place.chat), int(on.message)
    if not message:
        return False
    try:
        await sender.mark(chat, message)
    except PlatformError as error:
        log.info("not_marked", error=repr(error))  # a group may allow no reactions, or not this one
        return False
    return not (source.press or source.private)
