"""REST operations on the application, users and guilds."""

from __future__ import annotations

from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.state import Guild, Refused, State
from tests.wire.discord.validation import command_problems
from tests.wire.truth import TruthLog

Answer = tuple[int, Any]


class Handlers:
    """Everything that is not about messages; `host` is where the gateway listens."""

    def __init__(self, state: State, gateway: Gateway, truth: TruthLog) -> None:
        self.state, self.gateway, self.truth = state, gateway, truth
        self.command_writes = 0
        self.host = ""

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        commands = "/applications/{application_id}/commands"
        guild_commands = "/applications/{application_id}/guilds/{guild_id}/commands"
        return {
            "GET /applications/@me": lambda call: (200, shapes.application(self.state)),
            "GET /oauth2/applications/@me": lambda call: (200, shapes.application(self.state)),
            "GET /users/@me": lambda call: (
                200,
                shapes.user(self.state.bot) | {"mfa_enabled": True, "locale": "en-US"},
            ),
            "GET /users/{user_id}": self.get_user,
            "GET /users/@me/guilds": self.my_guilds,
            "POST /users/@me/channels": self.open_direct,
            "GET /gateway": lambda call: (200, {"url": f"ws://{self.host}/gateway"}),
            "GET /gateway/bot": self.gateway_bot,
            f"GET {commands}": self.get_commands,
            f"PUT {commands}": self.put_commands,
            f"GET {guild_commands}": self.get_commands,
            f"PUT {guild_commands}": self.put_commands,
            "GET /guilds/{guild_id}/channels": self.guild_channels,
            "GET /guilds/{guild_id}/roles": lambda call: (200, shapes.roles(self.guild(call))),
            "GET /guilds/{guild_id}": lambda call: (200, shapes.guild(self.guild(call))),
            "GET /guilds/{guild_id}/members/{user_id}": self.get_member,
        }

    def get_user(self, call: Call) -> Answer:
        person = self.state.people.get(call.id("user_id"))
        if person is None:
            raise Refused(404, 10013, "Unknown User")
        return 200, shapes.user(person)

    def my_guilds(self, call: Call) -> Answer:
        return 200, [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": False,
                "permissions": str(guild.bot_permissions),
                "features": [],
            }
            for guild in self.state.guilds.values()
        ]

    def open_direct(self, call: Call) -> Answer:
        person = self.state.people.get(int(call.body["recipient_id"]))
        if person is None:
            raise Refused(400, 50033, "Invalid Recipient(s)")
        return 200, shapes.channel(self.state, self.state.direct_channel(person))

    def gateway_bot(self, call: Call) -> Answer:
        return 200, {
            "url": f"ws://{self.host}/gateway",
            "shards": 1,
            "session_start_limit": {
                "total": 1000,
                "remaining": max(0, self.gateway.identifies_left),
                "reset_after": 86_400_000,
                "max_concurrency": 1,
            },
        }

    def get_commands(self, call: Call) -> Answer:
        return 200, self.state.commands.get(self._scope(call), [])

    def put_commands(self, call: Call) -> Answer:
        problems = command_problems(call.body)
        if problems:
            raise Refused(400, 50035, "Invalid Form Body: " + "; ".join(problems))
        self.command_writes += 1
        old = {(c["type"], c["name"]): c["id"] for c in self.state.commands.get(self._scope(call), [])}
        kept = [self._registered(command, old) for command in call.body]
        self.state.commands[self._scope(call)] = kept
        self.truth.record("effect", call.operation, call.place, f"call:{call.number}", count=len(kept))
        return 200, kept

    def _registered(self, command: dict[str, Any], old: dict[tuple[int, str], str]) -> dict[str, Any]:
        kind = command.get("type") or 1
        bits = command.get("default_member_permissions")
        return {
            **{key: value for key, value in command.items() if value is not None},
            "type": kind,
            "description": command.get("description") or "",
            "version": str(self.state.new_id()),
            "id": old.get((kind, command["name"])) or str(self.state.new_id()),
            "application_id": str(self.state.application_id),
            "default_member_permissions": None if bits is None else str(bits),
        }

    def guild_channels(self, call: Call) -> Answer:
        guild = self.guild(call)
        return 200, [
            shapes.channel(self.state, channel)
            for channel in self.state.channels.values()
            if channel.guild_id == guild.id and not channel.is_thread and not channel.gone
        ]

    def get_member(self, call: Call) -> Answer:
        guild, person_id = self.guild(call), call.id("user_id")
        if person_id not in guild.members and person_id != self.state.bot.id:
            raise Refused(404, 10007, "Unknown Member")
        return 200, shapes.member(self.state, guild, self.state.people[person_id])

    def guild(self, call: Call) -> Guild:
        """The guild of a call, if the bot is in it."""
        guild = self.state.guilds.get(call.id("guild_id"))
        if guild is None:
            raise Refused(404, 10004, "Unknown Guild")
        return guild

    @staticmethod
    def _scope(call: Call) -> int | None:
        return call.id("guild_id") if "guild_id" in call.params else None
