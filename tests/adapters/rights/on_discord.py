"""The court on the fake Discord: a server whose roles say who may what, with a bot that stands above all of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from adapters.discord.slash import registered
from bot.chat.places import Account, Place
from bot.chat.press import Press
from bot.features import FEATURES
from bot.index import Index
from tests.adapters.discord.circle import MODERATOR, Circle, circled
from tests.adapters.rights.court import NOBODY, Court
from tests.adapters.rights.linking import Elsewhere
from tests.adapters.rights.outcome import Effect
from tests.wire.discord import Message, Person
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered
from tests.wire.discord.state import (
    ADD_REACTIONS,
    ADMINISTRATOR,
    BAN_MEMBERS,
    MANAGE_GUILD,
    MANAGE_ROLES,
    MEMBER,
    MODERATE_MEMBERS,
    PINNED,
)
from tests.wire.truth import Entry

INDEX = Index(FEATURES)

BARE = MEMBER | ADD_REACTIONS
HEIGHT = 9
"""Where the bot's role stands: above every other one."""

ROLES = {
    "admin": (MEMBER | ADMINISTRATOR, 5),
    "weak": (MEMBER | MANAGE_GUILD, 4),
    "moderator": (MODERATOR, 2),
    "peer": (MODERATOR, 2),
    "demoted": (MODERATOR, 2),
    "gone": (MODERATOR, 2),
}
REMOVING = "DELETE /channels/{channel_id}/messages/{message_id}"
EFFECTS = {
    "PATCH /guilds/{guild_id}/members/{user_id}": Effect.RESTRICT,
    "PUT /guilds/{guild_id}/bans/{user_id}": Effect.BAN,
    "DELETE /guilds/{guild_id}/bans/{user_id}": Effect.UNBAN,
    "PUT /channels/{channel_id}/messages/pins/{message_id}": Effect.PIN,
    "DELETE /channels/{channel_id}/messages/pins/{message_id}": Effect.UNPIN,
    REMOVING: Effect.REMOVE,
    "PUT /channels/{channel_id}/permissions/{overwrite_id}": Effect.LOCK,
    "DELETE /channels/{channel_id}/permissions/{overwrite_id}": Effect.LOCK,
    "PATCH /channels/{channel_id}": Effect.LOCK,
}
SAYING = ("POST /channels/{channel_id}/messages", "PATCH /channels/{channel_id}/messages/{message_id}")
WORDS = ("/interactions/", "/webhooks/", "/reactions/", "/applications/", "/users/@me", "/typing")
"""Parts of the paths that only say something."""


class DiscordCourt(Court):
    """See Court."""

    platform = "discord"

    def __init__(self, circle: Circle) -> None:
        self.circle, self.stage, self.state = circle, circle.stage, circle.state
        self.app, self.store = circle.stage.app, circle.stage.store
        self.community = circle.community
        self.people = circle.server.people
        self.cast: dict[str, Any] = {"owner": circle.ada}
        self._items: list[Interaction] = []
        self._people: dict[str, Person] = {}
        self._commands: set[int] = set()

    async def gather(self) -> None:
        """Everybody takes their seat."""
        self.circle.grant(MODERATE_MEMBERS | BAN_MEMBERS | MANAGE_ROLES, HEIGHT)
        names = (*ROLES, "trusted", "member", "newcomer", "author", "left")
        for name in names:
            self.cast[name] = person = self.state.add_person(name, display=name.title())
            self.state.join(self.stage.guild, person)
        self.cast["robot"] = self.state.add_person("robot", bot=True)
        self.state.join(self.stage.guild, self.cast["robot"])
        self.cast["us"] = self.state.bot
        await self.enrol("owner", *names)
        for name, (bits, position) in ROLES.items():
            await self.circle.appoint(self.cast[name], bits, position)
        for name in ("moderator", "peer", "demoted"):
            await self.writes(name, "modlog")
        await self.circle.appoint(self.cast["demoted"], MEMBER)
        for name in ("gone", "left"):
            await self.circle.leaves(self.cast[name])
        self.elsewhere = self._elsewhere()
        await self.set_up()
        await self.settle()

    def _elsewhere(self) -> Elsewhere:
        self.cast["partner"] = partner = self.state.add_person("partner")
        guild = self.state.add_guild("Kimia", partner)
        at = Place("discord", str(guild.id), str(self.state.add_channel(guild, "umum").id))
        return Elsewhere(self.store, self.community, at, self.account("partner"))

    def account(self, name: str) -> Account:
        return Account("discord", str(self.cast[name].id))

    def place(self) -> Place:
        return self.stage.place

    async def settle(self) -> None:
        await self.stage.discord.reception.drain()
        await super().settle()
        await self.stage.discord.reception.drain()

    async def writes(self, name: str, line: str, *, to: str = "", private: bool = False) -> None:
        """By a slash command where one says it all, else in words to the bot."""
        if private or to or name in NOBODY:
            await self._says(name, line, to, private)
        else:
            path, options = self._slash(line)
            self._items.append(
                await answered(await self.people.slash(self.cast[name], self.stage.channel, path, options), 5)
            )
        await self.settle()

    def _slash(self, line: str) -> tuple[str, dict[str, Any]]:
        """The path under which the command stands, and its options."""
        found = INDEX.find(line)
        name, *words = line.split(" ", 2)
        assert found
        options: dict[str, Any] = {}
        match name, words:
            case "mute", [whom, *_]:
                options = {"person": self._people[whom], "span": "3h"}
            case "warn", [whom]:
                options = {"person": self._people[whom]}
            case "warn" | "ban", [whom, reason]:
                options = {"person": self._people[whom], "reason": reason}
            case "unwarn" | "unmute" | "unban", [whom]:
                options = {"person": self._people[whom]}
            case "lock", _:
                options = {"length": words[-1]} | ({"what": words[0]} if len(words) > 1 else {})
            case "rules", [_, *_]:
                options = {"text": " ".join(words)}
        return registered(found.command), options

    async def number(self, name: str) -> int:
        found = await super().number(name)
        self._people[f"#{found}"] = self.cast[name]
        return found

    async def _says(self, name: str, line: str, to: str, private: bool) -> None:
        person: Person = self.cast[name]
        call = "/" if private else f"<@{self.state.bot.id}> /"
        where = self.state.direct_channel(person) if private else self.stage.channel
        target = self.state.messages[int(to)] if to else None
        settled = self.stage.discord.reception.settled
        self._commands.add((await self.people.say(person, where, f"{call}{line}", reply_to=target)).id)
        if name != "us":
            await self.stage.until(lambda: self.stage.discord.reception.settled > settled)

    async def presses(self, name: str, press: Press) -> None:
        if name in NOBODY:
            return
        person: Person = self.cast[name]
        is_here = person.id in self.stage.guild.members
        where = self.stage.channel if is_here else self.state.direct_channel(person)
        only = person.id if is_here else None
        card = Message(self.state.new_id(), where.id, self.state.bot.id, self.state.clock.now(), only_for=only)
        self.state.messages[card.id] = card
        pressed = await self.people.press(person, card, self.app.sign(press), forged=True)
        self._items.append(await answered(pressed, 5))
        await self.settle()

    async def answers(self, name: str, words: str) -> None:
        opened = next(item for item in reversed(self._items) if item.modal and item.person is self.cast[name])
        self._items.append(await answered(await self.people.submit(opened, {"reason": words}), 5))
        await self.settle()

    async def demote(self, name: str) -> None:
        await self.circle.appoint(self.cast[name], MEMBER)

    async def disarm(self, *, height: int = 0) -> None:
        self.stage.guild.bot_position = height or HEIGHT
        if not height:
            self.stage.guild.bot_permissions = BARE

    async def speaks(self, name: str) -> str:
        person = self.cast[{"left": "author", "channel": "robot"}.get(name, name)]
        if name == "us":
            said = Message(
                self.state.new_id(), self.stage.channel.id, person.id, self.state.clock.now(), content="Jadwal"
            )
            self.state.messages[said.id] = said
        else:
            said = await self.people.say(person, self.stage.channel, "Jadwal")
        return str(said.id)

    async def newcomer(self) -> str:
        name = f"fresh{len(self.cast)}"
        self.cast[name] = self.state.add_person(name)
        await self.people.enter(self.cast[name], self.stage.guild)
        await self.enrol(name)
        return name

    def heard(self, name: str) -> list[str]:
        if name in NOBODY:
            return []
        person: Person = self.cast[name]
        private = self.state.direct_channel(person).id
        said = [(m.id, m.text) for m in self._ours() if m.only_for == person.id or m.channel_id == private]
        asked = [(item.id, str(item.modal)) for item in self._items if item.modal and item.person is person]
        return [text for _, text in sorted(said + asked)]

    def public(self) -> list[str]:
        here = self.stage.channel.id
        return [m.text for m in self._ours() if m.only_for is None and m.channel_id == here and m.kind != PINNED]

    def _ours(self) -> list[Message]:
        return [each for each in self.state.messages.values() if each.author_id == self.state.bot.id]

    def effects(self) -> list[Effect]:
        """Calls, but for messages that are tidied away: a command, and what Discord reports of a silent pin."""
        tidied = {each.cause for each in self.stage.server.truth.find("effect", REMOVING) if self._is_tidied(each)}
        calls = [each for each in self.stage.server.truth.find("call") if " /" in each.method]
        return [EFFECTS[e.method] for e in calls if not (_is_word(e.method) or f"call:{e.number}" in tidied)]

    def _is_tidied(self, removal: Entry) -> bool:
        number = int(removal.detail["message"])
        return number in self._commands or self.state.messages[number].kind == PINNED


def _is_word(method: str) -> bool:
    return method.startswith("GET ") or method in SAYING or any(part in method for part in WORDS)


@asynccontextmanager
async def on_discord(folder: Path) -> AsyncIterator[DiscordCourt]:
    """The court in session."""
    async with circled(folder) as circle:
        court = DiscordCourt(circle)
        await court.gather()
        yield court
