"""REST operations by which a bot moderates: time-outs, bans, roles, and the overwrites of channels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.handlers import Handlers
from tests.wire.discord.messages import Later, Messages
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.rights import Overwrite, Role
from tests.wire.discord.state import (
    ADMINISTRATOR,
    BAN_MEMBERS,
    MANAGE_ROLES,
    MODERATE_MEMBERS,
    Channel,
    Guild,
    Person,
    Refused,
    State,
)
from tests.wire.truth import TruthLog

Answer = tuple[int, Any]
LONGEST_MUTE = 28 * 86_400.0
MOST_ROLES = 250


class Moderation:
    """What a bot does to people and channels; nobody is acted on who stands as high as the bot."""

    def __init__(self, handlers: Handlers, messages: Messages, truth: TruthLog, later: Later) -> None:
        self.handlers, self.messages, self.truth, self.later = handlers, messages, truth, later
        self.state: State = handlers.state

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        member, ban = "/guilds/{guild_id}/members/{user_id}", "/guilds/{guild_id}/bans/{user_id}"
        overwrite = "/channels/{channel_id}/permissions/{overwrite_id}"
        return {
            f"PATCH {member}": self.edit_member,
            f"PUT {ban}": self.ban,
            f"DELETE {ban}": self.unban,
            f"PUT {overwrite}": self.lay,
            f"DELETE {overwrite}": self.lift,
            "POST /guilds/{guild_id}/roles": self.make_role,
            f"PUT {member}/roles/{{role_id}}": self.wear,
            f"DELETE {member}/roles/{{role_id}}": self.wear,
        }

    def edit_member(self, call: Call) -> Answer:
        """A time-out is given, changed or ended."""
        guild, person = self._member(call)
        self._require(guild, MODERATE_MEMBERS)
        self._require_above(guild, person)
        if self.state.bits(guild, person) & ADMINISTRATOR:
            raise Refused(403, 50013, "Missing Permissions")
        until = call.body["communication_disabled_until"]
        at = datetime.fromisoformat(until).timestamp() if until else 0.0
        if at > self.state.clock.now() + LONGEST_MUTE:
            raise Refused(400, 50035, "Invalid Form Body: communication_disabled_until: at most 28 days")
        guild.muted[person.id] = at
        self._done(call, person=str(person.id), until=until)
        self._tell_member("UPDATE", guild, person)
        return 200, shapes.member(self.state, guild, person)

    def ban(self, call: Call) -> Answer:
        """Somebody is put out for good, or kept out who never came."""
        guild, person = self.handlers.guild(call), self._person(call)
        self._require(guild, BAN_MEMBERS)
        self._require_above(guild, person)
        here = person.id in guild.members
        guild.members.pop(person.id, None)
        guild.worn.pop(person.id, None)
        guild.banned.add(person.id)
        self._done(call, person=str(person.id))
        told = {"guild_id": str(guild.id), "user": shapes.user(person)}
        self.later("GUILD_BAN_ADD", told, guild.id)
        if here:
            self.later("GUILD_MEMBER_REMOVE", told, guild.id)
        return 204, None

    def unban(self, call: Call) -> Answer:
        """Somebody may come back."""
        guild, person = self.handlers.guild(call), self._person(call)
        self._require(guild, BAN_MEMBERS)
        if person.id not in guild.banned:
            raise Refused(404, 10026, "Unknown Ban")
        guild.banned.remove(person.id)
        self._done(call, person=str(person.id))
        return 204, None

    def lay(self, call: Call) -> Answer:
        """An overwrite is laid on a channel, or changed."""
        channel, who = self._room(call), call.id("overwrite_id")
        before, body = channel.overwrites.get(who, Overwrite()), call.body
        after = Overwrite(body.get("type") or 0, int(body.get("allow") or 0), int(body.get("deny") or 0))
        changed = (before.allow ^ after.allow) | (before.deny ^ after.deny)
        guild = self.state.guilds[channel.guild_id or 0]
        has = self.state.bits(guild, self.state.bot) | self.state.bits(guild, self.state.bot, channel)
        if changed & ~has:
            raise Refused(403, 50013, "Missing Permissions")
        channel.overwrites[who] = after
        self._done(call, overwrite=str(who), allow=after.allow, deny=after.deny)
        self.later("CHANNEL_UPDATE", shapes.channel(self.state, channel), channel.guild_id)
        return 204, None

    def lift(self, call: Call) -> Answer:
        """An overwrite is taken away."""
        channel, who = self._room(call), call.id("overwrite_id")
        if channel.overwrites.pop(who, None) is None:
            raise Refused(404, 10009, "Unknown Overwrite")
        self._done(call, overwrite=str(who))
        self.later("CHANNEL_UPDATE", shapes.channel(self.state, channel), channel.guild_id)
        return 204, None

    def make_role(self, call: Call) -> Answer:
        """A role at the bottom; all others move up."""
        guild, body = self.handlers.guild(call), call.body
        self._require(guild, MANAGE_ROLES)
        bits = body.get("permissions")
        bits = guild.everyone if bits is None else int(bits)
        if bits & ~self.state.bits(guild, self.state.bot):
            raise Refused(403, 50013, "Missing Permissions")
        if len(guild.roles) >= MOST_ROLES - 2:
            raise Refused(400, 30005, "Maximum number of guild roles reached (250)")
        for role in guild.roles.values():
            role.position += 1
        guild.bot_position += 1
        hoist, mentionable = bool(body.get("hoist")), bool(body.get("mentionable"))
        made = Role(self.state.new_id(), body.get("name") or "new role", bits, 1, hoist, mentionable)
        guild.roles[made.id] = made
        self._done(call, role=str(made.id), name=made.name)
        self.later("GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": shapes.role(made)}, guild.id)
        return 200, shapes.role(made)

    def wear(self, call: Call) -> Answer:
        """A role is given or taken."""
        guild, person = self._member(call)
        self._require(guild, MANAGE_ROLES)
        role = guild.roles.get(call.id("role_id"))
        if role is None:
            raise Refused(404, 10011, "Unknown Role")
        if role.position >= self.state.height(guild, self.state.bot):
            raise Refused(403, 50013, "Missing Permissions")
        worn = guild.worn.setdefault(person.id, set())
        (worn.add if call.operation.startswith("PUT") else worn.discard)(role.id)
        self._done(call, person=str(person.id), role=str(role.id))
        self._tell_member("UPDATE", guild, person)
        return 204, None

    def _room(self, call: Call) -> Channel:
        channel = self.messages.channel(call)
        if channel.guild_id is None or channel.is_thread:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        if not self.state.bot_may(channel, MANAGE_ROLES):
            raise Refused(403, 50013, "Missing Permissions")
        return channel

    def _person(self, call: Call) -> Person:
        person = self.state.people.get(call.id("user_id"))
        if person is None:
            raise Refused(404, 10013, "Unknown User")
        return person

    def _member(self, call: Call) -> tuple[Guild, Person]:
        guild, person = self.handlers.guild(call), self._person(call)
        if person.id not in guild.members:
            raise Refused(404, 10007, "Unknown Member")
        return guild, person

    def _require(self, guild: Guild, bits: int) -> None:
        if self.state.bits(guild, self.state.bot) & bits != bits:
            raise Refused(403, 50013, "Missing Permissions")

    def _require_above(self, guild: Guild, person: Person) -> None:
        above = self.state.height(guild, self.state.bot) > self.state.height(guild, person)
        if person.id == guild.owner_id or (person.id in guild.members and not above):
            raise Refused(403, 50013, "Missing Permissions")

    def _done(self, call: Call, **detail: object) -> None:
        self.truth.record("effect", call.operation, call.place, f"call:{call.number}", **detail, reason=call.reason)

    def _tell_member(self, change: str, guild: Guild, person: Person) -> None:
        shape = shapes.member(self.state, guild, person) | {"guild_id": str(guild.id)}
        self.later(f"GUILD_MEMBER_{change}", shape, guild.id)
