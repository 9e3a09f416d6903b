"""Locks between processes: one bot for one SQLite file, one for one token."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):
    """Another process holds the lock; `holder` is its process id as text, "" if unknown."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock until the block ends, or the process does, however it dies; raises Held.

    The file stays: taking it away would let a third process lock another file of the same name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(os.read(descriptor, 20).decode("ascii", "replace").strip()) from None
        os.truncate(descriptor, 0)
        os.write(descriptor, b"%d\n" % os.getpid())
        yield
    finally:
        os.close(descriptor)


def beside(database: Path) -> Path:
    """The lock of an SQLite file."""
    return database.with_name(database.name + ".lock")


def of_token(token: str) -> Path:
    """The lock of a bot's token, for all processes of this user; it does not tell the token."""
    return _folder() / f"{hashlib.sha256(token.encode()).hexdigest()[:20]}.lock"


def _folder() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.access(runtime, os.W_OK):
        return Path(runtime) / "bareng"
    # In a folder that everybody writes to, only one of our own can be trusted.
    folder = Path(tempfile.gettempdir()) / f"bareng-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else; remove it, or set XDG_RUNTIME_DIR")
    return folder
