"""What people do without a word: mark, delete, rename, archive, pin; come, go and rule."""

from __future__ import annotations

from tests.wire.discord import shapes
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.state import (
    MEMBER,
    PINNED,
    RENAMED,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    Channel,
    Guild,
    Message,
    Person,
    State,
)

THUMB = "\N{THUMBS UP SIGN}"
THANKS = "\N{PERSON WITH FOLDED HANDS}"


class Acts:
    """Each act changes what stands and sends the event."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self.state, self.gateway = state, gateway

    async def react(self, person: Person, message: Message, emoji: str = THUMB) -> None:
        """Put a mark at a message, which an archived thread does not take."""
        if self.state.channels[message.channel_id].archived:
            raise PermissionError("the thread is archived")
        self.require_presence(person, self.state.channels[message.channel_id])
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

    async def pin(self, person: Person, message: Message) -> Message:
        """A moderator pins a message; returns Discord's report of it."""
        message.pinned, channel = True, self.state.channels[message.channel_id]
        report = Message(self.state.new_id(), channel.id, person.id, self.state.clock.now(), kind=PINNED)
        report.reference = {"type": 0, "channel_id": str(channel.id), "message_id": str(message.id)}
        self.state.messages[report.id] = report
        shape = shapes.message(self.state, report) | {"guild_id": str(channel.guild_id)}
        await self.gateway.emit("MESSAGE_CREATE", shape, channel.guild_id)
        return report

    async def enter(self, person: Person, guild: Guild) -> None:
        """Somebody comes into a guild, which does not let in who was banned."""
        if person.id in guild.banned:
            raise PermissionError(f"{person.name} is banned")
        self.state.join(guild, person)
        shape = shapes.member(self.state, guild, person) | {"guild_id": str(guild.id)}
        await self.gateway.emit("GUILD_MEMBER_ADD", shape, guild.id)

    async def leave(self, person: Person, guild: Guild) -> None:
        """Somebody leaves; roles are lost, a time-out is not."""
        guild.members.pop(person.id)
        guild.worn.pop(person.id, None)
        told = {"guild_id": str(guild.id), "user": shapes.user(person)}
        await self.gateway.emit("GUILD_MEMBER_REMOVE", told, guild.id)

    async def appoint(self, person: Person, guild: Guild, permissions: int = MEMBER, position: int = 2) -> None:
        """Give somebody a role with these bits in that position, or with MEMBER take all roles away."""
        self.state.join(guild, person, permissions=permissions, position=position)
        shape = shapes.member(self.state, guild, person) | {"guild_id": str(guild.id)}
        await self.gateway.emit("GUILD_MEMBER_UPDATE", shape, guild.id)

    async def hand_over(self, guild: Guild, person: Person) -> None:
        """The guild gets another owner."""
        guild.owner_id = person.id
        await self.gateway.emit("GUILD_UPDATE", shapes.guild(guild), guild.id)

    def require_presence(self, person: Person, channel: Channel) -> None:
        """Raise PermissionError where a person cannot do anything: they are no member, or in a time-out."""
        guild = self.state.guilds.get(channel.guild_id or 0)
        if guild is None or person.bot:
            return
        if person.id not in guild.members:
            raise PermissionError(f"{person.name} is no member")
        if self.state.is_muted(guild, person):
            raise PermissionError(f"{person.name} is in a time-out")

    def require_voice(self, person: Person, channel: Channel) -> None:
        """Raise PermissionError where a person may not write."""
        self.require_presence(person, channel)
        bits = SEND_IN_THREADS if channel.is_thread else SEND_MESSAGES
        if not person.bot and not self.state.may(person, channel, bits):
            raise PermissionError(f"{person.name} may not write there")

    async def _tell_mark(self, person: Person, message: Message, emoji: str, *, came: bool) -> None:
        shape = shapes.reaction(self.state, message, person, emoji, came=came)
        event = f"MESSAGE_REACTION_{'ADD' if came else 'REMOVE'}"
        await self.gateway.emit(event, shape, self.state.channels[message.channel_id].guild_id)
