"""A fake Bot API server that the real python-telegram-bot talks to over loopback."""

from tests.wire.telegram.server import FakeTelegram

__all__ = ["FakeTelegram"]
