"""What people do to messages and threads that stand already: mark, delete, rename, archive."""

from __future__ import annotations

from tests.wire.discord import shapes
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.state import RENAMED, Channel, Message, Person, State

THUMB = "\N{THUMBS UP SIGN}"


class Acts:
    """Each act changes what stands and sends the event."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self.state, self.gateway = state, gateway

    async def react(self, person: Person, message: Message, emoji: str = THUMB) -> None:
        """Put a mark at a message, which an archived thread does not take."""
        if self.state.channels[message.channel_id].archived:
            raise PermissionError("the thread is archived")
        message.marks.add((person.id, emoji))
        await self._tell_mark(person, message, emoji, came=True)

    async def unreact(self, person: Person, message: Message, emoji: str = THUMB) -> None:
        """Take one's own mark away; KeyError where there is none."""
        message.marks.remove((person.id, emoji))
        await self._tell_mark(person, message, emoji, came=False)

    async def delete(self, message: Message) -> None:
        """Its author or a moderator deletes a message."""
        message.deleted = True
        channel = self.state.channels[message.channel_id]
        await self.gateway.emit("MESSAGE_DELETE", shapes.erased(message, channel), channel.guild_id)

    async def delete_many(self, messages: list[Message]) -> None:
        """Another bot deletes 2 to 100 messages of one channel at once."""
        channel = self.state.channels[messages[0].channel_id]
        for message in messages:
            message.deleted = True
        shape = shapes.erased(messages[0], channel) | {"ids": [str(message.id) for message in messages]}
        del shape["id"]
        await self.gateway.emit("MESSAGE_DELETE_BULK", shape, channel.guild_id)

    async def delete_channel(self, channel: Channel) -> None:
        """A moderator deletes a thread, or a channel with all threads in it, of which Discord tells nothing more."""
        channel.gone = True
        for thread in self.state.channels.values():
            thread.gone = thread.gone or thread.parent_id == channel.id
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        await self.gateway.emit(event, shapes.channel(self.state, channel), channel.guild_id)

    async def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """A moderator closes a thread; locked, only moderators can open it again."""
        thread.archived, thread.locked = True, locked
        await self.gateway.emit("THREAD_UPDATE", shapes.channel(self.state, thread), thread.guild_id)

    async def rename(self, person: Person, thread: Channel, name: str) -> None:
        """A moderator renames a thread, which Discord reports in a message of that person's."""
        thread.name = name
        await self.gateway.emit("THREAD_UPDATE", shapes.channel(self.state, thread), thread.guild_id)
        now = self.state.clock.now()
        report = Message(self.state.new_id(), thread.id, person.id, now, content=name, kind=RENAMED)
        self.state.messages[report.id] = report
        shape = shapes.message(self.state, report) | {"guild_id": str(thread.guild_id)}
        await self.gateway.emit("MESSAGE_CREATE", shape, thread.guild_id)

    async def _tell_mark(self, person: Person, message: Message, emoji: str, *, came: bool) -> None:
        shape = shapes.reaction(self.state, message, person, emoji, came=came)
        event = f"MESSAGE_REACTION_{'ADD' if came else 'REMOVE'}"
        await self.gateway.emit(event, shape, self.state.channels[message.channel_id].guild_id)
