"""Interactions: what a person set off, its 3 seconds, its 15 minutes, and what the bot made of it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.components import stored
from tests.wire.discord.files import Upload, resolve
from tests.wire.discord.state import (
    EPHEMERAL,
    LOADING,
    Channel,
    Message,
    Person,
    Refused,
    State,
)
from tests.wire.discord.validation import EMPTY, message_problems, modal_problems

FIRST_ANSWER = 3.0  # seconds until the token of an unanswered interaction is invalid
TOKEN_LIFE = 15 * 60.0  # seconds in which follow-ups and edits are possible
Json = dict[str, Any]
Uploads = dict[int, Upload]


class Kind(IntEnum):
    """Interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(slots=True)
class Interaction:
    """One act of a person, and the bot's answer to it as the person sees it."""

    id: int
    token: str
    kind: Kind
    person: Person
    channel: Channel
    created: float
    data: Json
    source: Message | None = None
    acknowledged: int | None = None  # the callback type of the first answer
    ephemeral: bool | None = None  # of a deferred answer: fixed at that moment
    original: Message | None = None
    messages: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    answered_after: float | None = None
    loading: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def reply(self) -> Message:
        """The newest message that answered (or was changed); LookupError while there is none."""
        if self.messages:
            return self.messages[-1]
        if self.original is not None and not self.loading:
            return self.original
        raise LookupError("nothing was answered")

    @property
    def failed(self) -> bool:
        """Whether the person reads "The application did not respond" (when the 3 seconds are over)."""
        return self.acknowledged is None


ALLOWED = {
    Kind.COMMAND: {4, 5, 9},
    Kind.COMPONENT: {4, 5, 6, 7, 9},
    Kind.AUTOCOMPLETE: {8},
    Kind.MODAL: {4, 5, 6, 7},
}


class Interactions:
    """Every interaction by its token, and the bot's calls about it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.by_token: dict[str, Interaction] = {}

    def start(
        self, kind: Kind, person: Person, channel: Channel, data: Json, source: Message | None = None
    ) -> Interaction:
        """A person acts; nothing was sent to the bot yet."""
        item = Interaction(
            self.state.new_id(), secrets.token_urlsafe(24), kind, person, channel, self.state.clock.now(), data, source
        )
        self.by_token[item.token] = item
        return item

    def payload(self, item: Interaction) -> Json:
        """INTERACTION_CREATE."""
        state, channel = self.state, item.channel
        shape: Json = {
            "id": str(item.id),
            "application_id": str(state.application_id),
            "type": int(item.kind),
            "token": item.token,
            "version": 1,
            "data": item.data,
            "channel_id": str(channel.id),
            "channel": shapes.channel(state, channel),
            "locale": item.person.locale,
            "app_permissions": "0",
            "attachment_size_limit": 10_485_760,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(channel.guild_id or 0)},
        }
        if item.source is not None:
            shape["message"] = shapes.message(state, item.source)
        if channel.guild_id is None:
            return shape | {"user": shapes.user(item.person), "context": 1}
        guild = state.guilds[channel.guild_id]
        permissions = state.bits(guild, item.person, channel)
        return shape | {
            "guild_id": str(guild.id),
            "guild_locale": guild.locale,
            "context": 0,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "member": shapes.member(state, guild, item.person, permissions=permissions),
            "app_permissions": str(state.bits(guild, state.bot, channel)),
        }

    def callback(self, interaction_id: int, token: str, body: Json, files: Uploads) -> Json:
        """The first answer; returns the body for `with_response`."""
        item = self.by_token.get(token)
        now = self.state.clock.now()
        if (
            item is None
            or item.id != interaction_id
            or (item.acknowledged is None and now - item.created > FIRST_ANSWER)
        ):
            raise Refused(404, 10062, "Unknown interaction")
        if item.acknowledged is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        kind, data = body["type"], body.get("data") or {}
        if kind not in ALLOWED[item.kind] or (kind in {6, 7} and item.source is None):
            raise Refused(400, 50035, "Invalid Form Body", {"type": f"{kind} does not answer a {item.kind.name}"})
        self._apply(item, kind, data, files)
        item.acknowledged, item.answered_after = kind, now - item.created
        item.changed.set()
        return self._answer(item, kind)

    def _apply(self, item: Interaction, kind: int, data: Json, files: Uploads) -> None:
        match kind:
            case 4:
                self._refuse_bad(message_problems(data, interaction=True))
                item.original = self._post(item, data, files, ephemeral=bool((data.get("flags") or 0) & EPHEMERAL))
            case 5:
                item.ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
                item.original = self._post(item, {"flags": LOADING}, {}, ephemeral=item.ephemeral)
                item.messages.clear()
                item.loading = True
            case 6:
                item.original = item.source
            case 7:
                assert item.source is not None
                self.edit(item.source, data, files)
                item.original = item.source
            case 8:
                choices = data.get("choices") or []
                if len(choices) > 25:
                    raise Refused(400, 50035, "Invalid Form Body", {"choices": "at most 25"})
                item.choices = choices
            case 9:
                self._refuse_bad(modal_problems(data))
                item.modal = data

    def _answer(self, item: Interaction, kind: int) -> Json:
        interaction: Json = {"id": str(item.id), "type": int(item.kind), "channel_id": str(item.channel.id)}
        answer: Json = {"interaction": interaction}
        if item.original is not None:
            interaction |= {
                "response_message_id": str(item.original.id),
                "response_message_loading": kind == 5,
                "response_message_ephemeral": item.original.only_for is not None,
            }
            if kind in {4, 7}:
                answer["resource"] = {"type": kind, "message": shapes.message(self.state, item.original)}
        return answer

    def living(self, token: str) -> Interaction:
        """The interaction for a call by its webhook token, or Discord's refusal."""
        item = self.by_token.get(token)
        if item is None or item.acknowledged is None:
            raise Refused(404, 10015, "Unknown Webhook")
        if self.state.clock.now() - item.created > TOKEN_LIFE:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return item

    def follow_up(self, token: str, body: Json, files: Uploads) -> Message:
        """A further message; the first one after a deferral fills the waiting message."""
        item = self.living(token)
        self._refuse_bad(message_problems(body, interaction=True))
        if item.loading and item.original is not None:
            return self._fill(item, body, files)
        message = self._post(item, body, files, ephemeral=bool((body.get("flags") or 0) & EPHEMERAL))
        item.changed.set()
        return message

    def find(self, token: str, message_id: int | None) -> tuple[Interaction, Message]:
        """The original answer (None) or one follow-up of this interaction."""
        item = self.living(token)
        if message_id is None:
            if item.original is None or item.original.deleted:
                raise Refused(404, 10008, "Unknown Message")
            return item, item.original
        message = self.state.messages.get(message_id)
        if message is None or message.deleted or (message not in item.messages and message is not item.source):
            raise Refused(404, 10008, "Unknown Message")
        return item, message

    def edit_by_token(self, token: str, message_id: int | None, body: Json, files: Uploads) -> Message:
        """Change the original answer or a follow-up."""
        item, message = self.find(token, message_id)
        if item.loading and message is item.original:
            self._refuse_bad(message_problems(body, interaction=True))
            return self._fill(item, body, files)
        self.edit(message, body, files)
        item.changed.set()
        return message

    def _fill(self, item: Interaction, body: Json, files: Uploads) -> Message:
        assert item.original is not None
        item.original.flags &= ~LOADING
        item.loading = False
        self.edit(item.original, body, files, counts=False)
        item.messages.append(item.original)
        item.changed.set()
        return item.original

    def edit(self, message: Message, body: Json, files: Uploads, *, counts: bool = True) -> None:
        """Lay an edit over a message as Discord does; refuses what the result may not be."""
        flags = message.flags | ((body.get("flags") or 0) & ~(EPHEMERAL | LOADING))
        after: Json = {
            "content": body.get("content", message.content) or "",
            "embeds": body.get("embeds", message.embeds) or [],
            "components": body.get("components", message.components) or [],
            "flags": flags,
            "allowed_mentions": body.get("allowed_mentions"),
        }
        self._refuse_bad(message_problems(after, interaction=True))
        message.content, message.flags = after["content"], flags
        message.embeds = [{"type": "rich"} | embed for embed in after["embeds"]]
        message.attachments = self.state.files.attach(body, files, message.attachments)
        if "components" in body:
            message.components = resolve(stored(after["components"]), message.attachments)
        if counts:
            message.edited = self.state.clock.now()
            message.edits += 1

    def _post(self, item: Interaction, body: Json, files: Uploads, *, ephemeral: bool) -> Message:
        attached = self.state.files.attach(body, files, [])
        message = Message(
            self.state.new_id(),
            item.channel.id,
            self.state.bot.id,
            self.state.clock.now(),
            content=body.get("content") or "",
            embeds=[{"type": "rich"} | embed for embed in body.get("embeds") or []],
            components=resolve(stored(body.get("components") or []), attached),
            flags=(body.get("flags") or 0) | (EPHEMERAL * ephemeral),
            only_for=item.person.id if ephemeral else None,
            interaction_id=item.id,
            attachments=attached,
        )
        self.state.messages[message.id] = message
        item.messages.append(message)
        return message

    @staticmethod
    def _refuse_bad(problems: list[str]) -> None:
        if problems:
            raise Refused(400, 50006 if problems == [EMPTY] else 50035, "Invalid Form Body: " + "; ".join(problems))
