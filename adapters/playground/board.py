"""The chats of the playground in memory, and what the core asks of a platform."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

import msgspec

from adapters.playground.cast import DISCORD, GROUPS, PLATFORM, TELEGRAM, Actor
from adapters.playground.habits import Habits
from adapters.playground.room import Room
from adapters.playground.shelf import Leaf, Shelf
from adapters.playground.transcript import Entry, Transcript
from bot.chat.act import (
    Act,
    Admit,
    Announce,
    Ban,
    Decline,
    Gather,
    Leader,
    Lock,
    Menu,
    Mute,
    Pin,
    Remove,
    Roll,
    Tag,
    Unban,
    Unlock,
    Unmute,
    Unpin,
    Whisper,
    Withdraw,
)
from bot.chat.errors import Gone, Refused
from bot.chat.file import File
from bot.chat.fit import fit
from bot.chat.message import Message
from bot.chat.places import Ability, Account, Place, Power, Ref, Role
from bot.ports import Clock

LONGEST_TAG = 16
"""Telegram's limit for a member tag."""

_NEEDS: Mapping[type[Act], Ability] = {
    Mute: Ability.RESTRICT,
    Unmute: Ability.RESTRICT,
    Ban: Ability.BAN,
    Unban: Ability.BAN,
    Pin: Ability.PIN,
    Unpin: Ability.PIN,
    Remove: Ability.DELETE,
    Lock: Ability.LOCK,
    Unlock: Ability.LOCK,
    Admit: Ability.ADMIT,
    Decline: Ability.ADMIT,
    Tag: Ability.TAG,
    Whisper: Ability.SEND,
    Menu: Ability.SEND,
    Roll: Ability.SEND,
}
"""What the bot must be allowed for an act; events and voice channels are not played here."""


class Board:
    """Where messages stand: two groups, and a private chat for each of the cast."""

    name = PLATFORM
    repeats_safely = True
    has_polls = False
    has_events = False
    whispers = True

    def __init__(self, cast: Iterable[Actor], clock: Clock, habits: Mapping[Place, Habits]) -> None:
        self.cast = {actor.account: actor for actor in cast}
        self.clock = clock
        self.transcript = Transcript()
        self.shelf = Shelf()
        self.rooms = {place: Room() for place in GROUPS}
        self._habits = habits

    def habits(self, place: Place) -> Habits:
        """How the chat behaves; private chats are of the Telegram kind."""
        return self._habits[DISCORD if place == DISCORD else TELEGRAM]

    def actor(self, account: Account) -> Actor:
        """The person with that account; LookupError if nobody has it."""
        return self.cast[account]

    def may(self, place: Place, *abilities: Ability, height: int = 3) -> None:
        """Let the bot do this and nothing else in that group, and stand that high."""
        room = self.rooms[place]
        room.abilities, room.height = frozenset(abilities), height

    def abilities(self, place: Place) -> frozenset[Ability]:
        """What the bot may do in that group."""
        return self.rooms[place].abilities

    def muted(self, place: Place) -> Mapping[Account, datetime | None]:
        """Who is muted there at this moment, and until when; None for until that is lifted."""
        return self.rooms[place].silenced(self.clock())

    def pins(self, place: Place) -> list[Entry]:
        """What is pinned there, the newest first."""
        return [entry for each in self.rooms[place].pins if (entry := self.transcript.get(each))]

    def cast_as(self, actor: Actor) -> None:
        """Add a person, or change their name, role or language."""
        self.cast[actor.account] = actor

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post a message; the same key posts nothing more."""
        self._check_known(place)
        pages, files = self._drawn(place, message)
        entry = self.transcript.post(
            place, None, pages, self.clock(), sounds=not message.silent, files=files, key=f"send:{key}"
        )
        return Ref(place, entry.id)

    async def edit(self, ref: Ref, message: Message) -> None:
        """Change a message that stands here; raises Gone if it does not."""
        entry = self.transcript.get(ref.message)
        if entry is None:
            raise Gone
        self.transcript.edit(entry, *self._drawn(ref.place, message))

    async def delete(self, ref: Ref) -> None:
        """Take a message away."""
        entry = self.transcript.get(ref.message)
        if entry:
            self.transcript.delete(entry)

    async def fetch(self, file: File, most: int) -> bytes:
        """The content of a file that somebody sent."""
        found = self.shelf.get(file.id)
        if found is None:
            raise Gone
        if len(found.content) > most:
            raise Refused("too large")
        return found.content

    async def role(self, place: Place, account: Account) -> Role:
        """The person's standing in the groups."""
        return (await self.power(place, account)).role

    async def power(self, place: Place, account: Account | None) -> Power:
        """What that person, or with None the bot, is and may do in a group."""
        actor = self.cast.get(account) if account else None
        if place not in self.rooms or (account and actor is None):
            return Power(bot=account is None)
        return self.rooms[place].power(actor)

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Do that in a group; raises Refused for what the bot or this kind of chat cannot do."""
        room = self.rooms.get(place)
        if room is None or _NEEDS.get(type(act)) not in room.abilities:
            raise Refused(type(act).__name__)
        match act:
            case Mute() | Unmute() | Ban() | Unban() | Tag():
                self._change(place, room, act)
            case Pin() | Unpin() | Remove():
                self._move(room, act)
            case Lock():
                before = "open" if room.lock in ("", key) else ""
                room.lock = room.lock or key
                self.transcript.touch()
                return before
            case Unlock():
                room.lock = ""
            case Admit() | Decline():
                if act.account not in room.knocking:
                    raise Gone
                room.knocking.remove(act.account)
                if isinstance(act, Admit):
                    room.enter(act.account)
            case Whisper():
                self._whisper(place, act, key)
            case Menu() | Announce() | Withdraw() | Gather():
                pass  # every command is always shown here; what is not done here was refused above
            case Roll():
                return self._roll(room)
            case _:
                assert_never(act)
        self.transcript.touch()
        return ""

    def _roll(self, room: Room) -> str:
        powers = [(actor, room.power(actor)) for actor in self.cast.values()]
        leaders = [
            Leader(actor.account.id, actor.name, actor.id, power.role)
            for actor, power in powers
            if power.here and power.role >= Role.MODERATOR
        ]
        return msgspec.json.encode(leaders).decode()

    async def private(self, account: Account) -> Place:
        """The person's private chat."""
        if account not in self.cast:
            raise Refused("unknown account")
        return self.actor(account).private

    def invite(self) -> str:
        """There is nowhere else to invite the bot to."""
        return ""

    def link(self, ref: Ref) -> str:
        """No message here has an address."""
        return ""

    def _change(self, place: Place, room: Room, act: Mute | Unmute | Ban | Unban | Tag) -> None:
        """Somebody's standing, which nobody may change who stands no higher."""
        actor = self.cast.get(act.account)
        if actor is None:
            raise Refused("unknown account")
        if isinstance(act, Mute | Ban) and (actor.owner or room.power(actor).height >= room.height):
            raise Refused("stands too high")
        match act:
            case Mute():
                longest = self.habits(place).mute
                latest = self.clock() + longest if longest else None
                room.muted[act.account] = min(filter(None, (act.until, latest)), default=None)
            case Unmute():
                room.muted.pop(act.account, None)
            case Ban():
                room.ban(act.account)
            case Unban():
                room.banned.discard(act.account)
            case Tag():
                if len(act.words) > LONGEST_TAG:
                    raise Refused("too long")
                room.tags.pop(act.account, None)
                if act.words:
                    room.tags[act.account] = act.words

    def _move(self, room: Room, act: Pin | Unpin | Remove) -> None:
        """A message, pinned, taken down or deleted."""
        entry, identifier = self.transcript.get(act.ref.message), act.ref.message
        if isinstance(act, Unpin):
            room.pins = [each for each in room.pins if each != identifier]
        elif entry is None:
            raise Gone
        elif isinstance(act, Remove):
            self.transcript.delete(entry)
        elif identifier not in room.pins:
            room.pins.insert(0, identifier)
            if act.loud:
                self.transcript.ring()

    def _whisper(self, place: Place, act: Whisper, key: str) -> None:
        if not self.habits(place).whispers or act.account not in self.cast:
            raise Refused("nobody to whisper to")
        pages, files = self._drawn(place, act.message)
        self.transcript.post(place, None, pages, self.clock(), only=act.account, files=files, key=f"send:{key}")

    def _drawn(self, place: Place, message: Message) -> tuple[tuple[Message, ...], tuple[Leaf, ...]]:
        """The message as pages within the chat's limits, and its files, which the shelf keeps."""
        pages = fit(replace(message, files=()), self.habits(place).profile)
        return tuple(pages), self.shelf.keep(message.files)

    def _check_known(self, place: Place) -> None:
        if place not in GROUPS and Account(PLATFORM, place.chat) not in self.cast:
            raise Gone
