"""A fake Discord on loopback (REST, gateway, interactions) for the real discord.py."""

from tests.wire.discord.server import FakeDiscord
from tests.wire.discord.state import Channel, Guild, Message, Person

__all__ = ["Channel", "FakeDiscord", "Guild", "Message", "Person"]
