"""The files of the playground, in memory: what people sent and what the bot gave, each under an id nobody can guess."""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.chat.file import PICTURES, Document

MOST_TOGETHER = 64 * 2**20
"""Bytes of all files; beyond, the oldest are forgotten."""

LARGEST_FILE = 2 * 2**20
"""Bytes of a file that somebody sends."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file as an entry names it; `size` in bytes."""

    id: str
    name: str
    kind: str
    size: int

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not only offered."""
        return self.kind in PICTURES


class Shelf:
    """Keeps files by ids that nobody can guess; the same file has the same id."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._size = 0

    def keep(self, files: Iterable[Document]) -> tuple[Leaf, ...]:
        """Put files on the shelf."""
        return tuple(map(self._keep, files))

    def get(self, identifier: str) -> Document | None:
        """The file of that id, unless it was forgotten."""
        return self._kept.get(identifier)

    def _keep(self, file: Document) -> Leaf:
        digest = hashlib.blake2b(f"{file.name}\0{file.kind}\0".encode(errors="replace"), key=self._key, digest_size=18)
        digest.update(file.content)
        identifier = digest.hexdigest()
        if identifier not in self._kept:
            self._kept[identifier] = file
            self._size += len(file.content)
        self._kept.move_to_end(identifier)
        while self._size > MOST_TOGETHER:
            self._size -= len(self._kept.popitem(last=False)[1].content)
        return Leaf(identifier, file.name, file.kind, len(file.content))
