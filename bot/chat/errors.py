"""The two kinds of error: a sentence for a person, and what a platform did not do."""

from datetime import timedelta

from bot.chat.message import Button
from bot.chat.places import Place
from bot.chat.text import T


class Refusal(Exception):
    """A kind "no": the sentence is shown privately, everything is rolled back.

    `buttons` offer the next step.
    """

    def __init__(self, text: T, *buttons: Button) -> None:
        super().__init__(text.source)
        self.text = text
        self.buttons = buttons


class PlatformError(Exception):
    """A platform did not do what we asked."""


class Gone(PlatformError):
    """The message, topic or chat no longer exists, or we were put out of it. Trying again is no use."""


class Moved(PlatformError):
    """The chat goes on elsewhere (a Telegram group became a supergroup)."""

    def __init__(self, to: Place) -> None:
        super().__init__()
        self.to = to


class SlowDown(PlatformError):
    """The platform refuses for now, surely without effect; try again `after` this time."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"after {after}")
        self.after = after


class Unreachable(PlatformError):
    """The request surely had no effect (it never left, or was refused for now); try again later."""


class Ambiguous(PlatformError):
    """The request may or may not have had its effect: the reply was lost."""


class Refused(PlatformError):
    """The platform will not do this here (a right is missing); `reason` is its own word, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenRefused(Exception):
    """The platform does not know the bot's token (any more); starting again is no use."""


class Unavailable(Exception):
    """The store cannot take the event now (locked, full, read-only); it must not be acknowledged."""
