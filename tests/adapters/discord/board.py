"""Cards with threads for the tests, and what becomes of them in a guild."""

from dataclasses import replace
from typing import Any

from bot.chat.message import Message, Thread, card
from bot.chat.places import Place
from bot.speech import Speech
from tests.adapters.discord.stage import Stage
from tests.wire.discord.state import FORUM, Channel
from tests.wire.faults import Kind

GET = "GET /channels/{channel_id}"
LOST = [Kind.RESET_AFTER_READ, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED, Kind.EMPTY, Kind.HTML]
"""How a reply can be lost."""


def question(text: str = "why?", **thread: Any) -> Message:
    return replace(Speech("en").message(card("Q1", text)), thread=Thread(**{"title": "Q1 · why?", **thread}))


def opened(stage: Stage, parent: Channel) -> list[Channel]:
    return [c for c in stage.state.channels.values() if c.parent_id == parent.id and c.owner_id == stage.state.bot.id]


def at(stage: Stage, channel: Channel) -> Place:
    return Place("discord", str(stage.guild.id), str(channel.id))


def forum(stage: Stage, **how: Any) -> Channel:
    return stage.state.add_channel(stage.guild, "tanya", kind=FORUM, **how)


def shown(stage: Stage, channel: Channel) -> list[str]:
    return [message.text for message in stage.state.messages_in(channel) if not message.kind]
