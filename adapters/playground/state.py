"""What holds in the groups beside their messages, as one person sees it."""

from collections.abc import Iterator

from adapters.playground.adapter import Playground
from adapters.playground.cast import DISCORD, Actor
from adapters.playground.plain import plain
from adapters.playground.room import Room
from adapters.playground.words import PAGE
from bot.chat.fit import shorten
from bot.chat.places import Account, Place
from bot.chat.text import T
from bot.speech import Speech

Json = dict[str, object]

LONGEST_PIN = 80
"""Characters of a pinned message in a line."""


def rooms(playground: Playground, viewer: Account, speech: Speech) -> Json:
    """Every group by its name: why the viewer cannot write there, the ways in, what is pinned, who is called what."""
    actor = playground.actor(viewer)
    return {place.chat: _room(playground, place, room, actor, speech) for place, room in playground.rooms.items()}


def summary(playground: Playground, place: Place, speech: Speech) -> Iterator[str]:
    """The lock and the pins of a group as plain lines; nothing for a private chat."""
    room = playground.rooms.get(place)
    if room and room.lock:
        yield speech.words(PAGE["locked"])
    for entry in playground.pins(place) if room else ():
        said = " ".join(word for page in entry.pages for word in plain(page).split())
        yield f"{speech.words(PAGE['pinned'])}: {shorten(said, LONGEST_PIN)}"


def _room(playground: Playground, place: Place, room: Room, viewer: Actor, speech: Speech) -> Json:
    now = playground.clock()
    # Who may not write on Discord may still use commands.
    why = room.bars(viewer) or room.mutes(viewer, now) or (room.shuts(viewer) if place != DISCORD else None)
    count = len(playground.cast.keys() - room.away)
    return {
        "barred": speech.words(why) if why else "",
        "ways": _ways(playground, place, room, viewer.account),
        "waits": viewer.account in room.knocking,
        "locked": bool(room.lock),
        "muted": [account.id for account in room.silenced(now)],
        "tags": {account.id: words for account, words in room.tags.items()},
        "pins": [entry.id for entry in playground.pins(place)],
        "members": speech.words(T("{n} person and Bareng", "{n} people and Bareng", n=count)),
    }


def _ways(playground: Playground, place: Place, room: Room, viewer: Account) -> list[str]:
    """The acts by which somebody who is out can come in."""
    if viewer not in room.away or viewer in room.banned:
        return []
    return ["knock", "enter"] if playground.habits(place).knocks else ["enter"]
