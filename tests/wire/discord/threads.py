"""REST operations on threads and forum posts."""

from __future__ import annotations

from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.limits import TooOften
from tests.wire.discord.messages import Messages
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.state import (
    CREATE_PUBLIC_THREADS,
    FORUM,
    MANAGE_THREADS,
    NEWS,
    NEWS_THREAD,
    PUBLIC_THREAD,
    RENAMED,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    STARTER,
    TEXT,
    Channel,
    Message,
    Refused,
)
from tests.wire.discord.validation import EMPTY, message_problems

Answer = tuple[int, Any]
MOST_RENAMES, RENAME_SPAN = 2, 600.0  # the documentation does not say it; every library's users meet it


class Threads:
    """What a bot does with threads; `messages` knows the channels and posts what threads begin with."""

    def __init__(self, messages: Messages) -> None:
        self.messages = messages
        self.state, self.truth, self.later = messages.state, messages.truth, messages.later
        self.most_active = 1000

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        return {
            "PATCH /channels/{channel_id}": self.edit,
            "POST /channels/{channel_id}/threads": self.open,
            "POST /channels/{channel_id}/messages/{message_id}/threads": self.open_from,
            "GET /guilds/{guild_id}/threads/active": self.active,
        }

    def open_from(self, call: Call) -> Answer:
        """A public thread below a message; it has the message's number."""
        channel = self.messages.channel(call)
        if channel.type not in {TEXT, NEWS}:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        message = self.state.message(call.id("message_id"), channel.id)
        standing = self.state.channels.get(message.id)
        if standing is not None and not standing.gone:
            raise Refused(400, 160004, "A thread has already been created for this message")
        self._require(channel, CREATE_PUBLIC_THREADS)
        thread = self._new(call, channel, message.id, NEWS_THREAD if channel.type == NEWS else PUBLIC_THREAD)
        starter = Message(self.state.new_id(), thread.id, self.state.bot.id, self.state.clock.now(), kind=STARTER)
        starter.reference = {"type": 0, "channel_id": str(channel.id), "message_id": str(message.id)}
        self.state.messages[starter.id] = starter
        self.messages.tell("MESSAGE_CREATE", starter, thread)
        return 201, shapes.channel(self.state, thread)

    def open(self, call: Call) -> Answer:
        """A forum's post with its first message, or a thread that hangs on none."""
        channel = self.messages.channel(call)
        if channel.type != FORUM:
            self._require(channel, CREATE_PUBLIC_THREADS)
            return 201, shapes.channel(self.state, self._new(call, channel, self.state.new_id(), PUBLIC_THREAD))
        self._require(channel, SEND_MESSAGES)
        problems = message_problems(call.body["message"], interaction=False)
        if problems:
            raise Refused(400, 50006 if problems == [EMPTY] else 50035, "Invalid Form Body: " + "; ".join(problems))
        applied = self._tags(channel, call.body.get("applied_tags") or [], [])
        thread = self._new(call, channel, self.state.new_id(), PUBLIC_THREAD)
        thread.applied = applied
        first = self.messages.new_message(thread, call.body["message"], call.files, thread.id)
        self.messages.tell("MESSAGE_CREATE", first, thread)
        return 201, shapes.channel(self.state, thread) | {"message": shapes.message(self.state, first)}

    def active(self, call: Call) -> Answer:
        """Threads that are not archived."""
        guild = call.id("guild_id")
        found = [c for c in self.state.channels.values() if c.is_thread and c.guild_id == guild]
        shown = [shapes.channel(self.state, c) for c in found if not c.archived and not c.gone]
        return 200, {"threads": shown, "members": [], "has_more": False}

    def edit(self, call: Call) -> Answer:
        """Rename, tag, archive, reopen or lock."""
        thread, body = self.messages.channel(call), call.body
        if not thread.is_thread:
            raise Refused(403, 50013, "Missing Permissions")
        self._check_rights(thread, body)
        if thread.archived and body.get("archived") is not False:
            raise Refused(400, 50083, "Thread is archived")
        if "applied_tags" in body:
            forum = self.state.channels[thread.parent_id or 0]
            thread.applied = self._tags(forum, body["applied_tags"], thread.applied)
        if "name" in body:
            self._rename(thread, body["name"])
        thread.archived = body.get("archived", thread.archived)
        thread.locked = body.get("locked", thread.locked)
        self.truth.record("effect", call.operation, str(thread.id), f"call:{call.number}", **body)
        self.later("THREAD_UPDATE", shapes.channel(self.state, thread), thread.guild_id)
        return 200, shapes.channel(self.state, thread)

    def _check_rights(self, thread: Channel, body: dict[str, Any]) -> None:
        """Its creator may rename, tag, archive and reopen; who may write there may reopen; a lock is for moderators."""
        if self.state.bot_may(thread, MANAGE_THREADS):
            return
        reopens = set(body) == {"archived"} and body["archived"] is False
        mine = thread.owner_id == self.state.bot.id
        if thread.locked or "locked" in body or not (mine or reopens):
            raise Refused(403, 50013, "Missing Permissions")
        self._require(thread, SEND_IN_THREADS)

    def _rename(self, thread: Channel, name: str) -> None:
        """Every try counts, also one that changes nothing."""
        now = self.state.clock.now()
        thread.renames = [at for at in thread.renames if now - at < RENAME_SPAN]
        if len(thread.renames) >= MOST_RENAMES:
            raise TooOften(thread.renames[0] + RENAME_SPAN - now)
        thread.renames.append(now)
        if not name.strip():
            raise Refused(400, 50035, "Invalid Form Body: name: This field is required")
        if name.strip() != thread.name:
            thread.name = name.strip()
            report = Message(self.state.new_id(), thread.id, self.state.bot.id, now, content=thread.name, kind=RENAMED)
            self.state.messages[report.id] = report
            self.messages.tell("MESSAGE_CREATE", report, thread)

    def _tags(self, forum: Channel, wanted: list[str], before: list[int]) -> list[int]:
        offered = {tag.id: tag for tag in forum.tags}
        chosen = [int(tag) for tag in wanted]
        if not set(chosen) <= set(offered) or len(set(chosen)) < len(chosen):
            raise Refused(400, 50035, "Invalid Form Body: applied_tags")
        if any(offered[tag].moderated for tag in set(chosen) ^ set(before)):
            self._require(forum, MANAGE_THREADS)
        if forum.require_tag and not chosen:
            raise Refused(400, 40067, "A tag is required to create a forum post in this channel")
        return chosen

    def _new(self, call: Call, channel: Channel, number: int, kind: int) -> Channel:
        active = [c for c in self.state.channels.values() if c.is_thread and c.guild_id == channel.guild_id]
        if sum(not c.archived and not c.gone for c in active) >= self.most_active:
            raise Refused(400, 160006, "Maximum number of active threads reached")
        thread = Channel(number, kind, call.body["name"].strip(), channel.guild_id, parent_id=channel.id)
        thread.owner_id, thread.quiet = self.state.bot.id, call.body.get("auto_archive_duration") or 4320
        self.state.channels[thread.id] = thread
        self.truth.record("effect", call.operation, str(channel.id), f"call:{call.number}", thread=str(thread.id))
        shape = shapes.channel(self.state, thread) | {"newly_created": True}
        self.later("THREAD_CREATE", shape, thread.guild_id)
        return thread

    def _require(self, channel: Channel, bits: int) -> None:
        if not self.state.bot_may(channel, bits):
            raise Refused(403, 50013, "Missing Permissions")
