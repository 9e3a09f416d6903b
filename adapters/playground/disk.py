"""Files of this machine for the terminal: one named behind the words is sent along, one that comes is saved."""

import mimetypes
import re
import tempfile
from functools import cache
from pathlib import Path

from adapters.playground.shelf import LARGEST_FILE, Leaf
from bot.chat.file import Document

_NAMED = re.compile(r'(?:^|\s)@(?:"(?P<quoted>[^"]+)"|(?P<bare>\S+))\Z')
_UNSAFE = re.compile(r"[^\w.-]+")


def with_file(line: str) -> tuple[str, Document | None]:
    """The words, and the file that `@path` at their end names; a name of no such file stays a word."""
    named = _NAMED.search(line)
    path = Path(named["quoted"] or named["bare"]).expanduser() if named else None
    if named is None or path is None or not path.is_file() or not 0 < path.stat().st_size <= LARGEST_FILE:
        return line, None
    kind = mimetypes.guess_type(path.name)[0] or ""
    return line[: named.start()].rstrip(), Document(path.name, path.read_bytes(), kind)


def save(leaf: Leaf, file: Document) -> Path:
    """Where the file stands on this machine from now on, in a folder of this run."""
    path = _folder() / f"{leaf.id[:8]}-{_UNSAFE.sub('_', file.name)[-100:]}"
    if not path.exists():
        path.write_bytes(file.content)
    return path


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="bareng-"))
