"""Reactions on the fake platform: what the bot and people put under a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram.constants import ReactionEmoji

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.world import Chat, Json, Person, World

EMOJI = frozenset(emoji.value for emoji in ReactionEmoji)
"""What the Bot API lets a reaction be."""


@dataclass(slots=True)
class Reactions:
    """setMessageReaction, and what people put; the bot hears of those where it is an administrator."""

    world: World
    messages: Messages
    updates: Updates

    def set(self, call: Json) -> bool:
        """setMessageReaction: a bot leaves at most one."""
        chat = self.messages.find_chat(call)
        if call["message_id"] not in chat.messages:
            raise bad_request("message to react not found")
        if len(call.get("reaction", [])) > 1:
            raise bad_request("REACTIONS_TOO_MANY")
        for reaction in call.get("reaction", []):
            allowed = chat.allowed_reactions if chat.allowed_reactions is not None else EMOJI
            if reaction.get("emoji") not in EMOJI & allowed:
                raise bad_request("REACTION_INVALID")
        chat.reactions[call["message_id"]] = call.get("reaction", [])
        return True

    def put(self, person: Person, chat: Chat, message_id: int, emoji: Sequence[str], *, anonymous: bool) -> None:
        """Let these be all of the person's reactions there; "custom:…" is a custom emoji, "paid" a star."""
        was = chat.moods.get((message_id, person.id), [])
        now = chat.moods[message_id, person.id] = [_reaction(each) for each in emoji]
        if was == now or self.world.bot_membership(chat).status != "administrator":
            return
        actor: Json = {"actor_chat": chat.as_chat()} if anonymous else {"user": person.as_user()}
        change: Json = {
            "chat": chat.as_chat(),
            "message_id": message_id,
            **actor,
            "date": int(self.world.now()),
            "old_reaction": was,
            "new_reaction": now,
        }
        self.updates.emit("message_reaction", change, str(chat.id))


def _reaction(emoji: str) -> Json:
    if emoji == "paid":
        return {"type": "paid"}
    if emoji.startswith("custom:"):
        return {"type": "custom_emoji", "custom_emoji_id": emoji.removeprefix("custom:")}
    return {"type": "emoji", "emoji": emoji}
