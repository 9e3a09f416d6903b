"""What people do in Discord's client (commands, presses, modals, words), and what that client prevents."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.acts import Acts
from tests.wire.discord.calls import called, known, resolve
from tests.wire.discord.files import Attachment
from tests.wire.discord.gateway import Gateway
from tests.wire.discord.interactions import Interaction, Interactions, Kind
from tests.wire.discord.state import (
    MANAGE_THREADS,
    Channel,
    Guild,
    Message,
    Person,
    State,
    Value,
    walk,
)
from tests.wire.truth import TruthLog

Json = dict[str, Any]
TYPES = {str: {3}, bool: {5}, int: {4, 10}, float: {10}}
SUBCOMMANDS = {1, 2}


class People(Acts):
    """The acts; each sends the event and returns the Interaction, whose answer comes later."""

    def __init__(self, state: State, gateway: Gateway, interactions: Interactions, truth: TruthLog) -> None:
        super().__init__(state, gateway)
        self.interactions, self.truth = interactions, truth

    async def slash(
        self, person: Person, channel: Channel, command: str, options: Json | None = None, *, focused: str | None = None
    ) -> Interaction:
        """Run `/command` (words parted by spaces); with `focused` ask for that option's completion instead.

        Raises LookupError, PermissionError or ValueError where Discord's client would not let it be sent.
        """
        path = command.split()
        record = self.registered(path[0], 1, channel.guild_id)
        self._require_permission(person, channel, record)
        data: Json = {"id": record["id"], "name": record["name"], "type": 1}
        given, level, declared = dict(options or {}), data, record.get("options") or []
        for word in path[1:]:
            node = next(o for o in declared if o["name"] == word and o["type"] in SUBCOMMANDS)
            inner: Json = {"type": node["type"], "name": word}
            level["options"] = [inner]
            level, declared = inner, node.get("options") or []
        if any(option["type"] in SUBCOMMANDS for option in declared):
            raise ValueError(f"/{command} needs a subcommand")
        level["options"] = self._filled(declared, given, data, channel, focused)
        if given:
            raise LookupError(f"/{command} has no options {sorted(given)}")
        return await self._send(Kind.AUTOCOMPLETE if focused else Kind.COMMAND, person, channel, data)

    async def menu(
        self, person: Person, channel: Channel, name: str, target: Message | Person, *, kind: int = 3
    ) -> Interaction:
        """Use a message menu (3) or user menu (2) command on its target."""
        record = self.registered(name, kind, channel.guild_id)
        self._require_permission(person, channel, record)
        resolved: Json
        if isinstance(target, Message):
            resolved = {"messages": {str(target.id): shapes.message(self.state, target)}}
        else:
            resolved = known(self.state, target, channel)
        data = {"id": record["id"], "name": name, "type": kind, "target_id": str(target.id), "resolved": resolved}
        return await self._send(Kind.COMMAND, person, channel, data)

    async def press(
        self, person: Person, message: Message, words: str, values: list[str] | None = None, *, forged: bool = False
    ) -> Interaction:
        """Press the button (or choose in the select) with these words; `forged` sends `words` as a custom_id."""
        channel = self.state.channels[message.channel_id]
        if forged:
            data: Json = {"custom_id": words, "component_type": 3 if values else 2}
        else:
            self._require_sight(person, message)
            part = message.button(words)
            if part.get("disabled") or part.get("url"):
                raise ValueError(f"{words!r} cannot be pressed")
            data = {"custom_id": part["custom_id"], "component_type": part["type"]}
            if part["type"] == 3:
                offered = {option["value"]: option for option in part["options"]}
                labels = {option["label"]: option["value"] for option in part["options"]}
                values = [labels.get(value, value) for value in values or []]
                if not set(values) <= set(offered):
                    raise ValueError("not offered")
        if values is not None:
            data["values"] = values
        return await self._send(Kind.COMPONENT, person, channel, data, message)

    async def submit(self, opened: Interaction, answers: Json, *, forged: bool = False) -> Interaction:
        """Fill in the modal that `opened` brought; answers by label or custom_id."""
        if opened.modal is None:
            raise LookupError("no modal was opened")
        left = dict(answers)
        parts = [self._submitted(part, left, forged) for part in opened.modal["components"]]
        chosen = [value for value in answers.values() if isinstance(value, Person)]
        if left:
            raise LookupError(f"the modal has no fields {sorted(left)}")
        data: Json = {"custom_id": opened.modal["custom_id"], "components": [part for part in parts if part]}
        for person in chosen:
            resolve(self.state, data, person, opened.channel)
        return await self._send(Kind.MODAL, opened.person, opened.channel, data, opened.source)

    async def say(
        self, person: Person, channel: Channel, text: str, *files: Attachment, reply_to: Message | None = None
    ) -> Message:
        """Write an ordinary message, with files or without; it opens an archived thread, but not a locked one."""
        self.require_voice(person, channel)
        if channel.locked and not self.state.may(person, channel, MANAGE_THREADS):
            raise PermissionError("the thread is locked")
        if channel.archived:
            channel.archived = False
            await self.gateway.emit("THREAD_UPDATE", shapes.channel(self.state, channel), channel.guild_id)
        message = Message(self.state.new_id(), channel.id, person.id, self.state.clock.now(), content=text)
        message.attachments = list(files)
        if reply_to is not None:
            message.reference = {"type": 0, "channel_id": str(channel.id), "message_id": str(reply_to.id)}
        self.state.messages[message.id] = message
        shape = shapes.message(self.state, message) | called(self.state, person, channel, text, reply_to)
        if reply_to is not None:
            shape["referenced_message"] = shapes.message(self.state, reply_to)
        if channel.guild_id is not None:
            guild = self.state.guilds[channel.guild_id]
            shape["guild_id"] = str(guild.id)
            shape["member"] = {k: v for k, v in shapes.member(self.state, guild, person).items() if k != "user"}
        else:
            shape["channel_type"] = 1
        self.truth.record("event", "MESSAGE_CREATE", str(channel.id), "", person=str(person.id))
        await self.gateway.emit("MESSAGE_CREATE", shape, channel.guild_id)
        return message

    async def add_bot(self, guild: Guild) -> None:
        """Somebody adds the bot to a guild."""
        self.state.guilds[guild.id] = guild
        shape = shapes.guild_create(self.state, guild)
        del shape["unavailable"]  # absent, not False: that is how a join differs from a guild that came back
        self.truth.record("event", "GUILD_CREATE", str(guild.id))
        await self.gateway.emit("GUILD_CREATE", shape, guild.id)

    async def remove_bot(self, guild: Guild) -> None:
        """Somebody removes the bot from a guild."""
        self.state.guilds.pop(guild.id, None)
        self.truth.record("event", "GUILD_DELETE", str(guild.id))
        await self.gateway.emit("GUILD_DELETE", {"id": str(guild.id)}, guild.id)

    def registered(self, name: str, kind: int, guild_id: int | None) -> Json:
        """The command as the bot registered it, or LookupError."""
        for scope in {None, guild_id}:
            for command in self.state.commands.get(scope, []):
                if command["name"] == name and command["type"] == kind:
                    return command
        raise LookupError(f"no command {name!r} is registered")

    async def _send(
        self, kind: Kind, person: Person, channel: Channel, data: Json, source: Message | None = None
    ) -> Interaction:
        self.require_presence(person, channel)
        item = self.interactions.start(kind, person, channel, data, source)
        self.truth.record(
            "event",
            "INTERACTION_CREATE",
            str(channel.id),
            "",
            interaction=str(item.id),
            kind=kind.name,
            person=str(person.id),
            custom_id=data.get("custom_id"),
            command=data.get("name"),
        )
        await self.gateway.emit("INTERACTION_CREATE", self.interactions.payload(item), channel.guild_id)
        return item

    def _filled(
        self, declared: list[Json], given: Json, data: Json, channel: Channel, focused: str | None
    ) -> list[Json]:
        filled = []
        for option in declared:
            name = option["name"]
            if name not in given:
                if option.get("required") and not focused:
                    raise ValueError(f"{name} is required")
                continue
            value = self._value(option, given.pop(name), data, channel)
            filled.append(value | ({"focused": True} if name == focused else {}))
        return filled

    def _value(self, option: Json, value: Value, data: Json, channel: Channel) -> Json:
        if isinstance(value, Person):
            if option["type"] not in {6, 9}:
                raise ValueError(f"{option['name']} takes no person")
            resolve(self.state, data, value, channel)
            return {"type": option["type"], "name": option["name"], "value": str(value.id)}
        if isinstance(value, Attachment):
            if option["type"] != 11:
                raise ValueError(f"{option['name']} takes no file")
            data.setdefault("resolved", {}).setdefault("attachments", {})[str(value.id)] = value.shape()
            return {"type": 11, "name": option["name"], "value": str(value.id)}
        if isinstance(value, Channel):
            shape = shapes.channel(self.state, value)
            data.setdefault("resolved", {}).setdefault("channels", {})[str(value.id)] = shape
            return {"type": option["type"], "name": option["name"], "value": str(value.id)}
        if option["type"] not in TYPES[type(value)]:
            raise ValueError(f"{option['name']} does not take {value!r}")
        choices = [choice["value"] for choice in option.get("choices") or []]
        if choices and value not in choices:
            raise ValueError(f"{value!r} is no choice of {option['name']}")
        size: float = len(value) if isinstance(value, str) else value
        low, high = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
        if size < float(option.get(low, size)) or size > float(option.get(high, size)):
            raise ValueError(f"{option['name']} is out of its bounds")
        return {"type": option["type"], "name": option["name"], "value": value}

    def _submitted(self, part: Json, left: Json, forged: bool) -> Json | None:
        if part["type"] == 10:
            return None
        field = part["component"] if part["type"] == 18 else part["components"][0]
        name = field["custom_id"]
        value = left.pop(name, left.pop(part.get("label", name), None))
        if value is None and field.get("required", True) and not field.get("value"):
            raise ValueError(f"{name} is required")
        if isinstance(value, str) and not forged and len(value) > (field.get("max_length") or 4000):
            raise ValueError(f"{name} is too long")
        shape: Json = {"type": field["type"], "id": 1, "custom_id": name}
        if field["type"] == 4:
            shape["value"] = value if value is not None else field.get("value") or ""
        elif field["type"] in {21, 23}:
            shape["value"] = value
        else:
            if isinstance(value, Person) != (field["type"] == 5) and value is not None:
                raise ValueError(f"{name} does not take {value!r}")
            value = str(value.id) if isinstance(value, Person) else value
            shape["values"] = [value] if isinstance(value, str) else list(value or [])
        return (
            {"type": 18, "id": 1, "component": shape}
            if part["type"] == 18
            else {"type": 1, "id": 1, "components": [shape]}
        )

    def _require_permission(self, person: Person, channel: Channel, record: Json) -> None:
        bits = record.get("default_member_permissions")
        if bits is None or channel.guild_id is None:
            return
        has = self.state.bits(self.state.guilds[channel.guild_id], person)
        if has & int(bits) != int(bits):
            raise PermissionError(f"Discord does not show /{record['name']} to {person.name}")

    @staticmethod
    def _require_sight(person: Person, message: Message) -> None:
        if message.deleted or (message.only_for is not None and message.only_for != person.id):
            raise LookupError("this person does not see the message")


async def answered(item: Interaction, seconds: float = 3.0) -> Interaction:
    """Wait until the first visible answer (not only a deferral) arrived; TimeoutError without one."""
    async with asyncio.timeout(seconds):
        while item.acknowledged is None or item.loading:
            item.changed.clear()
            await item.changed.wait()
    return item


def fields(modal: Json) -> list[Json]:
    """The inputs of a modal, each with the label it stands under."""
    return [
        part["component"] | {"label": part["label"]} if part["type"] == 18 else part
        for part in walk(modal["components"])
        if part["type"] == 18
    ]
