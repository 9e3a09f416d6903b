"""The entry that another one replies to or is about."""

from collections.abc import Mapping

from adapters.playground.cast import DISCORD, GROUPS, PLATFORM, Actor
from adapters.playground.plain import plain
from adapters.playground.shelf import Leaf
from adapters.playground.transcript import Entry, Transcript
from bot.chat.events import Quoted
from bot.chat.file import File
from bot.chat.places import Account, Place, Ref
from bot.said import Said


def replied_to(transcript: Transcript, reply: str, viewer: Account, place: Place) -> Entry | None:
    """The entry with that id, None for ""; LookupError for one that the viewer does not see in that place."""
    if not reply:
        return None
    found = transcript.get(reply)
    if found is None or found.place != place or not found.is_for(viewer):
        raise LookupError(reply)
    return found


def reference(place: Place, entry: str) -> Ref | None:
    """The entry of that id as the core names it, None for ""."""
    return Ref(place, entry) if entry else None


def quoted(entry: Entry, cast: Mapping[Account, Actor]) -> Quoted:
    """What the entry says; the bot is nobody."""
    name = cast[entry.author].name if entry.author else ""
    return Quoted("\n\n".join(map(plain, entry.pages)), entry.author, name, first_file(entry.files), entry.at)


def leave_mark(transcript: Transcript, said: Said, place: Place, written: Entry | None) -> bool:
    """Mark the entry that is meant, or the one that was written; returns whether that is answer enough.

    A slash command leaves nothing on Discord that could be marked.
    """
    entry = transcript.get(said.on.message) if said.on else written
    if not said.marks or place == DISCORD or entry is None:
        return False
    transcript.mark(entry)
    return written is not None and place in GROUPS


def first_file(leaves: tuple[Leaf, ...]) -> File | None:
    """The first of the files as the core sees it."""
    return next((File(PLATFORM, leaf.id, leaf.name, leaf.size, leaf.kind) for leaf in leaves), None)
