"""REST operations on channels and their messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.components import stored
from tests.wire.discord.files import Upload, resolve
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.state import (
    ADD_REACTIONS,
    FORUM,
    MANAGE_MESSAGES,
    MANAGE_THREADS,
    PIN_MESSAGES,
    PINNED,
    READ_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Channel,
    Message,
    Refused,
    State,
)
from tests.wire.discord.validation import EMPTY, message_problems
from tests.wire.truth import TruthLog

MOST_PINS = 250
Answer = tuple[int, Any]
Later = Callable[[str, dict[str, Any], int | None], None]


class Messages:
    """What a bot does in channels; `later` takes the gateway events that a call causes."""

    def __init__(self, state: State, interactions: Interactions, truth: TruthLog, later: Later) -> None:
        self.state, self.interactions, self.truth, self.later = state, interactions, truth, later
        self.nonce_window = 120.0  # seconds; "the past few minutes" of the documentation
        self._nonces: dict[str, tuple[float, int]] = {}

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        message = "/channels/{channel_id}/messages/{message_id}"
        return {
            "GET /channels/{channel_id}": lambda call: (200, shapes.channel(self.state, self.channel(call))),
            "GET /channels/{channel_id}/messages": self.history,
            "POST /channels/{channel_id}/messages": self.post_message,
            "POST /channels/{channel_id}/typing": lambda call: (204, None),
            "PUT /channels/{channel_id}/messages/pins/{message_id}": self.pin,
            "DELETE /channels/{channel_id}/messages/pins/{message_id}": self.pin,
            f"GET {message}": lambda call: (200, shapes.message(self.state, self._message(call))),
            f"PATCH {message}": self.edit_message,
            f"DELETE {message}": self.delete_message,
            f"PUT {message}/reactions/{{emoji_name}}/@me": self.react,
            f"DELETE {message}/reactions/{{emoji_name}}/@me": self.react,
        }

    def history(self, call: Call) -> Answer:
        channel = self.channel(call)
        limit = int(call.query.get("limit", 50))
        newest = sorted(self.state.messages_in(channel), key=lambda message: -message.id)[:limit]
        return 200, [shapes.message(self.state, message) for message in newest]

    def post_message(self, call: Call) -> Answer:
        channel, body = self.writable(call), call.body
        problems = message_problems(body, interaction=False)
        if problems:
            raise Refused(400, 50006 if problems == [EMPTY] else 50035, "Invalid Form Body: " + "; ".join(problems))
        known = self._known(body, channel)
        if known is not None:
            self.truth.record("effect", "nonce", str(channel.id), f"call:{call.number}", message=str(known.id))
            return 200, shapes.message(self.state, known)
        message = self.new_message(channel, body, call.files)
        self.truth.record(
            "effect",
            call.operation,
            str(channel.id),
            f"call:{call.number}",
            message=str(message.id),
            nonce=message.nonce,
        )
        self.tell("MESSAGE_CREATE", message, channel)
        return 200, shapes.message(self.state, message)

    def _known(self, body: dict[str, Any], channel: Channel) -> Message | None:
        """The message that already carries this enforced nonce."""
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        at, message_id = self._nonces.get(f"{channel.id}:{body['nonce']}", (-1e9, 0))
        fresh = self.state.clock.now() - at <= self.nonce_window
        return self.state.messages[message_id] if fresh else None

    def new_message(
        self, channel: Channel, body: dict[str, Any], files: dict[int, Upload], number: int | None = None
    ) -> Message:
        """The bot's message with this body; the first one of a post has the post's number."""
        attached = self.state.files.attach(body, files, [])
        nonce = None if body.get("nonce") is None else str(body["nonce"])
        message = Message(
            number or self.state.new_id(),
            channel.id,
            self.state.bot.id,
            self.state.clock.now(),
            content=body.get("content") or "",
            embeds=[{"type": "rich"} | embed for embed in body.get("embeds") or []],
            components=resolve(stored(body.get("components") or []), attached),
            flags=body.get("flags") or 0,
            nonce=nonce,
            attachments=attached,
        )
        if body.get("message_reference"):
            message.reference = {"type": 0, "channel_id": str(channel.id)} | body["message_reference"]
        self.state.messages[message.id] = message
        if nonce is not None and body.get("enforce_nonce"):
            self._nonces[f"{channel.id}:{nonce}"] = (self.state.clock.now(), message.id)
        return message

    def edit_message(self, call: Call) -> Answer:
        message, channel = self._message(call), self.channel(call)
        if message.author_id != self.state.bot.id:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        self._require_open(channel)
        self.interactions.edit(message, call.body, call.files)
        self.truth.record("effect", call.operation, str(channel.id), f"call:{call.number}", message=str(message.id))
        self.tell("MESSAGE_UPDATE", message, channel)
        return 200, shapes.message(self.state, message)

    def delete_message(self, call: Call) -> Answer:
        message, channel = self._message(call), self.channel(call)
        if message.author_id != self.state.bot.id and not self.state.bot_may(channel, MANAGE_MESSAGES):
            raise Refused(403, 50013, "Missing Permissions")
        message.deleted = True
        self.truth.record("effect", call.operation, str(channel.id), f"call:{call.number}", message=str(message.id))
        self.later("MESSAGE_DELETE", shapes.erased(message, channel), channel.guild_id)
        return 204, None

    def react(self, call: Call) -> Answer:
        message, emoji = self._message(call), call.params["emoji_name"]
        channel, came = self.state.channels[message.channel_id], call.operation.startswith("PUT")
        if not self.state.bot_may(channel, ADD_REACTIONS | READ_HISTORY):
            raise Refused(403, 50013, "Missing Permissions")
        if emoji.isascii() and ":" not in emoji:
            raise Refused(400, 10014, "Unknown Emoji")
        self._require_open(channel)
        (message.reactions.add if came else message.reactions.discard)(emoji)
        shape = shapes.reaction(self.state, message, self.state.bot, emoji, came=came)
        self.later(f"MESSAGE_REACTION_{'ADD' if came else 'REMOVE'}", shape, channel.guild_id)
        return 204, None

    def pin(self, call: Call) -> Answer:
        channel, message = self.channel(call), self._message(call)
        if not self.state.bot_may(channel, PIN_MESSAGES):
            raise Refused(403, 50013, "Missing Permissions")
        self._require_open(channel)
        before, message.pinned = message.pinned, call.operation.startswith("PUT")
        if message.pinned and sum(each.pinned for each in self.state.messages_in(channel)) > MOST_PINS:
            message.pinned = False
            raise Refused(400, 30003, "Maximum number of pins reached (250)")
        self.truth.record(
            "effect",
            call.operation,
            str(channel.id),
            f"call:{call.number}",
            message=str(message.id),
            reason=call.reason,
        )
        if message.pinned and not before:
            self._report_pin(message, channel)
        return 204, None

    def _report_pin(self, message: Message, channel: Channel) -> None:
        """Discord says in the channel who pinned a message."""
        report = Message(self.state.new_id(), channel.id, self.state.bot.id, self.state.clock.now(), kind=PINNED)
        report.reference = {"type": 0, "channel_id": str(channel.id), "message_id": str(message.id)}
        self.state.messages[report.id] = report
        self.tell("MESSAGE_CREATE", report, channel)

    def tell(self, event: str, message: Message, channel: Channel) -> None:
        """An event about a message, after the answer to the call."""
        shape = shapes.message(self.state, message)
        if channel.guild_id is not None:
            shape["guild_id"] = str(channel.guild_id)
        self.later(event, shape, channel.guild_id)

    def channel(self, call: Call) -> Channel:
        """The channel of a call, if the bot sees it."""
        channel = self.state.channel(call.id("channel_id"))
        if channel.guild_id is not None and channel.guild_id not in self.state.guilds:
            raise Refused(403, 50001, "Missing Access")
        if not self.state.bot_may(channel, VIEW_CHANNEL):
            raise Refused(403, 50001, "Missing Access")
        return channel

    def writable(self, call: Call) -> Channel:
        """The same, if the bot may write there."""
        channel = self.channel(call)
        if channel.recipient_id is not None and channel.bot_denied:
            raise Refused(403, 50007, "Cannot send messages to this user")
        if channel.type == FORUM:
            raise Refused(400, 50008, "Cannot send messages in a non-text channel")
        if not self.state.bot_may(channel, SEND_IN_THREADS if channel.is_thread else SEND_MESSAGES):
            raise Refused(403, 50013, "Missing Permissions")
        if channel.archived and channel.locked:
            raise Refused(400, 50083, "Thread is archived")
        self._require_unlocked(channel)
        if channel.archived:
            channel.archived = False  # a message opens an archived thread that is not locked
            self.later("THREAD_UPDATE", shapes.channel(self.state, channel), channel.guild_id)
        return channel

    def _require_open(self, channel: Channel) -> None:
        if channel.archived:
            raise Refused(400, 50083, "Thread is archived")
        self._require_unlocked(channel)

    def _require_unlocked(self, channel: Channel) -> None:
        if channel.locked and not self.state.bot_may(channel, MANAGE_THREADS):
            raise Refused(403, 160005, "Thread is locked")

    def _message(self, call: Call) -> Message:
        self.channel(call)
        message = self.state.message(call.id("message_id"), call.id("channel_id"))
        if message.only_for is not None:
            raise Refused(404, 10008, "Unknown Message")  # an ephemeral one is reached by its token alone
        return message
