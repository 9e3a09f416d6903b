"""What each REST operation does to the State."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.components import stored
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.state import (
    MANAGE_MESSAGES,
    PIN_MESSAGES,
    PUBLIC_THREAD,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Channel,
    Guild,
    Message,
    Refused,
    State,
)
from tests.wire.discord.validation import EMPTY, command_problems, message_problems
from tests.wire.truth import TruthLog

Answer = tuple[int, Any]


class Handlers:
    """The operations by their name; `later` takes gateway events that a call causes."""

    def __init__(
        self,
        state: State,
        interactions: Interactions,
        gateway: Gateway,
        truth: TruthLog,
        later: Callable[[str, dict[str, Any], int | None], None],
    ) -> None:
        self.state, self.interactions, self.gateway, self.truth, self.later = state, interactions, gateway, truth, later
        self.nonce_window = 120.0  # seconds; "the past few minutes" of the documentation
        self.command_writes = 0
        self.host = ""
        self._nonces: dict[str, tuple[float, int]] = {}

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        webhook = "/webhooks/{webhook_id}/{webhook_token}"
        message = "/channels/{channel_id}/messages/{message_id}"
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
            "GET /channels/{channel_id}": lambda call: (200, shapes.channel(self.state, self._channel(call))),
            "PATCH /channels/{channel_id}": self.edit_channel,
            "GET /channels/{channel_id}/messages": self.history,
            "POST /channels/{channel_id}/messages": self.post_message,
            f"GET {message}": lambda call: (200, shapes.message(self.state, self._message(call))),
            f"PATCH {message}": self.edit_message,
            f"DELETE {message}": self.delete_message,
            f"PUT {message}/reactions/{{emoji_name}}/@me": self.react,
            f"DELETE {message}/reactions/{{emoji_name}}/@me": self.react,
            f"POST {message}/threads": self.open_thread,
            "POST /channels/{channel_id}/threads": self.open_thread,
            "PUT /channels/{channel_id}/messages/pins/{message_id}": self.pin,
            "DELETE /channels/{channel_id}/messages/pins/{message_id}": self.pin,
            "POST /channels/{channel_id}/typing": lambda call: (204, None),
            "GET /guilds/{guild_id}/channels": self.guild_channels,
            "GET /guilds/{guild_id}/roles": lambda call: (200, shapes.roles(self._guild(call))),
            "GET /guilds/{guild_id}/members/{user_id}": self.get_member,
            "PATCH /guilds/{guild_id}/members/{user_id}": self.get_member,
            "POST /interactions/{interaction_id}/{interaction_token}/callback": self.callback,
            f"POST {webhook}": self.follow_up,
            f"GET {webhook}/messages/@original": self.get_answer,
            f"GET {webhook}/messages/{{message_id}}": self.get_answer,
            f"PATCH {webhook}/messages/@original": self.edit_answer,
            f"PATCH {webhook}/messages/{{message_id}}": self.edit_answer,
            f"DELETE {webhook}/messages/@original": self.delete_answer,
            f"DELETE {webhook}/messages/{{message_id}}": self.delete_answer,
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

    def edit_channel(self, call: Call) -> Answer:
        channel = self._channel(call)
        if channel.type == PUBLIC_THREAD and not self.state.bot_may(channel, 1 << 34):
            raise Refused(403, 50013, "Missing Permissions")
        channel.archived = call.body.get("archived", channel.archived)
        channel.locked = call.body.get("locked", channel.locked)
        return 200, shapes.channel(self.state, channel)

    def history(self, call: Call) -> Answer:
        channel = self._channel(call)
        limit = int(call.query.get("limit", 50))
        newest = sorted(self.state.messages_in(channel), key=lambda message: -message.id)[:limit]
        return 200, [shapes.message(self.state, message) for message in newest]

    def post_message(self, call: Call) -> Answer:
        channel, body = self._writable(call), call.body
        problems = message_problems(body, interaction=False)
        if problems:
            raise Refused(400, 50006 if problems == [EMPTY] else 50035, "Invalid Form Body: " + "; ".join(problems))
        known = self._known(body, channel)
        if known is not None:
            self.truth.record("effect", "nonce", str(channel.id), f"call:{call.number}", message=str(known.id))
            return 200, shapes.message(self.state, known)
        message = self._new_message(body, channel)
        self.truth.record(
            "effect",
            call.operation,
            str(channel.id),
            f"call:{call.number}",
            message=str(message.id),
            nonce=message.nonce,
        )
        self._tell("MESSAGE_CREATE", message, channel)
        return 200, shapes.message(self.state, message)

    def _known(self, body: dict[str, Any], channel: Channel) -> Message | None:
        """The message that already carries this enforced nonce."""
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        at, message_id = self._nonces.get(f"{channel.id}:{body['nonce']}", (-1e9, 0))
        fresh = self.state.clock.now() - at <= self.nonce_window
        return self.state.messages[message_id] if fresh else None

    def _new_message(self, body: dict[str, Any], channel: Channel) -> Message:
        nonce = None if body.get("nonce") is None else str(body["nonce"])
        message = Message(
            self.state.new_id(),
            channel.id,
            self.state.bot.id,
            self.state.clock.now(),
            content=body.get("content") or "",
            embeds=[{"type": "rich"} | embed for embed in body.get("embeds") or []],
            components=stored(body.get("components") or []),
            flags=body.get("flags") or 0,
            nonce=nonce,
        )
        if body.get("message_reference"):
            message.reference = {"type": 0, "channel_id": str(channel.id)} | body["message_reference"]
        self.state.messages[message.id] = message
        if nonce is not None and body.get("enforce_nonce"):
            self._nonces[f"{channel.id}:{nonce}"] = (self.state.clock.now(), message.id)
        return message

    def edit_message(self, call: Call) -> Answer:
        message, channel = self._message(call), self._channel(call)
        if message.author_id != self.state.bot.id:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        if channel.archived:
            raise Refused(400, 50083, "Thread is archived")
        self.interactions.edit(message, call.body)
        self.truth.record("effect", call.operation, str(channel.id), f"call:{call.number}", message=str(message.id))
        self._tell("MESSAGE_UPDATE", message, channel)
        return 200, shapes.message(self.state, message)

    def delete_message(self, call: Call) -> Answer:
        message, channel = self._message(call), self._channel(call)
        if message.author_id != self.state.bot.id and not self.state.bot_may(channel, MANAGE_MESSAGES):
            raise Refused(403, 50013, "Missing Permissions")
        message.deleted = True
        self.truth.record("effect", call.operation, str(channel.id), f"call:{call.number}", message=str(message.id))
        return 204, None

    def react(self, call: Call) -> Answer:
        message, emoji = self._message(call), call.params["emoji_name"]
        if call.operation.startswith("PUT"):
            message.reactions.add(emoji)
        else:
            message.reactions.discard(emoji)
        return 204, None

    def open_thread(self, call: Call) -> Answer:
        channel = self._writable(call)
        thread = Channel(
            call.id("message_id") if "message_id" in call.params else self.state.new_id(),
            PUBLIC_THREAD,
            call.body["name"],
            channel.guild_id,
            parent_id=channel.id,
        )
        self.state.channels[thread.id] = thread
        self.truth.record("effect", call.operation, str(channel.id), f"call:{call.number}", thread=str(thread.id))
        return 201, shapes.channel(self.state, thread)

    def pin(self, call: Call) -> Answer:
        channel, message = self._channel(call), self._message(call)
        if not self.state.bot_may(channel, PIN_MESSAGES):
            raise Refused(403, 50013, "Missing Permissions")
        message.pinned = call.operation.startswith("PUT")
        return 204, None

    def guild_channels(self, call: Call) -> Answer:
        guild = self._guild(call)
        return 200, [
            shapes.channel(self.state, channel)
            for channel in self.state.channels.values()
            if channel.guild_id == guild.id and channel.type != PUBLIC_THREAD and not channel.gone
        ]

    def get_member(self, call: Call) -> Answer:
        guild, person_id = self._guild(call), call.id("user_id")
        if person_id not in guild.members and person_id != self.state.bot.id:
            raise Refused(404, 10007, "Unknown Member")
        return 200, shapes.member(self.state, guild, self.state.people[person_id])

    def callback(self, call: Call) -> Answer:
        token = call.params["interaction_token"]
        answer = self.interactions.callback(call.id("interaction_id"), token, call.body)
        item = self.interactions.by_token[token]
        self.truth.record(
            "effect",
            call.operation,
            str(item.channel.id),
            f"call:{call.number}",
            interaction=str(item.id),
            kind=call.body["type"],
            person=str(item.person.id),
        )
        return (200, answer) if call.query.get("with_response") in {"1", "true", "True"} else (204, None)

    def follow_up(self, call: Call) -> Answer:
        message = self.interactions.follow_up(call.params["webhook_token"], call.body)
        self._note(call, message)
        return (200, shapes.message(self.state, message)) if call.query.get("wait") in {"1", "true"} else (204, None)

    def get_answer(self, call: Call) -> Answer:
        _, message = self.interactions.find(call.params["webhook_token"], self._answer_id(call))
        return 200, shapes.message(self.state, message)

    def edit_answer(self, call: Call) -> Answer:
        message = self.interactions.edit_by_token(call.params["webhook_token"], self._answer_id(call), call.body)
        self._note(call, message)
        return 200, shapes.message(self.state, message)

    def delete_answer(self, call: Call) -> Answer:
        _, message = self.interactions.find(call.params["webhook_token"], self._answer_id(call))
        message.deleted = True
        self._note(call, message)
        return 204, None

    def _note(self, call: Call, message: Message) -> None:
        item = self.interactions.by_token[call.params["webhook_token"]]
        self.truth.record(
            "effect",
            call.operation,
            str(message.channel_id),
            f"call:{call.number}",
            message=str(message.id),
            interaction=str(item.id),
            person=str(item.person.id),
        )

    def _tell(self, event: str, message: Message, channel: Channel) -> None:
        shape = shapes.message(self.state, message)
        if channel.guild_id is not None:
            shape["guild_id"] = str(channel.guild_id)
        self.later(event, shape, channel.guild_id)

    def _channel(self, call: Call) -> Channel:
        channel = self.state.channel(call.id("channel_id"))
        if channel.guild_id is not None and channel.guild_id not in self.state.guilds:
            raise Refused(403, 50001, "Missing Access")
        if not self.state.bot_may(channel, VIEW_CHANNEL):
            raise Refused(403, 50001, "Missing Access")
        return channel

    def _writable(self, call: Call) -> Channel:
        channel = self._channel(call)
        if channel.recipient_id is not None and channel.bot_denied:
            raise Refused(403, 50007, "Cannot send messages to this user")
        if not self.state.bot_may(channel, SEND_MESSAGES):
            raise Refused(403, 50013, "Missing Permissions")
        if channel.archived and channel.locked:
            raise Refused(400, 50083, "Thread is archived")
        if channel.locked:
            raise Refused(403, 160005, "Thread is locked")
        channel.archived = False  # a message opens an archived thread that is not locked
        return channel

    def _message(self, call: Call) -> Message:
        self._channel(call)
        message = self.state.message(call.id("message_id"), call.id("channel_id"))
        if message.only_for is not None:
            raise Refused(404, 10008, "Unknown Message")  # an ephemeral one is reached by its token alone
        return message

    def _guild(self, call: Call) -> Guild:
        guild = self.state.guilds.get(call.id("guild_id"))
        if guild is None:
            raise Refused(404, 10004, "Unknown Guild")
        return guild

    @staticmethod
    def _answer_id(call: Call) -> int | None:
        return call.id("message_id") if "message_id" in call.params else None

    @staticmethod
    def _scope(call: Call) -> int | None:
        return call.id("guild_id") if "guild_id" in call.params else None
