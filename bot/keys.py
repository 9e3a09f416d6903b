"""The keys that sign buttons: from the settings, or kept in a file beside the SQLite database."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

BYTES = 32
"""Bytes of a key that we make."""


class BadKeyFile(Exception):
    """The key file holds no key; the message says what to do."""


def read_keys(given: Sequence[str], database: Path | None) -> tuple[bytes, ...]:
    """The keys, the signing one first; the file is made at the first start. Raises BadKeyFile.

    Where keys are given, that of an older file still reads the buttons that it signed.
    """
    chosen = tuple(key.encode() for key in given)
    path = database.with_name(database.name + ".key") if database else None
    if path is None or (chosen and not path.exists()):
        return chosen
    try:
        key = path.read_text("ascii").strip()
    except FileNotFoundError:
        key = _make(path)
    except UnicodeDecodeError:
        key = ""
    if len(key) < BYTES:
        raise BadKeyFile(
            f"{path} holds no key. Put it back from a backup, or remove it: old buttons then stop working."
        )
    return (*chosen, key.encode())


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(descriptor)
    return key
