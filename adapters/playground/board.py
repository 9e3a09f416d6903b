"""The chats of the playground in memory, and what the core asks of a platform."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from adapters.playground.cast import DISCORD, GROUPS, PLATFORM, TELEGRAM, Actor
from adapters.playground.habits import Habits
from adapters.playground.shelf import Leaf, Shelf
from adapters.playground.transcript import Transcript
from bot.chat.errors import Gone, Refused
from bot.chat.file import File
from bot.chat.fit import fit
from bot.chat.message import Message
from bot.chat.places import Account, Place, Ref, Role
from bot.ports import Clock


class Board:
    """Where messages stand: two groups, and a private chat for each of the cast."""

    name = PLATFORM
    repeats_safely = True
    has_polls = False
    whispers = True

    def __init__(self, cast: Iterable[Actor], clock: Clock, habits: Mapping[Place, Habits]) -> None:
        self.cast = {actor.account: actor for actor in cast}
        self.clock = clock
        self.transcript = Transcript()
        self.shelf = Shelf()
        self._habits = habits

    def habits(self, place: Place) -> Habits:
        """How the chat behaves; private chats are of the Telegram kind."""
        return self._habits[DISCORD if place == DISCORD else TELEGRAM]

    def actor(self, account: Account) -> Actor:
        """The person with that account; LookupError if nobody has it."""
        return self.cast[account]

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
        actor = self.cast.get(account)
        return actor.role if actor and place in GROUPS else Role.GUEST

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

    def _drawn(self, place: Place, message: Message) -> tuple[tuple[Message, ...], tuple[Leaf, ...]]:
        """The message as pages within the chat's limits, and its files, which the shelf keeps."""
        pages = fit(replace(message, files=()), self.habits(place).profile)
        return tuple(pages), self.shelf.keep(message.files)

    def _check_known(self, place: Place) -> None:
        if place not in GROUPS and Account(PLATFORM, place.chat) not in self.cast:
            raise Gone
