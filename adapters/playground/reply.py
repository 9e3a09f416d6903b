"""The entry that another one replies to."""

from collections.abc import Mapping

from adapters.playground.cast import PLATFORM, Actor
from adapters.playground.plain import plain
from adapters.playground.shelf import Leaf
from adapters.playground.transcript import Entry, Transcript
from bot.chat.events import Quoted
from bot.chat.file import File
from bot.chat.places import Account, Place


def replied_to(transcript: Transcript, reply: str, viewer: Account, place: Place) -> Entry | None:
    """The entry with that id, None for ""; LookupError for one that the viewer does not see in that place."""
    if not reply:
        return None
    found = transcript.get(reply)
    if found is None or found.place != place or not found.is_for(viewer):
        raise LookupError(reply)
    return found


def quoted(entry: Entry, cast: Mapping[Account, Actor]) -> Quoted:
    """What the entry says; the bot is nobody."""
    name = cast[entry.author].name if entry.author else ""
    return Quoted("\n\n".join(map(plain, entry.pages)), entry.author, name, first_file(entry.files))


def first_file(leaves: tuple[Leaf, ...]) -> File | None:
    """The first of the files as the core sees it."""
    return next((File(PLATFORM, leaf.id, leaf.name, leaf.size, leaf.kind) for leaf in leaves), None)
