"""What must be had before anything starts: the locks and the keys; what is wrong becomes a plain sentence."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bot import lock
from bot.config import Settings
from bot.keys import BadKeyFile, read_keys
from bot.life import Exit, Stop


def lock_tokens(settings: Settings, locks: ExitStack) -> None:
    """Refuse to run beside another Bareng with the same token, which would fight over every update."""
    for name, token in (("Telegram", settings.telegram.token), ("Discord", settings.discord.token)):
        if token:
            _hold(locks, lock.of_token(token.get_secret_value()), f"runs with the same {name} token")


def lock_database(settings: Settings, locks: ExitStack) -> None:
    """Refuse to touch an SQLite file that another Bareng uses."""
    if path := settings.database.path:
        _hold(locks, lock.beside(path), f"uses {path}")


def button_keys(settings: Settings) -> Sequence[bytes]:
    """The keys that sign buttons, the signing one first."""
    try:
        return read_keys([key.get_secret_value() for key in settings.buttons.keys], settings.database.path)
    except BadKeyFile as error:
        raise Stop(Exit.REFUSED, str(error)) from None


def _hold(locks: ExitStack, path: Path, what: str) -> None:
    try:
        locks.enter_context(lock.hold(path))
    except lock.Held as held:
        who = f"Another Bareng (process {held.holder})" if held.holder else "Another Bareng"
        raise Stop(Exit.REFUSED, f"{who} already {what}. Stop it first, or choose another in the settings.") from None
    except OSError as error:
        raise Stop(Exit.REFUSED, f"Cannot write {path} ({error.strerror or error}). Check who owns it.") from None
