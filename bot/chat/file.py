"""Files: what somebody sent, what was fetched of it, and what goes along with a message."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody sent; `id` is what its platform fetches it by. `size` in bytes and `kind` (a MIME type)
    are what the sender's app says, 0 and "" where it says nothing: neither is to be trusted.
    """

    platform: str
    id: str
    name: str = ""
    size: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file, or of words that were written in its place (then without a name)."""

    name: str
    content: bytes = field(repr=False)
    kind: str = ""


PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""Kinds that both platforms show as pictures."""
