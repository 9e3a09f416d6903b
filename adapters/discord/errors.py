"""Failures of calls to Discord, as the core's errors."""

from datetime import timedelta

import aiohttp
import discord

from bot.chat.errors import Ambiguous, Gone, PlatformError, Refused, SlowDown, Unreachable

UNKNOWN = frozenset({10003, 10004, 10008, 10009, 10011, 10015, 50001})
"""Unknown channel, guild, message, overwrite, role or webhook, and missing access: we are not there any more."""

UNKNOWN_MEMBER, UNKNOWN_USER, UNKNOWN_BAN = 10007, 10013, 10026
UNKNOWN_EVENT, FINISHED_EVENT = 10070, 180000

ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION, INVALID_WEBHOOK_TOKEN = 40060, 10062, 50027
ARCHIVED = 50083
ALREADY_OPENED = 160004
INVALID_FORM, EMPTY_MESSAGE = 50035, 50006

BAN = timedelta(minutes=15)
"""How long nothing is sent after the edge network refused us; asking again inside a ban makes it longer."""


class Banned(SlowDown):
    """Discord's edge refuses this address; everything must stop for a while."""


class BadForm(Refused):
    """Discord does not take the body: a limit of theirs that we do not know, or a mistake of ours."""


class Opened(Refused):
    """The message has its thread already."""


class Absent(Gone):
    """The account is no member of the guild."""


class UnknownBan(Gone):
    """The account is not banned."""


class UnknownEvent(Gone):
    """The scheduled event is no more, or over."""


class Revoked(Unreachable):
    """The token is no longer valid; nothing may be asked any more."""


_KINDS: dict[int, type[Gone | Refused]] = {
    INVALID_FORM: BadForm,
    EMPTY_MESSAGE: BadForm,
    ALREADY_OPENED: Opened,
    UNKNOWN_MEMBER: Absent,
    UNKNOWN_USER: Absent,
    UNKNOWN_BAN: UnknownBan,
    UNKNOWN_EVENT: UnknownEvent,
    FINISHED_EVENT: UnknownEvent,
}


def translate(error: Exception) -> PlatformError:
    """The core's word for what went wrong."""
    match error:
        case PlatformError():
            return error
        case discord.RateLimited():
            return SlowDown(timedelta(seconds=error.retry_after))
        case discord.HTTPException():
            return _answered(error)
        case aiohttp.ClientConnectorError():
            return Unreachable(type(error).__name__)
        case _:
            # A cut or unreadable answer, a time-out, a reset: it may have worked.
            return Ambiguous(type(error).__name__)


def _answered(error: discord.HTTPException) -> PlatformError:
    if error.status == 429:
        return Banned(BAN)
    if error.status == 401 and error.code != INVALID_WEBHOOK_TOKEN:
        return Revoked("the token was refused")
    if error.status >= 500:
        return Ambiguous(f"status {error.status}")
    if error.code in UNKNOWN:
        return Gone(f"code {error.code}")
    kind = _KINDS.get(error.code, Refused)
    return kind(f"status {error.status}, code {error.code}")
